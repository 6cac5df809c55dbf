"""Reading a bundle's tar piece by piece.

Whoever knows the recipients can write a bundle. So it is read as a stranger's file: plain files
under names that we know, each once, and nothing else.
"""

import tarfile
from collections.abc import Callable
from hashlib import sha256
from typing import IO

from exeunt.archive.bundles.manifest import (
    MANIFEST,
    SUMS,
    Manifest,
    damaged,
    is_known,
    line_of,
    manifest_from,
)
from exeunt.archive.bundles.packing import TAR_BLOCK
from exeunt.errors import Refusal

LONGEST_MANIFEST, LONGEST_SUMS = 1 << 20, 256 << 20


class Unpacking:
    """Takes a tar piece by piece, and hands on each file that may lie in a bundle.

    ``first`` is told the manifest before any file; ``place`` returns where a file goes.
    """

    def __init__(
        self, *, first: Callable[[Manifest], None], place: Callable[[str], IO[bytes] | None]
    ) -> None:
        """Begin before the first header."""
        self.manifest: Manifest | None = None
        self.sizes: dict[str, int] = {}
        self._first, self._place = first, place
        self._waiting, self._left, self._padding = bytearray(), 0, 0
        self._name, self._digest = "", sha256()
        self._file: IO[bytes] | None = None
        self._kept, self._sums = bytearray(), list[str]()
        self._ended = False

    def write(self, data: bytes) -> None:
        """Take the next piece."""
        self._waiting += data
        while self._stepped():
            pass

    def finished(self) -> Manifest:
        """Return the manifest; refuses where anything is missing, or the sums are others."""
        said = self._kept.decode(errors="replace")
        whole = self._ended and self._name == SUMS and said == "".join(self._sums)
        if not whole or any(self._waiting) or self.manifest is None:
            raise damaged()
        return self.manifest

    def close(self) -> None:
        """Close a file that was not finished."""
        if self._file is not None:
            self._file.close()

    def _stepped(self) -> bool:
        if self._left:
            return self._take()
        if self._padding:
            return self._pass_over()
        if len(self._waiting) < TAR_BLOCK:
            return False
        block = bytes(self._waiting[:TAR_BLOCK])
        del self._waiting[:TAR_BLOCK]
        self._begin(block)
        return True

    def _take(self) -> bool:
        taken = bytes(self._waiting[: self._left])
        del self._waiting[: len(taken)]
        self._left -= len(taken)
        self._digest.update(taken)
        if self._name in {MANIFEST, SUMS}:
            self._kept += taken
        elif self._file is not None:
            self._file.write(taken)
        if not self._left:
            self._end_file()
        return bool(taken)

    def _pass_over(self) -> bool:
        passed = bytes(self._waiting[: self._padding])
        del self._waiting[: len(passed)]
        self._padding -= len(passed)
        if any(passed):
            raise damaged()
        return bool(passed)

    def _begin(self, block: bytes) -> None:
        if not any(block):
            self._ended = True
            return
        info = _read_header(block)
        self._check(info)
        self._name, self._left = info.name, info.size
        self._padding = -info.size % TAR_BLOCK
        self._digest = sha256()
        self._kept.clear()
        self.sizes[info.name] = info.size
        self._file = None if info.name in {MANIFEST, SUMS} else self._place(info.name)
        if not self._left:
            self._end_file()

    def _check(self, info: tarfile.TarInfo) -> None:
        own = MANIFEST if self.manifest is None else SUMS
        longest = LONGEST_MANIFEST if self.manifest is None else LONGEST_SUMS
        known = info.name == own or (self.manifest is not None and is_known(info.name))
        if self._ended or self._name == SUMS or not known or info.name in self.sizes:
            raise _strange(info.name)
        if info.type != tarfile.REGTYPE or (info.name == own and info.size > longest):
            raise _strange(info.name)

    def _end_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._name == SUMS:
            return
        self._sums.append(line_of(self._digest.hexdigest(), self._name))
        if self._name == MANIFEST:
            self.manifest = manifest_from(bytes(self._kept))
            self._first(self.manifest)


def _read_header(block: bytes) -> tarfile.TarInfo:
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError):
        raise damaged() from None
    if info.size < 0:
        raise damaged()
    return info


def _strange(name: str) -> Refusal:
    return Refusal(
        "This bundle holds {name}, which has no place in one; nothing was restored. Use a bundle "
        "that “exeunt backup” made.",
        name=ascii(name),
    )
