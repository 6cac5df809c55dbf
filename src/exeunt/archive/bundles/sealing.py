"""Encrypting a stream as ``age`` does, and opening it again."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from pyrage import DecryptError, EncryptError, decrypt_io, encrypt_io, x25519

from exeunt.archive.bundles.manifest import Manifest, damaged
from exeunt.archive.bundles.packing import pieces_of
from exeunt.archive.bundles.unpacking import Unpacking
from exeunt.errors import Refusal

Progress = Callable[[int], None]


def encrypt(blocks: Iterable[bytes], *, to: list[str], into: IO[bytes], progress: Progress) -> None:
    """Encrypt a stream to recipients, as ``age`` does; raises whatever the stream raises."""
    source, target = _Pulled(_counted(blocks, progress)), _Pushed(into.write)
    try:
        encrypt_io(source, target, [x25519.Recipient.from_str(one) for one in to])
    except (EncryptError, OSError):
        raise source.fault or target.fault or damaged() from None


def decrypt(bundle: Path, *, word: str, into: Unpacking, progress: Progress) -> Manifest:
    """Decrypt a bundle with one identity and unpack it; refuses what is cut, changed or shut."""
    target = _Pushed(into.write)
    try:
        with bundle.open("rb") as file, closing(into):
            source = _Pulled(_counted(pieces_of(file), progress))
            decrypt_io(source, target, [x25519.Identity.from_str(word)])
    except DecryptError as fault:
        raise target.fault or _not_opened(fault) from None
    except OSError as fault:
        raise target.fault or _unread(fault, bundle) from None
    return into.finished()


def _counted(blocks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        progress(done)


class _Pulled:
    """Reads from an iterator, and remembers what went wrong, which pyrage would hide."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks, self._rest = iter(blocks), memoryview(b"")
        self.fault: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._blocks))
        except StopIteration:
            return b""
        except BaseException as fault:
            self.fault = fault
            raise
        taken, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return taken


class _Pushed:
    """Hands pieces on, and remembers what went wrong, which pyrage would hide."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take
        self.fault: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._take(data)
        except BaseException as fault:
            self.fault = fault
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


def _not_opened(fault: DecryptError) -> Refusal:
    if "No matching keys" not in str(fault):
        return damaged()
    return Refusal(
        "This bundle does not open with this identity. It opens for those who were custodians on "
        "the day it was made, and for the word on paper."
    )


def _unread(fault: OSError, bundle: Path) -> Refusal:
    # What age finds wrong in the stream has no number; what the disk finds has one.
    if fault.errno is None:
        return damaged()
    return Refusal(
        "{path} cannot be read ({why}).", path=str(bundle), why=fault.strerror or str(fault)
    )
