"""A new database is made at once, and is what all migrations would have made of an empty one."""

import sqlite3
from contextlib import closing

import pytest

from exeunt.archive.blanks import blank
from tools.blanks import ALIASES, statements, written


@pytest.mark.parametrize("alias", ALIASES)
def test_what_is_written_down_is_what_migrations_make(no_archive_open, alias):
    assert blank(alias) == written(alias), "run `make blanks`"


@pytest.mark.parametrize("alias", ALIASES)
def test_what_is_made_of_it_is_the_same_again(alias):
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(blank(alias))

        assert "\n".join(statements(fresh)) + "\n" == blank(alias)
        assert fresh.execute("PRAGMA integrity_check").fetchone() == ("ok",)
