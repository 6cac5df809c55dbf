"""Make the ledger append-only in the database itself, and give it its head."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "the ledger is append-only"

SQLITE_GUARDS = [
    f"""
    CREATE TRIGGER ledger_entry_no_{act} BEFORE {act.upper()} ON ledger_entry
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
    for act in ("update", "delete")
]
# REPLACE deletes without asking the trigger above, so an entry that stands is not inserted over.
SQLITE_GUARDS.append(
    f"""
    CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry
    WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE position = NEW.position)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """  # noqa: S608 - nothing in it comes from outside
)
POSTGRES_GUARDS = [
    f"""
    CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
    """,
]
POSTGRES_UNGUARD = [
    "DROP TRIGGER ledger_entry_no_change ON ledger_entry",
    "DROP TRIGGER ledger_entry_no_truncate ON ledger_entry",
    "DROP FUNCTION ledger_refuse()",
]
SQLITE_UNGUARD = [f"DROP TRIGGER ledger_entry_no_{act}" for act in ("update", "delete", "replace")]


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers, and begin the tree."""
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRES_GUARDS if on_postgres else SQLITE_GUARDS:
        schema_editor.execute(statement)
    head = apps.get_model("ledger", "Head")
    # Each wing that keeps a ledger has its head in its own database.
    head.objects.using(schema_editor.connection.alias).create(pk=1)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away, for a downgrade of a ledger that nothing was written in."""
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRES_UNGUARD if on_postgres else SQLITE_UNGUARD:
        schema_editor.execute(statement)
    apps.get_model("ledger", "Head").objects.all().delete()


class Migration(migrations.Migration):
    """Guards come with the tables, before the first entry."""

    dependencies: ClassVar = [("ledger", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(guard, unguard)]
