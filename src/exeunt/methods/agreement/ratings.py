"""What coders gave, checked and counted: everything the coefficients need to know."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

PAIR = 2
TABLE_DIMENSIONS = 2
LARGEST_TABLE = 2**20


def as_ratings(ratings: ArrayLike) -> FloatArray:
    """Return ratings as an array of shape (coders, units), NaN where a coder gave none.

    Raises ValueError where they are no such table: not numbers, not two-dimensional, fewer
    than two coders, or infinite.
    """
    table = as_numbers(ratings)
    if table.ndim != TABLE_DIMENSIONS:
        raise ValueError("Ratings need two dimensions, coders by units.")
    if len(table) < PAIR:
        raise ValueError("Agreement needs at least two coders.")
    return table


def as_numbers(given: ArrayLike) -> FloatArray:
    """Return what was given as floating-point numbers, NaN where nothing was stated.

    Raises ValueError where something is neither a finite number nor missing.
    """
    try:
        numbers = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError("Ratings must be numbers, in rows of equal length.") from error
    if np.isinf(numbers).any():
        raise ValueError("A rating cannot be infinite.")
    return numbers


def as_lengths(lengths: ArrayLike | None, table: FloatArray) -> FloatArray:
    """Return how many units each column of a table stands for: one, unless something was said.

    Raises ValueError where there is not one length for each column, or one is negative.
    """
    if lengths is None:
        return np.ones(table.shape[1])
    given = as_numbers(lengths)
    if given.shape != table.shape[1:] or not (given >= 0).all():
        raise ValueError("Lengths are numbers from 0 on, one for each unit.")
    return given


def how_many_rated(table: FloatArray) -> IntArray:
    """Count, for each unit, the coders who rated it."""
    return np.asarray(np.count_nonzero(~np.isnan(table), axis=0))


class Patterns(NamedTuple):
    """The distinct ways in which a unit was rated, whoever gave which rating.

    Thousands of units share a few dozen patterns, so a coefficient that works on patterns
    and weighs each by its units costs next to nothing, and so does doing it 1,000 times.

    ``values`` (V,) are the ratings that occur, ascending; ``counts`` (P, V), sparse, says how
    many coders gave each value in each pattern; ``of_unit`` says which pattern each unit
    shows, of those that were kept, and ``lengths`` how many units each of these stands for.
    """

    values: FloatArray
    counts: csr_array
    of_unit: IntArray
    lengths: FloatArray

    @property
    def varied(self) -> bool:
        """Say whether more than one value occurs; without that, chance explains everything."""
        return self.values.size > 1

    @property
    def coders(self) -> FloatArray:
        """Return how many coders rated a unit of each pattern, of shape (P,)."""
        return np.asarray(self.counts.sum(axis=1), dtype=np.float64)

    @property
    def units(self) -> FloatArray:
        """Return how many units show each pattern, of shape (P,)."""
        shown = np.bincount(self.of_unit, self.lengths, minlength=self.counts.shape[0])
        return shown.astype(np.float64)


def patterns_of(
    table: FloatArray, *, rated_by: int = PAIR, lengths: ArrayLike | None = None
) -> Patterns:
    """Find the patterns among the units that at least so many coders rated.

    The patterns come in the order of their values, so neither the order of the coders nor
    that of the units has any influence on them.
    """
    sizes = as_lengths(lengths, table)
    kept = (how_many_rated(table) >= rated_by) & (sizes > 0)
    if not kept.all():
        table, sizes = table[:, kept], sizes[kept]
    values = np.unique(table[~np.isnan(table)])
    # NaN sorts after every number, so a missing rating gets the code V.
    codes = np.searchsorted(values, table)
    as_given, in_order_of_coders = _alike(codes, values.size + 1)
    as_sorted, of_pattern = _alike(np.sort(as_given, axis=0), values.size + 1)
    counts = _counts(as_sorted, values.size)
    return Patterns(values, counts, of_pattern[in_order_of_coders], sizes)


def _alike(codes: IntArray, codes_in_use: int) -> tuple[IntArray, IntArray]:
    """Return the distinct columns, in lexical order, and which of them each column is.

    Each column is read as one number, a digit a coder.
    """
    numbers, in_use = codes[0], codes_in_use
    for row in codes[1:]:
        numbers = numbers * codes_in_use + row
        in_use *= codes_in_use
        # Many coders or values make numbers that no table, nor 64 bits, could hold.
        if in_use > LARGEST_TABLE:
            distinct, numbers = np.unique(numbers, return_inverse=True)
            in_use = distinct.size
    # A table of all numbers in use finds the distinct ones without sorting.
    table = np.full(in_use, -1, dtype=np.intp)
    table[numbers] = np.arange(numbers.size)
    found = np.flatnonzero(table >= 0)
    examples = table[found]
    table[found] = np.arange(found.size)
    return codes[:, examples], table[numbers]


def _counts(columns: IntArray, missing: int) -> csr_array:
    """Count the values in each column; the code after the last value stands for none."""
    coder, pattern = np.nonzero(columns < missing)
    ones = np.ones(coder.size)
    where = (pattern, columns[coder, pattern])
    return csr_array((ones, where), shape=(columns.shape[1], missing))
