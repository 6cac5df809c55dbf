"""Keyword in context: each place where a word stands, with what comes before and after it.

The lines of a concordance are laid out on their keyword (Luhn 1960, "Key word-in-context index
for technical literature"), in the order of the text or by the words next to the keyword. "Before"
and "after" are those of reading: in Arabic what comes before stands on the right.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from exeunt.methods.searching import words_in
from exeunt.methods.segmentation import joined

_SPACES = re.compile(r"\s+")
# So many words beside the keyword decide an order.
MOST_SORTED_BY = 5


class Order(StrEnum):
    """In which order the lines of a concordance stand."""

    TEXT = "text"
    BEFORE = "before"
    AFTER = "after"


class Line(NamedTuple):
    """A keyword in its context; ``opens`` and ``ends`` say that more is said on that side."""

    before: str
    keyword: str
    after: str
    opens: bool
    ends: bool


def line(text: str, start: int, end: int, *, width: int, shut: Iterable[range] = ()) -> Line:
    """Set one place of a text in its context of up to ``width`` characters on either side.

    Context is cut between words, and goes up to what is shut, never into it. White space
    within it becomes one space; what parts it from the keyword stays with it. Raises ValueError
    where the keyword itself is shut.

    >>> line("I left home that night.", 2, 6, width=10)
    Line(before='I ', keyword='left', after=' home that', opens=False, ends=True)
    """
    if not 0 <= start < end <= len(text):
        raise ValueError("a keyword lies inside its text and is not empty")
    walls = list(shut)
    if any(wall.start < end and start < wall.stop for wall in walls):
        raise ValueError("the keyword lies in what is shut")
    first = max((wall.stop for wall in walls if wall.stop <= start), default=0)
    last = min((wall.start for wall in walls if wall.start >= end), default=len(text))
    near, far = max(first, start - width), min(last, end + width)
    opens = near if near == first else _first_cut(text, range(near, start))
    ends = far if far == last else _first_cut(text, range(far, end, -1))
    return Line(
        before=_plain(text[opens:start]).lstrip(),
        keyword=_plain(text[start:end]),
        after=_plain(text[end:ends]).rstrip(),
        opens=bool(text[:opens].strip()),
        ends=bool(text[ends:].strip()),
    )


def key_of(shown: Line, order: Order) -> tuple[str, ...]:
    """Return by what a line is put in its order: the words beside its keyword, nearest first.

    >>> key_of(Line("and then I ", "left", " home", False, False), Order.BEFORE)
    ('i', 'then', 'and')
    """
    if order is Order.TEXT:
        return ()
    if order is Order.AFTER:
        return tuple(words_in(shown.after)[:MOST_SORTED_BY])
    return tuple(words_in(shown.before)[::-1][:MOST_SORTED_BY])


def runs_left(words: str) -> bool:
    """Tell whether words are read from right to left, by the first letter that says so.

    >>> runs_left("الجماعة"), runs_left("3 cars")
    (True, False)
    """
    kinds = (unicodedata.bidirectional(sign) for sign in words)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)


def _first_cut(text: str, places: range) -> int:
    """Return the first place between words; where no word ends, the first between letters."""
    between = (place for place in places if _beside_space(text, place))
    letters = (place for place in places if not joined(text, place))
    return next(between, next(letters, places.stop))


def _beside_space(text: str, place: int) -> bool:
    if joined(text, place):
        return False
    return text[place - 1].isspace() or text[place].isspace()


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words)
