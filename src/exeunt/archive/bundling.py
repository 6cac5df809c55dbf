"""Making a backup: one bundle for the custodians and the paper in the safe.

What is in clear never leaves the archive's folder: each database is copied into a file that has
no name any more when it is read, and the tar exists only on its way into ``age``.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC
from json import loads
from pathlib import Path
from typing import IO, NamedTuple

from django.db import connections, transaction
from django.utils import timezone
from pyrage import RecipientError, x25519

from exeunt.archive.bundles.manifest import MANIFEST, Manifest, is_known
from exeunt.archive.bundles.packing import Part, packed, part_of, pieces_of
from exeunt.archive.bundles.sealing import Progress, encrypt
from exeunt.archive.bundles.staging import bring_to_disk
from exeunt.archive.folder import (
    DATABASE,
    MARKER,
    SEALED,
    VAULT,
    ArchiveFolder,
    id_of,
    sentences_for,
)
from exeunt.archive.opening import opened_or_beside, sentences_for_database
from exeunt.errors import ArchiveRefusal, NotYet, Refusal
from exeunt.ledger.recording import read, record
from exeunt.ledger.verifying import Witness
from exeunt.members.models import Member
from exeunt.members.queries import first_person, member_called
from exeunt.methods.hash_tree import root_of
from exeunt.vault import routing
from exeunt.vault.erasures import Checkpoint, checkpoint_of, read_list
from exeunt.vault.queries import holders, standing, the_vault
from exeunt.vault.states import Standing
from exeunt.version import __version__

FOLDERS = ("captures", SEALED, "reports")
COPY = ".backup-in-the-making"
# What the ledger calls an archive: the beginning of its id.
SUBJECT = 16


class BackedUp(NamedTuple):
    """A finished bundle: where it lies, how large it is, who can open it, and what it stands on."""

    path: Path
    size: int
    recipients: int
    ledger: Witness
    checkpoint: Checkpoint | None


class _Copies(NamedTuple):
    """Each database as it was at one moment, and how long its ledger was then."""

    files: dict[str, IO[bytes]]
    ledgers: dict[str, Witness]


def back_up(
    path: Path,
    *,
    to: Path,
    recipients: Sequence[str] = (),
    acting: str | None = None,
    progress: Progress = lambda _done: None,
) -> BackedUp:
    """Make a bundle of an archive, whether or not ``exeunt serve`` has it open.

    ``recipients`` are named only where there is no vault, and then at least one. Refuses where the
    erasure list cannot be read or was changed: nobody could restore such a bundle safely.
    """
    _refuse_on_a_server()
    with opened_or_beside(path) as folder:
        _check_target(folder, to)
        by = member_called(acting) if acting else first_person()
        with _one_at_a_time(folder):
            return _made(folder, to, _recipients(recipients), progress=progress, by=by)


def how_much(path: Path) -> int:
    """Return about how many bytes a bundle of an archive will hold."""
    folder = ArchiveFolder(path)
    files = [folder.database, folder.vault, *(found for _, found in _files(folder))]
    return sum(file.stat().st_size for file in files if file.is_file())


def _made(
    folder: ArchiveFolder, to: Path, recipients: list[str], *, progress: Progress, by: Member
) -> BackedUp:
    _checkpoint()
    beside = to.with_name(f".{to.name}.in-the-making")
    with _copied(folder) as copies:
        # After the copies: whoever was erased meanwhile is in the list that a restore must bring.
        made = BackedUp(to, 0, len(recipients), copies.ledgers[DATABASE], _checkpoint())
        manifest = _manifest(folder, copies, made.checkpoint)
        manifest = manifest._replace(recipients=recipients)
        blocks = packed(_parts(folder, copies, manifest))
        try:
            with sentences_for(to):
                size = _written(blocks, recipients, beside=beside, progress=progress)
                made = made._replace(size=size)
                _name(made, beside=beside, subject=id_of(folder), by=by)
        finally:
            beside.unlink(missing_ok=True)
    return made


def _written(
    blocks: Iterator[bytes], recipients: list[str], *, beside: Path, progress: Progress
) -> int:
    """Encrypt a stream into a file that has not its name yet, and bring it to the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
        encrypt(blocks, to=recipients, into=file, progress=progress)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


@transaction.atomic
def _name(made: BackedUp, *, beside: Path, subject: str, by: Member) -> None:
    """Write the bundle down and give it its name: both or neither."""
    record(
        "archive.backed-up",
        subject=subject[:SUBJECT],
        by=by.ref,
        bytes=made.size,
        recipients=made.recipients,
        entries=made.ledger.size,
        erasures=made.checkpoint.length if made.checkpoint else 0,
    )
    os.replace(beside, made.path)
    bring_to_disk(made.path.parent)


def _refuse_on_a_server() -> None:
    if all(connections[name].vendor == "sqlite" for name in connections):
        return
    raise NotYet(
        "This archive lies on PostgreSQL, whose databases “exeunt backup” does not carry yet. Make "
        "a dump of each and encrypt it on its way: “pg_dump -Fc DATABASE | age -r RECIPIENT -o "
        "FILE”, the archive's first and then the vault's; then the folder: “tar -c DIR | age …”. "
        "Keep the erasure list apart: whoever restores such dumps must erase by it first."
    )


