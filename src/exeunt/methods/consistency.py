"""How alike narrators' reasons are, against the same reasons dealt out anew among them.

This is message consistency: whether narrators tell the same bundles of reasons more often than
the popularity of each reason, and the number that each narrator gave, explain. It is never
credibility: it does not say that anybody tells the truth. It may measure a common experience,
but as well the templates of journalists, the questions of an interviewer, the wording of a
coding scheme, a sample that was chosen alike, or narrators who heard each other.
"""

from collections.abc import Iterator
from math import ceil, lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from exeunt.methods.cooccurrence import patterns
from exeunt.methods.proportions import Floats, check_matrix

Whole = NDArray[np.int64]

MOST_CODES = 12
MOST_NARRATORS = 5_000
FEWEST_NARRATORS = 2
# From the slowest starts tried (a template; one narrator in twenty saying nearly everything) the
# null's mean came within about half its standard deviation, and mostly within a tenth or two.
TRADES = 16
MOST_ROUNDS = 50
# Narrators times hand-outs walked together: what still fits a processor's cache.
AT_ONCE = 1 << 16
# Every number of codes that either of two gave divides it.
LIKENESS_UNIT = lcm(*range(1, MOST_CODES + 1))


class MessageConsistency(NamedTuple):
    """How alike narrators' reasons are, and how alike chance alone would make them.

    ``seen`` narrators have a value for every code, ``with_reason`` of them gave a reason, and
    ``narrators`` were compared: all of these, or a random sample where they are too many.
    ``null`` is the similarity in each of ``times`` random hand-outs; ``null_low`` to
    ``null_high`` holds 95 % of it; ``p`` is the chance of a similarity as high or higher.
    """

    observed: float
    null_mean: float
    null_low: float
    null_high: float
    p: float
    null: tuple[float, ...]
    narrators: int
    with_reason: int
    seen: int
    times: int


class Parts(NamedTuple):
    """Every part of every set of codes, so that a part of a given size can be drawn at once.

    The parts of size ``k`` of the set ``s`` are the ``number[s, k]`` entries of ``part`` from
    ``start[s, k]`` on.
    """

    part: Whole
    start: Whole
    number: Whole


def message_consistency(
    given: Floats, *, rng: np.random.Generator, times: int = 1000
) -> MessageConsistency | None:
    """Compare how alike narrators' reasons are with the same reasons dealt out anew.

    This is message consistency and never credibility; it may measure journalists' templates.
    It takes as given how many reasons each narrator stated, and how often each was stated: only
    who stated which is left to chance. So it holds too where narrators were included *because*
    they gave a reason.

    ``given`` has one row a narrator and one column a code; graded values above 0 count as given.
    Narrators lacking a value for any code are left out, and whoever gave no reason is in no
    pair. None where fewer than two narrators gave a reason. Of more than MOST_NARRATORS with a
    reason a random sample of that size stands for all, in the observed similarity and in the
    null. Raises ValueError on more than MOST_CODES codes.

    p is (1 + as high) / (1 + times), after Phipson and Smyth (2010), Statistical Applications in
    Genetics and Molecular Biology 9. Where nothing else could have come out, as when everybody
    gave one reason or one narrator's reasons always hold the next one's, the null is one value:
    p is 1 and ``null_low`` equals ``null_high``. That says nothing about the narrators.
    """
    if times < 1:
        raise ValueError("at least one hand-out is needed to compare with")
    codes, told = check_matrix(given), narrators_patterns(given)
    speaking = told[told > 0]
    if len(speaking) < FEWEST_NARRATORS:
        return None
    compared = speaking
    if len(speaking) > MOST_NARRATORS:
        compared = rng.choice(speaking, MOST_NARRATORS, replace=False)
    walks = hand_outs(compared, codes, rng=rng, times=times)
    counts = [pattern_counts(some, codes) for some in (compared[:, np.newaxis], *walks)]
    observed, *null = similarities(np.vstack(counts)).tolist()
    low, high = np.quantile(null, (0.025, 0.975)).tolist()
    return MessageConsistency(
        observed,
        null_mean=float(np.mean(null)),
        null_low=low,
        null_high=high,
        p=(1 + sum(value >= observed for value in null)) / (1 + times),
        null=tuple(null),
        narrators=len(compared),
        with_reason=len(speaking),
        seen=len(told),
        times=times,
    )


def narrators_patterns(given: Floats) -> Whole:
    """Write each fully seen narrator's reasons as a number; bit ``i`` stands for code ``i``."""
    if check_matrix(given) > MOST_CODES:
        raise ValueError(f"consistency can be measured over at most {MOST_CODES} codes")
    return patterns(given)


def pattern_counts(walks: Whole, codes: int) -> Whole:
    """Count for each column of patterns how often each of the 2**codes patterns is in it.

    The answer has one row a column, and one column a pattern.
    """
    columns = walks.shape[1]
    places = walks + (np.arange(columns) << codes)
    return np.bincount(places.ravel(), minlength=columns << codes).reshape(columns, -1)


