"""Write down what all migrations make of an empty SQLite database: `python -m tools.blanks`.

With it a new archive is made in a second. It has to be written again with every new migration;
a test says so.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connections

import exeunt.archive  # noqa: F401 - prepares Django
from tools.fetching import ROOT

FOLDER = ROOT / "src" / "exeunt" / "archive" / "blank"
ALIASES = ("default", "vault")
APPLIED = "django_migrations"


def main() -> None:
    """Write both files."""
    for alias in ALIASES:
        (FOLDER / f"{alias}.sql").write_text(written(alias), encoding="utf-8")


def written(alias: str) -> str:
    """Migrate an empty database, and return the statements that make the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.sqlite3"
        migrated(alias, path)
        with closing(sqlite3.connect(path)) as database:
            return "\n".join(statements(database)) + "\n"


def migrated(alias: str, path: Path) -> None:
    """Migrate an empty database in a file."""
    database = connections[alias]
    before = database.settings_dict["NAME"]
    database.close()
    database.settings_dict["NAME"] = str(path)
    try:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    finally:
        database.close()
        database.settings_dict["NAME"] = before


def statements(database: sqlite3.Connection) -> Iterator[str]:
    """Yield what makes the tables of a database, then its rows, then all that hangs on tables."""
    made = (
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    )
    found = [row for row in database.execute(made) if not row[1].startswith("sqlite_")]
    virtual = [f"{name}_" for _, name, _, sql in found if sql.startswith("CREATE VIRTUAL")]
    # The tables behind an index of words are made with it.
    found = [row for row in found if not row[2].startswith(tuple(virtual) or "?")]
    tables = [(name, sql) for kind, name, _, sql in found if kind == "table"]
    yield from (f"{sql};" for _, sql in tables)
    for name, sql in tables:
        if not sql.startswith("CREATE VIRTUAL"):
            yield from _rows(database, name)
    yield from (f"{sql};" for kind, _, _, sql in found if kind != "table")


def _rows(database: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
    # When a migration was applied is when the database is made.
    quoted = [
        "'CURRENT_TIMESTAMP'" if (table, name) == (APPLIED, "applied") else f'quote("{name}")'
        for name in columns
    ]
    named = ", ".join(f'"{name}"' for name in columns)
    said = " || ', ' || ".join(quoted)
    for (values,) in database.execute(f"SELECT {said} FROM {table} ORDER BY rowid"):  # noqa: S608
        yield f"INSERT INTO {table} ({named}) VALUES ({values});"  # noqa: S608


if __name__ == "__main__":
    main()
