"""The first coefficient for unitizing, as Krippendorff published it in 1995 and 2004.

Krippendorff, K. (1995), On the reliability of unitizing continuous data, Sociological Methodology
25; and (2004), Content Analysis, 2nd ed., section 11.6. Two units of one code that overlap differ
by the squares of the distances between their edges; a unit that lies within another coder's gap
by the square of its length. It is here to compare with older studies: in 2016 its author replaced
it, since with more than two coders it does not behave as expected.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from exeunt.methods.agreement.ratings import FloatArray, IntArray
from exeunt.methods.unitizing.documents import Document, Spans, Value, spans_of
from exeunt.methods.unitizing.sums import PAIR


class OlderAlpha(NamedTuple):
    """The older alpha_U of one code, or of all; None where chance could not have differed."""

    alpha: float | None
    observed: float
    expected: float


class OlderAlphas(NamedTuple):
    """The older alpha_U of each code and over all of them.

    ``documents`` counts those that every coder read: the older coefficient knows no missing ones.
    """

    coders: int
    documents: int
    codes: dict[Value, OlderAlpha]
    over_codes: OlderAlpha


class _Segments(NamedTuple):
    """One coder's units of one code, and the gaps between them, in order."""

    start: FloatArray
    end: FloatArray
    gap_start: FloatArray
    gap_end: FloatArray


def older_alpha_u(documents: Iterable[Document]) -> OlderAlphas:
    """Return the alpha_U of 1995 and 2004, of each code and over codes.

    Only documents that all coders read count; they are laid end to end, and no gap reaches from
    one into the next. Raises ValueError on spans that leave their document.

    >>> one = [(75, 145, "c"), (220, 250, "c")]
    >>> other = [(70, 150, "c"), (205, 225, "c"), (250, 270, "c")]
    >>> round(older_alpha_u([Document(300, {1: one, 2: other})]).codes["c"].alpha, 3)
    0.729
    """
    given = [one for one in documents if one.length > 0]
    number = len({coder for one in given for coder in one.readings})
    spans = spans_of(given, read_by=max(number, PAIR))
    length = float(spans.offsets[-1])
    found: dict[Value, OlderAlpha] = {}
    for place, value in enumerate(spans.values):
        segments = [_segments(spans, coder, value=place) for coder in range(number)]
        observed = _observed(segments) / (number * (number - 1) * length**2)
        found[value] = _alpha(observed, _expected(segments, length))
    of_all = _alpha(
        sum(one.observed for one in found.values()), sum(one.expected for one in found.values())
    )
    return OlderAlphas(number, spans.offsets.size - 1, found, of_all)


def _alpha(observed: float, expected: float) -> OlderAlpha:
    alpha = 1 - observed / expected if expected > 0 else None
    return OlderAlpha(alpha, observed, expected)


def _segments(spans: Spans, coder: int, *, value: int) -> _Segments:
    mine = (spans.value == value) & (spans.coder[spans.reading] == coder)
    start, end = spans.start[mine].astype(np.float64), spans.end[mine].astype(np.float64)
    edges: IntArray = spans.offsets
    # What nobody marked lies between the ends of units and documents, and the next beginnings.
    gap_start = np.sort(np.concatenate([edges[:-1], end]))
    gap_end = np.sort(np.concatenate([start, edges[1:]]))
    kept = gap_start < gap_end
    return _Segments(start, end, gap_start[kept], gap_end[kept])


def _observed(segments: list[_Segments]) -> float:
    """Add up the differences over all ordered pairs of coders."""
    return sum(
        _overlaps(one, other) + 2 * _in_gaps(one, other)
        for one in segments
        for other in segments
        if one is not other
    )


def _overlaps(one: _Segments, other: _Segments) -> float:
    """Add up the squared distances of the edges, over all pairs of units that overlap."""
    first = np.searchsorted(other.end, one.start, side="right")
    number = np.searchsorted(other.start, one.end, side="left") - first
    mine = np.repeat(np.arange(number.size), number)
    theirs = np.arange(mine.size) - np.repeat(np.cumsum(number) - number, number) + first[mine]
    starts = one.start[mine] - other.start[theirs]
    ends = one.end[mine] - other.end[theirs]
    return float((starts**2 + ends**2).sum())


def _in_gaps(one: _Segments, other: _Segments) -> float:
    """Add up the squared lengths of the units that lie in a gap of the other coder."""
    if not other.gap_start.size:
        return 0.0
    gap = np.searchsorted(other.gap_start, one.start, side="right") - 1
    inside = (gap >= 0) & (one.end <= other.gap_end[gap])
    return float(((one.end - one.start)[inside] ** 2).sum())


def _expected(segments: list[_Segments], length: float) -> float:
    """Return what chance would make of units of these lengths, put anywhere on the continuum."""
    units = np.concatenate([one.end - one.start for one in segments])
    gaps = np.sort(np.concatenate([one.gap_end - one.gap_start for one in segments]))
    behind = np.concatenate([np.cumsum(gaps[::-1])[::-1], [0.0]])
    long_enough = np.searchsorted(gaps, units, side="left")
    # In how many places a unit fits into a gap, over all gaps that are long enough.
    places = behind[long_enough] - (gaps.size - long_enough) * (units - 1)
    with_units = (units.size - 1) / 3 * (2 * units**3 - 3 * units**2 + units)
    whole = len(segments) * length
    pairs = whole * (whole - 1) - (units * (units - 1)).sum()
    if not units.size or pairs <= 0:
        return 0.0
    return float(2 / length * (with_units + units**2 * places).sum() / pairs)
