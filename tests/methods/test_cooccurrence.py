"""Which codes are given together."""

import numpy as np
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from exeunt.methods.cooccurrence import Intersection, Pair, intersections, pairs

NAN = np.nan
JUDGEMENTS = arrays(
    float,
    st.tuples(st.integers(1, 12), st.integers(1, 4)),
    elements=st.sampled_from([0.0, 1.0, 2.0, NAN]),
)


def test_each_combination_is_counted_once_and_the_commonest_comes_first():
    given = np.array(
        [[1, 1, 0], [1, 2, 0], [0, 0, 1], [1, 0, 0], [0, 0, 0], [1, NAN, 0], [NAN, NAN, NAN]]
    )
    # Twice A and B; once nothing, A alone, C alone (by the codes' order); two not fully seen.
    assert intersections(given, ["A", "B", "C"]) == [
        Intersection(("A", "B"), 2),
        Intersection((), 1),
        Intersection(("A",), 1),
        Intersection(("C",), 1),
    ]


def test_ties_follow_the_order_of_the_codes_and_not_the_alphabet():
    found = intersections(np.array([[0.0, 1, 0], [1, 0, 1]]), ["Z", "A", "M"])
    assert [one.codes for one in found] == [("Z", "M"), ("A",)]


def test_a_pair_is_counted_among_accounts_that_have_a_value_for_both():
    given = np.array([[1, 1], [1, 0], [3, 1], [0, 1], [0, 0], [1, NAN], [NAN, 1]])
    # Five have both values: A in 3, B in 3, both in 2, either in 4; expected 3 * 3 / 5.
    (pair,) = pairs(given, ["A", "B"])
    assert pair == Pair("A", "B", n_both=2, n_a=3, n_b=3, n_seen=5)
    assert pair.jaccard == 0.5
    assert pair.expected == pytest.approx(1.8)


def test_the_two_totals_of_a_pair_are_not_mixed_up():
    (pair,) = pairs(np.array([[1.0, 0], [1, 0], [1, 1], [0, 0]]), ["A", "B"])
    assert (pair.n_a, pair.n_b) == (3, 1)


def test_a_pair_that_nobody_gave_or_nobody_saw_is_unknown_and_not_zero():
    (ungiven,) = pairs(np.array([[0.0, 0.0]]), ["A", "B"])
    (unseen,) = pairs(np.array([[1.0, NAN]]), ["A", "B"])
    assert (ungiven.jaccard, ungiven.expected) == (None, 0)
    assert (unseen.n_seen, unseen.jaccard, unseen.expected) == (0, None, None)


@given_any(JUDGEMENTS)
def test_combinations_add_up_to_the_accounts_that_were_fully_seen(given):
    found = intersections(given, [str(i) for i in range(given.shape[1])])
    assert sum(one.accounts for one in found) == (~np.isnan(given).any(axis=1)).sum()
    assert len({one.codes for one in found}) == len(found)
    assert [one.accounts for one in found] == sorted((o.accounts for o in found), reverse=True)


@given_any(JUDGEMENTS)
def test_pairs_agree_with_the_combinations_of_fully_seen_accounts(given):
    codes = [str(i) for i in range(given.shape[1])]
    seen = given[~np.isnan(given).any(axis=1)]
    whole = intersections(seen, codes)
    for pair in pairs(seen, codes):
        both = sum(one.accounts for one in whole if {pair.a, pair.b} <= set(one.codes))
        assert pair.n_both == both


def test_codes_and_columns_must_match():
    with pytest.raises(ValueError, match="2 columns for 1 codes"):
        intersections(np.zeros((1, 2)), ["A"])
    with pytest.raises(ValueError, match="2 columns for 3 codes"):
        pairs(np.zeros((1, 2)), ["A", "B", "C"])


def test_more_codes_than_a_number_has_bits_are_refused():
    assert intersections(np.ones((1, 62)), ["A"] * 62) == [Intersection(("A",) * 62, 1)]
    with pytest.raises(ValueError, match="at most 62 codes"):
        intersections(np.ones((1, 63)), ["A"] * 63)
