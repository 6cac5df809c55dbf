"""Gwet's AC1 and AC2: print, irrCAC on Gwet's own and on random data, invariants."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from irrCAC import datasets
from irrCAC.raw import CAC

from exeunt.methods.agreement import (
    Weights,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
)
from tests.methods.agreement.drawn import SEEDS, ratings_from, tables
from tests.methods.agreement.published import ABSTRACTORS, FOUR_RATERS, from_cross_table

NAN = np.nan
WEIGHTS = pytest.mark.parametrize("weights", list(Weights))


def irr_cac(ratings, weights="unweighted", categories=None):
    """Ask irrCAC, to ten decimals; what is unweighted here is called identity there.

    It is always told the categories: left to find them, it takes NaN for one on pandas 3.
    """
    name = "identity" if weights == "unweighted" else str(weights)
    used = np.unique(ratings[~np.isnan(ratings)]).tolist()
    return CAC(pd.DataFrame(ratings.T), weights=name, categories=categories or used, digits=10)


def alike(coefficient):
    return None if coefficient is None else pytest.approx(coefficient, abs=1e-9)


# --- in print ----------------------------------------------------------------------------------


def test_four_raters_with_missing_values():
    # Gwet 2014: 0.77544
    assert gwet_ac1(FOUR_RATERS) == pytest.approx(0.77544, abs=5e-6)


def test_two_abstractors_of_pregnancies():
    # Gwet 2014, as printed in the overview of R's irrCAC: 0.8493305
    assert gwet_ac1(from_cross_table(ABSTRACTORS)) == pytest.approx(0.8493305, abs=5e-8)


def test_where_kappa_falls_with_a_rare_value_ac1_stays():
    # Feinstein and Cicchetti 1990: .85 agree, kappa is .32. The share of 0 is
    # (.90 + .85) / 2 = .875, chance 2 * .875 * .125 = .21875:
    # (.85 - .21875) / .78125 = .808
    rows = from_cross_table([[80, 10], [5, 5]])
    assert gwet_ac1(rows) == pytest.approx(0.63125 / 0.78125)


def test_a_category_nobody_used_counts():
    # 2 of 3 units agree; shares 1/2 and 1/2. Two categories: chance 2 * 1/4 = 1/2, AC1 1/3;
    # three: chance (1/4 + 1/4 + 0) / 2 = 1/4, AC1 (2/3 - 1/4) / (3/4) = 5/9
    rows = [[0, 1, 0], [0, 1, 1]]
    assert gwet_ac1(rows) == pytest.approx(1 / 3)
    assert gwet_ac1(rows, categories=[2, 0, 1]) == pytest.approx(5 / 9)


def test_partial_agreement_follows_the_ends_of_the_scale():
    # One unit in two is one step off. On a scale 0 to 2 a step agrees 1/2 (linear): 3/4 in all.
    # Shares 3/4 and 1/4: spread 3/8. Weights 3 * 1 + 4 * 1/2 + 2 * 0 = 5: chance
    # 5 / (3 * 2) * 3/8 = 5/16; AC2 (3/4 - 5/16) / (11/16) = 7/11
    rows = [[0, 0], [0, 1]]
    assert gwet_ac2(rows, weights="linear", categories=[0, 1, 2]) == pytest.approx(7 / 11)


# --- irrCAC ------------------------------------------------------------------------------------


@WEIGHTS
@pytest.mark.parametrize("data", [datasets.raw_4raters, datasets.raw_5observers])
def test_gwets_own_data_give_what_irr_cac_says(data, weights):
    ratings = data().to_numpy(dtype=float).T
    peer = irr_cac(ratings, weights).gwet()["est"]["coefficient_value"]
    assert gwet_ac2(ratings, weights=weights) == pytest.approx(peer, abs=1e-9)


@WEIGHTS
@pytest.mark.parametrize("seed", SEEDS)
def test_ac1_and_ac2_are_those_of_irr_cac(weights, seed):
    # 7 was never used, and is far away from the categories that were
    ratings = ratings_from(seed)
    peer = irr_cac(ratings, weights, [0, 1, 2, 3, 7]).gwet()["est"]["coefficient_value"]
    own = gwet_ac2(ratings, weights=weights, categories=[0, 1, 2, 3, 7])
    assert own == pytest.approx(peer, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_kappa_with_missing_values_is_that_of_irr_cac(seed):
    ratings = ratings_from(seed)
    peer = irr_cac(ratings).fleiss()["est"]["coefficient_value"]
    assert fleiss_kappa(ratings) == pytest.approx(peer, abs=1e-9)


@pytest.mark.parametrize(
    ("metric", "weights"), [("nominal", "unweighted"), ("interval", "quadratic")]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_krippendorffs_alpha_is_that_of_irr_cac(metric, weights, seed):
    # Not the ordinal one: irrCAC weighs the ranks of the categories, Krippendorff how often the
    # ranks in between were used. Nor the ratio: irrCAC knows no category 0 there.
    ratings = ratings_from(seed)
    peer = irr_cac(ratings, weights).krippendorff()["est"]["coefficient_value"]
    assert krippendorff_alpha(ratings, metric=metric) == pytest.approx(peer, abs=1e-9)


# --- invariants --------------------------------------------------------------------------------


@given(weights=st.sampled_from(Weights), table=tables(), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_coders_and_of_units_does_not_matter(weights, table, shuffle):
    coders, units = (shuffle.sample(range(n), n) for n in table.shape)
    shuffled = gwet_ac2(table[coders][:, units], weights=weights)
    assert shuffled == gwet_ac2(table, weights=weights)


@given(weights=st.sampled_from(Weights), table=tables(), slope=st.sampled_from([-2, 0.1, 50]))
def test_another_origin_and_unit_change_nothing(weights, table, slope):
    ac2 = gwet_ac2(table, weights=weights)
    assert gwet_ac2(table * slope + 3, weights=weights) == alike(ac2)


@given(weights=st.sampled_from(Weights), table=tables(), copies=st.integers(2, 5))
def test_copies_of_every_unit_change_nothing(weights, table, copies):
    ac2 = gwet_ac2(table, weights=weights)
    assert gwet_ac2(np.tile(table, copies), weights=weights) == alike(ac2)


@given(table=tables())
def test_ac2_without_weights_is_ac1(table):
    assert gwet_ac2(table, weights="unweighted") == gwet_ac1(table)


# --- where nothing can be said, and senseless input --------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "categories"),
    [
        ([[1, 1], [1, 1]], None),
        ([[1, 1], [1, 1]], [1]),
        ([[1, NAN], [NAN, 0]], None),
        ([[NAN], [NAN]], [0, 1]),
        ([[], []], [0, 1]),
    ],
    ids=["one value", "one category", "no unit rated twice", "no rating", "no unit"],
)
def test_ac1_is_unknown(ratings, categories):
    # irrCAC gives a number for one category; there is nothing to agree on beyond chance.
    assert gwet_ac1(ratings, categories=categories) is None


@pytest.mark.parametrize("weights", list(Weights))
def test_perfect_agreement_is_one_even_on_a_value_alone_if_there_was_a_choice(weights):
    assert gwet_ac2([[0, 0], [0, 0]], weights=weights, categories=[0, 1]) == 1
    assert gwet_ac2([[0, 1, 2], [0, 1, 2]], weights=weights) == 1


@pytest.mark.parametrize(
    ("categories", "reason"),
    [([0, 1], "none of the categories"), ([0, NAN], "missing value"), (["no"], "numbers")],
    ids=["too few", "missing", "words"],
)
def test_senseless_categories_are_refused_with_the_reason(categories, reason):
    with pytest.raises(ValueError, match=reason):
        gwet_ac1([[0, 1], [0, 2]], categories=categories)
