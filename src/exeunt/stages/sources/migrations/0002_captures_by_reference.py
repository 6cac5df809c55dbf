"""Give every capture a reference by which it can be asked for, and room for its ending."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from exeunt.ledger.references import new_reference


def draw(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Draw a reference for each capture that was kept before."""
    captures = apps.get_model("sources", "Capture").objects
    for number in list(captures.filter(ref="").values_list("pk", flat=True)):
        captures.filter(pk=number).update(ref=new_reference())


class Migration(migrations.Migration):
    """A column can only be unique when every row has its own value."""

    dependencies: ClassVar = [("sources", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField("capture", "ending", models.CharField(max_length=6, blank=True)),
        migrations.AddField("capture", "ref", models.CharField(max_length=16, default="")),
        migrations.RunPython(draw, migrations.RunPython.noop),
        migrations.AlterField(
            "capture",
            "ref",
            models.CharField(max_length=16, unique=True, default=new_reference, editable=False),
        ),
    ]
