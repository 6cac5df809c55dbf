"""Making an archive, and opening one: one process, one archive."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from exeunt.archive.blanks import fill_with_tables
from exeunt.archive.folder import (
    WORK,
    ArchiveFolder,
    check_is_held,
    held,
    is_held,
    laid_out,
    recognise,
    sentences_for,
)
from exeunt.archive.keeping import (
    look_at_vault,
    point_vault_away,
    point_vault_to,
    settle_vault,
)
from exeunt.archive.key import server_key, signing_key
from exeunt.archive.memory import leave_no_dump
from exeunt.errors import ArchiveRefusal
from exeunt.members.actions import add_first_member
from exeunt.members.rules import clean_name
from exeunt.procedures.erasure import finish_cleaning
from exeunt.stages.consent.actions.events import THE_DAY, note_lapses
from exeunt.version import __version__

# What SQLite and PostgreSQL say, and what it means for the person at the desk.
# Any number serves, so long as every Exeunt asks for the same.
ONE_ARCHIVE = 20150921
SENTENCES = {
    "disk is full": "The disk is full; nothing of this was kept. Free some space, then try again.",
    "readonly database": "The archive is read-only for you, and Exeunt writes down who looked.",
    "disk I/O error": "The disk could not be read or written; nothing of this was kept.",
    "malformed": "The archive's database is damaged; run “exeunt check”, or restore a backup.",
    "not a database": "The archive's database is no database any more; restore a backup.",
    "unable to open": "The archive's database cannot be opened; look at the folder's permissions.",
    "database is locked": "Another process is writing to this archive; try again when it is done.",
    "does not exist": "EXEUNT_DATABASE_URL names a database that is not there; create it first.",
    "connection": "The database server cannot be reached; look at EXEUNT_DATABASE_URL.",
}


def make_archive(path: Path, *, lead: str, purpose: str = WORK) -> ArchiveFolder:
    """Make a new archive in a new or empty folder, with its first member."""
    lead = clean_name(lead)
    with (
        laid_out(path, software=__version__, purpose=purpose) as folder,
        _connected(folder),
    ):
        _refuse_a_database_in_use()
        fill_with_tables()
        add_first_member(name=lead)
    return folder


@contextmanager
def opened(path: Path) -> Iterator[ArchiveFolder]:
    """Open an archive for this process, and close it afterwards.

    Raises ArchiveRefusal where the folder is no archive, is held by another process, is
    read-only, or was written by a newer version.
    """
    folder = recognise(path)
    _refuse_without_database(folder)
    with _connected(folder):
        _upgrade(folder)
        look_at_vault(folder)
        settle_vault(folder)
        finish_cleaning()
        note_lapses(today=timezone.localdate(), by=THE_DAY)
        yield folder
        settle_vault(folder)


@contextmanager
def joined(path: Path) -> Iterator[ArchiveFolder]:
    """Work on an archive that another process of ours, ``exeunt serve``, holds open.

    Raises ArchiveRefusal where nobody holds it: then there is no one who answers for it.
    """
    folder = recognise(path)
    check_is_held(folder)
    settings.EXEUNT_SERVER_KEY = server_key(folder.path)
    settings.SECRET_KEY = signing_key(settings.EXEUNT_SERVER_KEY)
    _point_to(folder)
    look_at_vault(folder)
    # A file too large for memory waits in the archive, not among what the machine throws away.
    folder.incoming.mkdir(mode=0o700, exist_ok=True)
    settings.FILE_UPLOAD_TEMP_DIR = str(folder.incoming)
    try:
        yield folder
    finally:
        _point_away()


@contextmanager
def opened_or_beside(path: Path) -> Iterator[ArchiveFolder]:
    """Open an archive, or stand beside the process that holds it, to copy it as a backup does.

    Raises ArchiveRefusal where another version of Exeunt holds it: its tables may be others.
    """
    folder = recognise(path)
    if not is_held(folder):
        with opened(path):
            yield folder
        return
    _refuse_odd_addresses()
    _refuse_without_database(folder)
    with sentences_for_database():
        _point_to(folder)
        try:
            _refuse_another_version(folder)
            look_at_vault(folder)
            yield folder
        finally:
            _point_away()


@contextmanager
def _connected(folder: ArchiveFolder) -> Iterator[None]:
    _refuse_odd_addresses()
    with held(folder), sentences_for_database():
        if settings.EXEUNT_CAPTURES is not None:
            raise ArchiveRefusal("This process has another archive open; close that one first.")
        _point_to(folder)
        try:
            _hold_database()
            yield
        finally:
            _point_away()


def _refuse_odd_addresses() -> None:
    if settings.EXEUNT_DATABASE_URL_IS_ODD:
        raise ArchiveRefusal(
            "EXEUNT_DATABASE_URL must begin with postgres://; leave it empty to keep the archive "
            "in its folder."
        )
    if settings.EXEUNT_VAULT_URL_IS_ODD:
        raise ArchiveRefusal(
            "EXEUNT_VAULT_URL must begin with postgres://; leave it empty to keep the vault in the "
            "archive's folder."
        )


@contextmanager
def sentences_for_database() -> Iterator[None]:
    """Turn what the database cannot do into a sentence; faults of ours stay as they are."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as fault:
        sentence = sentence_for_database(fault)
        if sentence is None:
            raise
        raise ArchiveRefusal(sentence) from fault


