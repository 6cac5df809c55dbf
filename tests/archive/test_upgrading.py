"""An archive of an earlier version is backed up before it is upgraded, and upgraded once."""

import shutil

import pytest
from django.core.management import call_command

from exeunt import __version__
from exeunt.archive.opening import opened
from tests.archive.folders import rows_in, state_of
from tests.cli.terminal import done

LATEST = "SELECT app, name FROM django_migrations ORDER BY id"


@pytest.fixture
def earlier(archive):
    """The archive as it was before there were findings."""
    with opened(archive):
        call_command("migrate", "findings", "zero", verbosity=0)
    assert ("findings", "0001_initial") not in rows_in(archive, LATEST)
    return archive


def test_the_database_is_copied_before_it_is_upgraded(earlier):
    before = state_of(earlier)["rows"]

    done("study", "list", at=earlier)

    backup = earlier / f"before-{__version__}.sqlite3"
    assert ("findings", "0001_initial") in rows_in(earlier, LATEST)
    copy = shutil.copytree(earlier, earlier.parent / "copy")
    shutil.move(copy / backup.name, copy / "archive.sqlite3")
    # The copy is packed anew, which sets indices and triggers in another order.
    assert sorted(state_of(copy)["rows"]) == sorted(before)


def test_an_archive_that_is_up_to_date_is_not_copied(archive):
    done("study", "list", at=archive)

    assert list(archive.glob("before-*")) == []


def test_an_upgraded_archive_is_whole_and_works(earlier):
    assert done("check", earlier).startswith("Whole: ")
    assert "report.html" in done("report", "--format", "html", at=earlier)


def test_the_copy_is_for_its_owner_only(earlier):
    done("study", "list", at=earlier)

    backup = earlier / f"before-{__version__}.sqlite3"
    assert backup.stat().st_mode & 0o077 == 0 or earlier.stat().st_mode & 0o077 == 0


def test_a_second_upgrade_of_the_same_version_keeps_the_first_copy(earlier):
    """A downgrade by hand, or an upgrade cut off in the middle, must not lose the only backup."""
    done("study", "list", at=earlier)
    (first,) = earlier.glob("before-*")
    content = first.read_bytes()
    with opened(earlier):
        call_command("migrate", "findings", "zero", verbosity=0)

    done("study", "list", at=earlier)

    assert content in [path.read_bytes() for path in earlier.glob("before-*")]


def test_a_name_that_is_taken_is_passed_over_when_a_copy_is_made(earlier):
    (earlier / f"before-{__version__}.sqlite3").mkdir()
    done("study", "list", at=earlier)

    assert (earlier / f"before-{__version__}-2.sqlite3").is_file()
