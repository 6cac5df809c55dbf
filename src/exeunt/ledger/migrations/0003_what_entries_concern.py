"""Let the database itself find the entries that concern a study.

Added by hand on SQLite: Django would write the table anew there, and lose its guards.
"""

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

# Worked out from the entry each time it is read, so that no entry is rewritten and none can be
# moved to another study. An entry that was damaged must still be found by its subject.
SQLITE = """
    ALTER TABLE ledger_entry ADD COLUMN concerns varchar(80) GENERATED ALWAYS AS (
        CASE WHEN json_valid(facts) THEN COALESCE(json_extract(facts, '$.study'), subject)
        ELSE subject END
    ) VIRTUAL
"""
POSTGRES = """
    ALTER TABLE ledger_entry ADD COLUMN concerns varchar(80) GENERATED ALWAYS AS (
        COALESCE(facts ->> 'study', subject)
    ) STORED
"""


def add(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the column beside the guards."""
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRES if on_postgres else SQLITE)


def take_away(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the column away again."""
    schema_editor.execute("ALTER TABLE ledger_entry DROP COLUMN concerns")


class Migration(migrations.Migration):
    """A column that nobody writes, and the index that a page of the ledger is read by."""

    dependencies: ClassVar = [("ledger", "0002_guards")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add, take_away)],
            state_operations=[
                migrations.AddField(
                    "entry",
                    "concerns",
                    models.GeneratedField(
                        expression=Coalesce(KeyTextTransform("study", "facts"), "subject"),
                        output_field=models.CharField(max_length=80),
                        db_persist=True,
                    ),
                )
            ],
        ),
        migrations.AddIndex(
            "entry", models.Index(fields=["concerns", "position"], name="ledger_entry_concerns")
        ),
    ]
