"""Gwet's AC1 and AC2: agreement beyond chance that stays calm where one value is rare.

Gwet, K. L. (2008), British Journal of Mathematical and Statistical Psychology 61; and (2014),
Handbook of Inter-Rater Reliability, 4th ed. Chance agreement is that on ratings given at
random, which Gwet takes to be the likelier, the more evenly the values are used.
"""

import numpy as np
from numpy.typing import ArrayLike

from exeunt.methods.agreement.disagreement import PAIR_SUMS, PairSum, Weights
from exeunt.methods.agreement.observed import category_shares, observed_agreement
from exeunt.methods.agreement.ratings import FloatArray, as_numbers, as_ratings, patterns_of


def gwet_ac1(
    ratings: ArrayLike, *, categories: ArrayLike | None = None, lengths: ArrayLike | None = None
) -> float | None:
    """Return Gwet's AC1 of any number of coders, or None where it is undefined.

    ``ratings`` has the shape (coders, units), NaN where missing. ``categories`` are the values
    that could have been given; by default those that were, and a category nobody used does
    change the result. ``lengths`` says how many units a column stands for. None without a unit
    rated twice, and with fewer than two categories.

    Raises ValueError where a rating is none of the categories.

    >>> gwet_ac1([[0, 0, 0, 0], [0, 0, 0, 0]], categories=[0, 1])
    1.0
    """
    return gwet_ac2(ratings, weights=Weights.UNWEIGHTED, categories=categories, lengths=lengths)


def gwet_ac2(
    ratings: ArrayLike,
    *,
    weights: str,
    categories: ArrayLike | None = None,
    lengths: ArrayLike | None = None,
) -> float | None:
    """Return Gwet's AC2, which lets neighbouring categories agree in part.

    As AC1 otherwise; with unweighted agreement it is AC1.
    """
    apart = PAIR_SUMS[Weights(weights)]
    patterns = patterns_of(as_ratings(ratings), rated_by=1, lengths=lengths)
    scale = patterns.values if categories is None else _scale(categories, patterns.values)
    if scale.size <= 1:
        return None
    furthest = _furthest(apart, scale)
    agreement = observed_agreement(patterns, apart, furthest=furthest)
    if agreement is None:
        return None
    by_chance = _mean_weight(apart, scale, furthest) * _evenness(category_shares(patterns), scale)
    return (agreement - by_chance) / (1 - by_chance)


def _scale(categories: ArrayLike, used: FloatArray) -> FloatArray:
    """Return the categories, ascending; refuse ratings outside them."""
    scale = np.unique(as_numbers(categories))
    if np.isnan(scale).any():
        raise ValueError("A missing value is not a category.")
    if not np.isin(used, scale).all():
        raise ValueError("Some ratings are none of the categories.")
    return scale


def _furthest(apart: PairSum, scale: FloatArray) -> float:
    """Say how far apart the two ends of the scale are."""
    ends = np.zeros((1, scale.size))
    ends[0, [0, -1]] = 1
    return float(apart(ends, scale)[0]) / 2


def _mean_weight(apart: PairSum, scale: FloatArray, furthest: float) -> float:
    """Return how much two categories agree on average, each with itself included."""
    every_pair = float(apart(np.ones((1, scale.size)), scale)[0])
    return 1 - every_pair / furthest / scale.size**2


def _evenness(shares: FloatArray, scale: FloatArray) -> float:
    """Return 1 where every category is used as often, 0 where one alone is used."""
    return float((shares * (1 - shares)).sum()) * scale.size / (scale.size - 1)