def similarities(counts: Whole) -> Floats:
    """Return for each row of pattern counts the mean Jaccard similarity of two narrators.

    Jaccard (reasons shared / reasons given by either) because two narrators are not alike for
    what neither mentions: an account is silent on most codes. Whoever gave no reason is in no
    pair, for silence is neither like nor unlike a reason. Every row needs two who gave one.

    Likeness is summed in whole units of 1 / LIKENESS_UNIT, so that equal similarities come out
    equal to the last bit: p counts ties.
    """
    present = 1 + np.flatnonzero(counts[:, 1:].any(axis=0))
    people = counts[:, present].astype(np.float64)
    narrators = people.sum(axis=1)
    alike = ((people @ _likeness(present)) * people).sum(axis=1) - LIKENESS_UNIT * narrators
    mean: Floats = alike / (LIKENESS_UNIT * narrators * (narrators - 1))
    return mean


def _likeness(present: Whole) -> Floats:
    """Return the Jaccard similarity of every two patterns, in units of 1 / LIKENESS_UNIT."""
    small = present.astype(np.uint16)
    shared = np.bitwise_count(small[:, np.newaxis] & small)
    either = np.bitwise_count(small[:, np.newaxis] | small)
    likeness: Floats = shared * (LIKENESS_UNIT // either.astype(np.float64))
    return likeness


def hand_outs(
    speaking: Whole, codes: int, *, rng: np.random.Generator, times: int
) -> Iterator[Whole]:
    """Yield random hand-outs of the same reasons, some at a time, ``times`` in all.

    A yield has one row a narrator and one column a hand-out, of patterns. All hand-outs that
    keep how often each code, and how many codes each narrator gave, are equally likely: the
    null of fixed margins. They are reached by rounds of trades, after Strona, Nappo, Boccacci,
    Fattorini and San-Miguel-Ayanz (2014), Nature Communications 5:4114; that trades favour no
    hand-out was shown by Carstens (2015), Physical Review E 91:042812.

    From the narrators one walk leads to a start that is thrown away, and from there ``times``
    walks, through the same pairings backwards, lead to one hand-out each (Besag and Clifford
    1989, Biometrika 76). A trade is as likely as its undoing, so the narrators themselves are
    one more such walk's end, and p holds however short the walks are. There is no thinning, for
    every hand-out has its own walk; the walk's length, see :func:`rounds_needed`, is the burn-in
    there and back, and bends only the spread of the null.
    """
    free = can_trade(speaking)
    parts, rounds = parts_of(codes), rounds_needed(speaking[free])
    orders = [rng.permutation(np.flatnonzero(free)) for _ in range(rounds)]
    start = speaking[:, np.newaxis].copy()
    for order in orders:
        trade(start, order, parts, rng=rng)
    columns = max(1, AT_ONCE // len(speaking))
    for done in range(0, times, columns):
        walks = np.repeat(start, min(columns, times - done), axis=1)
        for order in reversed(orders):
            trade(walks, order, parts, rng=rng)
        yield walks


def can_trade(speaking: Whole) -> NDArray[np.bool_]:
    """Tell for each narrator whether there is anybody to trade with.

    Two can trade if each gave a code that the other did not. Whoever can trade with nobody now
    never will: the others trade only among those within, or only among those around, that one's
    codes. Left in the pairing they would only waste rounds.
    """
    present, places = np.unique(speaking, return_inverse=True)
    partners: NDArray[np.bool_] = np.count_nonzero(_differ_both_ways(present), axis=1) > 0
    return partners[places]


def rounds_needed(free: Whole) -> int:
    """Return in how many rounds a narrator can expect TRADES trades that may change anything.

    One round gives everybody one partner; the share of partners with whom a trade can change
    something is taken from the narrators as they are. Never more than MOST_ROUNDS.
    """
    if not len(free):
        return 0
    present, counts = np.unique(free, return_counts=True)
    share = counts @ _differ_both_ways(present) @ counts / (len(free) * (len(free) - 1))
    return min(MOST_ROUNDS, ceil(TRADES / float(share)))


def _differ_both_ways(present: Whole) -> NDArray[np.bool_]:
    small = present.astype(np.uint16)
    lacked: NDArray[np.bool_] = (small[:, np.newaxis] & ~small) > 0
    return lacked & lacked.T


def trade(walks: Whole, order: Whole, parts: Parts, *, rng: np.random.Generator) -> None:
    """Let narrators trade, in every column anew, what they differ in; changes ``walks``.

    ``order`` names the narrators: the first half trades with the second, place by place, and an
    odd one out has no partner. The codes that only one of two gave are pooled; the one takes as
    many as before, every choice being equally likely, and the other is left the rest.
    """
    half = len(order) // 2
    one, other = order[:half], order[half : 2 * half]
    mine, yours = walks[one], walks[other]
    both, pool = mine & yours, mine ^ yours
    kind = pool, np.bitwise_count(mine & pool)
    choice = (rng.random(pool.shape) * parts.number[kind]).astype(np.int64)
    taken = parts.part[parts.start[kind] + choice]
    walks[one] = both | taken
    walks[other] = both | (pool ^ taken)


def parts_of(codes: int) -> Parts:
    """List the 3**codes pairs of a set of codes and a part of it, by set and size of the part."""
    whole = part = np.zeros(1, dtype=np.int64)
    for code in range(codes):
        bit = 1 << code
        whole = np.concatenate([whole, whole | bit, whole | bit])
        part = np.concatenate([part, part, part | bit])
    kind = whole * (codes + 1) + np.bitwise_count(part)
    number = np.bincount(kind, minlength=(codes + 1) << codes)
    start, shape = np.cumsum(number) - number, (1 << codes, codes + 1)
    return Parts(part[np.argsort(kind, kind="stable")], start.reshape(shape), number.reshape(shape))
