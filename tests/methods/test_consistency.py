"""How alike narrators' reasons are, and how alike fixed margins alone would make them."""

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chisquare, ks_2samp

from exeunt.methods import consistency
from exeunt.methods.consistency import (
    can_trade,
    hand_outs,
    message_consistency,
    narrators_patterns,
    pattern_counts,
    rounds_needed,
    similarities,
)

NAN = np.nan
SEED = 20261122
TEMPLATE = np.repeat([[1, 1, 0, 0, 0], [0, 0, 1, 1, 0]], 15, axis=0)


def rng(seed=SEED):
    return np.random.default_rng(seed)


def speaking(given):
    told = narrators_patterns(given)
    return told[told > 0]


def matrix(told, codes):
    return told[:, np.newaxis] >> np.arange(codes) & 1


def drawn(told, codes, *, times, seed=SEED):
    """Put all hand-outs side by side: one row a narrator, one column a hand-out."""
    return np.hstack(list(hand_outs(told, codes, rng=rng(seed), times=times)))


def similarity(given):
    return similarities(pattern_counts(speaking(given)[:, np.newaxis], given.shape[1]))[0]


def slow_similarity(given):
    """Compare every two narrators, by the definition."""
    sets = [set(np.flatnonzero(row)) for row in given if row.any()]
    alike = [len(a & b) / len(a | b) for a, b in combinations(sets, 2)]
    return sum(alike) / len(alike)


def all_hand_outs(told, codes):
    """List every matrix with the same margins, by trying all rows of the same sizes."""
    sizes, totals = matrix(told, codes).sum(axis=1), matrix(told, codes).sum(axis=0)
    rows = [[p for p in range(1 << codes) if p.bit_count() == size] for size in sizes]
    return [
        found
        for found in product(*rows)
        if (matrix(np.array(found), codes).sum(axis=0) == totals).all()
    ]


def swapped(given, *, draws, attempts, source):
    """Turn random 2 x 2 checkerboards over, again and again: the old, slow way to the null."""
    given, found = given.copy(), []
    for _ in range(draws):
        narrators = source.integers(len(given), size=(attempts, 2)).tolist()
        codes = source.integers(given.shape[1], size=(attempts, 2)).tolist()
        for (i, j), (a, b) in zip(narrators, codes, strict=True):
            if given[i, a] and given[j, b] and not given[i, b] and not given[j, a]:
                given[i, a] = given[j, b] = 0
                given[i, b] = given[j, a] = 1
        found.append(slow_similarity(given))
    return found


some_patterns = st.integers(1, 12).flatmap(
    lambda codes: st.tuples(
        st.just(codes),
        arrays(np.int64, st.integers(2, 11), elements=st.integers(1, (1 << codes) - 1)),
    )
)
few_patterns = arrays(np.int64, st.integers(2, 4), elements=st.integers(1, 7))


# --- the similarity ------------------------------------------------------------------------------


def test_similarity_is_the_mean_over_pairs_of_narrators():
    # AB and AB: 2/2. AB and C, twice: 0. Mean 1/3; the silent fourth is in no pair.
    given = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]])
    assert similarity(given) == pytest.approx(1 / 3)


@given_any(some_patterns)
def test_counting_patterns_gives_what_comparing_every_pair_gives(drawn_patterns):
    codes, told = drawn_patterns
    found = similarities(pattern_counts(told[:, np.newaxis], codes))
    assert found == pytest.approx(slow_similarity(matrix(told, codes)), abs=1e-12)


# --- the null ------------------------------------------------------------------------------------


@settings(deadline=None)
@given_any(some_patterns, st.integers(0, 99))
def test_every_hand_out_keeps_every_code_s_total_and_every_narrator_s_number(patterns, seed):
    codes, told = patterns
    before = matrix(told, codes)
    for column in drawn(told, codes, times=3, seed=seed).T:
        after = matrix(column, codes)
        assert (after.sum(axis=0) == before.sum(axis=0)).all()
        assert (after.sum(axis=1) == before.sum(axis=1)).all()


