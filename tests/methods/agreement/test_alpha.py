"""Krippendorff's alpha against print, definition, other software and its own invariants."""

from itertools import permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance

from exeunt.methods.agreement import Metric, krippendorff_alpha
from tests.methods.agreement.drawn import SEEDS, ratings_from, tables
from tests.methods.agreement.published import (
    ABSTRACTORS,
    BINARY,
    FOUR_OBSERVERS,
    NOMINAL,
    from_cross_table,
)

NAN = np.nan
METRICS = pytest.mark.parametrize("metric", list(Metric))


def alike(alpha):
    """Equal up to rounding, where None equals None only."""
    return None if alpha is None else pytest.approx(alpha, abs=1e-9)


# --- in print ----------------------------------------------------------------------------------


def test_binary_data_of_two_observers():
    # Krippendorff 2011: of 20 values 14 are 0 and 6 are 1, and 4 pairs differ:
    # 1 - (20 - 1) * 4 / (14 * 6) = 1 - 76 / 84 = 0.095
    assert krippendorff_alpha(BINARY) == pytest.approx(8 / 84)


def test_nominal_data_of_two_observers():
    # Krippendorff 2011: of 24 values 4, 6, 6, 6, 2 fall to each category; 9 units agree:
    # (23 * 18 - (12 + 30 + 30 + 30 + 2)) / (24 * 23 - 104) = 310 / 448 = 0.692
    assert krippendorff_alpha(NOMINAL) == pytest.approx(310 / 448)


