"""`exeunt agreement` and `exeunt findings`: what they tell, and what cannot be asked."""

import pytest

from tests.archive.folders import state_of
from tests.cli.terminal import done, misused, refused, told


def test_agreement_is_told_code_by_code(archive):
    rows = {row["code"]: row for row in told("agreement", "--times", "100", at=archive)}

    assert list(rows["L4"]) == [
        "code", "label", "dimension", "coders", "units", "prevalence", "percent", "alpha",
        "low", "high", "doubt", "kappa", "ac1", "standing", "says", "blanks", "invented",
    ]  # fmt: skip
    # L3: 1 1, 1 1, 0 0, 0 0, 1 1: no disagreement.
    assert rows["L3"]["alpha"] == 1.0
    # L4: 1 1, 0 0, 1 0, 1 1; the blank of A-4 is missing, so 4 units and 3 of 4 agree.
    # Do = 2/8; five 1 and three 0 give De = 2*5*3/(8*7) = 30/56; alpha = 1 - 14/30 = 8/15.
    assert rows["L4"]["units"] == 4
    assert rows["L4"]["percent"] == pytest.approx(3 / 4)
    assert rows["L4"]["alpha"] == pytest.approx(8 / 15)
    assert rows["L4"]["blanks"] == "missing"
    # Every account states some reason of leaving: without variation alpha is null, not 1.
    assert rows[""]["alpha"] is None


def test_blanks_count_as_not_mentioned_on_request(archive):
    words = ("agreement", "--times", "100", "--blanks", "not mentioned")
    rows = {row["code"]: row for row in told(*words, at=archive)}

    # The blank is now a 0 beside a 0: 1 1, 0 0, 1 0, 0 0, 1 1.
    # Do = 2/10; five 1 and five 0 give De = 2*5*5/(10*9) = 5/9; alpha = 1 - 9/25 = 16/25.
    assert rows["L4"]["units"] == 5
    assert rows["L4"]["alpha"] == pytest.approx(16 / 25)
    assert rows["L4"]["blanks"] == "not mentioned"


def test_the_table_says_how_blanks_are_counted(archive):
    said = " ".join(done("agreement", "--times", "100", at=archive).split())

    assert "blanks are missing" in said
    assert "Agreement on whether anything was stated at all" in said


def test_findings_are_told_for_every_way_of_reading(archive):
    rows = told("findings", "--times", "100", at=archive)["findings"]

    assert list(rows[0]) == [
        "code", "label", "dimension", "reading", "among", "numerator", "denominator",
        "share", "low", "high", "alpha", "ranked", "blanks", "invented",
    ]  # fmt: skip
    mine = {row["reading"]: row for row in rows if row["code"] == "L3" and row["among"] == "stated"}
    assert {"Boris", "Chidi"} < set(mine)
    assert len(mine) == 4
    # A 0 says that other reasons of leaving were given, so all five accounts state one;
    # both read L3 in.
    assert (mine["Boris"]["numerator"], mine["Boris"]["denominator"]) == (3, 5)
    assert (mine["Chidi"]["numerator"], mine["Chidi"]["denominator"]) == (3, 5)


def test_no_code_under_the_threshold_is_ranked(archive, monkeypatch):
    monkeypatch.setattr("exeunt.stages.findings.rules.claims.FEWEST_UNITS", 2)
    rows = told("findings", "--times", "100", at=archive)["findings"]
    ranked = {row["code"]: row["ranked"] for row in rows}

    assert ranked["L3"] is True
    assert ranked["L4"] is False
    assert "not ranked" in done("findings", "--times", "100", at=archive)


def test_a_question_may_be_put_to_some_accounts_only(archive):
    words = ("findings", "--times", "100", "--only", "group=The Guard")
    rows = told(*words, at=archive)["findings"]

    all_accounts = [row["denominator"] for row in rows if row["among"] == "all"]
    assert max(all_accounts) <= 2


MARKS = """\
account_id,coder,code,target,value,quote
A-1,Boris,L3,excerpt,1,They promised bread
A-1,Chidi,L3,excerpt,1,They promised bread
A-3,Boris,L4,excerpt,1,On se battait
"""


