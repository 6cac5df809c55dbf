"""Offsets counted in code points, in UTF-16 units and in UTF-8 bytes, whole lists in one pass.

Python and REFI-QDA count code points, JavaScript and Word count UTF-16 units, many tools bytes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_LAST_OF_THE_BASIC_PLANE = "\uffff"


class _Counting(NamedTuple):
    """A way to count: from which code points on a sign takes one unit more, and what units form."""

    more_from: tuple[int, ...]
    within: str


_UTF16 = _Counting((0x10000,), "a surrogate pair")
_UTF8 = _Counting((0x80, 0x800, 0x10000), "the bytes of one sign")


def to_utf16(text: str, offsets: Sequence[int]) -> list[int]:
    """Return offsets in code points as offsets in UTF-16 units.

    Raises ValueError where one lies outside the text.

    >>> to_utf16("a😀b", [0, 1, 2, 3])
    [0, 1, 3, 4]
    """
    return _from_points(text, offsets, _UTF16)


def from_utf16(text: str, offsets: Sequence[int]) -> list[int]:
    """Return offsets in UTF-16 units as offsets in code points.

    Raises ValueError where one lies outside the text or inside a surrogate pair.

    >>> from_utf16("a😀b", [0, 1, 3, 4])
    [0, 1, 2, 3]
    """
    return _to_points(text, offsets, _UTF16)


def to_utf8(text: str, offsets: Sequence[int]) -> list[int]:
    """Return offsets in code points as offsets in UTF-8 bytes.

    Raises ValueError where one lies outside the text.

    >>> to_utf8("aé😀", [0, 1, 2, 3])
    [0, 1, 3, 7]
    """
    return _from_points(text, offsets, _UTF8)


def from_utf8(text: str, offsets: Sequence[int]) -> list[int]:
    """Return offsets in UTF-8 bytes as offsets in code points.

    Raises ValueError where one lies outside the text or inside the bytes of one sign.

    >>> from_utf8("aé😀", [0, 1, 3, 7])
    [0, 1, 2, 3]
    """
    return _to_points(text, offsets, _UTF8)


def _from_points(text: str, offsets: Sequence[int], counting: _Counting) -> list[int]:
    asked = _inside(offsets, len(text))
    places = _places(text, counting)
    return [int(place) for place in (asked if places is None else places[asked])]


def _to_points(text: str, offsets: Sequence[int], counting: _Counting) -> list[int]:
    places = _places(text, counting)
    if places is None:
        return [int(place) for place in _inside(offsets, len(text))]
    asked = _inside(offsets, int(places[-1]))
    found = np.searchsorted(places, asked)
    wrong = np.flatnonzero(places[found] != asked)
    if wrong.size:
        raise ValueError(f"Offset {asked[wrong[0]]} lies inside {counting.within}.")
    return [int(place) for place in found]


def _inside(offsets: Sequence[int], length: int) -> NDArray[np.int64]:
    asked = np.asarray(offsets, dtype=np.int64)
    wrong = np.flatnonzero((asked < 0) | (asked > length))
    if wrong.size:
        raise ValueError(f"Offset {asked[wrong[0]]} lies outside the text, which ends at {length}.")
    return asked


def _places(text: str, counting: _Counting) -> NDArray[np.int64] | None:
    """Return where each sign begins, and where the last one ends; None where nothing differs."""
    if text.isascii() or (counting is _UTF16 and max(text) <= _LAST_OF_THE_BASIC_PLANE):
        return None
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    sizes = np.ones(points.size, dtype=np.int64)
    for limit in counting.more_from:
        sizes += points >= limit
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
