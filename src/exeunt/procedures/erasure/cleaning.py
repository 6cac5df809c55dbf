"""Cleaning the disk of what was deleted: the write-ahead log of both databases, above all.

Deleted rows stay legible in a SQLite write-ahead log until it is cut, and it is not cut while
somebody reads. So a cleaning that was not possible is kept as pending, and tried again whenever
the archive is opened.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connections, transaction
from django.utils import timezone

from exeunt.stages.coding.models import Adjudication, Coding, Difference, Excerpt, Search, Sheet
from exeunt.stages.findings.models import Answer, Finding
from exeunt.stages.narrators.actions.erasing import end_cleaning
from exeunt.stages.narrators.models import Exit, Group, Narrator, Spell
from exeunt.stages.narrators.queries import pending_erasures
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.models import (
    Account,
    Mask,
    Passage,
    SearchPassage,
    SearchWords,
    Telling,
    TextVersion,
)
from exeunt.vault import door

ARCHIVE = "default"
# Seconds between tries; whoever only reads is done long before the last.
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
PATIENCE_MS = 200
TOUCHED = (
    *(Adjudication, Coding, Difference, Excerpt, Search, Sheet),
    *(Answer, Finding),
    *(Exit, Group, Narrator, Spell),
    *(Capture, Source),
    *(Account, Mask, Passage, SearchPassage, SearchWords, Telling, TextVersion),
)


def archive_folder() -> Path | None:
    """Return the folder of the archive that is open; none where only a database is."""
    return Path(settings.EXEUNT_CAPTURES).parent if settings.EXEUNT_CAPTURES else None


def copies_of_old(*refs: str) -> list[Path]:
    """Return the copies made before upgrades in which these references still stand.

    Such a copy is made anew and never written to, so that a reference stands there in one piece.
    """
    return [path for path in _copies() if any(_stands_in(path, ref) for ref in refs)]


def uploads_waiting() -> list[Path]:
    """Return the files that were sent and are not taken in; any may hold anybody."""
    place = settings.EXEUNT_INCOMING
    found = Path(place).iterdir() if place and Path(place).is_dir() else ()
    return [path for path in found if path.is_file() and path.suffix not in {".progress", ".new"}]


def finish_cleaning() -> int:
    """Clean the disk of everybody whose rows are gone; returns of how many it was not possible.

    Costs one query where nobody is pending.
    """
    pending = list(pending_erasures().values_list("ref", flat=True))
    if not pending:
        return 0
    for path in (*copies_of_old(*pending), *uploads_waiting()):
        path.unlink(missing_ok=True)
    if not clean():
        return len(pending)
    with transaction.atomic():
        end_cleaning(pending, when=timezone.now())
    # What says that it is clean stands in the log itself.
    clean_archive()
    return 0


def clean() -> bool:
    """Leave nothing of deleted rows in either database's files; returns whether that was done."""
    vault_is_clean = not door.is_there() or door.pack()
    return clean_archive() and vault_is_clean


def clean_archive() -> bool:
    """Cut the archive's write-ahead log; on a server, write the touched tables anew instead."""
    connection = connections[ARCHIVE]
    if connection.in_atomic_block:
        return False
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in TOUCHED:
                cursor.execute(f'VACUUM FULL "{model._meta.db_table}"')
        return True
    return any(_cut() for _ in _tries())


def _tries() -> Iterator[None]:
    yield
    for pause in PAUSES:
        time.sleep(pause)
        yield


def _cut() -> bool:
    """Try once to bring all of the log into the database, and to empty it."""
    with connections[ARCHIVE].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _, _ = cursor.fetchone()
        except OperationalError:
            busy = 1
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
    return not busy


def _copies() -> list[Path]:
    folder = archive_folder()
    return sorted(folder.glob("before-*.sqlite3*")) if folder is not None else []


def _stands_in(path: Path, ref: str) -> bool:
    sought, before = ref.encode(), b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if sought in before + block:
                return True
            before = block[-len(sought) :]
    return False