def test_agreement_on_marks_is_told_by_the_unit_that_is_asked_for(archive, tmp_path):
    asked = ("agreement", "--times", "100", "--unit", "sentence")
    nothing = done(*asked, at=archive)
    marks = tmp_path / "marks.csv"
    marks.write_text(MARKS, encoding="utf-8")
    done("import", "codings", str(marks), at=archive)
    said, rows = " ".join(done(*asked, at=archive).split()), told(*asked, at=archive)

    assert "Nobody has marked anything in 3 texts that two readers have completed." in nothing
    assert "Agreement on marks with each code, by sentences" in said
    assert "Krippendorff's family for unitized texts" in said
    # L3 in three texts of a sentence each: both mark the first, nobody the others.
    codes = {row["code"]: row for row in rows if row["kind"] == "code"}
    assert (codes["L3"]["units"], codes["L3"]["alpha"]) == (3, 1)
    assert codes["L4"]["percent"] == pytest.approx(2 / 3)
    assert [row["measure"] for row in rows if row["kind"] == "family"] == ["u", "bar_u", "cu"]


def test_a_unit_of_texts_that_is_none_is_wrong_use(archive):
    misused("agreement", "--unit", "word", at=archive)
    misused("findings", "--unit", "sentence", at=archive)


def test_another_reading_may_lead(archive):
    said = done("findings", "--times", "100", "--reading", "any", at=archive)

    assert "given by any reader, among" in " ".join(said.split())


@pytest.mark.parametrize("command", ["findings", "report"])
def test_what_is_settled_cannot_lead_before_anything_is(archive, command):
    says = refused(command, "--reading", "settled", at=archive)

    assert "Nothing has been settled with this codebook yet" in says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--only", "group"), "write it as group=IS"),
        (("--only", "moon=full"), "moon"),
        (("--only", "group=The Moon"), "The Moon"),
        (("--codebook", "moon"), "There is no codebook “moon”"),
        (("--study", "moon"), "There is no study “moon”. Studies: leaving."),
    ],
    ids=["half a pair", "attribute", "value", "codebook", "study"],
)
@pytest.mark.parametrize("command", ["agreement", "findings", "report"])
def test_a_question_that_cannot_be_put_is_refused(archive, command, words, says):
    before = state_of(archive)

    assert says in refused(command, *words, at=archive)
    assert state_of(archive) == before
    assert list((archive / "reports").iterdir()) == []


@pytest.mark.parametrize(
    ("pair", "says"),
    [("=IS", "write it as group=IS"), ("moon=full", "moon"), ("group=The Moon", "The Moon")],
    ids=["half a pair", "attribute", "value"],
)
@pytest.mark.parametrize("command", ["findings", "report"])
def test_a_comparison_that_cannot_be_made_is_refused(archive, command, pair, says):
    assert says in refused(command, "--compare", pair, at=archive)
    assert list((archive / "reports").iterdir()) == []


def test_agreement_is_not_compared(archive):
    misused("agreement", "--compare", "group=IS", at=archive)


@pytest.mark.parametrize("command", ["agreement", "findings", "report"])
@pytest.mark.parametrize("words", [("--times", "99"), ("--times", "many"), ("--blanks", "zero")])
def test_a_question_put_wrongly_is_wrong_use(archive, command, words):
    misused(command, *words, at=archive)


@pytest.mark.parametrize("command", ["agreement", "findings", "report"])
def test_a_study_that_nobody_has_coded_is_refused(begun, command):
    before = state_of(begun)

    assert "Bring codings in with “exeunt import codings”." in refused(command, at=begun)
    assert state_of(begun) == before


@pytest.mark.parametrize("command", ["agreement", "findings", "report"])
def test_a_study_of_others_is_not_seen(archive, command):
    assert "You have no study yet" in refused(command, at=archive, as_="Eve")


def test_the_same_seed_gives_the_same_intervals(archive):
    words = ("agreement", "--times", "200", "--seed", "7")

    assert told(*words, at=archive) == told(*words, at=archive)
