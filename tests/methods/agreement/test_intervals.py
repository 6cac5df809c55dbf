"""The bootstrap: the same as resampling naively, honest in coverage, repeatable by its seed."""

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exeunt.methods.agreement import Interval, Metric, bootstrap_interval, krippendorff_alpha
from exeunt.methods.agreement.alpha import alphas_of, pairable_patterns
from exeunt.methods.agreement.intervals import Accounts, accounts_of
from tests.methods.agreement.drawn import ratings_from, tables

NAN = np.nan
METRICS = pytest.mark.parametrize("metric", list(Metric))


def written_out(patterns, weights):
    """Turn how often each pattern occurs back into a table of ratings, a column a unit."""
    counts = patterns.counts.toarray().astype(int)
    coders = counts.sum(axis=1).max()
    columns = np.full((coders, len(counts)), NAN)
    for pattern, count in enumerate(counts):
        columns[: count.sum(), pattern] = np.repeat(patterns.values, count)
    return np.repeat(columns, weights.astype(int), axis=1)


# --- the same as the naive way -----------------------------------------------------------------


@given(metric=st.sampled_from(Metric), table=tables(), seed=st.integers(0, 99))
def test_weighing_patterns_is_the_same_as_repeating_units(metric, table, seed):
    patterns = pairable_patterns(table, metric)
    assume(patterns.varied)
    shape = (5, patterns.units.size)
    weights = np.random.default_rng(seed).integers(0, 4, size=shape).astype(float)
    naive = [krippendorff_alpha(written_out(patterns, row), metric=metric) for row in weights]
    expected = [NAN if alpha is None else alpha for alpha in naive]
    np.testing.assert_allclose(alphas_of(patterns, weights, metric), expected, atol=1e-9)


@METRICS
@pytest.mark.parametrize("clustered", [False, True], ids=["by unit", "by account"])
def test_the_interval_is_that_of_another_packages_alphas_on_the_same_samples(metric, clustered):
    table = ratings_from(11)
    clusters = np.arange(table.shape[1]) // 3 if clustered else None
    patterns = pairable_patterns(table, metric)
    samples = accounts_of(patterns, table, clusters).draw(np.random.default_rng(8), 60)
    alphas = [
        krippendorff.alpha(written_out(patterns, sample), level_of_measurement=str(metric))
        for sample in samples
    ]
    interval = bootstrap_interval(
        table, metric=metric, clusters=clusters, times=60, seed=8, level=0.8
    )
    assert interval[:2] == pytest.approx(np.quantile(alphas, [0.1, 0.9]))
    assert interval[2:5] == (0.8, 60, 0)
    assert interval.doubt == np.mean(np.array(alphas) < 0.667)


@METRICS
def test_samples_drawn_in_small_blocks_are_those_drawn_at_once(metric, monkeypatch):
    at_once = bootstrap_interval(ratings_from(2), metric=metric, times=200, seed=5)
    monkeypatch.setattr("exeunt.methods.agreement.intervals.CELLS_AT_ONCE", 1000)
    in_blocks = bootstrap_interval(ratings_from(2), metric=metric, times=200, seed=5)
    assert in_blocks == pytest.approx(at_once)


def drawn_from(ratings, clusters=None) -> tuple[Accounts, np.ndarray]:
    table = np.array(ratings, dtype=float)
    accounts = accounts_of(pairable_patterns(table, "nominal"), table, clusters)
    return accounts, accounts.draw(np.random.default_rng(4), 500)


def test_as_many_units_are_drawn_as_there_are():
    # Four of the six units were rated twice
    ratings = [[0, 1, 0, 0, NAN, 1], [0, 1, 1, 0, 1, NAN]]
    _, drawn = drawn_from(ratings)
    assert set(drawn.sum(axis=1)) == {4}
    # Patterns in order: 00 twice, 01 once, 11 once; means near those, standard error 0.04
    assert drawn.mean(axis=0) == pytest.approx([2, 1, 1], abs=0.15)


def test_whole_accounts_are_drawn():
    # Account 7 brings two units 00, account 9 one unit 01 and one 11; account 8 brings none
    # that was rated twice, and is not drawn.
    ratings = [[0, 1, 0, 0, NAN], [0, 1, 0, 1, 1]]
    _, drawn = drawn_from(ratings, clusters=[7, 9, 7, 9, 8])
    assert {tuple(sample) for sample in drawn} == {(4, 0, 0), (2, 1, 1), (0, 2, 2)}


# --- honesty -----------------------------------------------------------------------------------


def study_of(generator, units):
    """Two coders see whether a thing is given (40%), and each errs in a tenth of the units."""
    given_in = generator.random(units) < 0.4
    return (given_in ^ (generator.random((2, units)) < 0.1)).astype(float)


