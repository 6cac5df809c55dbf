"""The folder of an archive: what lies in it, who holds it, which version wrote it."""

import errno
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from exeunt.errors import ArchiveRefusal

FORMAT = 1
MARKER = "archive.json"
DATABASE = "archive.sqlite3"
VAULT = "vault.sqlite3"
LOCK = "archive.lock"
KEY = "server.key"
INCOMING = "incoming"
SQLITE_BEGINS = b"SQLite format 3\x00"
SEALED = "sealed"
SUBFOLDERS = ("captures", "reports")
DATABASES = (DATABASE, VAULT)
OF_AN_ARCHIVE = frozenset(
    {
        MARKER,
        *DATABASES,
        *(f"{name}-{beside}" for name in DATABASES for beside in ("wal", "shm")),
        LOCK,
        KEY,
        INCOMING,
        SEALED,
        *SUBFOLDERS,
    }
)
WORK, DEMONSTRATION = "work", "demonstration"


@dataclass(frozen=True)
class ArchiveFolder:
    """Where the parts of one archive lie."""

    path: Path

    @property
    def marker(self) -> Path:
        """The small file by which a folder is known as an archive."""
        return self.path / MARKER

    @property
    def database(self) -> Path:
        """The database, unless the team keeps it on PostgreSQL."""
        return self.path / DATABASE

    @property
    def vault(self) -> Path:
        """The vault's own database, unless the team keeps it on PostgreSQL."""
        return self.path / VAULT

    @property
    def sealed(self) -> Path:
        """Originals of entrusted texts, sealed and named by lot."""
        return self.path / SEALED

    def begins_like_a_database(self) -> bool:
        """Tell whether a SQLite database stands where it should, without opening it."""
        return _begins_like_a_database(self.database)

    def has_vault(self) -> bool:
        """Tell whether a SQLite database stands where the vault's should, without opening it."""
        return _begins_like_a_database(self.vault)

    def facts(self) -> dict[str, object]:
        """Return what the marker says; raises ArchiveRefusal where it is damaged."""
        try:
            found = json.loads(self.marker.read_text())
        except (OSError, ValueError):
            found = None
        if not isinstance(found, dict):
            raise _damaged(self)
        return found

    def add_facts(self, **facts: object) -> None:
        """Write something more into the marker; what it says already stays."""
        with sentences_for(self.path):
            beside = self.marker.with_suffix(".new")
            beside.write_text(json.dumps({**self.facts(), **facts}) + "\n")
            os.replace(beside, self.marker)

    @property
    def captures(self) -> Path:
        """Originals, byte for byte, each named by its SHA-256."""
        return self.path / "captures"

    @property
    def incoming(self) -> Path:
        """Files that were sent and are not taken in yet, and how far long work is."""
        return self.path / INCOMING

    @property
    def reports(self) -> Path:
        """Reports that were written."""
        return self.path / "reports"

    def check_not_inside(self, target: Path) -> None:
        """Refuse to write anything of one's own among the archive's files, but for reports."""
        inside = target.resolve().is_relative_to(self.path.resolve())
        if inside and not target.resolve().is_relative_to(self.reports.resolve()):
            raise ArchiveRefusal(
                f"{target} lies inside the archive; write it elsewhere, or under {self.reports}."
            )

    @property
    def lock(self) -> Path:
        """The file whose lock says that a process has this archive open."""
        return self.path / LOCK


@contextmanager
def laid_out(path: Path, *, software: str, purpose: str = WORK) -> Iterator[ArchiveFolder]:
    """Lay out a folder that is new or empty; it becomes an archive when the body has succeeded.

    Refuses a folder that holds anything already. Where the body fails, all that was made in
    the folder is taken away again.
    """
    folder = _prepared(path)
    try:
        yield folder
        facts = {"format": FORMAT, "made_with": software, "purpose": purpose, "id": drawn_id()}
        with sentences_for(path):
            folder.marker.write_text(json.dumps(facts) + "\n")
    except BaseException:
        for made in path.iterdir():
            shutil.rmtree(made) if made.is_dir() else made.unlink()
        raise


