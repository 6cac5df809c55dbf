"""Findings of six invented accounts, worked by hand, asked for on behalf of somebody."""

import pytest
from django.utils import timezone

from exeunt.errors import NotThere, NotYet, NotYours, Refusal
from exeunt.methods.agreement import Standing
from exeunt.methods.proportions import Reading
from exeunt.methods.readings import Blanks
from exeunt.stages.findings.formats.facts import Facts
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.queries.narrative import agreement_in, findings_of
from tests.making.coding import a_codebook, code, judgement
from tests.making.studies import with_protocol
from tests.making.testimonies import row, take_in

ALL, ANY = Reading.BY_ALL.value, Reading.BY_ANY.value


def found(study, version, cast, **question) -> Facts:
    asked = Question(times=20, **question)
    return findings_of(study, version, asked, made=timezone.now(), by=cast.amina)


def share(facts: Facts, code: str, way: str) -> tuple[int, int]:
    shares = next(n for n in facts.narratives if n.code == code).share(way)
    return shares.numerator, shares.denominator


def test_agreement_is_the_one_worked_by_hand(cast, study, read_twice):
    # L1 in A1 to A5: (1,1) (1,1) (0,0) (1,0) (0,0): 5 of 10 values are 1.
    # Observed 2/10, expected 2*5*5/(10*9) = 50/90, alpha = 1 - 0.2*90/50 = 0.64.
    # J1 in A1 to A4: (1,0) (0,1) (1,1) (0,1): 5 of 8 values are 1.
    # Observed 6/8, expected 2*5*3/(8*7) = 30/56, alpha = 1 - 0.75*56/30 = -0.4.
    agreed = agreement_in(study, read_twice, Question(times=20), by=cast.vera)
    alpha = {row.code: row.agreement.alpha for row in agreed.codes}

    assert alpha == {"J1": pytest.approx(-0.4), "L1": pytest.approx(0.64), "L2": 1}
    # A6 alone holds no reason for leaving, and neither reader says otherwise; of joining,
    # Boris finds nothing in A5 where Chidi does: (1,1) x 4, (0,1), (0,0): 9 of 12 are 1.
    # Observed 2/12, expected 2*9*3/(12*11) = 54/132, alpha = 16/27.
    stating = {row.dimension: row.agreement.alpha for row in agreed.stating}
    assert stating == {"joining": pytest.approx(16 / 27), "leaving": 1}


@pytest.mark.usefixtures("few_units_suffice")
def test_only_a_code_that_readers_agree_on_is_ranked(cast, study, read_twice):
    facts = found(study, read_twice, cast)

    assert facts.ranked == {"L2"}
    standing = {row.code: row.agreement.standing for row in facts.agreements}
    assert standing["L1"] is Standing.UNRELIABLE  # .64 is just below .667


def test_shares_are_those_worked_by_hand(cast, study, read_twice):
    # L1 among A1 to A5: Boris 1 1 0 1 0, Chidi 1 1 0 0 0.
    facts = found(study, read_twice, cast)

    assert share(facts, "L1", "Boris") == (3, 5)
    assert share(facts, "L1", "Chidi") == (2, 5)
    assert share(facts, "L1", ALL) == (2, 5)
    assert share(facts, "L1", ANY) == (3, 5)
    assert facts.way == ALL
    assert facts.main_dimension == "leaving"


def test_blanks_as_zero_bring_the_silent_account_in(cast, study, read_twice):
    facts = found(study, read_twice, cast, blanks=Blanks.NOT_MENTIONED)

    assert share(facts, "L1", ALL) == (2, 6)
    assert share(facts, "J1", "Boris") == (2, 6)


def test_a_body_says_what_it_is_made_of(cast, study, read_twice):
    body = found(study, read_twice, cast).body

    assert (body.accounts, body.narrators, body.invented, body.machines) == (6, 6, True, False)
    assert (body.study, body.codebook, body.protocol) == ("leaving", "reasons@1", {})
    assert body.made == "2026-03-02T09:00:00+00:00"
    assert found(with_protocol(study, cast), read_twice, cast).body.protocol["lawful_basis"]


def test_a_question_may_be_about_some_accounts_only(cast, study, read_twice):
    facts = found(study, read_twice, cast, only={"period": "2014", "setting": "free"})

    assert facts.readings.accounts == ("A1", "A2")
    assert share(facts, "L1", ANY) == (2, 2)
    assert facts.body.accounts == 2


