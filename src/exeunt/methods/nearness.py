"""How near two stretches of one text stand: overlapping, or so many sentences or turns apart.

Two stretches that share a sentence are 0 sentences apart, those in neighbouring sentences 1. Only
the sentences between are looked for, so that a long text costs no more than a short one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from exeunt.methods.segmentation import Span, sentences_within, trimmed


class Nearness(StrEnum):
    """What is meant by near."""

    SAME = "the same excerpt"
    OVERLAPPING = "overlapping"
    SENTENCES = "sentences"
    TURNS = "turns"


class Side(StrEnum):
    """On which side the other stretch may stand, in the order of reading.

    The one that begins later stands after; where both begin together, the one that ends later.
    """

    EITHER = "before or after"
    AFTER = "after"
    BEFORE = "before"


class Near(NamedTuple):
    """How near, and on which side; ``most`` counts the sentences or turns apart."""

    by: Nearness
    most: int = 0
    side: Side = Side.EITHER


class TextUnits:
    """The sentences and turns of one text, found where they are asked for."""

    def __init__(self, text: str, turns: Sequence[int] = ()) -> None:
        """Take a text, and the places where its turns begin."""
        self._text = text
        self._turns = turns
        self._starts: dict[int, list[int]] = {}

    def sentences_apart(self, one: Span, other: Span, *, most: int) -> int:
        """Return how many sentences on the second stretch begins; ``most`` + 1 if it is further.

        >>> units = TextUnits("I came. I saw. I left.")
        >>> units.sentences_apart(Span(0, 7), Span(15, 22), most=5)
        2
        """
        first, second = self._in_order(one, other)
        place, apart = first.end - 1, 0
        while place < second.start and apart <= most:
            place = self._next_sentence(place)
            apart += place <= second.start
        return apart

    def turns_apart(self, one: Span, other: Span) -> int | None:
        """Return how many turns on the second stretch begins; None in a text without turns."""
        if not self._turns:
            return None
        first, second = self._in_order(one, other)
        begun = (bisect_right(self._turns, place) for place in (second.start, first.end - 1))
        return max(next(begun) - next(begun), 0)

    def _in_order(self, one: Span, other: Span) -> list[Span]:
        return sorted(trimmed(self._text, span) for span in (one, other))

    def _next_sentence(self, place: int) -> int:
        """Return where the first sentence after a place begins; the text's end if none does."""
        begin = self._text.rfind("\n", 0, place + 1) + 1
        while begin < len(self._text):
            starts = self._starts_in(begin)
            after = bisect_right(starts, place)
            if after < len(starts):
                return starts[after]
            begin = self._line_end(begin) + 1
        return len(self._text)

    def _starts_in(self, begin: int) -> list[int]:
        """Return where the sentences of the line begin that begins at a place."""
        if begin not in self._starts:
            line = trimmed(self._text, Span(begin, self._line_end(begin)))
            cut = sentences_within(self._text, line) if line.start < line.end else []
            self._starts[begin] = [sentence.start for sentence in cut]
        return self._starts[begin]

    def _line_end(self, begin: int) -> int:
        end = self._text.find("\n", begin)
        return len(self._text) if end < 0 else end


class Others:
    """The stretches of one text of which the nearest is sought, again and again."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """Take the stretches in any order."""
        self._places = sorted(range(len(spans)), key=spans.__getitem__)
        self._spans = [spans[place] for place in self._places]
        # Of all that begin so far, the one that reaches furthest is nearest to what comes after.
        self._furthest: list[int] = []
        for at, span in enumerate(self._spans):
            best = self._furthest[-1] if at else at
            self._furthest.append(at if span.end >= self._spans[best].end else best)

    def nearest(self, one: Span, near: Near, units: TextUnits) -> int | None:
        """Return the place, in the order given, of what stands nearest; None if nothing is near."""
        measured = [
            (apart, at)
            for at in self._beside(one, near.side)
            if (apart := _apart(one, self._spans[at], near=near, units=units)) is not None
        ]
        return self._places[min(measured)[1]] if measured else None

    def _beside(self, one: Span, side: Side) -> Iterator[int]:
        first, after = bisect_left(self._spans, one), bisect_right(self._spans, one)
        if side is Side.EITHER and first < after:
            yield first
        if side is not Side.AFTER and first > 0:
            yield self._furthest[first - 1]
        if side is not Side.BEFORE and after < len(self._spans):
            yield after


def _apart(one: Span, other: Span, *, near: Near, units: TextUnits) -> int | None:
    """Return how far apart two stretches are, or None where that is not near."""
    overlap = one.start < other.end and other.start < one.end
    if near.by is Nearness.SAME:
        return 0 if one == other else None
    if near.by is Nearness.OVERLAPPING or overlap:
        return 0 if overlap else None
    if near.by is Nearness.SENTENCES:
        apart: int | None = units.sentences_apart(one, other, most=near.most)
    else:
        apart = units.turns_apart(one, other)
    return apart if apart is not None and apart <= near.most else None
