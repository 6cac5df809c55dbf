"""Where the readers of a text mark differently with one code, and how much that weighs.

Marks that overlap or touch, whoever set them, are one *stretch*. It is agreed where every reader
marked the very same spans in it with the same values. Otherwise they differ on whether it is
marked at all, else on the value, else on the bounds only.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from math import comb
from operator import attrgetter
from typing import NamedTuple

from exeunt.stages.coding.states import Unlike

PAIR = 2
# What one reader of a pair marked nowhere counts twice: it changes whether the account has the
# code, where other bounds change only how much of it is quoted.
MISSED = 2

BY_READER = attrgetter("reader", "start", "end")
BY_PLACE = attrgetter("start", "end", "reader")

Said = tuple[int | None, str]


class Place(NamedTuple):
    """A span of a text, in code points, its end exclusive."""

    start: int
    end: int


class Mark(NamedTuple):
    """One span that one reader marked with a code: on the scale, or why there is no value."""

    reader: int
    start: int
    end: int
    value: int | None
    gap: str = ""

    @property
    def said(self) -> Said:
        """Return what readers agree or differ on."""
        return self.value, self.gap

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.start, self.end)


class Stretch(NamedTuple):
    """Marks that overlap or touch, and in what the readers differ there, if they do.

    ``weight`` is the number of characters of which two readers say different things, averaged
    over all pairs of readers; those of a stretch that one of the pair marked nowhere count twice.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    unlike: Unlike | None
    weight: float

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.start, self.end)

    def by(self, reader: int) -> tuple[Mark, ...]:
        """Return what one of the readers marked in it."""
        return tuple(mark for mark in self.marks if mark.reader == reader)


def stretches(marks: Iterable[Mark], readers: Collection[int]) -> list[Stretch]:
    """Return the stretches of one code in one text, in the order of the text.

    ``readers`` are all who completed the text, also those who marked nothing in it.

    >>> [one] = stretches([Mark(1, 0, 10, 1), Mark(2, 4, 10, 1)], {1, 2})
    >>> one.unlike.value, one.weight
    ('bounds', 4.0)
    """
    return [_stretch(together, readers) for together in _joined(marks)]


def union_of(stretch: Stretch) -> list[Place]:
    """Return what anybody marked in it, which hangs together."""
    return [stretch.place]


def intersection_of(stretch: Stretch, readers: Collection[int]) -> list[Place]:
    """Return what every reader marked in it, which may be nothing."""
    shared: list[Place] = []
    for place, saying in _pieces(stretch.marks):
        if len(saying) < len(readers):
            continue
        goes_on = shared and shared[-1].end == place.start
        start = shared.pop().start if goes_on else place.start
        shared.append(Place(start, place.end))
    return shared


def _joined(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    together: list[Mark] = []
    end = 0
    for mark in sorted(marks, key=BY_PLACE):
        if together and mark.start > end:
            yield together
            together = []
        end = max(end, mark.end) if together else mark.end
        together.append(mark)
    if together:
        yield together


def _stretch(marks: Sequence[Mark], readers: Collection[int]) -> Stretch:
    start, end = marks[0].start, max(mark.end for mark in marks)
    unlike = _unlike(marks, readers)
    weight = _weight(marks, len(readers)) if unlike is not None else 0.0
    return Stretch(start, end, tuple(marks), unlike, weight)


def _unlike(marks: Sequence[Mark], readers: Collection[int]) -> Unlike | None:
    by_reader = {
        reader: [mark[1:] for mark in theirs]
        for reader, theirs in groupby(sorted(marks, key=BY_READER), key=attrgetter("reader"))
    }
    if len(by_reader) < len(readers):
        return Unlike.MARKED
    if len({tuple(theirs) for theirs in by_reader.values()}) == 1:
        return None
    values = {frozenset(mark[2:] for mark in theirs) for theirs in by_reader.values()}
    return Unlike.VALUE if len(values) > 1 else Unlike.BOUNDS


def _weight(marks: Sequence[Mark], readers: int) -> float:
    """Weigh a stretch, piece by piece: within a piece everybody says one thing."""
    present = len({mark.reader for mark in marks})
    differing = 0
    for place, saying in _pieces(marks):
        alike = Counter(saying.values())
        silent = present - len(saying)
        unlike = comb(present, PAIR) - comb(silent, PAIR)
        unlike -= sum(comb(times, PAIR) for times in alike.values())
        missed = MISSED * (readers - present) * len(saying)
        differing += (place.end - place.start) * (unlike + missed)
    pairs = comb(readers, PAIR)
    return differing / pairs if pairs else 0.0


def _pieces(marks: Sequence[Mark]) -> Iterator[tuple[Place, dict[int, frozenset[Said]]]]:
    """Cut a stretch wherever a mark begins or ends; say who marked the piece, and with what."""
    turns = sorted(
        [(mark.start, True, mark) for mark in marks] + [(mark.end, False, mark) for mark in marks],
        key=lambda turn: turn[:2],
    )
    here: dict[int, list[Said]] = {}
    at = turns[0][0]
    for place, begins, mark in turns:
        if place > at:
            yield Place(at, place), {reader: frozenset(said) for reader, said in here.items()}
            at = place
        if begins:
            here.setdefault(mark.reader, []).append(mark.said)
            continue
        here[mark.reader].remove(mark.said)
        if not here[mark.reader]:
            del here[mark.reader]
