"""What is proposed where a known name and a rule's find lie over each other.

Pure: marks in, marks out. The wider place wins: of a brother who shares a narrator's family name,
the known name covers the family name alone, and his own would stay legible.
"""

from collections.abc import Iterable, Iterator

from exeunt.methods.pseudonyms import name_form
from exeunt.procedures.entrusting.reviewing import Mark


def together(known: Iterable[Mark], by_rules: Iterable[Mark], *, text: str) -> Iterator[Mark]:
    """Yield known names and finds of rules, one mark where they lie over each other.

    It stays the known name's where it covers no other words, or only titles besides.
    """
    names = frozenset(known)
    for heap in _heaps([*names, *by_rules]):
        if len(heap) == 1 or all(one in names for one in heap):
            yield from heap
        else:
            yield _joined(heap, [one for one in heap if one in names], text=text)


def _heaps(marks: list[Mark]) -> Iterator[list[Mark]]:
    """Yield marks that lie over each other, directly or through others, together."""
    heap: list[Mark] = []
    end = 0
    for one in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if heap and one.start >= end:
            yield heap
            heap = []
        heap.append(one)
        end = max(end, one.end) if len(heap) > 1 else one.end
    if heap:
        yield heap


def _joined(heap: list[Mark], names: list[Mark], *, text: str) -> Mark:
    start, end = min(one.start for one in heap), max(one.end for one in heap)
    whole = name_form(text[start:end])
    for one in names:
        if (one.start, one.end) == (start, end) or name_form(text[one.start : one.end]) == whole:
            return one._replace(start=start, end=end)
    widest = max((one for one in heap if one not in names), key=lambda one: one.end - one.start)
    return widest._replace(start=start, end=end)
