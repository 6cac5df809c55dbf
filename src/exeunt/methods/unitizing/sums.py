"""What every coefficient of the family needs to know of each document, added up.

The readings of a document are cut at every edge of any of them, so that on each run between two
edges nothing changes. All that counts are the lengths of the runs and who marked what on them:
no character is looked at, and no pair of units is formed.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from exeunt.methods.agreement.ratings import FloatArray, IntArray
from exeunt.methods.unitizing.documents import Document, Spans, spans_of
from exeunt.methods.unitizing.units import Label, Units, units_of

PAIR = 2


class Sums(NamedTuple):
    """Lengths by document and label, (D, V + 1); the first label is the gap.

    In Krippendorff's letters: ``marked`` is ℓ_c., ``agreed`` ℓ_cc and ``squared`` the sum of L²
    over units (of L over gaps). The starred ones, of what meets a unit of another coder, are
    ``paired`` (ℓ*_c.) and ``paired_squared``, with ``agreed`` for ℓ*_cc.
    """

    labels: list[Label]
    marked: csr_array
    agreed: csr_array
    squared: csr_array
    paired: csr_array
    paired_squared: csr_array

    @property
    def documents(self) -> int:
        """Return how many documents two coders read."""
        return int(self.marked.shape[0])


class Counts(NamedTuple):
    """How many coders, units and characters there are in the documents that two coders read."""

    coders: int
    units: int
    length: int


class _Entries(NamedTuple):
    """One entry for each run and each of its readers: the label and the unit, -1 in a gap."""

    run: IntArray
    label: IntArray
    unit: IntArray


def pairable(documents: Iterable[Document]) -> Spans:
    """Gather the spans of the documents that two or more coders read."""
    return spans_of((one for one in documents if one.length != 0), read_by=PAIR)


def sums_of(spans: Spans) -> tuple[Sums, Counts]:
    """Add up what coders marked."""
    units = units_of(spans)
    edges = np.unique(np.concatenate([spans.offsets, units.start, units.end]))
    entries = _entries(spans, units, edges)
    counts = Counts(len(spans.coders), units.start.size, int(spans.offsets[-1]))
    return _added_up(spans, units, edges=edges, entries=entries), counts


def _entries(spans: Spans, units: Units, edges: IntArray) -> _Entries:
    """Say, reading by reading, what each run of its document is."""
    runs = np.searchsorted(edges, spans.offsets)
    first, number = runs[spans.document], np.diff(runs)[spans.document]
    # Where the entries of each reading begin, and which run each entry is.
    begins = np.cumsum(number) - number
    size = int(number.sum())
    run = np.arange(size) + np.repeat(first - begins, number)
    place = begins[units.reading] - first[units.reading]
    change = np.zeros(size + 1, dtype=np.intp)
    # Units of one reading do not overlap, so what begins and ends can simply be added up.
    np.add.at(change, place + np.searchsorted(edges, units.start), np.arange(units.start.size) + 1)
    np.add.at(change, place + np.searchsorted(edges, units.end), -1 - np.arange(units.start.size))
    unit = np.cumsum(change[:-1]) - 1
    label = np.concatenate([units.label, [0]])[unit]
    return _Entries(run, label, unit)


def _added_up(spans: Spans, units: Units, *, edges: IntArray, entries: _Entries) -> Sums:
    size = np.diff(edges).astype(np.float64)
    document = np.searchsorted(spans.offsets, edges[:-1], side="right") - 1
    others = np.bincount(spans.document, minlength=spans.offsets.size - 1)[document] - 1.0
    width = len(units.labels) + 1
    both, alike = np.unique(entries.run * width + entries.label, return_counts=True)
    run, label = np.divmod(both, width)
    valued = np.bincount(entries.run[entries.unit >= 0], minlength=size.size)
    met = np.where(label > 0, np.maximum(valued[run] - 1, 0), 0) / others[run]
    length = size[run] * alike
    where = (document[run], label)
    in_unit = entries.unit >= 0
    paired = np.bincount(
        entries.unit[in_unit],
        (size * np.maximum(valued - 1, 0) / others)[entries.run[in_unit]],
        minlength=units.start.size,
    )
    whose = (spans.document[units.reading], units.label)
    gaps = label == 0
    shape = (spans.offsets.size - 1, width)
    squares = np.concatenate([((units.end - units.start).astype(np.float64)) ** 2, length[gaps]])
    rows = np.concatenate([whose[0], where[0][gaps]]), np.concatenate([whose[1], label[gaps]])
    return Sums(
        units.labels,
        _table(length, where, shape),
        _table(length * (alike - 1) / others[run], where, shape),
        _table(squares, rows, shape),
        _table(length * met, where, shape),
        _table(paired**2, whose, shape),
    )


def _table(
    what: FloatArray | IntArray,
    where: tuple[NDArray[np.intp], NDArray[np.intp]],
    shape: tuple[int, int],
) -> csr_array:
    return csr_array((np.asarray(what, dtype=np.float64), where), shape=shape)