@pytest.mark.parametrize(
    ("only", "says"),
    [
        ({"colour": "red"}, "no attribute “colour” here; they have period, group, setting"),
        ({"period": "2013"}, "No account has the period “2013”. There are: “2014”, “2015”"),
        ({"period": "2014", "setting": "unknown"}, "No account has all of these together"),
    ],
    ids=["an attribute", "a value", "a combination"],
)
def test_a_question_about_nobody_is_refused(cast, study, read_twice, only, says):
    with pytest.raises(Refusal, match=says):
        found(study, read_twice, cast, only=only)


def test_slices_stand_for_every_attribute(cast, study, read_twice):
    slices = found(study, read_twice, cast).slices
    # By all readers L2 is given in A3 (2014) and in A4, A5 (2015).
    told = {(s.value, s.code): (s.share.numerator, s.share.denominator) for s in slices["period"]}

    assert set(slices) == {"period", "group", "setting"}
    assert told[("2014", "L2")] == (1, 3)
    assert told[("2015", "L2")] == (2, 2)


def test_odds_are_compared_only_where_the_caller_says_an_attribute_is_complete(
    cast, study, read_twice
):
    assert found(study, read_twice, cast).comparisons == ()

    first, second = found(study, read_twice, cast, complete=(("period", "2014"),)).comparisons
    assert (first.code, first.odds.table) == ("L1", ((2, 1), (0, 2)))
    assert (second.code, second.odds.table) == ("L2", ((1, 2), (2, 0)))


@pytest.mark.parametrize(
    ("complete", "says"),
    [
        (("setting", "free"), "“setting” is unknown and withheld for some accounts"),
        (("colour", "red"), "no attribute “colour” to compare over"),
        (("period", "2013"), "No account has the period “2013”"),
    ],
    ids=["withheld", "no attribute", "no value"],
)
def test_a_comparison_that_the_data_cannot_bear_is_refused(cast, study, read_twice, complete, says):
    with pytest.raises(Refusal, match=says):
        found(study, read_twice, cast, complete=(complete,))


def test_a_comparison_may_be_made_over_a_subset_that_is_known(cast, study, read_twice):
    facts = found(study, read_twice, cast, only={"setting": "free"}, complete=(("period", "2014"),))

    # A1, A2 of 2014 and A4 of 2015 (A6 is silent): L1 by all is 1, 1 and 0.
    assert facts.comparisons[0].odds.table == ((2, 0), (0, 1))


def test_combinations_and_crossings_are_of_what_all_readers_say(cast, study, read_twice):
    facts = found(study, read_twice, cast)
    # Of A1 to A5 by all: L1 alone in A1 and A2, L2 alone in A3, A4 and A5.
    assert {(item.codes, item.accounts) for item in facts.combinations} == {
        (("L1",), 2),
        (("L2",), 3),
    }
    # J1 by all is 0 0 1 0 in A1 to A4; A3 left for L2.
    crossing = {(c.joining, c.leaving): (c.n_both, c.n_joining) for c in facts.crossings}
    assert crossing == {("J1", "L1"): (0, 1), ("J1", "L2"): (1, 1)}


def test_everybody_with_a_role_sees_findings_and_eve_does_not(cast, study, read_twice):
    for member in cast[:-1]:
        agreement_in(study, read_twice, Question(times=2), by=member)
    with pytest.raises(NotYours):
        agreement_in(study, read_twice, Question(), by=cast.eve)
    with pytest.raises(NotYours):
        findings_of(study, read_twice, Question(), made=timezone.now(), by=cast.eve)


def test_without_codings_there_is_nothing_to_find(cast, study):
    with pytest.raises(NotThere, match="Nobody has coded"):
        found(study, a_codebook(study, cast), cast)


def test_codings_of_excerpts_alone_give_no_agreement_on_accounts(cast, study, captures, tmp_path):
    take_in([row("A1", text="I left.")], tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast)
    rows = [
        judgement("A1", "L1", target="excerpt", quote="left", coder=c) for c in ("Boris", "Chidi")
    ]
    code(rows, tmp_path, study=study, cast=cast)

    with pytest.raises(NotYet, match="Nobody has coded a whole account yet"):
        found(study, version, cast)


def test_one_reader_alone_gives_shares_and_no_agreement(cast, study, captures, tmp_path):
    take_in([row("A1"), row("A2")], tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast)
    code([judgement("A1", "L1"), judgement("A2", "L1", 0)], tmp_path, study=study, cast=cast)
    facts = found(study, version, cast)

    assert share(facts, "L1", "Boris") == (1, 2)
    assert facts.ranked == frozenset()


def test_the_question_is_written_as_one_line_that_repeats_it():
    question = Question(
        only={"period": "2014"}, complete=(("group", "IS"),), blanks=Blanks.NOT_MENTIONED, seed=7
    )

    assert str(question) == (
        "period=2014; compare group=IS; blanks=not mentioned; resampled=10000; seed=7"
    )
