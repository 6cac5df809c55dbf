"""Say who added each account, and count its revisions."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce


def say_who(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Name whoever kept the table that an account came in."""
    captures = apps.get_model("sources", "Capture").objects
    sources = apps.get_model("sources", "Source").objects
    cited_in = Subquery(
        sources.filter(pk=OuterRef(OuterRef("source_id"))).values("received_in_id")[:1]
    )
    kept = captures.filter(Q(source_id=OuterRef("source_id")) | Q(source_id=cited_in))
    apps.get_model("testimonies", "Account").objects.update(
        added_by=Coalesce(Subquery(kept.order_by("pk").values("taken_by")[:1]), Value(""))
    )


class Migration(migrations.Migration):
    """Until now accounts came in tables only."""

    dependencies: ClassVar = [
        ("sources", "0002_captures_by_reference"),
        ("narrators", "0002_revisions"),
        ("testimonies", "0001_initial"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            "account",
            "added_by",
            models.CharField(max_length=16, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField("account", "revision", models.PositiveIntegerField(default=1)),
        migrations.RunPython(say_who, migrations.RunPython.noop),
    ]
