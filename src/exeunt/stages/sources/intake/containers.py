"""A look at a ZIP container before its reader: names, places, and what it really unpacks to.

The table of contents of a container is what its maker says of it. So every part is unpacked once
here, in pieces that are thrown away, and must be what the table says, byte for byte.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from exeunt.errors import BadInput, Sentence, Word
from exeunt.stages.sources.intake.documents import MEGABYTE
from exeunt.stages.sources.intake.problems import refusal

MOST_MEMBERS = 2_000
LARGEST_RATIO = 200
SMALL_MEMBER = 1 * MEGABYTE
BLOCK_BYTES = 1 << 16
IN_THE_WIDE_FIELD = 0xFFFFFFFF
ENCRYPTED = 0x2041  # locked, strongly locked, its table of contents locked
STREAMED = 0x08
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
LOCAL_MARK = b"PK\x03\x04"
_TROUBLES = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, struct.error)


class Kind(NamedTuple):
    """What a container should be, in words, and how its owner saves it anew."""

    what: Word
    unreadable: str
    anew: Word
    largest: int
    most: int = MOST_MEMBERS
    passes_links: bool = False


Look = Callable[[str, bytes], None]


def check_container(
    stream: BinaryIO, name: str, kind: Kind, *, look: Look | None = None
) -> list[zipfile.ZipInfo]:
    """Refuse a container that lies or that would unpack to too much, and name its parts.

    ``look`` is shown every part, piece by piece.
    """
    try:
        members = zipfile.ZipFile(stream).infolist()
    except _TROUBLES as trouble:
        raise refusal(name, Sentence(kind.unreadable, anew=kind.anew)) from trouble
    unpacked = sum(member.file_size for member in members)
    if len(members) > kind.most or unpacked > kind.largest:
        raise _too_much(name, kind, parts=len(members), size=unpacked)
    for member in members:
        _check_member(member, name, kind)
    _check_names(members, name, kind)
    _unpack_all(stream, members, look, refused=_Refusing(name, kind))
    return members


def is_link(member: zipfile.ZipInfo) -> bool:
    """Tell whether a part is nothing but the name of another place."""
    return stat.S_ISLNK(member.external_attr >> 16)


class _Refusing(NamedTuple):
    name: str
    kind: Kind

    def damaged(self) -> BadInput:
        says = "The {what} is damaged or is not what its name says; {anew}."
        return refusal(self.name, Sentence(says, what=self.kind.what, anew=self.kind.anew))


def _too_much(name: str, kind: Kind, *, parts: int, size: int) -> BadInput:
    says = "The {what} unpacks to {parts:,} parts and {size:,.0f} MB, which is too much; {anew}."
    facts = {"what": kind.what, "parts": parts, "size": size / MEGABYTE, "anew": kind.anew}
    return refusal(name, Sentence(says, **facts))


def _check_member(member: zipfile.ZipInfo, name: str, kind: Kind) -> None:
    path = member.filename.replace("\\", "/")
    outside = path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]
    if outside or (is_link(member) and not kind.passes_links):
        says = "The {what} holds a part that points outside it; {anew}."
        raise refusal(name, Sentence(says, what=kind.what, anew=kind.anew))
    if member.flag_bits & ENCRYPTED:
        says = "The {what} is locked by a password; take it off, {anew}."
        raise refusal(name, Sentence(says, what=kind.what, anew=kind.anew))
    small = member.file_size <= SMALL_MEMBER
    if not small and member.file_size > LARGEST_RATIO * max(member.compress_size, 1):
        says = "A part unpacks to over {times} times its size; {anew}."
        raise refusal(name, Sentence(says, times=LARGEST_RATIO, anew=kind.anew))


def _check_names(members: list[zipfile.ZipInfo], name: str, kind: Kind) -> None:
    """Refuse names that stand twice: which of the two is read would be anybody's guess."""
    names = [member.filename.replace("\\", "/").casefold() for member in members]
    cut = any(member.filename != member.orig_filename for member in members)
    if cut or len(set(names)) != len(names):
        raise _Refusing(name, kind).damaged()


def _unpack_all(
    stream: BinaryIO,
    members: list[zipfile.ZipInfo],
    look: Look | None,
    *,
    refused: _Refusing,
) -> None:
    end, total = 0, 0
    try:
        for member in sorted(members, key=lambda member: member.header_offset):
            begin = _first_byte(stream, member)
            if member.header_offset < end:
                raise ValueError("two parts share their bytes")
            end = begin + member.compress_size
            stream.seek(begin)
            total += _unpacked(stream, member, look)
            if total > refused.kind.largest:
                raise _too_much(refused.name, refused.kind, parts=len(members), size=total)
    except (*_TROUBLES, zlib.error) as trouble:
        raise refused.damaged() from trouble


def _first_byte(stream: BinaryIO, member: zipfile.ZipInfo) -> int:
    """Find where a part's own bytes begin; its own header must agree with the table."""
    stream.seek(member.header_offset)
    head = LOCAL_HEADER.unpack(stream.read(LOCAL_HEADER.size))
    mark, _, flags, method, *_, crc, packed, size, name_length, extra_length = head
    if mark != LOCAL_MARK or method != member.compress_type or flags & ENCRYPTED:
        raise ValueError("a part that is not where the table says")
    told = {(crc, member.CRC), (packed, member.compress_size), (size, member.file_size)}
    wide = IN_THE_WIDE_FIELD in (packed, size)
    if not flags & STREAMED and not wide and any(here != there for here, there in told):
        raise ValueError("a part that is not what the table says")
    written = stream.read(name_length)
    if written != _name_bytes(member):
        raise ValueError("a part of another name than the table says")
    return member.header_offset + LOCAL_HEADER.size + int(name_length) + int(extra_length)


def _name_bytes(member: zipfile.ZipInfo) -> bytes:
    return member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437")


def _unpacked(stream: BinaryIO, member: zipfile.ZipInfo, look: Look | None) -> int:
    count, checksum = 0, 0
    for piece in _pieces(stream, member):
        count += len(piece)
        if count > member.file_size:
            raise ValueError("more than the table says")
        checksum = zlib.crc32(piece, checksum)
        if look is not None:
            look(member.filename, piece)
    if count != member.file_size or checksum != member.CRC:
        raise ValueError("other bytes than the table says")
    return count


def _pieces(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    left = member.compress_size
    inflating = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    if inflating is None and member.compress_type != zipfile.ZIP_STORED:
        raise NotImplementedError("packed in a way that no office program uses")
    while left:
        block = stream.read(min(left, BLOCK_BYTES))
        if not block:
            raise EOFError("cut off")
        left -= len(block)
        if inflating is None:
            yield block
            continue
        while block:
            yield inflating.decompress(block, BLOCK_BYTES)
            block = inflating.unconsumed_tail
    if inflating is not None:
        yield inflating.flush()
        if not inflating.eof:
            raise EOFError("cut off")
