"""What a figure may claim."""

import pytest

from exeunt.errors import Refusal
from exeunt.methods.agreement import Standing
from exeunt.stages.findings.rules import check_may_compare, may_be_ranked
from exeunt.stages.narrators.states import Gap
from exeunt.stages.testimonies.states import Setting


@pytest.mark.parametrize(
    ("standing", "ranked"),
    [
        (Standing.FIRM, True),
        (Standing.TENTATIVE, True),
        (Standing.UNRELIABLE, False),
        (Standing.UNKNOWN, False),
    ],
)
def test_only_a_code_that_readers_agree_on_stands_in_an_order(standing, ranked):
    assert may_be_ranked(standing) is ranked


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
    with pytest.raises(Refusal, match="“period” is “"):
        check_may_compare("period", "2014", ["2014", "2015", gap])


def test_an_attribute_that_is_known_for_everybody_is_compared_over():
    check_may_compare("period", "2014", ["2014", "2015"])


def test_both_gaps_are_named_where_both_occur():
    with pytest.raises(Refusal, match="“setting” is “unknown” and “withheld” for some accounts"):
        check_may_compare("setting", "free", {"free", "withheld", "unknown"})


def test_a_value_that_no_account_has_is_refused_with_those_there_are():
    with pytest.raises(
        Refusal, match=r"No account has the period “2013”. There are: “2014”, “2015”"
    ):
        check_may_compare("period", "2013", ["2015", "2014"])
