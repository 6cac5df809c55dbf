"""How far alpha could have been off, had other accounts been drawn: the bootstrap.

Whole accounts are drawn again with replacement, which keeps together what belongs together:
Field and Welsh (2007), Journal of the Royal Statistical Society B 69. Krippendorff's own
bootstrap (Hayes and Krippendorff 2007, Communication Methods and Measures 1) draws single pairs
of ratings as if no two came from one unit, so its intervals are not these.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, eye_array

from exeunt.methods.agreement.alpha import alphas_of, pairable_patterns
from exeunt.methods.agreement.disagreement import Metric
from exeunt.methods.agreement.ratings import (
    PAIR,
    FloatArray,
    Patterns,
    as_lengths,
    as_ratings,
    how_many_rated,
)
from exeunt.methods.agreement.standing import TENTATIVE_FROM

CELLS_AT_ONCE = 2**22


class Interval(NamedTuple):
    """A bootstrap interval, and what it rests on.

    Of ``times`` samples, ``undefined`` held no variation; they had no alpha and are left out.
    ``doubt`` is the share of the others whose alpha lies under .667: the chance, as far as a
    bootstrap can tell, that the code is less reliable than it must be (q in Hayes and
    Krippendorff 2007).
    """

    low: float
    high: float
    level: float
    times: int
    undefined: int
    doubt: float


class Accounts(NamedTuple):
    """What is drawn again: kinds of accounts, by the units they bring.

    ``units`` (K, P), sparse, says how many units of each pattern an account of each kind
    brings; ``number`` (K,) how many accounts of that kind there are.
    """

    units: csr_array
    number: FloatArray

    def draw(self, generator: np.random.Generator, times: int) -> FloatArray:
        """Draw as many accounts as there are, so many times; return units by pattern (times, P)."""
        total = int(self.number.sum())
        drawn = generator.multinomial(total, self.number / total, size=times)
        return np.asarray(drawn @ self.units, dtype=np.float64)


def bootstrap_interval(
    ratings: ArrayLike,
    *,
    metric: str = Metric.NOMINAL,
    clusters: ArrayLike | None = None,
    lengths: ArrayLike | None = None,
    times: int = 1000,
    seed: int,
    level: float = 0.95,
) -> Interval | None:
    """Return the percentile interval of Krippendorff's alpha, or None where there is none.

    ``ratings`` has the shape (coders, units); ``clusters``, if given, numbers the account that
    each unit belongs to, and whole accounts are drawn; otherwise each unit is its own account.
    ``lengths`` says how many units a column stands for; such runs need clusters.
    Accounts without a unit that two coders rated are not drawn. The same seed gives the same
    interval, whatever the order of coders and units. None where alpha is undefined, and with
    a single account. Where all agree the interval has no width, however few the units were.

    Raises ValueError on senseless ratings, clusters, times or level.
    """
    if times < 1:
        raise ValueError("A bootstrap needs at least one sample.")
    if not 0 < level < 1:
        raise ValueError("The level of an interval lies between 0 and 1.")
    if lengths is not None and clusters is None:
        raise ValueError("Runs are drawn with their accounts: say which account each belongs to.")
    table = as_ratings(ratings)
    patterns = pairable_patterns(table, metric, lengths=lengths)
    counted = np.where(as_lengths(lengths, table) > 0, table, np.nan)
    accounts = accounts_of(patterns, counted, clusters)
    if not patterns.varied or accounts.number.sum() < PAIR:
        return None
    return interval_of(_resampled(patterns, accounts, metric, times=times, seed=seed), level)


def accounts_of(patterns: Patterns, table: FloatArray, clusters: ArrayLike | None) -> Accounts:
    """Say which accounts there are to draw from.

    Raises ValueError where the clusters are not a whole number for each unit.
    """
    if clusters is None:
        return Accounts(eye_array(patterns.units.size, format="csr"), patterns.units)
    labels = np.asarray(clusters)
    whole = labels.size == 0 or np.issubdtype(labels.dtype, np.integer)
    if labels.shape != table.shape[1:] or not whole:
        raise ValueError("Clusters are whole numbers, one for each unit.")
    found, account = np.unique(labels[how_many_rated(table) >= PAIR], return_inverse=True)
    shape = (found.size, patterns.units.size)
    units = csr_array((patterns.lengths, (account, patterns.of_unit)), shape=shape)
    return Accounts(units, np.ones(found.size))


def _resampled(
    patterns: Patterns, accounts: Accounts, metric: str, *, times: int, seed: int
) -> FloatArray:
    """Return the alpha of each sample, in blocks that fit into memory."""
    generator = np.random.default_rng(seed)
    block = max(1, CELLS_AT_ONCE // max(*accounts.units.shape, patterns.values.size))
    sizes = [min(block, times - done) for done in range(0, times, block)]
    samples = (accounts.draw(generator, size) for size in sizes)
    return np.concatenate([alphas_of(patterns, weights, metric) for weights in samples])


def interval_of(alphas: FloatArray, level: float) -> Interval | None:
    """Cut the same share off either end of the alphas that are defined; NaN stands for none."""
    defined = alphas[~np.isnan(alphas)]
    if defined.size == 0:
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    undefined = alphas.size - defined.size
    doubt = float(np.mean(defined < TENTATIVE_FROM))
    return Interval(float(low), float(high), level, alphas.size, undefined, doubt)
