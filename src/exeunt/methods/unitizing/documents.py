"""What coders marked, checked and brought onto one line: documents, spans and units."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from numbers import Integral
from typing import NamedTuple

import numpy as np

from exeunt.methods.agreement.ratings import IntArray

Value = str | int | float
Coder = Hashable


class Marked(NamedTuple):
    """A span that a coder marked, its end exclusive, and the code or value that it was given."""

    start: int
    end: int
    value: Value


class Document(NamedTuple):
    """A text as coders read it: its length, and the spans of each coder who read it."""

    length: int
    readings: Mapping[Coder, Sequence[tuple[int, int, Value]]]


class Spans(NamedTuple):
    """The spans of all documents, and whose they are.

    ``reading`` numbers one coder's reading of one document; ``document`` and ``coder`` say whose
    each reading is, ``value`` where a span's value stands among ``values``. Documents stand on
    one line, one behind the other, from ``offsets`` on.
    """

    coders: list[Coder]
    values: list[Value]
    reading: IntArray
    start: IntArray
    end: IntArray
    value: IntArray
    document: IntArray
    coder: IntArray
    offsets: IntArray


def marked_with(documents: Iterable[Document], value: Value) -> list[Document]:
    """Return documents with the spans of one value only, each with the value 1."""
    return [
        document._replace(
            readings={
                coder: [Marked(start, end, 1) for start, end, given in spans if given == value]
                for coder, spans in document.readings.items()
            }
        )
        for document in documents
    ]


def check_document(document: Document) -> None:
    """Refuse a document of no possible length, and spans that are empty, broken or outside it.

    Raises ValueError.
    """
    if not isinstance(document.length, Integral) or document.length < 0:
        raise ValueError("The length of a document is a whole number from 0 on.")
    for spans in document.readings.values():
        for start, end, _ in spans:
            if not (isinstance(start, Integral) and isinstance(end, Integral)):
                raise ValueError("Spans begin and end at whole numbers: take a finer unit.")
            if not 0 <= start < end <= document.length:
                raise ValueError(
                    f"The span from {start} to {end} is empty or leaves its document, which ends "
                    f"at {document.length}."
                )


def spans_of(documents: Iterable[Document], *, read_by: int) -> Spans:
    """Gather the spans of the documents that so many coders read, overlaps of one value joined.

    Spans that only touch stay two. Raises ValueError as `check_document` does.
    """
    kept = [one for one in _checked(documents) if len(one.readings) >= read_by]
    coders = sorted({coder for one in kept for coder in one.readings}, key=str)
    number = {coder: place for place, coder in enumerate(coders)}
    readings = [
        (place, number[coder], spans)
        for place, one in enumerate(kept)
        for coder, spans in sorted(one.readings.items(), key=lambda reading: number[reading[0]])
    ]
    values = sorted({value for *_, spans in readings for _, _, value in spans}, key=_order)
    code = {value: place for place, value in enumerate(values)}
    rows = [
        (which, start, end, code[value])
        for which, (_, _, spans) in enumerate(readings)
        for start, end, value in spans
    ]
    reading, begins, ends, valued = np.array(rows, dtype=np.intp).reshape(-1, 4).T
    whose = np.array([(place, coder) for place, coder, _ in readings], dtype=np.intp)
    document, by = whose.reshape(-1, 2).T
    offsets = np.cumsum([0, *(one.length for one in kept)], dtype=np.intp)
    return _joined(Spans(coders, values, reading, begins, ends, valued, document, by, offsets))


def only(spans: Spans, value: Value) -> Spans:
    """Return the spans of one value, in all the same readings."""
    mine = spans.value == (spans.values.index(value) if value in spans.values else -1)
    return spans._replace(
        values=[value],
        reading=spans.reading[mine],
        start=spans.start[mine],
        end=spans.end[mine],
        value=np.zeros(np.count_nonzero(mine), dtype=np.intp),
    )


def _checked(documents: Iterable[Document]) -> Iterator[Document]:
    for document in documents:
        check_document(document)
        yield document


def _order(value: Value) -> tuple[bool, float, str]:
    """Sort numbers by size, and before words."""
    if isinstance(value, str):
        return True, 0.0, value
    return False, float(value), ""


def _joined(spans: Spans) -> Spans:
    """Make one of the spans of one value that overlap within a reading; put all on one line."""
    in_order = np.lexsort((spans.start, spans.value, spans.reading))
    reading, value = spans.reading[in_order], spans.value[in_order]
    offset = spans.offsets[spans.document[reading]] if reading.size else reading
    start, end = spans.start[in_order] + offset, spans.end[in_order] + offset
    begins = starts_anew(start, end, group=reading * max(len(spans.values), 1) + value)
    first = np.flatnonzero(begins)
    if first.size:
        start, end = start[first], np.maximum.reduceat(end, first)
    return spans._replace(reading=reading[first], value=value[first], start=start, end=end)


def starts_anew(start: IntArray, end: IntArray, *, group: IntArray) -> IntArray:
    """Tell which spans, sorted by group and start, begin where none of their group reaches."""
    if not start.size:
        return np.zeros(0, dtype=np.bool_)
    rank = np.cumsum(np.diff(group, prepend=group[0]) != 0)
    # Each group has a stretch of the line for itself, so one running maximum serves all.
    shift = rank * (int(end.max()) + 1)
    reached = np.maximum.accumulate(end + shift)
    return np.concatenate([[True], (start + shift)[1:] >= reached[:-1]])
