"""New databases of SQLite, made at once by what all migrations together make of an empty one.

To migrate an empty database takes seconds, nearly all of which Django spends on rebuilding models
as they once were. What comes of it is written down by `tools.blanks`; a migration that is newer
than that is made up for by migrating afterwards, as in any archive that was made by an earlier
version.
"""

import sqlite3
from contextlib import closing
from importlib.resources import files

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections


def fill_with_tables(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Make every table of a database that is new."""
    database = connections[alias]
    if database.vendor == "sqlite" and not database.introspection.table_names():
        with closing(sqlite3.connect(database.settings_dict["NAME"])) as fresh:
            fresh.executescript(f"BEGIN;\n{blank(alias)}\nCOMMIT;")
    call_command("migrate", database=alias, verbosity=0, interactive=False)


def blank(alias: str) -> str:
    """Return the statements that make what migrating an empty database makes."""
    return files("exeunt.archive").joinpath(f"blank/{alias}.sql").read_text(encoding="utf-8")
