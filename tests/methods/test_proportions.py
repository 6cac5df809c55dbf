"""Shares, Wilson's interval, two readers made one, and odds ratios."""

import numpy as np
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio as peer_odds_ratio
from statsmodels.stats.proportion import proportion_confint

from exeunt.methods.proportions import (
    Reading,
    Share,
    as_given,
    combine,
    odds_ratio,
    shares_among_all,
    shares_among_stated,
    stated,
    wilson_interval,
)

NAN = np.nan


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
    ids=["81 of 263", "15 of 148", "none of 20", "1 of 29"],
)
def test_wilson_s_interval_is_the_one_newcombe_published(numerator, denominator, low, high):
    found = wilson_interval(numerator, denominator)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given_any(
    numerator=st.integers(0, 500),
    more=st.integers(0, 500),
    level=st.sampled_from([0.8, 0.9, 0.95, 0.99]),
)
def test_wilson_s_interval_is_statsmodels_interval(numerator, more, level):
    denominator = numerator + more + 1
    low, high = wilson_interval(numerator, denominator, level=level)
    peer = proportion_confint(numerator, denominator, alpha=1 - level, method="wilson")
    assert (low, high) == pytest.approx(peer, abs=1e-12)
    assert 0 <= low <= numerator / denominator <= high <= 1


def test_a_share_of_nobody_has_no_value_and_no_interval():
    nothing = Share(0, 0)
    assert (nothing.value, nothing.low, nothing.high) == (None, None, None)


def test_a_share_carries_its_interval_at_its_own_level():
    share = Share(17, 58, level=0.8)
    assert share.value == 17 / 58
    assert (share.low, share.high) == wilson_interval(17, 58, level=0.8)


@pytest.mark.parametrize(
    ("numerator", "denominator", "level", "says"),
    [
        (3, 2, 0.95, "numerator from 0"),
        (-1, 2, 0.95, "numerator from 0"),
        (1, 2, 95, "between 0 and 1"),
        (1, 2, 0, "between 0 and 1"),
    ],
    ids=["more than all", "fewer than none", "level in per cent", "level of nothing"],
)
def test_a_senseless_share_is_refused(numerator, denominator, level, says):
    with pytest.raises(ValueError, match=says):
        wilson_interval(numerator, denominator, level=level)


def test_the_two_shares_differ_only_in_whom_they_count_below():
    # A: given by 1 and 3; 2 denies, 4 said nothing. B (graded): given by 2; 3 has no value.
    given = np.array([[1, 0], [0, 2], [1, NAN], [NAN, NAN]])
    assert shares_among_stated(given) == [Share(2, 3), Share(1, 2)]
    assert shares_among_all(given) == [Share(2, 4), Share(1, 4)]


@pytest.mark.parametrize("shares", [shares_among_stated, shares_among_all])
def test_shares_carry_the_level_that_was_asked_for(shares):
    assert shares(np.array([[1.0], [0]]), level=0.8) == [Share(1, 2, level=0.8)]


def test_an_account_stated_something_if_any_code_has_a_value():
    given = np.array([[0, NAN], [NAN, NAN], [1, 0]])
    assert stated(given).tolist() == [True, False, True]


@pytest.mark.parametrize("gap", [-99, np.inf], ids=["a file's number for a gap", "infinity"])
def test_a_gap_written_as_a_number_is_never_counted(gap):
    with pytest.raises(ValueError, match="a gap must be NaN"):
        as_given(np.array([[1, gap]]))


@pytest.mark.parametrize("count", [shares_among_stated, shares_among_all, stated])
def test_a_bare_list_of_judgements_is_refused(count):
    with pytest.raises(ValueError, match="one row an account"):
        count(np.array([1.0, 0.0]))


@pytest.mark.parametrize(
    ("one", "other", "by_all", "by_any"),
    [
        (1, 1, 1, 1),
        (1, 0, 0, 1),
        (0, 0, 0, 0),
        (2, 1, 1, 1),
        (1, NAN, NAN, 1),
        (0, NAN, NAN, 0),
        (NAN, NAN, NAN, NAN),
    ],
    ids=[
        "both say so",
        "they differ",
        "both deny",
        "both say so, one to a degree",
        "one says so, the other saw nothing",
        "one denies, the other saw nothing",
        "neither saw anything",
    ],
)
def test_two_readers_become_one(one, other, by_all, by_any):
    for readings in ([[[one]], [[other]]], [[[other]], [[one]]]):
        cube = np.array(readings, dtype=float)
        np.testing.assert_array_equal(combine(cube, how=Reading.BY_ALL), [[by_all]])
        np.testing.assert_array_equal(combine(cube, how=Reading.BY_ANY), [[by_any]])


