"""Identities that are planted in an archive, and sought in everything it leaves anywhere.

All that is planted shares four marks, such as no other words have; where one of them stands in a
file, in any form in which bytes may hold words, somebody's name would stand there as well.
"""

import base64
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

GIVEN, WRITTEN_ELSE, ARABIC, PHONE = "Qadrinvex", "Kadrynwex", "قدرنفكس", "9997771"
MARKS = (GIVEN, WRITTEN_ELSE, ARABIC, PHONE)
DEEPEST = 3
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


class Planted(NamedTuple):
    """Somebody invented: a name, the same otherwise spelt and in Arabic, and a telephone number."""

    name: str
    elsewise: str
    arabic: str
    phone: str

    def told(self) -> str:
        """Return what they say, with all of it in."""
        return (
            f"{self.name} told this by the mill. The neighbours said {self.elsewise}, and wrote "
            f"{self.arabic} on the door.\nMy number is {self.phone}. I left in the rain."
        )

    @property
    def words(self) -> tuple[str, ...]:
        """All that names them."""
        return tuple(self)


class Found(NamedTuple):
    """A mark that stands where it should not: in which file, and in which form."""

    place: str
    form: str


def planted(number: int) -> Planted:
    """Invent somebody; no two have a word in common but the marks."""
    letters = _in_letters(number)
    return Planted(
        f"{GIVEN}{letters} Vantongeren{letters}",
        f"{WRITTEN_ELSE}{letters}",
        f"{ARABIC}{_in_arabic(number)}",
        f"+{PHONE}{number:05}",
    )


def sought_in(places: Iterable[Path]) -> Iterator[Found]:
    """Look for the marks in every file under these places, packed ones unpacked."""
    for top in places:
        for path in sorted([top] if top.is_file() else top.rglob("*")):
            # A file may go while it is looked at.
            with suppress(FileNotFoundError):
                if path.is_file() and not path.is_symlink():
                    yield from sought_in_bytes(path.read_bytes(), place=path.name)
                yield from sought_in_bytes(path.name.encode(), place=f"the name of {path.name}")


def sought_in_bytes(content: bytes, *, place: str, depth: int = 0) -> Iterator[Found]:
    """Look for the marks in bytes, and in what is packed in them."""
    lowered = content.lower()
    for form, looks in FORMS.items():
        if any(look in (content if form.startswith("base64") else lowered) for look in looks):
            yield Found(place, form)
    if depth < DEEPEST:
        for name, inner in _packed_in(content):
            yield from sought_in_bytes(inner, place=f"{place}/{name}", depth=depth + 1)


def _packed_in(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from ((name, packed.read(name)) for name in packed.namelist())
    elif content.startswith(b"\x1f\x8b"):
        with suppress(OSError):
            yield "gzip", gzip.decompress(content)
    elif content.startswith(b"%PDF"):
        for found in _STREAM.finditer(content):
            with suppress(zlib.error):
                yield "stream", zlib.decompress(found[1])


def _forms() -> dict[str, tuple[bytes, ...]]:
    """Return how the marks look in each form; letters are small, but in base64."""
    return {
        "utf-8": tuple(_small(mark, "utf-8") for mark in MARKS),
        "utf-16-le": tuple(_small(mark, "utf-16-le") for mark in MARKS),
        "utf-16-be": tuple(_small(mark, "utf-16-be") for mark in MARKS),
        "escaped": (ascii(ARABIC)[1:-1].encode(),),
        "percent-encoded": (quote(ARABIC).lower().encode(),),
        "hexadecimal": tuple(mark.encode().hex().encode() for mark in MARKS),
        **{f"base64, {shift} bytes in": tuple(_base64(shift)) for shift in range(3)},
    }


def _small(mark: str, code: str) -> bytes:
    """Return a mark as it stands in bytes that were made small, whatever they meant."""
    return mark.lower().encode(code).lower()


def _base64(shift: int) -> Iterator[bytes]:
    """Return the signs that do not depend on what stands before and after, in either alphabet."""
    for mark in MARKS:
        for written in {mark, mark.lower(), mark.upper()}:
            content = b"\0" * shift + written.encode()
            whole = base64.b64encode(content)
            first, last = -(-shift * 8 // 6), len(content) * 8 // 6
            yield whole[first:last]
            yield whole[first:last].translate(bytes.maketrans(b"+/", b"-_"))


def _in_letters(number: int) -> str:
    return "".join("bcdfghjklm"[int(digit)] for digit in f"{number:05}")


def _in_arabic(number: int) -> str:
    return "".join("بتثجحخدذرز"[int(digit)] for digit in f"{number:05}")


FORMS = _forms()