@pytest.mark.parametrize(
    ("told", "codes", "possible"),
    [
        # C(4, 2): who of two gets which two of four codes.
        ([0b0011, 0b1100], 4, 6),
        # 3!: everybody one code, every code once; one of three always sits out.
        ([0b001, 0b010, 0b100], 3, 6),
        # The two who give two lack the same code (3 ways, 1 rest) or not (6 ways, 2 rests).
        ([0b011, 0b001, 0b110, 0b100], 3, 15),
        # Whoever gives two lacks one of three codes; two of the other four tell it: 3 x 12.
        ([0b011, 0b001, 0b010, 0b100, 0b100], 3, 36),
    ],
    ids=["two narrators", "permutations", "four by three", "five by three"],
)
def test_every_matrix_with_the_same_margins_is_equally_likely(told, codes, possible):
    exact = all_hand_outs(np.array(told), codes)
    found = Counter(map(tuple, drawn(np.array(told), codes, times=6000).T.tolist()))
    assert len(exact) == possible
    assert found.keys() <= set(exact)
    # A true null falls below by luck once in 1,000 seeds; this seed is fixed.
    assert chisquare([found[one] for one in exact]).pvalue > 0.001


def test_trades_agree_with_turning_checkerboards_over():
    given = (rng().random((12, 5)) < [0.7, 0.5, 0.4, 0.3, 0.2]).astype(int)
    given = given[given.any(axis=1)]
    told, draws = speaking(given), 500
    fast = similarities(pattern_counts(drawn(told, 5, times=2000), 5))
    slow = swapped(given, draws=draws, attempts=150, source=rng())
    # Kolmogorov and Smirnov's distance passes 1.95 standard units by luck once in 1,000 seeds.
    assert ks_2samp(fast, slow).statistic < 1.95 * (1 / draws + 1 / 2000) ** 0.5
    assert np.std(fast) == pytest.approx(np.std(slow), rel=0.2)


@pytest.mark.parametrize(
    "given",
    [TEMPLATE, np.repeat([[1, 1, 1, 1, 0], [0, 0, 0, 0, 1]], [3, 60], axis=0)],
    ids=["a template", "few who say nearly all"],
)
def test_a_walk_is_long_enough_to_forget_where_it_began(given):
    told = speaking(given)
    elsewhere = drawn(told, 5, times=40, seed=1)[:, -1]
    here, there = (
        similarities(pattern_counts(drawn(start, 5, times=1000, seed=2), 5))
        for start in (told, elsewhere)
    )
    assert ks_2samp(here, there).statistic < 1.95 * (2 / 1000) ** 0.5


def test_the_walk_s_length_follows_from_how_many_can_trade():
    # Each of 30 can trade with 15 of 29 others: 16 / (15 / 29) = 30.9.
    assert rounds_needed(speaking(TEMPLATE)) == 31
    # One of 1,000 can trade with all, 999 with one: a share of 1 / 500 would need 8,000.
    assert rounds_needed(np.array([2] + [1] * 999)) == consistency.MOST_ROUNDS
    assert rounds_needed(np.array([], dtype=np.int64)) == 0


@given_any(few_patterns)
def test_who_cannot_trade_says_the_same_in_every_matrix_with_these_margins(told):
    exact = np.array(all_hand_outs(told, 3))
    assert can_trade(told).tolist() == (exact != told).any(axis=0).tolist()


@pytest.mark.parametrize("at_once", [1, 70], ids=["one by one", "by sevens"])
def test_there_are_as_many_hand_outs_as_asked_for_however_they_are_bundled(at_once, monkeypatch):
    monkeypatch.setattr(consistency, "AT_ONCE", at_once)
    assert drawn(np.array([1, 2, 4, 3, 5, 6, 1, 2, 4, 7]), 3, times=10).shape == (10, 10)


# --- the comparison ------------------------------------------------------------------------------


def test_a_template_stands_out():
    found = message_consistency(TEMPLATE, rng=rng(), times=199)
    # Of 435 pairs, 2 x 105 are wholly alike and 225 not at all.
    assert found.observed == pytest.approx(210 / 435)
    assert found.null_low <= found.null_mean <= found.null_high < found.observed
    assert (found.narrators, found.with_reason, found.seen, found.times) == (30, 30, 30, 199)
    assert found.p == 1 / 200


def test_narrators_who_avoid_each_other_s_bundles_are_less_alike_than_chance():
    # Each of the 15 pairs of six codes is told by two narrators, no more and no less.
    bundles = np.array([[code in two for code in range(6)] for two in combinations(range(6), 2)])
    found = message_consistency(np.repeat(bundles, 2, axis=0), rng=rng(), times=199)
    assert found.observed < found.null_low
    assert found.p > 0.95


