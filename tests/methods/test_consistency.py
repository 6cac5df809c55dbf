"""How alike narrators' reasons are, and how alike shuffling makes them."""

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import ks_2samp

from exeunt.methods.consistency import (
    code_totals,
    message_consistency,
    pattern_counts,
    shuffled,
    similarity,
)

NAN = np.nan
SEED = 20261122


def rng():
    return np.random.default_rng(SEED)


def slow_similarity(given):
    """Compare every two narrators, by the definition."""
    speaking = [set(np.flatnonzero(row)) for row in given if row.any()]
    alike = [len(a & b) / len(a | b) for a, b in combinations(speaking, 2)]
    return sum(alike) / len(alike) if alike else 0.0


def test_similarity_is_the_mean_over_pairs_of_narrators():
    # AB and AB: 2/2. AB and C, twice: 0. Mean 1/3; the silent fourth is in no pair.
    given = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]])
    assert similarity(pattern_counts(given)) == pytest.approx(1 / 3)


@given_any(
    arrays(
        float,
        st.tuples(st.integers(1, 12), st.integers(1, 5)),
        elements=st.sampled_from([0.0, 1.0, 3.0]),
    )
)
def test_the_lattice_gives_what_comparing_every_pair_gives(given):
    assert similarity(pattern_counts(given)) == pytest.approx(slow_similarity(given), abs=1e-12)


def test_a_shuffle_keeps_every_code_s_total_and_every_narrator():
    totals = [7, 0, 20, 3]
    counts = shuffled(totals, 20, rng=rng())
    assert counts.sum() == 20
    assert code_totals(counts) == totals


def test_shuffled_counts_have_the_exact_distribution():
    # Three narrators, codes given 2, 1 and 1 times: 3 x 3 x 3 equally likely placements.
    places = [list(combinations(range(3), n)) for n in (2, 1, 1)]
    exact = Counter()
    for chosen in product(*places):
        given = np.zeros((3, 3))
        for code, narrators in enumerate(chosen):
            given[list(narrators), code] = 1
        exact[tuple(pattern_counts(given))] += 1 / 27
    draws, source = 4000, rng()
    drawn = Counter(tuple(shuffled([2, 1, 1], 3, rng=source)) for _ in range(draws))
    assert drawn.keys() == exact.keys()
    for counts, chance in exact.items():
        # Four and a half standard errors: wrong by luck about once in 10,000 seeds.
        room = 4.5 * (chance * (1 - chance) / draws) ** 0.5
        assert drawn[counts] / draws == pytest.approx(chance, abs=room)


def test_shuffling_counts_is_like_shuffling_narrators():
    given = (rng().random((60, 4)) < [0.6, 0.4, 0.2, 0.1]).astype(float)
    totals, source, draws = code_totals(pattern_counts(given)), rng(), 1500
    fast = [similarity(shuffled(totals, 60, rng=source)) for _ in range(draws)]
    slow = [similarity(pattern_counts(source.permuted(given, axis=0))) for _ in range(draws)]
    # Kolmogorov and Smirnov's distance passes 1.95 * sqrt(2 / draws) by luck once in 1,000 seeds.
    assert ks_2samp(fast, slow).statistic < 1.95 * (2 / draws) ** 0.5


def test_a_template_stands_out_from_shuffling():
    given = np.repeat([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], 15, axis=0)
    found = message_consistency(given, rng=rng(), times=199)
    # Of 435 pairs, 2 x 105 are wholly alike and 225 not at all.
    assert found.observed == pytest.approx(210 / 435)
    assert found.null_low <= found.null_mean <= found.null_high < found.observed
    assert (found.narrators, found.seen, found.times) == (30, 30, 199)
    assert found.p == 1 / 200


def test_what_everybody_says_is_alike_but_no_more_than_shuffling_makes_it():
    found = message_consistency(np.ones((9, 2)), rng=rng(), times=99)
    assert (found.observed, found.null_mean, found.p) == (1, 1, 1)


def test_reasons_that_are_independent_give_a_small_p_as_often_as_they_should():
    source = rng()
    small = sum(
        message_consistency((source.random((40, 3)) < 0.5).astype(float), rng=source, times=39).p
        <= 0.1
        for _ in range(200)
    )
    # 20 of 200 expected, standard deviation 4.2; within four of them.
    assert 3 <= small <= 37


def test_narrators_chosen_for_their_reasons_are_found_alike_too_seldom_and_never_too_often():
    source, found = rng(), []
    for _ in range(60):
        given = source.random((80, 4)) < [0.5, 0.2, 0.2, 0.1]
        chosen = given[given.any(axis=1)].astype(float)
        found.append(message_consistency(chosen, rng=source, times=39))
    assert all(one.null_narrators < one.narrators for one in found)
    assert not any(one.p <= 0.1 for one in found)


def test_the_narrators_that_a_shuffle_leaves_with_a_reason_are_foretold():
    # Codes given by 2 and 2 of 4: a quarter of the narrators is left out by both.
    given = np.array([[1, 1], [1, 1], [0, 0], [0, 0]])
    source = rng()
    drawn = [shuffled([2, 2], 4, rng=source)[1:].sum() for _ in range(2000)]
    assert message_consistency(given, rng=source, times=1).null_narrators == 3
    # The spread of one draw is .58 (2, 3 or 4 with chances 1/6, 4/6, 1/6), so .013 of the mean.
    assert np.mean(drawn) == pytest.approx(3, abs=0.06)


def test_grades_count_as_given_and_whoever_lacks_a_value_is_left_out():
    plain = np.array([[1, 0], [1, 1], [0, 0], [1, 1]])
    graded = np.array([[2, 0], [1, 3], [0, 0], [1, 1], [1, NAN]])
    found = message_consistency(graded, rng=rng(), times=9)
    assert found == message_consistency(plain, rng=rng(), times=9)
    assert (found.narrators, found.seen) == (3, 4)


def test_the_same_seed_gives_the_same_figures():
    given = (rng().random((20, 3)) < 0.4).astype(float)
    first, second = (message_consistency(given, rng=rng(), times=50) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "given",
    [np.zeros((5, 2)), np.array([[1.0, 1], [0, 0]]), np.full((3, 2), NAN), np.zeros((0, 3))],
    ids=["no reasons", "one narrator with reasons", "nothing known", "nobody"],
)
def test_fewer_than_two_narrators_with_reasons_have_no_consistency(given):
    assert message_consistency(given, rng=rng(), times=9) is None


def test_a_shuffle_that_leaves_one_narrator_with_reasons_makes_nobody_alike():
    assert similarity(pattern_counts(np.array([[1, 1], [0, 0]]))) == 0


@pytest.mark.parametrize(
    ("given", "times", "says"),
    [
        (np.ones((2, 13)), 9, "at most 12 codes"),
        (np.ones((2, 2)), 0, "at least one shuffle"),
        (np.ones(4), 9, "one row an account"),
    ],
    ids=["too many codes", "no shuffle", "no matrix"],
)
def test_a_senseless_request_is_refused(given, times, says):
    with pytest.raises(ValueError, match=says):
        message_consistency(given, rng=rng(), times=times)
