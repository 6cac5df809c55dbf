"""A foreign file before anybody looks inside: that it is there, a file, and not too large."""

import hashlib
import io
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from exeunt.errors import BadInput, Sentence, Word
from exeunt.sandbox.readers import Handed
from exeunt.stages.sources.intake.problems import refusal

MEGABYTE = 1_000_000
LARGEST_FILE = 100 * MEGABYTE
BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class Document:
    """The bytes of one file, opened anew for each reading; ``name`` never holds a folder."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @property
    def ending(self) -> str:
        """Return the ending of the name in lower case, with its dot."""
        return Path(self.name).suffix.lower()

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes, as 64 hexadecimal digits; read once."""
        with self.open() as stream:
            digest = hashlib.sha256()
            while block := stream.read(BLOCK_BYTES):
                digest.update(block)
            return digest.hexdigest()


def document_of(data: bytes, *, name: str) -> Document:
    """Wrap bytes that are already at hand."""
    return Document(name=name, size=len(data), open=lambda: io.BytesIO(data))


def document_handed(handed: Handed) -> Document:
    """Take what a child was handed."""
    return Document(name=handed.name, size=handed.size, open=handed.open)


def document_at(path: Path, *, limit: int = LARGEST_FILE) -> Document:
    """Take a file of at most ``limit`` bytes, without reading it yet.

    Links, folders, devices and unreadable or oversized files are refused as BadInput. A
    file that is changed between two readings is refused at the second.
    """
    try:
        status = path.lstat()
    except (OSError, ValueError) as trouble:
        raise _cannot_open(path.name, trouble) from trouble
    _check_kind(path.name, status, limit)
    opened = _opener(path, status)
    opened().close()
    return Document(name=path.name, size=status.st_size, open=opened)


def _check_kind(name: str, status: os.stat_result, limit: int) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise refusal(name, "This is a link to another place; give the file itself.")
    if stat.S_ISDIR(status.st_mode):
        raise refusal(name, "This is a folder; give a file inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise refusal(name, "This is a device or a pipe; save it as a file first.")
    if status.st_size > limit:
        says = (
            "The file has {size:,.1f} MB; the limit is {limit:,.1f} MB. Split it, keep the header "
            "row in each part, and read the parts one after another."
        )
        size = status.st_size / MEGABYTE
        raise refusal(name, Sentence(says, size=size, limit=limit / MEGABYTE))


def _opener(path: Path, status: os.stat_result) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        try:
            stream = path.open("rb")
        except OSError as trouble:
            raise _cannot_open(path.name, trouble) from trouble
        if _mark(os.fstat(stream.fileno())) != _mark(status):
            stream.close()
            raise refusal(
                path.name, "The file changed while it was read; close it elsewhere, retry."
            )
        return stream

    return opened


def _mark(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _cannot_open(name: str, trouble: OSError | ValueError) -> BadInput:
    if isinstance(trouble, FileNotFoundError | NotADirectoryError):
        return refusal(name, "There is no such file; check the spelling and the folder.")
    if isinstance(trouble, PermissionError):
        return refusal(name, "You may not read this file; ask its owner, or copy it.")
    reason = getattr(trouble, "strerror", None)
    says = "The file cannot be opened ({reason}); copy it elsewhere and retry."
    odd = Word("its name is not one that a file can have")
    return refusal(name, Sentence(says, reason=reason or odd))