def _prepared(path: Path) -> ArchiveFolder:
    folder = ArchiveFolder(path)
    with sentences_for(path):
        _refuse_if_taken(folder)
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        for name in SUBFOLDERS:
            (path / name).mkdir()
    return folder


def _refuse_if_taken(folder: ArchiveFolder) -> None:
    path = folder.path
    if path.exists() and not path.is_dir():
        raise ArchiveRefusal(f"{path} is a file; name a folder that is new or empty.")
    if folder.marker.exists():
        raise ArchiveRefusal(f"{path} is an archive already; choose another folder.")
    if path.is_dir() and any(path.iterdir()):
        raise ArchiveRefusal(f"{path} is not empty; name a folder that is new or empty.")


def recognise(path: Path) -> ArchiveFolder:
    """Return the archive at a path, or say why the folder is none that can be opened."""
    folder = ArchiveFolder(path)
    if not path.exists():
        raise ArchiveRefusal(
            f"There is no folder {path}. Make an archive with “exeunt new {path}”."
        )
    if not folder.marker.is_file():
        raise ArchiveRefusal(
            f"{path} is no archive: it has no {MARKER}. Make one with “exeunt new DIR”."
        )
    _check_format(folder)
    return folder


def purpose_of(path: Path) -> str | None:
    """Return what an archive was made for, or None where the folder is no archive."""
    try:
        facts = json.loads((path / MARKER).read_text())
    except (OSError, ValueError):
        return None
    return str(facts.get("purpose")) if isinstance(facts, dict) else None


@contextmanager
def held(folder: ArchiveFolder) -> Iterator[None]:
    """Hold an archive for this process; the operating system lets go when the process ends."""
    with sentences_for(folder.path):
        handle = os.open(folder.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def check_is_held(folder: ArchiveFolder) -> None:
    """Refuse an archive that no process holds."""
    if not is_held(folder):
        raise ArchiveRefusal(
            f"{folder.path} is not being served; start “exeunt serve {folder.path}”."
        )


def is_held(folder: ArchiveFolder) -> bool:
    """Tell whether a process has this archive open now."""
    with sentences_for(folder.path):
        handle = os.open(folder.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def sentences_for(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence about this archive."""
    try:
        yield
    except OSError as fault:
        raise ArchiveRefusal(sentence_for(fault, path)) from fault


def sentence_for(fault: OSError, path: Path) -> str:
    """Say what an operating-system error means for the person at the desk."""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk that holds {path} is full; nothing was kept. Free some space, try again."
    if fault.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"{path} is read-only for you, so nothing was written. Use a place where you may write "
            "or change its permissions; an archive is written to even when it is only read, since "
            "who looked is written down."
        )
    return f"{path} cannot be used: {fault.strerror or fault}."


def _take(handle: int, folder: ArchiveFolder) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 20, 0).decode(errors="replace").strip() or "another process"
        raise ArchiveRefusal(
            f"{folder.path} is open in another process ({holder}). "
            "One process at a time keeps the ledger in order: close the other one, then try again."
        ) from None
    with sentences_for(folder.path):
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}\n".encode(), 0)


def drawn_id() -> str:
    """Draw what tells one archive from every other; its vault knows it too."""
    return secrets.token_hex(16)


def id_of(folder: ArchiveFolder) -> str:
    """Return what tells this archive from others; one that has none yet is given one."""
    known = folder.facts().get("id")
    if isinstance(known, str):
        return known
    drawn = drawn_id()
    folder.add_facts(id=drawn)
    return drawn


def _begins_like_a_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE_BEGINS)) == SQLITE_BEGINS


def _damaged(folder: ArchiveFolder) -> ArchiveRefusal:
    return ArchiveRefusal(f"{folder.marker} is damaged; restore it from a backup of this archive.")


def _check_format(folder: ArchiveFolder) -> None:
    try:
        number = int(str(folder.facts()["format"]))
    except (OverflowError, ValueError, KeyError, TypeError):
        raise _damaged(folder) from None
    if number > FORMAT:
        raise ArchiveRefusal(
            f"{folder.path} was made by a newer version of Exeunt (format {number}; this one "
            f"knows {FORMAT}). Install that version; this one would damage it."
        )
