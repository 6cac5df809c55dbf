"""Where a study's findings stand, in the few lines of its overview."""

import pytest

from exeunt.errors import NotYours
from exeunt.methods.proportions import Share
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.formats.lines import agreement_line, said_line
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.queries.standing import answers_kept, standing_of
from exeunt.studies.actions import moved_on
from tests.making.archive import acts
from tests.making.counting import queries_for
from tests.making.studies import a_study


@pytest.mark.usefixtures("few_units_suffice")
def test_the_ranked_reasons_and_the_agreement_stand_as_worked_by_hand(cast, study, read_twice):
    # L2 alone is ranked: all agree in A3, A4 and A5 of the five with a stated reason.
    kept = answer(study=study, version=read_twice, question=Question(), by=cast.amina)
    standing = standing_of(study, by=cast.vera)
    (said,) = standing.said

    assert standing.answer == kept
    assert (said.code, said.counted) == ("L2", "3/5")
    assert (standing.dimension, standing.figure) == ("leaving", "reasons-leaving")
    assert kept.finding_set.filter(figure=standing.figure).exists()
    assert [(line.code, line.alpha, line.standing) for line in standing.sure] == [
        ("L1", ".640", "unreliable"),
        ("L2", "1.000", "firm"),
    ]


def test_nothing_is_counted_and_nothing_recorded_to_show_where_a_study_stands(
    cast, study, read_twice
):
    before = acts()
    standing = standing_of(study, by=cast.vera)

    assert (standing.version, standing.answer) == (read_twice, None)
    assert acts() == before
    assert queries_for(lambda: standing_of(study, by=cast.vera)) < 10


def test_a_study_that_nobody_has_coded_stands_nowhere(cast):
    assert standing_of(a_study(cast, "fresh"), by=cast.amina).version is None


def test_a_coder_who_must_not_be_swayed_yet_is_told_why(cast, study, read_twice, monkeypatch):
    answer(study=study, version=read_twice, question=Question(times=20), by=cast.amina)

    def refuse(study, version, *, by):
        raise NotYours("Read on first.")

    monkeypatch.setattr("exeunt.stages.findings.queries.answers.check_not_blind", refuse)
    standing = standing_of(study, by=cast.boris)

    assert str(standing.why) == "Read on first."
    assert (standing.answer, standing.said, standing.sure) == (None, (), ())


def test_it_says_how_much_has_changed_since(cast, study, read_twice):
    answer(study=study, version=read_twice, question=Question(), by=cast.amina)
    moved_on(study)
    study.refresh_from_db()

    assert standing_of(study, by=cast.vera).changes == 1
    assert answers_kept(study) == 1


def test_a_line_says_its_numbers_as_the_report_does():
    line = said_line("L2", "Brutality", Share(68, 126))

    # 68/126 = .5397; Wilson's interval of 95 % is .4526 to .6243.
    assert (line.percent, line.counted) == ("54\u00a0%", "68/126")
    assert line.bar == (54.0, 45.3, 62.4)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [(0.7, 0.88, "[.70–.88]"), (-0.13, 0.31, "[−.13, .31]"), (None, None, "–")],
)
def test_an_interval_with_a_sign_has_a_comma(low, high, says):
    row = dict.fromkeys(
        ("coders", "units", "prevalence", "percent", "alpha", "doubt", "kappa", "ac1"), None
    )
    words = {"code": "L", "label": "l", "dimension": "d", "standing": "unknown", "says": "s"}

    assert agreement_line({**row, **words, "low": low, "high": high}).interval == says
