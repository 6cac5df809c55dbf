"""A column may stand for many units that are alike, such as the characters of a run of text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.agreement import (
    agreement_of,
    bootstrap_interval,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)

VALUES = st.sampled_from([0.0, 1.0, 2.0, np.nan])


@st.composite
def runs(draw, coders=None):
    """A table of at most 12 columns, and how many units each stands for."""
    coders = coders or draw(st.integers(2, 4))
    columns = draw(st.lists(st.lists(VALUES, min_size=coders, max_size=coders), max_size=12))
    table = np.array(columns, dtype=float).reshape(-1, coders).T
    lengths = draw(
        st.lists(st.integers(0, 5), min_size=len(columns), max_size=len(columns)).map(np.array)
    )
    return table, lengths.astype(int)


def expanded(table, lengths):
    return np.repeat(table, lengths, axis=1)


def alike(value):
    return None if value is None else pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
@given(runs())
def test_alpha_of_runs_is_that_of_their_units(metric, given_runs):
    table, lengths = given_runs
    of_runs = krippendorff_alpha(table, metric=metric, lengths=lengths)

    assert of_runs == alike(krippendorff_alpha(expanded(table, lengths), metric=metric))


@pytest.mark.parametrize("measure", [percent_agreement, gwet_ac1, fleiss_kappa])
@given(runs())
def test_so_it_is_with_the_others(measure, given_runs):
    table, lengths = given_runs

    assert measure(table, lengths=lengths) == alike(measure(expanded(table, lengths)))


@pytest.mark.parametrize("weights", ["unweighted", "linear", "quadratic"])
@given(runs(coders=2))
def test_and_with_cohens_kappa(weights, given_runs):
    table, lengths = given_runs
    of_units = cohen_kappa(*expanded(table, lengths), weights=weights)

    assert cohen_kappa(*table, weights=weights, lengths=lengths) == alike(of_units)


@given(runs(), st.data())
def test_the_summary_and_its_interval_are_those_of_the_units(given_runs, data):
    table, lengths = given_runs
    clusters = data.draw(st.lists(st.integers(0, 3), min_size=lengths.size, max_size=lengths.size))
    clusters = np.array(clusters, dtype=int)
    of_runs = agreement_of(table, clusters=clusters, lengths=lengths, times=20, seed=1)
    of_units = agreement_of(
        expanded(table, lengths), clusters=np.repeat(clusters, lengths), times=20, seed=1
    )

    assert (of_runs.units, of_runs.values) == (of_units.units, of_units.values)
    for name in ("prevalence", "percent", "alpha", "kappa", "ac1"):
        assert getattr(of_runs, name) == alike(getattr(of_units, name))
    assert of_runs.interval == alike(of_units.interval)


@pytest.mark.parametrize("lengths", [[1], [1, 2, 3], [1, -1], [1, float("nan")], "ab"])
def test_lengths_that_are_none_are_refused(lengths):
    with pytest.raises(ValueError, match=r"Lengths are|must be numbers"):
        krippendorff_alpha([[0, 1], [0, 1]], lengths=lengths)


def test_runs_are_drawn_with_their_account_or_not_at_all():
    with pytest.raises(ValueError, match="which account"):
        bootstrap_interval([[0, 1], [0, 1]], lengths=[2, 3], seed=1)
