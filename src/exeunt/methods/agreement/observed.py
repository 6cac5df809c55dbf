"""What was observed, before chance is taken off: agreement, and how often each value was used."""

import numpy as np
from numpy.typing import ArrayLike

from exeunt.methods.agreement.disagreement import PairSum, unlike_pairs
from exeunt.methods.agreement.ratings import PAIR, FloatArray, Patterns, as_ratings, patterns_of


def percent_agreement(ratings: ArrayLike, *, lengths: ArrayLike | None = None) -> float | None:
    """Return the mean, over units, of the share of a unit's pairs of coders who agree.

    A share from 0 to 1. Every unit that two coders rated counts the same, however many rated
    it, and as much more as ``lengths`` says; None where there is no such unit.

    >>> percent_agreement([[1, 1, 0, 0], [1, 1, 0, 1]])
    0.75
    """
    return observed_agreement(patterns_of(as_ratings(ratings), lengths=lengths), unlike_pairs)


def observed_agreement(patterns: Patterns, apart: PairSum, *, furthest: float = 1) -> float | None:
    """Return the mean agreement of a unit's pairs of coders, or None where no unit has a pair.

    Two ratings as far apart as ``furthest`` do not agree at all, nearer ones in part.
    """
    coders, pairable = patterns.coders, patterns.coders >= PAIR
    if not pairable.any():
        return None
    disagreement = apart(patterns.counts, patterns.values) / furthest
    share = disagreement[pairable] / (coders * (coders - 1))[pairable]
    return float(1 - np.average(share, weights=patterns.units[pairable]))


def category_shares(patterns: Patterns) -> FloatArray:
    """Return the share of each value, of shape (V,): the mean of its shares in the units.

    Each unit counts the same, however many coders rated it (Gwet 2014).
    """
    used: FloatArray = (patterns.units / patterns.coders) @ patterns.counts
    shares: FloatArray = used / patterns.units.sum()
    return shares
