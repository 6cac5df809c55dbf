"""Is this archive whole? Every hash is computed again, and nothing is changed."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, connections

from exeunt.archive.folder import ArchiveFolder
from exeunt.ledger.recording import ARCHIVE
from exeunt.ledger.verifying import Witness, problems_of_ledger, witness
from exeunt.sandbox.remarks import remarks_on_readers
from exeunt.stages.coding.queries.codebooks import damaged_codebooks
from exeunt.stages.coding.queries.excerpts import misplaced_excerpts
from exeunt.stages.narrators.queries import pending_erasures
from exeunt.stages.sources.models import Capture
from exeunt.stages.testimonies.queries import damaged_texts
from exeunt.stages.testimonies.queries.sought import texts_sought_wrongly
from exeunt.vault.actions.texts import sealed_names
from exeunt.vault.entries import sealed_originals
from exeunt.vault.queries import standing
from exeunt.vault.routing import VAULT
from exeunt.vault.rules.opening import STANDINGS
from exeunt.vault.states import Standing

ONE_MEBIBYTE = 1 << 20
# SQLite's own check of a full-text index is written as an INSERT, and changes nothing.
CHECKS_OF_SEARCH = (
    "INSERT INTO testimonies_searchindex(testimonies_searchindex, rank) "
    "VALUES ('integrity-check', 1)",
    "INSERT INTO testimonies_passageindex(testimonies_passageindex, rank) "
    "VALUES ('integrity-check', 1)",
)


class Checked(NamedTuple):
    """What was looked at, what is wrong, and what is only worth knowing."""

    captures: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    witness: Witness | None


def check(
    folder: ArchiveFolder,
    *,
    earlier: Witness | None = None,
    progress: Callable[[str], None] | None = None,
) -> Checked:
    """Check database, ledger, captures, texts and codings; ``earlier`` is an outside witness."""
    problems: list[str] = []
    looks: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("database", lambda: _problems_of_database(ARCHIVE)),
        ("ledger", lambda: iter(problems_of_ledger(earlier))),
        ("captures", lambda: _problems_of_captures(folder)),
        ("texts", _problems_of_texts),
        ("search", _problems_of_search),
        ("codebooks", _problems_of_codebooks),
        ("excerpts", _problems_of_excerpts),
        ("vault", _problems_of_vault),
    )
    for name, look in looks:
        if progress is not None:
            progress(name)
        problems += look()
    return Checked(
        captures=Capture.objects.count(),
        problems=tuple(problems),
        remarks=tuple(_remarks(folder)),
        witness=witness(),
    )


def _problems_of_database(alias: str) -> Iterator[str]:
    if connections[alias].vendor != "sqlite":
        return
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        for (said,) in cursor.fetchall():
            if said != "ok":
                yield f"The database is damaged: {said}."
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _ in cursor.fetchmany(20):
            yield f"Row {row} of {table} points to something in {parent} that is not there."


def _problems_of_captures(folder: ArchiveFolder) -> Iterator[str]:
    for digest in Capture.objects.values_list("digest", flat=True).distinct().iterator(500):
        path = folder.captures / digest
        if not path.is_file():
            yield f"The capture {digest[:12]}… is missing from captures/."
        elif _digest_of(path) != digest:
            yield f"The capture {digest[:12]}… is not what was received: its bytes have changed."


def _problems_of_texts() -> Iterator[str]:
    for version in damaged_texts():
        yield f"The text {version} is not what was stored: its words have changed."


def _problems_of_search() -> Iterator[str]:
    for version in texts_sought_wrongly():
        yield (
            f"The {version} is not found by all its words. That is mended when the text is next "
            "corrected."
        )
    if connections[ARCHIVE].vendor != "sqlite":
        return
    with connections[ARCHIVE].cursor() as cursor:
        for statement in CHECKS_OF_SEARCH:
            try:
                cursor.execute(statement)
            except DatabaseError:
                yield "A search index is damaged, and misses words. Restore the archive's backup."


def _problems_of_codebooks() -> Iterator[str]:
    for version in damaged_codebooks():
        yield f"The codebook {version.name} is not what was kept: a code or its words have changed."


def _problems_of_excerpts() -> Iterator[str]:
    for excerpt in misplaced_excerpts():
        yield f"The excerpt {excerpt} reaches beyond its text."


def _problems_of_vault() -> Iterator[str]:
    """Look at what can be seen of the vault without opening it."""
    stands = standing()
    if stands is Standing.NONE:
        return
    if stands is not Standing.WELL:
        yield STANDINGS[stands]
        return
    for problem in (*_problems_of_database(VAULT), *problems_of_ledger(on=VAULT)):
        yield f"In the vault: {problem}"
    missing = sealed_originals() - len(sealed_names())
    if missing > 0:
        yield f"{missing} sealed files are missing from sealed/. Restore them from a backup."


def _remarks(folder: ArchiveFolder) -> Iterator[str]:
    pending = pending_erasures().count()
    if pending:
        yield (
            f"The disk is not clean yet of {pending} erased narrators: another process reads. "
            "Close every other process; it is tried again whenever the archive is opened."
        )
    known = set(Capture.objects.values_list("digest", flat=True))
    found = folder.captures.iterdir() if folder.captures.is_dir() else ()
    for path in sorted(found):
        if path.name not in known:
            yield (
                f"captures/{path.name} belongs to no source: left by an import that was refused "
                "or cut off. It does no harm and may be deleted."
            )
    yield from remarks_on_readers()


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(ONE_MEBIBYTE):
            digest.update(block)
    return digest.hexdigest()