@pytest.mark.parametrize(
    ("metric", "alpha"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_four_observers_with_missing_values(metric, alpha):
    # Krippendorff 2011
    assert round(krippendorff_alpha(FOUR_OBSERVERS, metric=metric), 3) == alpha


def test_two_abstractors_of_pregnancies():
    # Gwet 2014, as printed in the overview of R's irrCAC: 0.7972585
    assert krippendorff_alpha(from_cross_table(ABSTRACTORS)) == pytest.approx(0.7972585, abs=5e-8)


# --- by definition -----------------------------------------------------------------------------


def distance_by_definition(metric, pooled):
    """Krippendorff 2018, word for word; the ordinal one counts the ratings in between."""

    def ordinal(low, high):
        between = sum(low <= g <= high for g in pooled)
        ends = pooled.count(low) + pooled.count(high)
        return (between - ends / 2) ** 2 if low != high else 0

    return {
        "nominal": lambda c, k: float(c != k),
        "ordinal": lambda c, k: ordinal(min(c, k), max(c, k)),
        "interval": lambda c, k: (c - k) ** 2,
        "ratio": lambda c, k: ((c - k) / (c + k)) ** 2 if c + k else 0,
    }[metric]


def alpha_by_definition(table, metric):
    """One less observed over expected disagreement, a pair at a time."""
    units = [unit[~np.isnan(unit)].tolist() for unit in table.T]
    units = [unit for unit in units if len(unit) > 1]
    pooled = [x for unit in units for x in unit]
    apart = distance_by_definition(metric, pooled)
    within = sum(sum(apart(*p) for p in permutations(u, 2)) / (len(u) - 1) for u in units)
    among = sum(apart(*p) for p in permutations(pooled, 2)) / max(len(pooled) - 1, 1)
    return 1 - within / among if among else None


@METRICS
@given(table=tables())
def test_alpha_is_what_the_definition_says(metric, table):
    assert krippendorff_alpha(table, metric=metric) == alike(alpha_by_definition(table, metric))


# --- other software ----------------------------------------------------------------------------


@METRICS
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_is_that_of_the_package_krippendorff(metric, seed):
    # Where the ratings do not vary, the package raises; here the answer is None.
    table = ratings_from(seed)
    peer = krippendorff.alpha(table, level_of_measurement=str(metric))
    assert krippendorff_alpha(table, metric=metric) == pytest.approx(peer)


@pytest.mark.parametrize(
    ("metric", "distance"), [("nominal", binary_distance), ("interval", interval_distance)]
)
@pytest.mark.parametrize("seed", range(5))
def test_alpha_is_that_of_nltk(metric, distance, seed):
    table = ratings_from(seed)
    given_ones = [(c, u, table[c, u]) for c, u in np.argwhere(~np.isnan(table)).tolist()]
    peer = AnnotationTask(given_ones, distance=distance).alpha()
    assert krippendorff_alpha(table, metric=metric) == pytest.approx(peer)


@METRICS
def test_many_coders_and_many_values_do_not_outgrow_the_numbering_of_patterns(metric):
    # 12 coders and 60 values: 61^12 = 2.7e21 possible patterns, beyond 64 bits
    table = np.random.default_rng(3).integers(60, size=(12, 100)).astype(float)
    peer = krippendorff.alpha(table, level_of_measurement=str(metric))
    assert krippendorff_alpha(table, metric=metric) == pytest.approx(peer)


# --- invariants --------------------------------------------------------------------------------


@given(metric=st.sampled_from(Metric), table=tables(), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_coders_and_of_units_does_not_matter(metric, table, shuffle):
    coders, units = (shuffle.sample(range(n), n) for n in table.shape)
    shuffled = table[coders][:, units]
    assert krippendorff_alpha(shuffled, metric=metric) == krippendorff_alpha(table, metric=metric)


@given(table=tables(), names=st.permutations([0, 1, 2, 3]))
def test_renaming_the_categories_leaves_nominal_alpha_as_it_is(table, names):
    renamed = np.choose(np.nan_to_num(table).astype(int), names).astype(float)
    renamed[np.isnan(table)] = NAN
    assert krippendorff_alpha(renamed) == alike(krippendorff_alpha(table))


@given(table=tables(), power=st.sampled_from([2, 3, 5]))
def test_stretching_the_scale_unevenly_leaves_ordinal_alpha_as_it_is(table, power):
    alpha = krippendorff_alpha(table, metric="ordinal")
    assert krippendorff_alpha(table**power - 7, metric="ordinal") == alike(alpha)


@given(
    table=tables(),
    slope=st.sampled_from([-3, -0.1, 0.001, 7, 1e6]),
    start=st.sampled_from([-1e4, 0, 0.3, 12]),
)
def test_another_origin_and_unit_leave_interval_alpha_as_it_is(table, slope, start):
    alpha = krippendorff_alpha(table, metric="interval")
    assert krippendorff_alpha(table * slope + start, metric="interval") == alike(alpha)


@given(table=tables(), unit=st.sampled_from([0.01, 0.7, 3, 1e6]))
def test_another_unit_leaves_ratio_alpha_as_it_is(table, unit):
    alpha = krippendorff_alpha(table, metric="ratio")
    assert krippendorff_alpha(table * unit, metric="ratio") == alike(alpha)


@given(metric=st.sampled_from(Metric), table=tables(values=(0, 1)))
def test_with_zero_and_one_only_every_metric_gives_the_same(metric, table):
    assert krippendorff_alpha(table, metric=metric) == alike(krippendorff_alpha(table))


@given(metric=st.sampled_from(Metric), table=tables(), copies=st.integers(2, 5))
def test_copies_of_every_unit_change_alpha_only_as_much_as_the_sample_size_does(
    metric, table, copies
):
    # n ratings become kn; disagreement stays, but a rating may now meet its copy by chance:
    # 1 - alpha grows by (kn - 1) / (k (n - 1))
    alpha = krippendorff_alpha(table, metric=metric)
    assume(alpha is not None)
    n = np.count_nonzero(~np.isnan(table[:, (~np.isnan(table)).sum(axis=0) > 1]))
    expected = 1 - (1 - alpha) * (copies * n - 1) / (copies * (n - 1))
    assert krippendorff_alpha(np.tile(table, copies), metric=metric) == alike(expected)


@given(metric=st.sampled_from(Metric), table=tables(), rating=st.sampled_from([NAN, 0, 3, 99]))
def test_a_unit_rated_by_fewer_than_two_changes_nothing(metric, table, rating):
    column = np.full((len(table), 1), NAN)
    column[0] = rating
    with_unit = np.hstack([column, table])
    assert krippendorff_alpha(with_unit, metric=metric) == krippendorff_alpha(table, metric=metric)


@given(metric=st.sampled_from(Metric), table=tables())
def test_a_coder_who_rated_nothing_changes_nothing(metric, table):
    idle = np.vstack([table, np.full(table.shape[1], NAN)])
    assert krippendorff_alpha(idle, metric=metric) == krippendorff_alpha(table, metric=metric)


@given(metric=st.sampled_from(Metric), table=tables(missing=False))
def test_perfect_agreement_is_one_and_nothing_is_more(metric, table):
    alpha = krippendorff_alpha(table, metric=metric)
    assert alpha is None or alpha <= 1
    perfect = np.vstack([table[0], table[0], table[0]])
    if np.ptp(table[0]):
        assert krippendorff_alpha(perfect, metric=metric) == 1


def test_a_far_off_origin_does_not_drown_small_gaps():
    # One unit differs, by 1: the sum over its two ordered pairs is 2. The eight ratings add up
    # to 13 and their squares to 35: over all pairs 2 * (8 * 35 - 13^2) / 7 = 222 / 7.
    near = np.array([[0, 1, 2, 3], [0, 1, 2, 4]])
    alpha = krippendorff_alpha(near + 1e12, metric="interval")
    assert alpha == pytest.approx(1 - 2 * 7 / 222, abs=1e-12)


# --- where nothing can be said, and senseless input --------------------------------------------


@METRICS
@pytest.mark.parametrize(
    "ratings",
    [[[1, 1, 1], [1, 1, 1]], [[1, NAN], [NAN, 2]], [[NAN], [NAN]], [[], []], [[1, 2], [1, NAN]]],
    ids=[
        "no variation",
        "no unit rated twice",
        "no rating",
        "no unit",
        "variation in a lone rating",
    ],
)
def test_alpha_is_unknown(metric, ratings):
    assert krippendorff_alpha(ratings, metric=metric) is None


@pytest.mark.parametrize(
    ("ratings", "metric", "reason"),
    [
        ([1, 0, 1], "nominal", "two dimensions"),
        ([[[1]], [[1]]], "nominal", "two dimensions"),
        ([[1, 0, 1]], "nominal", "at least two coders"),
        ([["yes"], ["no"]], "nominal", "must be numbers"),
        ([[1, 0], [1]], "nominal", "equal length"),
        ([[1, np.inf], [1, 0]], "nominal", "infinite"),
        ([[1, -1], [1, 0]], "ratio", "negative"),
        ([[1, 0], [1, 0]], "cardinal", "cardinal"),
    ],
    ids=[
        "one row",
        "a cube",
        "one coder",
        "words",
        "ragged",
        "infinite",
        "below zero",
        "no such metric",
    ],
)
def test_senseless_input_is_refused_with_the_reason(ratings, metric, reason):
    with pytest.raises(ValueError, match=reason):
        krippendorff_alpha(ratings, metric=metric)


def test_missing_ratings_may_be_written_as_none_and_whole_numbers_or_truths_are_ratings():
    alpha = krippendorff_alpha([[1, 0, NAN, 1], [1, 0, 1, 0]])
    assert krippendorff_alpha([[True, False, None, True], [1, 0, 1, 0]]) == alpha


def test_the_table_given_is_left_as_it_was():
    table = np.array(FOUR_OBSERVERS)
    krippendorff_alpha(table, metric="ordinal")
    np.testing.assert_array_equal(table, FOUR_OBSERVERS)
