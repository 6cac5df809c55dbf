"""Percent agreement and the kappas: print, other software, invariants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from statsmodels.stats import inter_rater

from exeunt.methods.agreement import (
    Weights,
    cohen_kappa,
    fleiss_kappa,
    percent_agreement,
    scott_pi,
)
from tests.methods.agreement.drawn import SEEDS, ratings_from, tables
from tests.methods.agreement.published import (
    ABSTRACTORS,
    COHEN_1968,
    DIAGNOSES,
    FOUR_RATERS,
    SAS_EXAMPLE,
    from_counts,
    from_cross_table,
)

NAN = np.nan
WEIGHTS = pytest.mark.parametrize("weights", list(Weights))
OF_MANY_CODERS = pytest.mark.parametrize("coefficient", [percent_agreement, fleiss_kappa])


# --- in print ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "weights", "kappa"),
    [
        # Cohen 1968: of 200 cases 140 agree; the margins are .5 .3 .2 and .6 .3 .1, so .41 would
        # by chance: (.70 - .41) / .59 = .492
        (COHEN_1968, "unweighted", 0.29 / 0.59),
        # One step apart: .05 + .07 + .03 + .05, two: 2 * (.01 + .09), together .40; by chance
        # .15 + .18 + .03 + .06 and 2 * (.05 + .12), together .76
        (COHEN_1968, "linear", 1 - 0.40 / 0.76),
        # Two steps now count four: .20 + .40 = .60; by chance .42 + .68 = 1.10
        (COHEN_1968, "quadratic", 1 - 0.60 / 1.10),
        # Feinstein and Cicchetti 1990: .85 agree in both, but the margins .49 .51 and .46 .54
        # make .5008 of it chance, and .90 .10 and .85 .15 make .78 of it chance
        ([[40, 9], [6, 45]], "unweighted", 0.3492 / 0.4992),
        ([[80, 10], [5, 5]], "unweighted", 0.07 / 0.22),
    ],
    ids=["Cohen", "Cohen, linear", "Cohen, quadratic", "even margins", "the paradox"],
)
def test_cohens_kappa_worked_by_hand(table, weights, kappa):
    assert cohen_kappa(*from_cross_table(table), weights=weights) == pytest.approx(kappa)


def test_cohens_kappa_as_printed_by_sas():
    # The printout that statsmodels' own tests cite: simple kappa 0.4842, weighted (linear) 0.4701
    rows = from_cross_table(SAS_EXAMPLE)
    assert round(cohen_kappa(*rows), 4) == 0.4842
    assert round(cohen_kappa(*rows, weights="linear"), 4) == 0.4701


def test_two_abstractors_of_pregnancies():
    # Gwet 2014, as printed in the overview of R's irrCAC
    rows = from_cross_table(ABSTRACTORS)
    assert cohen_kappa(*rows) == pytest.approx(0.7964094, abs=5e-8)
    assert scott_pi(*rows) == pytest.approx(0.7962397, abs=5e-8)
    assert percent_agreement(rows) == pytest.approx(0.89)


def test_six_psychiatrists():
    # Fleiss 1971: .556 of the pairs agree, .220 would by chance, kappa .430
    ratings = from_counts(DIAGNOSES)
    assert round(percent_agreement(ratings), 3) == 0.556
    assert round(fleiss_kappa(ratings), 3) == 0.430


def test_four_raters_with_missing_values():
    # Gwet 2014: .81818 and .76117
    assert percent_agreement(FOUR_RATERS) == pytest.approx(0.81818, abs=5e-6)
    assert fleiss_kappa(FOUR_RATERS) == pytest.approx(0.76117, abs=5e-6)


def test_units_with_unequal_numbers_of_ratings_count_the_same():
    # Unit 1: 1 of 3 pairs agree; unit 2: 1 of 1; unit 3 has no pair.
    # Agreement (1/3 + 1) / 2 = 2/3. Share of 1: (2/3 + 0 + 0) / 3 = 2/9, of 0: 7/9;
    # chance 4/81 + 49/81 = 53/81; kappa (54 - 53) / (81 - 53) = 1/28
    ratings = [[1, 0, 0], [1, 0, NAN], [0, NAN, NAN]]
    assert percent_agreement(ratings) == pytest.approx(2 / 3)
    assert fleiss_kappa(ratings) == pytest.approx(1 / 28)


# --- other software ----------------------------------------------------------------------------


def cross_table(first, second):
    table = np.zeros((4, 4))
    np.add.at(table, (first.astype(int), second.astype(int)), 1)
    return table


@WEIGHTS
@pytest.mark.parametrize("seed", SEEDS)
def test_cohens_kappa_is_that_of_statsmodels(weights, seed):
    # Values 0 to 3 are evenly spaced: statsmodels weighs ranks, which are the same here.
    first, second = ratings_from(seed, coders=2, missing=0)
    peer = inter_rater.cohens_kappa(
        cross_table(first, second),
        wt=None if weights is Weights.UNWEIGHTED else str(weights),
        return_results=False,
    )
    assert cohen_kappa(first, second, weights=weights) == pytest.approx(peer)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_kappa_is_that_of_statsmodels(seed):
    # statsmodels wants as many ratings in each unit
    table = ratings_from(seed, missing=0)
    counts, _ = inter_rater.aggregate_raters(table.T)
    assert fleiss_kappa(table) == pytest.approx(inter_rater.fleiss_kappa(counts))


@pytest.mark.parametrize("seed", range(5))
def test_kappa_and_pi_are_those_of_nltk(seed):
    # On two coders without gaps; where all is one value nltk answers 1, and here it is None.
    first, second = ratings_from(seed, coders=2, missing=0)
    triples = [(c, u, v) for c, row in enumerate([first, second]) for u, v in enumerate(row)]
    peer = AnnotationTask(triples)
    assert cohen_kappa(first, second) == pytest.approx(peer.kappa())
    assert scott_pi(first, second) == pytest.approx(peer.pi())


# --- invariants --------------------------------------------------------------------------------


def alike(coefficient):
    return None if coefficient is None else pytest.approx(coefficient, abs=1e-9)


@OF_MANY_CODERS
@given(table=tables(), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_coders_and_of_units_does_not_matter(coefficient, table, shuffle):
    coders, units = (shuffle.sample(range(n), n) for n in table.shape)
    assert coefficient(table[coders][:, units]) == coefficient(table)


@given(weights=st.sampled_from(Weights), table=tables())
def test_it_does_not_matter_which_of_two_coders_comes_first(weights, table):
    first, second = table[:2]
    kappa = cohen_kappa(first, second, weights=weights)
    assert cohen_kappa(second, first, weights=weights) == alike(kappa)


@given(weights=st.sampled_from(Weights), table=tables(), slope=st.sampled_from([-2, 0.1, 50]))
def test_another_origin_and_unit_leave_cohens_kappa_as_it_is(weights, table, slope):
    first, second = table[:2]
    kappa = cohen_kappa(first, second, weights=weights)
    assert cohen_kappa(first * slope + 3, second * slope + 3, weights=weights) == alike(kappa)


@OF_MANY_CODERS
@given(table=tables(), copies=st.integers(2, 5))
def test_copies_of_every_unit_change_nothing(coefficient, table, copies):
    assert coefficient(np.tile(table, copies)) == alike(coefficient(table))


@OF_MANY_CODERS
@given(table=tables())
def test_a_unit_nobody_rated_changes_nothing(coefficient, table):
    with_unit = np.hstack([table, np.full((len(table), 1), NAN)])
    assert coefficient(with_unit) == coefficient(table)


@given(table=tables())
def test_scotts_pi_is_fleiss_kappa_of_what_both_rated(table):
    both = table[:2, ~np.isnan(table[:2]).any(axis=0)]
    assert scott_pi(*table[:2]) == fleiss_kappa(both)


@given(table=tables(values=(0, 1)))
def test_with_zero_and_one_only_the_weights_do_not_matter(table):
    first, second = table[:2]
    kappa = cohen_kappa(first, second)
    assert cohen_kappa(first, second, weights="linear") == alike(kappa)
    assert cohen_kappa(first, second, weights="quadratic") == alike(kappa)


def test_perfect_agreement_is_one():
    rows = [[0, 1, 2, NAN], [0, 1, 2, 2]]
    assert percent_agreement(rows) == fleiss_kappa(rows) == scott_pi(*rows) == 1
    assert {cohen_kappa(*rows, weights=weights) for weights in Weights} == {1}


# --- where nothing can be said, and senseless input --------------------------------------------


@pytest.mark.parametrize(
    ("rows", "percent"),
    [([[1, 1], [1, 1]], 1), ([[1, NAN], [NAN, 2]], None), ([[], []], None)],
    ids=["no variation", "no unit rated twice", "no unit"],
)
def test_kappa_is_unknown(rows, percent):
    assert percent_agreement(rows) == percent
    assert cohen_kappa(*rows) is scott_pi(*rows) is fleiss_kappa(rows) is None


def test_two_coders_who_never_vary_but_differ_agree_by_chance_as_often_as_they_do():
    # One always says 0, the other always 1: nothing agrees, and nothing would by chance.
    assert cohen_kappa([0, 0, 0], [1, 1, 1]) == 0
    # Pooled, half of all is 0: chance is 1/2, and pi (0 - 1/2) / (1 - 1/2)
    assert scott_pi([0, 0, 0], [1, 1, 1]) == -1


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ([1, 0], [1, 0, 1], "same length"),
        ([[1, 0]], [[1, 0]], "two rows"),
        ([1, 0], [1, np.inf], "infinite"),
    ],
    ids=["of different length", "tables", "infinite"],
)
@pytest.mark.parametrize("coefficient", [cohen_kappa, scott_pi])
def test_two_coders_ratings_are_two_rows_of_one_length(coefficient, first, second, reason):
    with pytest.raises(ValueError, match=reason):
        coefficient(first, second)


@OF_MANY_CODERS
def test_one_coder_agrees_with_nobody(coefficient):
    with pytest.raises(ValueError, match="at least two coders"):
        coefficient([[1, 0, 1]])


def test_only_known_weights_are_taken():
    with pytest.raises(ValueError, match="cubic"):
        cohen_kappa([1, 0], [1, 0], weights="cubic")
