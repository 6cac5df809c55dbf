"""The words around a stretch, sentence by sentence, as they are shown where it is settled."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from exeunt.methods.segmentation import sentences
from exeunt.stages.coding.rules.marks import Place

BEFORE, AFTER = 2, 2
# How far before and after a stretch its sentences are looked for.
REACH = 1_500


class Bit(NamedTuple):
    """Some words, whether they are marked, and the number of the sentence that they begin."""

    words: str
    marked: bool
    number: int | None = None


def sentences_around(text: str, place: Place) -> list[Place]:
    """Return the sentences that a stretch stands in, and a few on either side.

    Where none is found near enough, the stretch itself stands for one.
    """
    low, high = _begins(text, place.start), _ends(text, place.end)
    cut = [Place(low + one.start, low + one.end) for one in sentences(text[low:high])]
    inside = [at for at, one in enumerate(cut) if _touches(one, place)]
    if not inside:
        return [place]
    return cut[max(inside[0] - BEFORE, 0) : inside[-1] + AFTER + 1]


def bits_of(text: str, around: Sequence[Place], marked: Sequence[Place]) -> list[Bit]:
    """Cut the words around a stretch where a mark begins or ends, and where a sentence begins."""
    if not around:
        return []
    whole = _whole(around, marked)
    numbers = {one.start: number for number, one in enumerate(around, 1)}
    cuts = {whole.start, whole.end, *numbers, *(edge for one in marked for edge in one)}
    edges = sorted(edge for edge in cuts if whole.start <= edge <= whole.end)
    return [
        Bit(text[start:end], _is_marked(start, marked), numbers.get(start))
        for start, end in pairwise(edges)
    ]


def _whole(around: Sequence[Place], marked: Sequence[Place]) -> Place:
    """Return everything that is shown: the sentences, and marks that begin or end beyond them."""
    every = [*around, *marked]
    return Place(min(one.start for one in every), max(one.end for one in every))


def _is_marked(at: int, marked: Sequence[Place]) -> bool:
    return any(one.start <= at < one.end for one in marked)


def _touches(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _begins(text: str, start: int) -> int:
    """Go back to the beginning of a line, or of a word where the line is very long."""
    low = max(start - REACH, 0)
    line = text.find("\n", low, start)
    if low == 0 or line >= 0:
        return 0 if low == 0 else line + 1
    return next(_word_ends(text, low, start), low)


def _ends(text: str, end: int) -> int:
    high = min(end + REACH, len(text))
    line = text.rfind("\n", end, high)
    return high if high == len(text) or line < 0 else line


def _word_ends(text: str, low: int, high: int) -> Iterator[int]:
    return (at + 1 for at in range(low, high) if text[at].isspace())