def sentence_for_database(fault: Exception) -> str | None:
    """Return what a fault of the database means for the person at the desk, where we know it."""
    said = str(fault)
    return next((sentence for mark, sentence in SENTENCES.items() if mark in said), None)


def _point_to(folder: ArchiveFolder) -> None:
    leave_no_dump()
    settings.EXEUNT_CAPTURES = str(folder.captures)
    settings.EXEUNT_INCOMING = str(folder.incoming)
    settings.EXEUNT_REPORTS = str(folder.reports)
    settings.EXEUNT_SEALED = str(folder.sealed)
    if connection.vendor == "sqlite":
        connections.close_all()
        connections["default"].settings_dict["NAME"] = str(folder.database)
    point_vault_to(folder)


def _hold_database() -> None:
    """On a server, hold the database too: two folders may name the same one."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_ARCHIVE])
        if not cursor.fetchone()[0]:
            raise ArchiveRefusal(
                "Another process has this database open; close it there, then try again."
            )


def _point_away() -> None:
    """Let go of the database, so that nothing reaches it without holding the archive."""
    settings.EXEUNT_CAPTURES = None
    settings.EXEUNT_INCOMING = None
    settings.FILE_UPLOAD_TEMP_DIR = None
    settings.EXEUNT_REPORTS = None
    settings.EXEUNT_SEALED = None
    connections.close_all()
    point_vault_away()
    if connection.vendor == "sqlite":
        connections["default"].settings_dict["NAME"] = ":memory:"


def _refuse_a_database_in_use() -> None:
    if connection.introspection.table_names():
        raise ArchiveRefusal(
            "The database that EXEUNT_DATABASE_URL names holds tables already; name an empty one."
        )


def _refuse_without_database(folder: ArchiveFolder) -> None:
    if connection.vendor != "sqlite":
        return
    with sentences_for(folder.path):
        if folder.begins_like_a_database():
            return
    raise ArchiveRefusal(
        f"{folder.path} has lost its database, or another file stands in its place. "
        "Restore it from a backup."
    )


def _upgrade(folder: ArchiveFolder) -> None:
    executor = MigrationExecutor(connection)
    _refuse_a_newer_archive(executor, folder)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    _back_up(folder)
    call_command("migrate", verbosity=0, interactive=False)


def _refuse_another_version(folder: ArchiveFolder) -> None:
    """Refuse tables that are not this version's: who holds the archive is another one."""
    there = folder.has_vault() or connections["vault"].vendor == "postgresql"
    used = list(connections) if there and folder.facts().get("vault") else ["default"]
    for name in used:
        executor = MigrationExecutor(connections[name])
        known = set(executor.loader.disk_migrations or ())
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if behind or set(executor.loader.applied_migrations) - known:
            raise ArchiveRefusal(
                f"{folder.path} is open in another version of Exeunt than this one. Use that "
                "version, or close it there first."
            )


def _refuse_a_newer_archive(executor: MigrationExecutor, folder: ArchiveFolder) -> None:
    known = set(executor.loader.disk_migrations or ())
    applied = set(executor.loader.applied_migrations)
    if not applied:
        raise ArchiveRefusal(
            f"{folder.path} has no archive in its database; the file may have been replaced. "
            "Restore it from a backup."
        )
    if applied - known:
        raise ArchiveRefusal(
            f"{folder.path} was upgraded by a newer version of Exeunt. Install that version; "
            "this one would damage it."
        )


def _back_up(folder: ArchiveFolder) -> None:
    """Copy the database before it is upgraded; on PostgreSQL that is the server's task.

    An earlier copy is never written over: it may be the only good one.
    """
    if connection.vendor != "sqlite":
        return
    stem = f"before-{__version__}"
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    paths = (folder.path / f"{name}.sqlite3" for name in names)
    copy = next(path for path in paths if not path.exists())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
