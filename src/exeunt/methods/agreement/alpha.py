"""Krippendorff's alpha: any number of coders, any metric, missing ratings.

Krippendorff, K. (2018). Content Analysis, 4th ed., chapter 12; and (2011) Computing
Krippendorff's Alpha-Reliability. Alpha is one less the observed over the expected
disagreement: among the ratings of one unit, and among all ratings of all units.
"""

import numpy as np
from numpy.typing import ArrayLike

from exeunt.methods.agreement.disagreement import PAIR_SUMS, Metric
from exeunt.methods.agreement.ratings import PAIR, FloatArray, Patterns, as_ratings, patterns_of


def krippendorff_alpha(
    ratings: ArrayLike, *, metric: str = Metric.NOMINAL, lengths: ArrayLike | None = None
) -> float | None:
    """Return Krippendorff's alpha, or None where nothing can be said.

    ``ratings`` has the shape (coders, units), NaN where a coder gave none. A unit counts once
    two coders rated it; ``lengths`` says how many units a column stands for, such as the
    characters of a run. Nothing can be said without such a unit, nor where all ratings are the
    same: agreement without variation may be reliable, or blind.

    Raises ValueError on ratings that are no such table, and on negative ones for the ratio metric.

    >>> krippendorff_alpha([[1, 1, 0, 0], [1, 1, 0, 1]])
    0.5333333333333333
    """
    patterns = pairable_patterns(ratings, metric, lengths=lengths)
    if not patterns.varied:
        return None
    return float(alphas_of(patterns, patterns.units[np.newaxis], metric)[0])


def pairable_patterns(
    ratings: ArrayLike, metric: str, *, lengths: ArrayLike | None = None
) -> Patterns:
    """Find the patterns among the units that at least two coders rated.

    Raises ValueError where the metric is unknown or the ratings do not suit it.
    """
    patterns = patterns_of(as_ratings(ratings), lengths=lengths)
    if Metric(metric) is Metric.RATIO and (patterns.values < 0).any():
        raise ValueError("The ratio metric needs a true zero: no rating may be negative.")
    return patterns


def alphas_of(patterns: Patterns, weights: FloatArray, metric: str) -> FloatArray:
    """Return one alpha for each row of weights, NaN where it is undefined.

    ``weights`` (B, P) says how often each pattern occurs: once as observed, or once for each
    of many bootstrap samples. Alpha needs only sums over patterns, so all of them come from
    one product of matrices.
    """
    totals = np.asarray(weights @ patterns.counts)
    if Metric(metric) is Metric.ORDINAL:
        observed, expected = _ordinal_disagreements(patterns, weights, totals)
    else:
        apart = PAIR_SUMS[Metric(metric)]
        within = apart(patterns.counts, patterns.values) / (patterns.coders - 1)
        observed, expected = weights @ within, apart(totals, patterns.values)
    defined = np.count_nonzero(totals, axis=1) >= PAIR
    ratio = np.full(len(weights), np.nan)
    np.divide(observed * (totals.sum(axis=1) - 1), expected, out=ratio, where=defined)
    return 1 - ratio


def _ordinal_disagreements(
    patterns: Patterns, weights: FloatArray, totals: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the observed and the expected disagreement for each row of weights.

    Krippendorff's ordinal distance, the ratings from c to k with half of those at either end
    left out, squared, is the squared gap between the mean ranks of c and k. The ranks follow
    the totals, so they differ from one sample to the next.
    """
    ranks = np.cumsum(totals, axis=1) - totals / 2
    coders = patterns.coders
    sums, squares = patterns.counts @ ranks.T, patterns.counts @ ranks.T**2
    within = 2 * (coders[:, np.newaxis] * squares - sums**2)
    observed = np.einsum("bp,pb->b", weights / (coders - 1), within)
    given = totals.sum(axis=1)
    expected = 2 * (given * (totals * ranks**2).sum(axis=1) - (totals * ranks).sum(axis=1) ** 2)
    return observed, expected
