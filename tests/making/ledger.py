"""Acts in the ledger, and an attacker who holds the database itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection, transaction

from exeunt.ledger.models import Entry, Head
from exeunt.ledger.recording import record

GUARDS = import_module("exeunt.ledger.migrations.0002_guards")


def some_acts(count: int, *, by: str = "boris") -> list[Entry]:
    """Record so many acts, each in a transaction of its own."""
    entries = []
    for number in range(count):
        with transaction.atomic():
            entries.append(record("text.corrected", subject=f"t{number}", by=by, version=number))
    return entries


def execute(*statements: str) -> None:
    """Run SQL as somebody would who reaches the database past Exeunt."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def guards() -> tuple[list[str], list[str]]:
    """Return the statements that set the triggers, and those that take them away."""
    if connection.vendor == "postgresql":
        return GUARDS.POSTGRES_GUARDS, GUARDS.POSTGRES_UNGUARD
    return GUARDS.SQLITE_GUARDS, GUARDS.SQLITE_UNGUARD


USELESS_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER ledger_entry_no_{act} BEFORE {event} ON ledger_entry BEGIN SELECT 1; END"
        for act, event in (("update", "UPDATE"), ("delete", "DELETE"), ("replace", "INSERT"))
    ],
    "postgresql": [
        "CREATE FUNCTION ledger_let() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN COALESCE(NEW, OLD); END $$",
        "CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry"
        " FOR EACH ROW EXECUTE FUNCTION ledger_let()",
        "CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_let()",
    ],
}


@contextmanager
def an_attack() -> Iterator[None]:
    """Put guards that guard nothing in place of the triggers; all is undone afterwards.

    Whoever can reach the database past Exeunt would put the true ones back when done, so
    that a missing guard would tell nothing.
    """
    with transaction.atomic():
        execute(*guards()[1], *USELESS_GUARDS[connection.vendor])
        yield
        transaction.set_rollback(True)


def empty_the_ledger() -> None:
    """Clear what a test had to commit for good, so that the next one starts from nothing."""
    set_guards, unguard = guards()
    with transaction.atomic():
        execute(*unguard)
        Entry.objects.all().delete()
        Head.objects.update(size=0, peaks=[])
        if connection.vendor == "postgresql":
            # A table with rows that wait to be checked cannot be given triggers.
            execute("SET CONSTRAINTS ALL IMMEDIATE")
        execute(*set_guards)
