"""Each reading of a document as a series of units that exclude one another, with gaps between.

Where a coder gave several codes to one place, that set of codes is its value there, and a unit
ends where the set changes. Krippendorff's continua know no overlap; without one, the units are
the spans.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from exeunt.methods.agreement.ratings import IntArray
from exeunt.methods.unitizing.documents import Spans, Value, starts_anew

Label = frozenset[Value]


class Units(NamedTuple):
    """The units of all readings, on one line: whose, from where to where, and with what label.

    ``label`` counts from 1, since 0 stands for a gap; ``labels`` says what each is.
    """

    labels: list[Label]
    reading: IntArray
    start: IntArray
    end: IntArray
    label: IntArray


def units_of(spans: Spans) -> Units:
    """Cut the readings into units; only where codes overlap is there something to cut."""
    in_order = np.lexsort((spans.end, spans.start, spans.reading))
    reading, value = spans.reading[in_order], spans.value[in_order]
    start, end = spans.start[in_order], spans.end[in_order]
    alone = starts_anew(start, end, group=reading)
    overlapping = np.isin(reading, reading[~alone])
    labels: dict[Label, int] = {
        frozenset([one]): place for place, one in enumerate(spans.values, 1)
    }
    cut: list[tuple[int, int, int, int]] = []
    for which in np.unique(reading[overlapping]):
        mine = slice(*np.searchsorted(reading, [which, which + 1]))
        for begins, ends, codes in _stretches(start[mine], end[mine], value[mine]):
            label = frozenset(spans.values[code] for code in codes)
            cut.append((int(which), begins, ends, labels.setdefault(label, len(labels) + 1)))
    rest = ~overlapping
    single = np.stack([reading[rest], start[rest], end[rest], value[rest] + 1])
    table = np.concatenate([single, np.array(cut, dtype=np.intp).reshape(-1, 4).T], axis=1)
    table = table[:, np.lexsort((table[1], table[0]))]
    return _without_unused(Units(list(labels), *table))


def _stretches(
    start: IntArray, end: IntArray, value: IntArray
) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Return the stretches between the edges of spans on which something is marked."""
    begin = {int(place): set[int]() for place in np.concatenate([start, end])}
    cease = {place: set[int]() for place in begin}
    for first, last, code in zip(start, end, value, strict=True):
        begin[int(first)].add(int(code))
        cease[int(last)].add(int(code))
    active: set[int] = set()
    for place, following in pairwise(sorted(begin)):
        active = (active - cease[place]) | begin[place]
        if active:
            yield place, following, frozenset(active)


def _without_unused(units: Units) -> Units:
    """Forget labels of codes that never stand alone."""
    used, label = np.unique(units.label, return_inverse=True)
    labels = [units.labels[place - 1] for place in used]
    return units._replace(labels=labels, label=label + 1)
