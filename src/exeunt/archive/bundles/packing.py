"""Writing a bundle: a tar that begins with its manifest and ends with ``SHA256SUMS``.

``age`` and ``tar`` unpack it, and ``sha256sum --check`` reads the sums. No file in it says when it
was written.
"""

import tarfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO, NamedTuple

from exeunt.archive.bundles.manifest import SUMS, line_of
from exeunt.errors import Refusal

TAR_BLOCK = 512
END = bytes(2 * TAR_BLOCK)
PIECE = 1 << 18
# Beyond it the older of tar's headers cannot write a size.
LARGEST_PLAIN = 8 << 30


class Part(NamedTuple):
    """One file of a bundle: its name, how long it is, and its bytes."""

    name: str
    size: int
    blocks: Iterable[bytes]


def part_of(name: str, content: bytes) -> Part:
    """Return a small file that is at hand."""
    return Part(name, len(content), [content])


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """Read a file to its end."""
    while piece := file.read(PIECE):
        yield piece


def packed(parts: Iterable[Part]) -> Iterator[bytes]:
    """Return a tar of the parts, byte for byte the same for the same parts; the sums come last."""
    sums = []
    for part in parts:
        digest = sha256()
        yield _header(part)
        for piece in _cut(part):
            digest.update(piece)
            yield piece
        yield bytes(-part.size % TAR_BLOCK)
        sums.append(line_of(digest.hexdigest(), part.name))
    last = "".join(sums).encode()
    yield _header(part_of(SUMS, last))
    yield last
    yield bytes(-len(last) % TAR_BLOCK) + END


def _header(part: Part) -> bytes:
    info = tarfile.TarInfo(part.name)
    info.size, info.mode, info.mtime = part.size, 0o600, 0
    try:
        if part.size < LARGEST_PLAIN:
            return info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")
        return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")
    except ValueError:
        raise Refusal(
            "{name} has a name that no bundle can hold; give the file a shorter one.",
            name=ascii(part.name),
        ) from None


def _cut(part: Part) -> Iterator[bytes]:
    """Return exactly as many bytes as were announced."""
    left = part.size
    for piece in part.blocks:
        yield piece[:left]
        left -= len(piece[:left])
        if not left:
            return
    if left:
        raise Refusal(
            "{name} became shorter while it was read, so no bundle was made. Try again.",
            name=part.name,
        )