def _check_target(folder: ArchiveFolder, to: Path) -> None:
    if to.resolve().is_relative_to(folder.path.resolve()):
        raise ArchiveRefusal(
            f"{to} lies inside the archive. A backup belongs elsewhere, best on another medium."
        )
    if to.exists() or to.is_symlink():
        raise ArchiveRefusal(f"{to} is there already; name a new file, with the day in its name.")
    if not to.parent.is_dir():
        raise ArchiveRefusal(f"There is no folder {to.parent}; make it, or mount its medium.")


def _recipients(given: Sequence[str]) -> list[str]:
    if standing() is not Standing.NONE:
        the_vault()
        if given:
            raise Refusal(
                "This archive has a vault: its bundles are for its custodians and the paper in the "
                "safe, and for nobody else. Leave --recipient out."
            )
        return sorted(holder.recipient for holder in holders())
    if not given:
        raise NotYet(
            "This archive has no vault, so nobody is known who could open a bundle. Name at least "
            "one recipient, as “age-keygen” prints it: --recipient age1…"
        )
    return sorted({_recipient(one) for one in given})


def _recipient(word: str) -> str:
    try:
        return str(x25519.Recipient.from_str(word.strip()))
    except RecipientError:
        raise Refusal("“{word}” is no recipient; it should look like age1….", word=word) from None


def _checkpoint() -> Checkpoint | None:
    """Return how long the erasure list is, every line of it checked; None without a vault."""
    if standing() is Standing.NONE:
        return None
    vault = the_vault()
    return checkpoint_of(read_list(Path(vault.erasures), public=bytes(vault.signs_with)))


@contextmanager
def _one_at_a_time(folder: ArchiveFolder) -> Iterator[None]:
    """Keep a second backup out, and clear away what one that was cut off has left."""
    handle = os.open(folder.path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.path.glob(f"{COPY}*"):
            left.unlink()
        yield
    except BlockingIOError:
        raise ArchiveRefusal(f"Another backup of {folder.path} is being made.") from None
    finally:
        os.close(handle)


@contextmanager
def _copied(folder: ArchiveFolder) -> Iterator[_Copies]:
    """Copy each database as it is at one moment, the vault after the archive.

    So the vault's copy holds all that the archive's knows of it. A copy has no name when it is
    read: nothing of it stays, however this process ends.
    """
    sources = {DATABASE: "default"}
    if standing() is not Standing.NONE:
        sources[VAULT] = routing.VAULT
    copies = _Copies({}, {})
    with ExitStack() as open_files:
        for name, alias in sources.items():
            path = folder.path / f"{COPY}-{name}"
            try:
                with sentences_for_database(), connections[alias].cursor() as cursor:
                    cursor.execute("VACUUM INTO %s", [str(path)])
                copies.ledgers[name] = _ledger_in(path)
                copies.files[name] = open_files.enter_context(path.open("rb"))
            finally:
                path.unlink(missing_ok=True)
        yield copies


def _ledger_in(copy: Path) -> Witness:
    with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as base:
        size, peaks = base.execute("SELECT size, peaks FROM ledger_head WHERE id = 1").fetchone()
    return Witness(size, root_of(read(loads(peaks))).hex())


def _manifest(folder: ArchiveFolder, copies: _Copies, checkpoint: Checkpoint | None) -> Manifest:
    manifest = Manifest(
        made_with=__version__,
        made=timezone.now().astimezone(UTC).isoformat(timespec="seconds"),
        archive=id_of(folder),
        ledger=str(copies.ledgers[DATABASE]),
        recipients=[],
    )
    if checkpoint is None:
        return manifest
    vault = the_vault()
    return manifest._replace(
        vault=vault.ref,
        vault_ledger=str(copies.ledgers[VAULT]),
        signs_with=bytes(vault.signs_with).hex(),
        erasures=str(checkpoint),
    )


def _parts(folder: ArchiveFolder, copies: _Copies, manifest: Manifest) -> Iterator[Part]:
    yield part_of(MANIFEST, manifest.written())
    yield part_of(MARKER, folder.marker.read_bytes())
    for name, copy in copies.files.items():
        yield Part(name, os.fstat(copy.fileno()).st_size, pieces_of(copy))
    for name, path in _files(folder):
        # What was erased or replaced since it was listed is passed over.
        with suppress(FileNotFoundError), _plain(path) as file:
            yield Part(name, os.fstat(file.fileno()).st_size, pieces_of(file))


def _files(folder: ArchiveFolder) -> Iterator[tuple[str, Path]]:
    """List what belongs into a bundle: plain files under names that we know, never a link."""
    for top in FOLDERS:
        for found in sorted((folder.path / top).rglob("*")):
            name = found.relative_to(folder.path).as_posix()
            if is_known(name) and found.is_file() and not found.is_symlink():
                yield name, found


def _plain(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")
