"""The kappa family: agreement beyond what the coders' habits alone would have produced."""

import numpy as np
from numpy.typing import ArrayLike

from exeunt.methods.agreement.disagreement import PAIR_SUMS, Weights, unlike_pairs
from exeunt.methods.agreement.observed import category_shares, observed_agreement
from exeunt.methods.agreement.ratings import (
    FloatArray,
    as_lengths,
    as_numbers,
    as_ratings,
    how_many_rated,
    patterns_of,
)


def cohen_kappa(
    first: ArrayLike,
    second: ArrayLike,
    *,
    weights: str = Weights.UNWEIGHTED,
    lengths: ArrayLike | None = None,
) -> float | None:
    """Return Cohen's kappa of two coders, or None where both gave one value throughout.

    ``first`` and ``second`` rate the same units in the same order, NaN where missing; a unit
    counts if both rated it. Chance is each coder's own use of the values. Cohen (1960),
    Educational and Psychological Measurement 20; weighted, Cohen (1968), Psychological
    Bulletin 70. Linear and quadratic weights follow the values themselves. ``lengths`` says how
    many units each place stands for.
    """
    pair, sizes = _rated_by_both(first, second, lengths)
    patterns, apart = patterns_of(pair, lengths=sizes), PAIR_SUMS[Weights(weights)]
    if not patterns.varied:
        return None
    codes = np.searchsorted(patterns.values, pair)
    used = np.stack([np.bincount(row, sizes, minlength=patterns.values.size) for row in codes])
    rows = np.vstack([used, used.sum(axis=0)]).astype(np.float64)
    by_first, by_second, by_both = apart(rows, patterns.values)
    # Pairs across the coders, once each: all pairs less those within either coder, halved.
    expected = (by_both - by_first - by_second) / 2
    observed = patterns.units @ apart(patterns.counts, patterns.values) / 2
    return float(1 - sizes.sum() * observed / expected)


def scott_pi(first: ArrayLike, second: ArrayLike) -> float | None:
    """Return Scott's pi of two coders, or None where both gave one value throughout.

    As Cohen's kappa, but chance is both coders' pooled use of the values, so their different
    habits count as disagreement. Scott (1955), Public Opinion Quarterly 19.
    """
    return fleiss_kappa(_rated_by_both(first, second, None)[0])


def fleiss_kappa(ratings: ArrayLike, *, lengths: ArrayLike | None = None) -> float | None:
    """Return Fleiss' kappa of any number of coders, or None where it is undefined.

    ``ratings`` has the shape (coders, units), NaN where missing. Fleiss (1971), Psychological
    Bulletin 76, asks for as many ratings in each unit; with unequal numbers this is Gwet's
    (2014) generalisation: agreement is the mean over the units that two coders rated, chance
    comes from every unit that one did, and each unit counts the same. None without a unit
    rated twice, and where only one value occurs. ``lengths`` says how many units a column
    stands for.
    """
    patterns = patterns_of(as_ratings(ratings), rated_by=1, lengths=lengths)
    agreement = observed_agreement(patterns, unlike_pairs)
    if agreement is None or not patterns.varied:
        return None
    by_chance = float((category_shares(patterns) ** 2).sum())
    return (agreement - by_chance) / (1 - by_chance)


def _rated_by_both(
    first: ArrayLike, second: ArrayLike, lengths: ArrayLike | None
) -> tuple[FloatArray, FloatArray]:
    """Return the ratings (2, units) of the units that both coders rated, and their lengths."""
    one, other = as_numbers(first), as_numbers(second)
    if one.ndim != 1 or one.shape != other.shape:
        raise ValueError("Two coders' ratings are two rows of the same length.")
    pair = np.stack([one, other])
    both = (how_many_rated(pair) == len(pair)) & (as_lengths(lengths, pair) > 0)
    return pair[:, both], as_lengths(lengths, pair)[both]