def test_the_figures_are_those_of_the_null_that_is_handed_on():
    given = (rng().random((20, 4)) < 0.4).astype(float)
    found = message_consistency(given, rng=rng(), times=60)
    assert len(found.null) == found.times == 60
    assert found.null_mean == pytest.approx(sum(found.null) / 60)
    assert (found.null_low, found.null_high) == tuple(np.quantile(found.null, (0.025, 0.975)))
    assert found.p == (1 + sum(one >= found.observed for one in found.null)) / 61


@pytest.mark.parametrize("most_rounds", [50, 2], ids=["full walks", "walks much too short"])
def test_independent_reasons_of_narrators_chosen_for_having_some_give_even_p(
    most_rounds, monkeypatch
):
    monkeypatch.setattr(consistency, "MOST_ROUNDS", most_rounds)
    source, found = rng(), []
    for _ in range(200):
        given = source.random((60, 5)) < [0.5, 0.3, 0.2, 0.2, 0.1]
        chosen = given[given.any(axis=1)].astype(float)
        found.append(message_consistency(chosen, rng=source, times=39).p)
    # Of 200, 10 expected at most .05, standard deviation 3.1, and 100 at most .5, deviation 7.1
    # (ties lower both a little); each within four deviations.
    assert 1 <= sum(p <= 0.05 for p in found) <= 22
    assert 72 <= sum(p <= 0.5 for p in found) <= 128


@pytest.mark.parametrize(
    "given",
    [
        np.ones((9, 2)),
        np.array([[1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 1, 0]]),
        np.repeat(np.eye(3), [5, 3, 1], axis=0),
    ],
    ids=["all say all", "each within the next", "one reason each"],
)
def test_where_nothing_else_could_come_out_p_is_one_and_the_null_one_value(given):
    found = message_consistency(given, rng=rng(), times=99)
    assert found.p == 1
    assert found.null_low == found.null_high == found.observed
    assert set(found.null) == {found.observed}


def test_of_too_many_narrators_a_sample_is_compared(monkeypatch):
    monkeypatch.setattr(consistency, "MOST_NARRATORS", 10)
    given = np.vstack([TEMPLATE, np.zeros((4, 5))])
    found = message_consistency(given, rng=rng(), times=9)
    assert (found.narrators, found.with_reason, found.seen) == (10, 30, 34)
    # Among ten of two kinds, k and 10 - k: (k(k - 1) + (10 - k)(9 - k)) / 90 for some k.
    possible = [(k * (k - 1) + (10 - k) * (9 - k)) / 90 for k in range(11)]
    assert any(found.observed == pytest.approx(one) for one in possible)
    # The first ten are all of one kind; ten at random are so twice in 10,000 seeds.
    assert found.observed < 1


def test_grades_count_as_given_and_whoever_lacks_a_value_is_left_out():
    plain = np.array([[1, 0], [1, 1], [0, 0], [0, 1]])
    graded = np.array([[2, 0], [1, 3], [0, 0], [0, 1], [1, NAN]])
    found = message_consistency(graded, rng=rng(), times=9)
    assert found == message_consistency(plain, rng=rng(), times=9)
    assert (found.narrators, found.with_reason, found.seen) == (3, 3, 4)


def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    given = (rng().random((20, 4)) < 0.4).astype(float)
    first, second, other = (
        message_consistency(given, rng=rng(seed), times=50) for seed in (1, 1, 2)
    )
    assert first == second
    assert first.null != other.null


@pytest.mark.parametrize(
    "given",
    [np.zeros((5, 2)), np.array([[1.0, 1], [0, 0]]), np.full((3, 2), NAN), np.zeros((0, 3))],
    ids=["no reasons", "one narrator with reasons", "nothing known", "nobody"],
)
def test_fewer_than_two_narrators_with_reasons_have_no_consistency(given):
    assert message_consistency(given, rng=rng(), times=9) is None


@pytest.mark.parametrize(
    ("given", "times", "says"),
    [
        (np.ones((2, 13)), 9, "at most 12 codes"),
        (np.ones((2, 2)), 0, "at least one hand-out"),
        (np.ones(4), 9, "one row an account"),
    ],
    ids=["too many codes", "no hand-out", "no matrix"],
)
def test_a_senseless_request_is_refused(given, times, says):
    with pytest.raises(ValueError, match=says):
        message_consistency(given, rng=rng(), times=times)
