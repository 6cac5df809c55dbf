"""What an alpha permits one to say, and everything together for one code."""

import numpy as np
import pytest

from exeunt.methods.agreement import (
    Agreement,
    Standing,
    agreement_of,
    bootstrap_interval,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    standing_of,
)
from tests.methods.agreement.published import FOUR_OBSERVERS

NAN = np.nan


@pytest.mark.parametrize(
    ("alpha", "standing"),
    [
        (1, Standing.FIRM),
        (0.8, Standing.FIRM),
        (0.7999, Standing.TENTATIVE),
        (0.667, Standing.TENTATIVE),
        (0.6669, Standing.UNRELIABLE),
        (0, Standing.UNRELIABLE),
        (-0.4, Standing.UNRELIABLE),
        (None, Standing.UNKNOWN),
    ],
)
def test_the_thresholds_are_krippendorffs(alpha, standing):
    assert standing_of(alpha) is standing


def test_the_last_bits_of_a_sum_do_not_decide():
    assert standing_of(np.nextafter(0.8, 0)) is Standing.FIRM
    assert standing_of(np.nextafter(0.667, 0)) is Standing.TENTATIVE


@pytest.mark.parametrize("alpha", [NAN, 1.01, np.inf])
def test_what_cannot_be_an_alpha_has_no_standing(alpha):
    with pytest.raises(ValueError, match="no greater than 1"):
        standing_of(alpha)


def test_every_standing_is_said_in_plain_words():
    assert {str(standing): standing.wording for standing in Standing} == {
        "firm": "firm",
        "tentative": "tentative: report with care",
        "unreliable": "do not rely on it alone: not ranked, not headlined",
        "unknown": "cannot be told",
    }


def test_everything_about_one_code_of_two_coders():
    # Rated twice: units 1 to 4, eight ratings, three of them not zero. Three of four agree.
    # Cohen: margins of 1 are 1/4 and 2/4, chance 1/8 + 3/8 = 1/2, kappa (3/4 - 1/2) / (1/2).
    # Alpha: one pair differs; 3 and 5 of 8 values: 1 - 7 * 1 / (3 * 5) = 8/15.
    ratings = [[1, 0, 0, 0, NAN, 1], [1, 0, 0, 1, 1, NAN]]
    agreement = agreement_of(ratings, seed=2, times=300)
    assert agreement == Agreement(
        coders=2,
        units=4,
        values=8,
        prevalence=3 / 8,
        percent=0.75,
        alpha=pytest.approx(8 / 15),
        interval=bootstrap_interval(ratings, seed=2, times=300),
        kappa=pytest.approx(1 / 2),
        ac1=gwet_ac1(ratings),
    )
    assert agreement.standing is Standing.UNRELIABLE


def test_metric_clusters_and_categories_reach_their_coefficients():
    clusters, categories = np.arange(12) // 2, [1, 2, 3, 4, 5, 6]
    agreement = agreement_of(
        FOUR_OBSERVERS,
        metric="ordinal",
        clusters=clusters,
        categories=categories,
        seed=1,
        times=200,
    )
    assert agreement.alpha == krippendorff_alpha(FOUR_OBSERVERS, metric="ordinal")
    assert agreement.interval == bootstrap_interval(
        FOUR_OBSERVERS, metric="ordinal", clusters=clusters, times=200, seed=1
    )
    assert agreement.ac1 == gwet_ac1(FOUR_OBSERVERS, categories=categories)
    assert (agreement.coders, agreement.units, agreement.values) == (4, 11, 40)
    assert agreement.standing is Standing.FIRM


def test_kappa_is_cohens_for_two_coders_and_fleiss_for_more():
    # The two coders differ in how often they say 1, so the two kappas differ
    two = np.array([[1, 1, 0, 0, 1], [1, 0, 0, 0, 0]])
    three = np.vstack([two, two[:1]])
    assert agreement_of(two, seed=1).kappa == cohen_kappa(*two) != fleiss_kappa(two)
    assert agreement_of(three, seed=1).kappa == fleiss_kappa(three)


@pytest.mark.parametrize("ratings", [[[NAN, 1], [0, NAN]], [[], []]], ids=["no pair", "no unit"])
def test_without_a_unit_rated_twice_everything_is_unknown(ratings):
    agreement = agreement_of(ratings, seed=1)
    assert agreement == Agreement(2, 0, 0, *[None] * 6)
    assert agreement.standing is Standing.UNKNOWN


def test_a_code_nobody_gave_has_agreement_but_no_alpha():
    agreement = agreement_of([[0, 0, 0], [0, 0, 0]], seed=1, categories=[0, 1])
    assert (agreement.prevalence, agreement.percent, agreement.ac1) == (0, 1, 1)
    assert agreement.alpha is agreement.interval is agreement.kappa is None
    assert agreement.standing.wording == "cannot be told"
