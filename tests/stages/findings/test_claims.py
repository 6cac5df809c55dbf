"""What a figure may claim."""

import pytest

from exeunt.errors import Refusal
from exeunt.methods.agreement import Agreement
from exeunt.stages.findings.rules.claims import FEWEST_UNITS, check_may_compare, may_be_ranked
from exeunt.stages.narrators.states import Gap
from exeunt.stages.testimonies.states import Setting


@pytest.mark.parametrize(
    ("alpha", "units", "ranked"),
    [
        (1.0, 100, True),
        (0.8, 100, True),
        (0.667, 100, True),
        (0.666, 100, False),
        (0.64, 100, False),
        (-0.4, 100, False),
        (None, 100, False),
        (1.0, FEWEST_UNITS, True),
        (1.0, FEWEST_UNITS - 1, False),
        (None, 0, False),
    ],
)
def test_only_a_code_that_readers_agree_on_often_enough_stands_in_an_order(alpha, units, ranked):
    agreement = Agreement(
        coders=2,
        units=units,
        values=2 * units,
        prevalence=0.5,
        percent=0.9,
        alpha=alpha,
        interval=None,
        kappa=None,
        ac1=None,
    )

    assert may_be_ranked(agreement) is ranked


@pytest.mark.parametrize(
    "gap",
    [
        *Gap,
        Setting.WITHHELD,
        "undated",
        "undated or earlier",
        "",
        "Unknown",
        "WITHHELD",
    ],
)
def test_an_attribute_that_is_not_known_for_everybody_is_not_compared_over(gap):
    with pytest.raises(Refusal, match="“period” is "):
        check_may_compare("period", "2014", ["2014", "2015", gap])


def test_an_attribute_that_is_known_for_everybody_is_compared_over():
    check_may_compare("period", "2014", ["2014", "2015"])


def test_both_gaps_are_named_where_both_occur():
    with pytest.raises(Refusal, match="“setting” is unknown and withheld for some accounts"):
        check_may_compare("setting", "free", {"free", "withheld", "unknown"})


def test_a_value_that_no_account_has_is_refused_with_those_there_are():
    with pytest.raises(
        Refusal, match=r"No account has the period “2013”. There are: “2014”, “2015”"
    ):
        check_may_compare("period", "2013", ["2015", "2014"])
