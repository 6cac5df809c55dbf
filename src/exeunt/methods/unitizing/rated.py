"""Texts cut into units that coders rated: sentences, turns, or single characters.

What comes out goes into `methods.agreement`. Characters are not counted one by one: a run of
them on which no coder begins or ends anything is one column, with its length.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from exeunt.methods.agreement.ratings import FloatArray, IntArray
from exeunt.methods.unitizing.documents import Coder, Document, Spans, spans_of


class Rated(NamedTuple):
    """Ratings (coders, units), NaN where a coder did not read; and which document a unit is of.

    ``lengths`` says how many units a column stands for, ``coders`` whose row is whose.
    """

    ratings: FloatArray
    lengths: FloatArray
    clusters: IntArray
    coders: list[Coder]


def by_units(
    documents: Sequence[Document],
    units: Sequence[Sequence[tuple[int, int]]],
    *,
    least: float = 0.0,
) -> Rated:
    """Rate each unit of each document by what coders marked in it.

    A unit has the highest value whose spans cover more than ``least`` of it: by default any part,
    0.5 for more than half. Where nothing does, it is rated 0. Values are numbers; with codes, see
    `marked_with`, which gives one code the value 1.

    Raises ValueError where units are empty or leave their document, where values are no numbers
    above 0, and where documents and lists of units are not as many.

    >>> text = Document(20, {"Amina": [(0, 9, 1)], "Boris": [(4, 12, 1)], "Chidi": []})
    >>> by_units([text], [[(0, 9), (10, 20)]]).ratings
    array([[1., 0.],
           [1., 1.],
           [0., 0.]])
    """
    if len(documents) != len(units):
        raise ValueError("Each document needs its own list of units.")
    if not 0 <= least < 1:
        raise ValueError("The least share of a unit lies from 0 up to, but not including, 1.")
    spans = _numbers(documents)
    document = np.repeat(np.arange(len(units)), [len(ones) for ones in units])
    table = np.array([unit for ones in units for unit in ones]).reshape(-1, 2)
    start, end = table.astype(np.intp).T
    if not (table == table.astype(np.intp)).all():
        raise ValueError("Units begin and end at whole numbers.")
    if not ((start >= 0) & (start < end) & (end <= np.diff(spans.offsets)[document])).all():
        raise ValueError("A unit lies inside its document and starts before it ends.")
    offset = spans.offsets[document]
    return _rated(documents, spans, (start + offset, end + offset, document), least=least)


def by_characters(documents: Sequence[Document]) -> Rated:
    """Rate each character by the highest value that a coder gave it, 0 where they gave none.

    Raises ValueError as `by_units` does.

    >>> text = Document(10**6, {"Amina": [(0, 9, 1)], "Boris": [(4, 12, 1)]})
    >>> found = by_characters([text])
    >>> found.ratings.tolist(), found.lengths.tolist()
    ([[1.0, 1.0, 0.0, 0.0], [0.0, 1.0, 1.0, 0.0]], [4.0, 5.0, 3.0, 999988.0])
    """
    spans = _numbers(documents)
    edges = np.unique(np.concatenate([spans.offsets, spans.start, spans.end]))
    document = np.searchsorted(spans.offsets, edges[:-1], side="right") - 1
    found = _rated(documents, spans, (edges[:-1], edges[1:], document), least=0.0)
    return found._replace(lengths=np.diff(edges).astype(np.float64))


def _rated(
    documents: Sequence[Document],
    spans: Spans,
    units: tuple[IntArray, IntArray, IntArray],
    *,
    least: float,
) -> Rated:
    """Rate units, given by start, end and document, with all documents on one line."""
    start, end, document = units
    coders = spans.coders
    ratings = np.full((len(coders), start.size), np.nan)
    for row, coder in enumerate(coders):
        read = np.array([coder in one.readings for one in documents], dtype=np.bool_)
        ratings[row, read[document]] = 0
        for place, value in enumerate(spans.values):
            mine = (spans.value == place) & (spans.coder[spans.reading] == row)
            covered = _covered(spans.start[mine], spans.end[mine], (start, end))
            # Values ascend, so the highest is put last.
            ratings[row, covered > least * (end - start)] = float(value)
    return Rated(ratings, np.ones(start.size), document, coders)


def _covered(start: IntArray, end: IntArray, units: tuple[IntArray, IntArray]) -> IntArray:
    """Return how much of each unit spans cover that stand in order, none over another."""
    before = np.concatenate([[0], np.cumsum(end - start)])
    ends = np.concatenate([[0], end])

    def up_to(place: IntArray) -> IntArray:
        number = np.searchsorted(start, place, side="right")
        beyond: IntArray = before[number] - np.maximum(ends[number] - place, 0)
        return beyond

    return up_to(units[1]) - up_to(units[0])


def _numbers(documents: Sequence[Document]) -> Spans:
    spans = spans_of(documents, read_by=0)
    if not all(isinstance(value, int | float) and value > 0 for value in spans.values):
        raise ValueError("Ratings are numbers above 0; 0 is what nobody marked.")
    return spans
