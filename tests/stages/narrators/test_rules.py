"""What is said of narrators is read from people's words, and gaps stay apart."""

import pytest

from exeunt.errors import Refusal
from exeunt.stages.narrators.rules import check_same_gender, choice_from, gap_in
from exeunt.stages.narrators.states import ExitKind, Gap, Gender

SILENT = [Gender.UNKNOWN, Gender.WITHHELD]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("left", ExitKind.LEFT),
        ("Side Switch", ExitKind.SIDE_SWITCH),
        ("side_switch", ExitKind.SIDE_SWITCH),
        ("  escaped  then returned ", ExitKind.ESCAPED_THEN_RETURNED),
        ("", ExitKind.CAPTURED),
        ("  ", ExitKind.CAPTURED),
    ],
)
def test_a_fixed_answer_is_read_however_it_is_spelt(words, kind):
    assert choice_from(words, ExitKind, otherwise=ExitKind.CAPTURED) is kind


@pytest.mark.parametrize("words", ["fled", "left?", "0"])
def test_an_unknown_answer_is_refused_with_the_choices(words):
    with pytest.raises(Refusal, match=f"“{words.replace('?', '.')}” is not one of “left”, “demob"):
        choice_from(words, ExitKind, otherwise=ExitKind.UNKNOWN)


@pytest.mark.parametrize(
    ("group", "gap"),
    [
        ("", Gap.UNKNOWN),
        ("unknown", Gap.UNKNOWN),
        ("Withheld", Gap.WITHHELD),
        ("IS", None),
        ("The Unknown Brigade", None),
    ],
)
def test_a_group_is_named_or_it_is_said_why_not(group, gap):
    assert gap_in(group) is gap


@pytest.mark.parametrize("known", Gender)
@pytest.mark.parametrize("told", Gender)
def test_only_two_different_plain_answers_contradict_each_other(known, told):
    contradict = known != told and known not in SILENT and told not in SILENT
    if contradict:
        with pytest.raises(Refusal, match=f"“N1” is a {known} elsewhere and a {told} here"):
            check_same_gender(known, told, "N1")
    else:
        check_same_gender(known, told, "N1")
