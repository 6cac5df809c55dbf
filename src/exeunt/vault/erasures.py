"""The erasure list: what was erased, kept outside the archive and its backups, never shortened.

A backup still holds whoever was erased after it was made. Restoring it therefore takes this list,
and erases them again. Every line is signed (Ed25519) and names the digest of the line before it,
so that none can be changed, moved or left out. A line names nobody: it is a digest of a random
reference, and means something only beside an archive that holds the reference.
"""

import json
import os
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from exeunt.errors import Refusal
from exeunt.vault.sealing.contexts import bound_to

BEGINNING = "0" * 64


class LineKind(StrEnum):
    """What a line of the list says."""

    BEGUN = "begun"
    ERASED = "erased"
    CHECKPOINT = "checkpoint"


class Line(NamedTuple):
    """One line: its number from 0, what it says, of whom, when, and what stood before it."""

    number: int
    kind: LineKind
    tag: str
    day: str
    before: str
    signature: str

    @property
    def digest(self) -> str:
        """The digest that the next line names."""
        return sha256(self.written()).hexdigest()

    def written(self) -> bytes:
        """Return the line as it stands in the file."""
        return json.dumps(self._asdict(), sort_keys=True, separators=(",", ":")).encode()

    def signed(self) -> bytes:
        """Return what the signature speaks for."""
        return bound_to("erasure", *self._replace(signature=""))


class Checkpoint(NamedTuple):
    """How long the list was at some moment, and the digest of its last line."""

    length: int
    digest: str

    def __str__(self) -> str:
        """Write it as one word, to be kept elsewhere."""
        return f"{self.length}:{self.digest}"


def tag_of(vault: str, narrator: str) -> str:
    """Return what the list calls a narrator of one archive."""
    return sha256(bound_to("erased", vault, narrator)).hexdigest()


def begin_list(path: Path, *, vault: str, day: date, key: bytes) -> None:
    """Begin a list at a place where there is none."""
    if path.exists():
        raise Refusal(
            "{path} is there already; name a new file for the erasure list.", path=str(path)
        )
    _append(path, _line([], LineKind.BEGUN, vault, day=day, key=key))


def add_line(path: Path, *, kind: LineKind, tag: str, day: date, key: bytes) -> Checkpoint:
    """Add a line and bring it to the disk; returns the new checkpoint.

    Raises Refusal where the list is not there, cannot be written, or was changed.
    """
    lines = read_list(path, public=public_of(key))
    line = _line(lines, kind, tag, day=day, key=key)
    _append(path, line)
    return Checkpoint(line.number + 1, line.digest)


def read_list(path: Path, *, public: bytes) -> list[Line]:
    """Read a list and check every line; raises Refusal where it is missing, changed or cut."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Refusal(
            "The erasure list {path} cannot be read ({why}). Bring it: without it nobody could "
            "tell who must stay erased.",
            path=str(path),
            why=fault.strerror or "it is not there",
        ) from fault
    lines = list(_lines(content, path))
    _check_chain(lines, path, public=public)
    return lines


def checkpoint_of(lines: list[Line]) -> Checkpoint:
    """Return how long a list is, and its last digest."""
    return Checkpoint(len(lines), lines[-1].digest if lines else BEGINNING)


def check_holds(lines: list[Line], checkpoint: Checkpoint) -> None:
    """Refuse a list that is older than a checkpoint, or another list altogether."""
    known = len(lines) >= checkpoint.length > 0
    if not known or lines[checkpoint.length - 1].digest != checkpoint.digest:
        raise Refusal(
            "This erasure list is older than what is to be restored, or another one: it has "
            "{length} lines, and line {expected} should be {digest}…. Bring the latest list.",
            length=len(lines),
            expected=checkpoint.length,
            digest=checkpoint.digest[:12],
        )


def erased_in(lines: list[Line]) -> frozenset[str]:
    """Return the tags of everybody who was erased."""
    return frozenset(line.tag for line in lines if line.kind == LineKind.ERASED)


def public_of(key: bytes) -> bytes:
    """Return the public half by which signatures are checked."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def _line(lines: list[Line], kind: LineKind, tag: str, *, day: date, key: bytes) -> Line:
    before = lines[-1].digest if lines else BEGINNING
    line = Line(len(lines), kind, tag, day.isoformat(), before, "")
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(line.signed())
    return line._replace(signature=signature.hex())


def _append(path: Path, line: Line) -> None:
    try:
        with path.open("ab") as file:
            file.write(line.written() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise Refusal(
            "The erasure list {path} cannot be written ({why}), so nothing was done. See whether "
            "its medium is there and may be written to.",
            path=str(path),
            why=fault.strerror or "it was refused",
        ) from fault


def _lines(content: bytes, path: Path) -> Iterator[Line]:
    for number, written in enumerate(content.splitlines()):
        try:
            found = json.loads(written)
            yield Line(**{**found, "kind": LineKind(found["kind"])})
        except (ValueError, TypeError, KeyError):
            raise _changed(path, number) from None


def _check_chain(lines: list[Line], path: Path, *, public: bytes) -> None:
    before = BEGINNING
    key = Ed25519PublicKey.from_public_bytes(public)
    for number, line in enumerate(lines):
        if line.number != number or line.before != before:
            raise _changed(path, number)
        try:
            key.verify(bytes.fromhex(line.signature), line.signed())
        except (InvalidSignature, ValueError):
            raise _changed(path, number) from None
        before = line.digest
    if not lines or lines[0].kind != LineKind.BEGUN:
        raise _changed(path, 0)


def _changed(path: Path, number: int) -> Refusal:
    return Refusal(
        "Line {number} of the erasure list {path} is not what was written there, or not for this "
        "vault. Bring the list that belongs to it.",
        number=number + 1,
        path=str(path),
    )
