"""Observed and expected disagreement of each coefficient, for one or for many bootstrap samples.

Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016), On the reliability of unitizing
textual continua: Further developments, Quality & Quantity 50; and Krippendorff, K. (2018),
Content Analysis, 4th ed., section 12.6. Disagreements are shares: of all that coders marked or
left, of all that met a mark of another coder (cu), of all of one value that did ((k)u).

Two places of one unit are no pair, however long the unit is: that is what is taken off a value's
square. In cu and (k)u the length of a unit is what of it another coder marked, the mean over the
other coders; only so does the published example come out.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from exeunt.methods.agreement import Interval
from exeunt.methods.agreement.intervals import CELLS_AT_ONCE, interval_of
from exeunt.methods.agreement.ratings import FloatArray
from exeunt.methods.unitizing.sums import PAIR, Sums


class Coefficient(NamedTuple):
    """One coefficient: 1 less observed over expected, or None where nothing can be said.

    ``covers`` is the share that it speaks for: of all that coders marked or left, or of all that
    was given one value.
    """

    alpha: float | None
    observed: float | None
    expected: float | None
    covers: float
    interval: Interval | None = None


class Disagreements(NamedTuple):
    """Observed and expected disagreement of so many samples, (B,) or (B, V); NaN for none."""

    observed: FloatArray
    expected: FloatArray
    covers: FloatArray

    @property
    def alpha(self) -> FloatArray:
        """Return 1 less observed over expected; NaN where chance could not have differed."""
        return 1 - _ratio(self.observed, self.expected)


class FamilyDisagreements(NamedTuple):
    """The disagreements of the four coefficients."""

    u: Disagreements
    bar_u: Disagreements
    cu: Disagreements
    ku: Disagreements


class Totals(NamedTuple):
    """The sums of `Sums` over the documents of each sample, (B, V + 1)."""

    marked: FloatArray
    agreed: FloatArray
    squared: FloatArray
    paired: FloatArray
    paired_squared: FloatArray


def totals_of(sums: Sums, weights: FloatArray) -> Totals:
    """Add up documents, each as often as the weights (B, D) say."""
    return Totals(
        marked=_times(weights, sums.marked),
        agreed=_times(weights, sums.agreed),
        squared=_times(weights, sums.squared),
        paired=_times(weights, sums.paired),
        paired_squared=_times(weights, sums.paired_squared),
    )


def disagreements_of(totals: Totals) -> FamilyDisagreements:
    """Return what each coefficient observes and expects, for each sample."""
    gap, all_of_it = totals.marked[:, 0], totals.marked.sum(axis=1)
    pairs = all_of_it**2 - totals.squared.sum(axis=1)
    everything = np.ones_like(all_of_it)
    u = Disagreements(
        1 - _ratio(totals.agreed.sum(axis=1), all_of_it),
        1 - _ratio((totals.marked**2 - totals.squared).sum(axis=1), pairs),
        everything,
    )
    bar_u = Disagreements(
        _ratio(gap - totals.agreed[:, 0], all_of_it),
        _ratio(gap * (all_of_it - gap), pairs),
        everything,
    )
    return FamilyDisagreements(u, bar_u, *_of_coding(totals, all_of_it))


def _of_coding(totals: Totals, all_of_it: FloatArray) -> tuple[Disagreements, Disagreements]:
    """Return what cu and (k)u observe and expect: where units of two coders meet."""
    paired, agreed, squared = (
        table[:, 1:] for table in (totals.paired, totals.agreed, totals.paired_squared)
    )
    met = paired.sum(axis=1)
    pairs = met**2 - squared.sum(axis=1)
    cu = Disagreements(
        1 - _ratio(agreed.sum(axis=1), met),
        1 - _ratio((paired**2 - squared).sum(axis=1), pairs),
        _ratio(met, all_of_it),
    )
    with_others = paired * met[:, np.newaxis] - squared
    ku = Disagreements(
        1 - _ratio(agreed, paired),
        _ratio(paired * (met[:, np.newaxis] - paired), with_others),
        _ratio(paired, totals.marked[:, 1:]),
    )
    return cu, ku


def drawn_again(
    documents: int, *, times: int, generator: np.random.Generator | None, width: int
) -> list[FloatArray]:
    """Draw as many documents as there are, so many times; return weights in blocks (B, D).

    Nothing is drawn from a single document: all samples would be the same. Raises ValueError on a
    negative number of samples, and where there is nothing to draw with.
    """
    if times < 0:
        raise ValueError("A bootstrap has so many samples, or 0 for none.")
    if times == 0 or documents < PAIR:
        return []
    if generator is None:
        raise ValueError("A bootstrap needs a generator of random numbers.")
    block = max(1, CELLS_AT_ONCE // max(documents, width))
    sizes = [min(block, times - done) for done in range(0, times, block)]
    even = np.full(documents, 1 / documents)
    return [generator.multinomial(documents, even, size=size).astype(float) for size in sizes]


def coefficient_of(
    found: Disagreements, samples: FloatArray | None, *, level: float, place: int | None = None
) -> Coefficient:
    """Return one coefficient with its interval from the alphas of the samples, if any.

    Raises ValueError where the level of the interval is none.
    """
    if not 0 < level < 1:
        raise ValueError("The level of an interval lies between 0 and 1.")
    alpha, observed, expected, covers = (
        None if np.isnan(number) else float(number)
        for number in (
            array[0] if place is None else array[0, place]
            for array in (found.alpha, found.observed, found.expected, found.covers)
        )
    )
    interval = None if samples is None or alpha is None else interval_of(samples, level)
    return Coefficient(alpha, observed, expected, covers or 0.0, interval)


def _times(weights: FloatArray, table: csr_array) -> FloatArray:
    return np.asarray(weights @ table, dtype=np.float64)


def one_behind_the_other(blocks: Iterable[Disagreements]) -> Disagreements:
    """Put the disagreements of several blocks of samples into one."""
    return Disagreements(*(np.concatenate(arrays) for arrays in zip(*blocks, strict=True)))


def _ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Divide, NaN where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)
