"""How far apart two ratings are, and how far apart all pairs of many ratings are in sum."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from scipy.sparse import coo_array, csr_array

from exeunt.methods.agreement.ratings import FloatArray

Rows = FloatArray | csr_array
PairSum = Callable[[Rows, FloatArray], FloatArray]


class Metric(StrEnum):
    """The level of measurement, which says how bad a disagreement is (Krippendorff 2018)."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


class Weights(StrEnum):
    """How much of an agreement two neighbouring categories are (Cohen 1968; Gwet 2014, ch. 3).

    The weights follow the categories' values, not their ranks: 0, 1 and 5 are not evenly spaced.
    """

    UNWEIGHTED = "unweighted"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


# A pair sum takes rows of counts (R, V) of the values (V,), and adds up how far apart the
# ratings of each row are, over all ordered pairs of them. A row may be one unit, or a whole
# study: that is why the same sums serve the observed and the expected disagreement.


def unlike_pairs(rows: Rows, _values: FloatArray) -> FloatArray:
    """Count the ordered pairs that differ: m² less the pairs that are alike."""
    return np.subtract(_total(rows) ** 2, _total(rows * rows))


def squared_gaps(rows: Rows, values: FloatArray) -> FloatArray:
    """Add up (x - y)² without forming a pair: 2 (m Σx² - (Σx)²).

    The values are counted from the middle one, or large values would drown small gaps.
    """
    offsets = values - values[values.size // 2]
    sums: FloatArray = 2 * (_total(rows) * (rows @ offsets**2) - (rows @ offsets) ** 2)
    return np.maximum(sums, 0)


def gaps(rows: Rows, values: FloatArray) -> FloatArray:
    """Add up |x - y|."""
    return _from_table(rows, np.abs(np.subtract.outer(values, values)))


def squared_proportions(rows: Rows, values: FloatArray) -> FloatArray:
    """Add up ((x - y) / (x + y))², where two zeros are no distance apart."""
    difference, total = np.subtract.outer(values, values), np.add.outer(values, values)
    share = np.divide(difference, total, out=np.zeros_like(total), where=total > 0)
    return _from_table(rows, share**2)


def _from_table(rows: Rows, apart: FloatArray) -> FloatArray:
    """Add up over pairs what a table (V, V) says of each pair of values.

    The table grows with the square of the distinct values: fine for codes, not for millimetres.
    """
    return _total(rows * (rows @ apart))


def _total(rows: Rows | coo_array) -> FloatArray:
    return np.asarray(rows.sum(axis=1), dtype=np.float64)


PAIR_SUMS: Mapping[str, PairSum] = MappingProxyType(
    {
        Metric.NOMINAL: unlike_pairs,
        Metric.INTERVAL: squared_gaps,
        Metric.RATIO: squared_proportions,
        Weights.UNWEIGHTED: unlike_pairs,
        Weights.LINEAR: gaps,
        Weights.QUADRATIC: squared_gaps,
    }
)
