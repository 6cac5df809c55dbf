"""A question is answered once, and the answer is kept as it was given."""

import pytest

from exeunt.errors import NotThere, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.methods.readings import Blanks
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.actions.reports import make_report
from exeunt.stages.findings.formats.composition import compose
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Answer, Finding
from exeunt.stages.findings.queries.answers import document_of, latest_answer
from exeunt.stages.findings.queries.narrative import findings_of
from exeunt.studies.actions import moved_on
from tests.making.archive import acts, rows_everywhere
from tests.making.coding import a_codebook
from tests.making.testimonies import row, some_accounts, take_in

FEW = Question(times=20)


def test_an_answer_says_what_was_counted_and_is_written_down_once(cast, study, read_twice):
    before = acts()
    kept = answer(study=study, version=read_twice, question=FEW, by=cast.vera)
    facts = findings_of(study, read_twice, FEW, made=kept.made, by=cast.vera)
    entry = Entry.objects.latest("position")

    assert document_of(kept) == compose(facts)
    assert kept.asked() == FEW
    assert (kept.study, kept.version, kept.asked_by) == (study, read_twice, cast.vera)
    assert kept.data_hash == facts.readings.data_hash
    assert kept.facets["period"] == [["2014", 3], ["2015", 3]]
    assert [row["code"] for row in kept.agreements] == ["J1", "L1", "L2", "", ""]
    assert (kept.reasons["reading"], kept.reasons["dimension"]) == (facts.way, "leaving")
    assert acts() == [*before, "findings.answered"]
    assert (entry.subject, entry.by) == (kept.ref, cast.vera.ref)


def test_the_same_question_to_the_same_study_is_not_counted_again(
    cast, study, read_twice, monkeypatch
):
    first = answer(study=study, version=read_twice, question=FEW, by=cast.amina)
    before = rows_everywhere()
    monkeypatch.setattr("exeunt.stages.findings.actions.answers.findings_of", None)

    assert answer(study=study, version=read_twice, question=FEW, by=cast.vera) == first
    assert rows_everywhere() == before


def test_a_change_that_changes_nothing_renews_the_answer(cast, study, read_twice, clock):
    first = answer(study=study, version=read_twice, question=FEW, by=cast.amina)
    drawn = Finding.objects.count()
    moved_on(study)
    clock.shift(60)
    again = answer(study=study, version=read_twice, question=FEW, by=cast.amina)

    assert (again, again.made) == (first, first.made)
    assert again.edition == first.edition + 1
    assert Finding.objects.count() == drawn
    assert acts()[-2:] == ["findings.answered"] * 2


def test_a_change_of_the_data_has_an_answer_of_its_own_and_the_first_one_stays(
    cast, study, read_twice, tmp_path
):
    first = answer(study=study, version=read_twice, question=FEW, by=cast.amina)
    said = Answer.objects.values().get(pk=first.pk)
    take_in([row("A7", period="2016")], tmp_path, study=study, cast=cast, name="a7.csv")
    second = answer(study=study, version=read_twice, question=FEW, by=cast.amina)

    assert second != first
    assert second.data_hash != first.data_hash
    assert Answer.objects.values().get(pk=first.pk) == said
    assert latest_answer(study, read_twice, FEW, by=cast.vera) == second


@pytest.mark.parametrize(
    "other",
    [Question(times=20, blanks=Blanks.NOT_MENTIONED), Question(times=20, only={"period": "2014"})],
    ids=["blanks", "a subset"],
)
def test_another_question_has_another_answer(cast, study, read_twice, other):
    first = answer(study=study, version=read_twice, question=FEW, by=cast.amina)

    assert latest_answer(study, read_twice, other, by=cast.amina) is None
    assert answer(study=study, version=read_twice, question=other, by=cast.amina) != first


def test_a_report_keeps_the_answer_that_it_tells(cast, study, read_twice, tmp_path):
    made = make_report(
        study=study,
        version=read_twice,
        question=FEW,
        folder=tmp_path / "out",
        formats=["html"],
        by=cast.edda,
    )

    assert latest_answer(study, read_twice, FEW, by=cast.vera) == made.report.answer


def test_it_tells_how_far_it_is(cast, study, read_twice):
    told = []

    def tell(says, done=None, total=None, /):
        told.append((says, done, total))

    answer(study=study, version=read_twice, question=FEW, tell=tell, by=cast.amina)
    figures = Finding.objects.count()

    assert told[:2] == [
        ("Reading what was coded, and measuring agreement", None, None),
        ("Counting reasons", None, None),
    ]
    assert told[2:] == [("Drawing the figures", at, figures) for at in range(figures)]


def test_an_outsider_is_answered_nothing(cast, study, read_twice):
    before = rows_everywhere()
    with pytest.raises(NotYours, match="may not see findings"):
        answer(study=study, version=read_twice, question=FEW, by=cast.eve)

    assert rows_everywhere() == before


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (Question(times=20, only={"period": "1999"}), "No account has the period “1999”"),
        (Question(times=20, complete=(("setting", "free"),)), "“setting” is"),
    ],
    ids=["about nobody", "a comparison that misleads"],
)
def test_a_question_that_is_refused_keeps_nothing(cast, study, read_twice, question, says):
    before = rows_everywhere()
    with pytest.raises(Refusal, match=says):
        answer(study=study, version=read_twice, question=question, by=cast.amina)

    assert rows_everywhere() == before


def test_a_study_that_nobody_has_coded_has_no_answer(cast, study, captures, tmp_path):
    some_accounts(2, tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast)
    with pytest.raises(NotThere, match="Nobody has coded"):
        answer(study=study, version=version, question=FEW, by=cast.amina)