def test_nineteen_of_twenty_intervals_hold_the_true_alpha():
    # Both right or both wrong: .81 + .01 = .82. A coder says 1 with .4 * .9 + .6 * .1 = .42,
    # so chance disagrees with 2 * .42 * .58 = .4872; alpha = 1 - .18 / .4872
    true_alpha = 1 - 0.18 / 0.4872
    generator = np.random.default_rng(20)
    studies = [study_of(generator, units=100) for _ in range(300)]
    intervals = [bootstrap_interval(study, seed=1, times=400) for study in studies]
    held = np.mean([interval.low <= true_alpha <= interval.high for interval in intervals])
    # 300 intervals at .95: the standard error is .013
    assert 0.91 <= held <= 0.98


def test_five_times_the_same_in_an_account_is_no_more_evidence():
    table = study_of(np.random.default_rng(3), units=60)
    accounts = np.arange(60)
    once = bootstrap_interval(table, seed=1)
    copied, owner = np.repeat(table, 5, axis=1), np.repeat(accounts, 5)
    by_account = bootstrap_interval(copied, clusters=owner, seed=1)
    by_unit = bootstrap_interval(copied, seed=1)
    assert by_account[:2] == pytest.approx(once[:2], abs=0.03)
    # As if there were five times as many units: narrower by the root of 5, or 2.24
    ratio = (by_account.high - by_account.low) / (by_unit.high - by_unit.low)
    assert 1.9 < ratio < 2.6


def test_samples_without_variation_are_left_out_and_counted():
    # Only 1 of 3 units has a 1: it is missed in (2/3)^3 = .296 of the samples, and the sample
    # holds nothing else in (1/3)^3 = .037; together .333
    interval = bootstrap_interval([[0, 0, 1], [0, 0, 1]], seed=6, times=2000)
    assert interval.undefined == pytest.approx(2000 / 3, abs=70)
    assert interval[:2] == (1, 1)


@given(metric=st.sampled_from(Metric), table=tables(), shuffle=st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_interval_in_any_order(metric, table, shuffle):
    coders, units = (shuffle.sample(range(n), n) for n in table.shape)
    shuffled = bootstrap_interval(table[coders][:, units], metric=metric, times=50, seed=9)
    assert shuffled == bootstrap_interval(table, metric=metric, times=50, seed=9)


def test_another_seed_gives_another_interval():
    table = ratings_from(1)
    assert bootstrap_interval(table, seed=1) != bootstrap_interval(table, seed=2)


def test_a_higher_level_gives_a_wider_interval():
    table = ratings_from(1)
    wide, narrow = (bootstrap_interval(table, seed=1, level=level) for level in (0.95, 0.5))
    assert wide.low < narrow.low < krippendorff_alpha(table) < narrow.high < wide.high


# --- where nothing can be said, and senseless input --------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "clusters"),
    [
        ([[1, 1], [1, 1]], None),
        ([[1, NAN], [NAN, 0]], None),
        ([[0], [1]], None),
        ([[0, 1, 1], [0, 1, 0]], [3, 3, 3]),
        ([[0, 1, 1], [0, 1, NAN]], [3, 3, 4]),
        ([[], []], None),
        ([[], []], []),
    ],
    ids=[
        "no variation",
        "no unit rated twice",
        "one unit",
        "one account",
        "one account rated twice",
        "no unit",
        "no account",
    ],
)
def test_there_is_no_interval(ratings, clusters):
    assert bootstrap_interval(ratings, clusters=clusters, seed=1) is None


def test_there_is_no_interval_where_no_sample_varies():
    # Each account is of one value, so a sample holds both accounts, or nothing that varies.
    ratings, clusters = [[0, 1], [0, 1]], [1, 2]
    found = {
        bootstrap_interval(ratings, clusters=clusters, times=1, seed=seed) for seed in range(30)
    }
    assert found == {None, Interval(1, 1, level=0.95, times=1, undefined=0, doubt=0)}


@pytest.mark.parametrize(
    ("design", "reason"),
    [
        ({"times": 0}, "at least one sample"),
        ({"level": 1}, "between 0 and 1"),
        ({"level": 0}, "between 0 and 1"),
        ({"clusters": [1, 2]}, "one for each unit"),
        ({"clusters": [1.5, 2.5, 3.5]}, "whole numbers"),
        ({"clusters": [[1, 2, 3]]}, "one for each unit"),
        ({"seed": -1}, "non-negative"),
    ],
    ids=["no sample", "sure", "no level", "too few", "fractions", "a table", "below zero"],
)
def test_a_senseless_design_is_refused_with_the_reason(design, reason):
    with pytest.raises(ValueError, match=reason):
        bootstrap_interval([[0, 1, 1], [0, 1, 0]], **{"seed": 1, **design})
