"""Whoever entrusted a testimony before consent was kept is shut until theirs is written down."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def shut(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Give every narrator of a study with entrusted texts a row that opens nothing."""
    narrators = apps.get_model("narrators", "Narrator").objects
    standing = apps.get_model("consent", "Standing").objects
    entrusting = narrators.filter(study__source__provenance="entrusted").distinct()
    standing.bulk_create(
        [standing.model(narrator=narrator, entrusted=True) for narrator in entrusting]
    )


class Migration(migrations.Migration):
    """Absence of a record is a no."""

    dependencies: ClassVar = [("consent", "0002_what_stands"), ("sources", "0003_entrusted_texts")]
    operations: ClassVar = [migrations.RunPython(shut, migrations.RunPython.noop)]