@pytest.mark.parametrize("shape", [(2, 3), (0, 2, 3)], ids=["one reading", "no reader"])
def test_readings_without_readers_are_refused(shape):
    with pytest.raises(ValueError, match="a layer a reader"):
        combine(np.zeros(shape), how=Reading.BY_ALL)


@given_any(
    st.lists(
        st.tuples(st.sampled_from([0, 1, NAN]), st.sampled_from([0, 1, NAN])),
        min_size=1,
        max_size=30,
    )
)
def test_what_all_readers_give_some_reader_gives(rows):
    readings = np.array(rows, dtype=float).T[:, :, None]
    by_all, by_any = (combine(readings, how=how) for how in (Reading.BY_ALL, Reading.BY_ANY))
    assert (by_any[by_all == 1] == 1).all()
    assert np.isnan(by_all[np.isnan(by_any)]).all()


def accounts_of(table):
    """Return (given, member), one value an account, that count up to the table."""
    (a, b), (c, d) = table
    return np.repeat([1.0, 0, 1, 0], [a, b, c, d]), np.repeat([1.0, 1, 0, 0], [a, b, c, d])


@pytest.mark.parametrize(
    "table",
    [
        ((3, 1), (1, 3)),
        ((68, 10), (30, 23)),
        ((0, 9), (7, 4)),
        ((9, 0), (4, 7)),
        ((12, 0), (0, 15)),
        ((1, 200), (3, 2)),
    ],
    ids=["tea", "plain", "none in the group", "all in the group", "parted", "lopsided"],
)
def test_an_odds_ratio_is_scipy_s(table):
    found = odds_ratio(*accounts_of(table))
    peer = peer_odds_ratio(table)
    interval = peer.confidence_interval(0.95)
    assert found.table == table
    assert found.estimate == pytest.approx(peer.statistic)
    assert found.low == pytest.approx(interval.low, rel=1e-6)
    assert found.high == pytest.approx(interval.high, rel=1e-6)
    assert found.p == pytest.approx(fisher_exact(table).pvalue)


@given_any(st.tuples(*[st.integers(0, 25)] * 4), st.sampled_from([0.8, 0.95]))
def test_swapping_the_groups_turns_an_odds_ratio_over(cells, level):
    a, b, c, d = cells
    found = odds_ratio(*accounts_of(((a, b), (c, d))), level=level)
    turned = odds_ratio(*accounts_of(((c, d), (a, b))), level=level)
    if found is None:
        assert turned is None
        assert 0 in (a + b, c + d, a + c, b + d)
    else:
        assert found.low <= found.estimate <= found.high
        assert found.p == pytest.approx(turned.p)
        assert found.low * turned.high == pytest.approx(1) or found.low == 0
        assert found.high * turned.low == pytest.approx(1) or turned.low == 0


@pytest.mark.parametrize(
    "table",
    [((0, 0), (3, 2)), ((3, 2), (0, 0)), ((0, 3), (0, 2)), ((3, 0), (2, 0)), ((0, 0), (0, 0))],
    ids=["no members", "nobody else", "nobody gave it", "everybody gave it", "no accounts"],
)
def test_without_two_sides_to_compare_there_is_no_odds_ratio(table):
    assert odds_ratio(*accounts_of(table)) is None


def test_accounts_missing_the_code_or_the_group_are_in_no_cell():
    found = odds_ratio(np.array([1, 0, 1, 0, NAN, 1]), np.array([1, 1, 0, 0, 1, NAN]))
    assert found.table == ((1, 1), (1, 1))


def test_an_odds_ratio_needs_the_same_accounts_on_both_sides():
    with pytest.raises(ValueError, match="the same accounts"):
        odds_ratio(np.array([1.0, 0]), np.array([1.0]))
