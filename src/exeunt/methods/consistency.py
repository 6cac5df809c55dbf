"""How alike narrators' reasons are, against reasons shuffled among them.

The number says that narrators tell the same bundles of reasons more often than the popularity
of each reason explains. It never says that they tell the truth. It may measure a common
experience, but as well the templates of journalists, the questions of an interviewer, the
wording of a coding scheme, a sample that was chosen alike, or narrators who heard each other.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import beta

from exeunt.methods.cooccurrence import patterns
from exeunt.methods.proportions import Floats, check_matrix

Counts = NDArray[np.int64]

MOST_CODES = 12
FEWEST_NARRATORS = 2
ROUNDING = 1e-9


class MessageConsistency(NamedTuple):
    """How alike narrators' reasons are, and how alike shuffling alone would make them.

    ``narrators`` gave at least one reason, out of ``seen`` whose reasons were shuffled
    ``times`` times; ``null_low`` to ``null_high`` holds 95 % of the shuffled similarities;
    ``p`` is the chance of a similarity as high or higher under shuffling; ``null_narrators`` is
    how many would have a reason in a shuffle, on average.
    """

    observed: float
    null_mean: float
    null_low: float
    null_high: float
    p: float
    null_narrators: float
    narrators: int
    seen: int
    times: int


class _Lattice(NamedTuple):
    """For each pattern: how many codes it has, and the weight of what lies below it."""

    sizes: Counts
    weights: Floats


def message_consistency(
    given: Floats, *, rng: np.random.Generator, times: int = 1000
) -> MessageConsistency | None:
    """Compare how alike narrators' reasons are with reasons shuffled among them.

    ``given`` has one row a narrator and one column a code; graded values above 0 count as given.
    Narrators lacking a value for any code are left out. None where fewer than two narrators
    gave a reason. The null keeps every code's total and hands each code to narrators at random,
    independently of the other codes; p is (1 + as high) / (1 + times), after Phipson and Smyth
    (2010), Statistical Applications in Genetics and Molecular Biology 9.

    Where narrators were included *because* they gave a reason, nobody seen is without one, yet
    shuffling leaves some so and heaps their reasons on others: ``null_narrators`` is then well
    below ``narrators``, the null too high and p too large (in all of nine simulated designs; none
    gave small ones too often). A large p then means nothing, least of all that narrators differ.
    """
    if times < 1:
        raise ValueError("at least one shuffle is needed to compare with")
    counts = pattern_counts(given)
    seen, narrators = int(counts.sum()), int(counts[1:].sum())
    if narrators < FEWEST_NARRATORS:
        return None
    totals, observed = code_totals(counts), similarity(counts)
    null = np.array([similarity(shuffled(totals, seen, rng=rng)) for _ in range(times)])
    low, high = np.quantile(null, (0.025, 0.975)).tolist()
    p = (1 + int((null >= observed - ROUNDING).sum())) / (1 + times)
    silent = float(np.prod([1 - total / seen for total in totals]))
    return MessageConsistency(
        observed,
        float(null.mean()),
        low,
        high,
        p,
        null_narrators=seen * (1 - silent),
        narrators=narrators,
        seen=seen,
        times=times,
    )


def pattern_counts(given: Floats) -> Counts:
    """Count the narrators of each of the 2**codes patterns; bit ``i`` stands for code ``i``."""
    codes = check_matrix(given)
    if codes > MOST_CODES:
        raise ValueError(f"consistency can be measured over at most {MOST_CODES} codes")
    return np.bincount(patterns(given), minlength=1 << codes).astype(np.int64)


def code_totals(counts: Counts) -> list[int]:
    """Return how many narrators gave each code."""
    codes = counts.size.bit_length() - 1
    return [int(counts.reshape(-1, 2, 1 << code)[:, 1].sum()) for code in range(codes)]


def shuffled(totals: list[int], seen: int, *, rng: np.random.Generator) -> Counts:
    """Hand every code to so many of the narrators at random, and count the patterns.

    Exactly what permuting each code's column does to the counts, at a cost that grows with
    patterns and not with narrators: the narrators of each pattern so far who receive the next
    code are a draw without replacement, that is, multivariate hypergeometric.
    """
    counts = np.array([seen], dtype=np.int64)
    for total in totals:
        receive = rng.multivariate_hypergeometric(counts, total, method="marginals")
        counts = np.concatenate([counts - receive, receive])
    return counts


def similarity(counts: Counts) -> float:
    """Return the mean Jaccard similarity of two different narrators who each gave a reason.

    Jaccard (reasons shared / reasons given by either) because two narrators are not alike for
    what neither mentions: an account is silent on most codes. Whoever gave no reason is in no
    pair, for silence is neither like nor unlike a reason, and is treated so in shuffled counts
    too. Where fewer than two narrators gave a reason (a shuffle can do that when reasons are
    few) it is 0: no two say the same.

    Over ordered pairs of patterns, shared / either = (size + size) / either - 1. The sum of
    1 / either over all pairs is taken on the lattice of patterns: let F(s) and G(s) be the
    narrators, and their reasons, in the patterns within s; then 2 F(s) G(s), weighted by the
    Möbius inverse of 1 / size (a beta function), adds up to it in codes x 2**codes steps.
    """
    narrators = int(counts[1:].sum())
    if narrators < FEWEST_NARRATORS:
        return 0.0
    sizes, weights = _lattice(counts.size)
    speaking = counts.astype(np.float64)
    speaking[0] = 0
    within, reasons_within = _within(speaking), _within(speaking * sizes)
    alike = 2 * float(weights @ (within * reasons_within)) - narrators**2
    return (alike - narrators) / (narrators * (narrators - 1))


@lru_cache
def _lattice(size: int) -> _Lattice:
    codes = size.bit_length() - 1
    sizes = np.bitwise_count(np.arange(size, dtype=np.int64)).astype(np.int64)
    weights = np.zeros(size)
    weights[1:] = beta(sizes[1:], codes - sizes[1:] + 1)
    return _Lattice(sizes, weights)


def _within(values: Floats) -> Floats:
    """Sum for each pattern the values of all patterns that lie within it."""
    sums = values.copy()
    for code in range(values.size.bit_length() - 1):
        halves = sums.reshape(-1, 2, 1 << code)
        halves[:, 1] += halves[:, 0]
    return sums
