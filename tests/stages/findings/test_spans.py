"""Agreement on what was marked in texts: asked for, kept, shown, printed in the report."""

from dataclasses import replace

import pytest
from django.utils import timezone

from exeunt.errors import NotYet
from exeunt.methods.span_agreement import Unitised
from exeunt.stages.coding.queries.marked_texts import marked_texts
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.formats.composition import compose
from exeunt.stages.findings.formats.document import Table
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.queries.narrative import agreement_in, findings_of
from exeunt.stages.findings.queries.posed import posed_to
from exeunt.stages.findings.queries.shown import agreement_shown
from exeunt.stages.findings.queries.standing import sure_in
from exeunt.stages.findings.rules.asking import Asking, digest_of
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.codebooks import OF_EXCERPTS
from tests.making.coding import a_codebook, code, judgement
from tests.making.counting import queries_for
from tests.making.reading import at, words
from tests.making.spans import SAID, Disputed, a_disputed_text
from tests.making.testimonies import an_account, row, take_in
from tests.making.web import browser_of

__all__ = ["browser_of"]

BY_SENTENCE = Question(times=100, unit=Unitised.SENTENCE)


@pytest.fixture
def disputed(cast, study, captures) -> Disputed:
    """One text of three sentences; see tests/making/spans for what Boris and Chidi marked."""
    return a_disputed_text(study, cast)


def found(disputed: Disputed, cast, question: Question = BY_SENTENCE):
    return agreement_in(disputed.study, disputed.version, question, by=cast.amina).spans.found


def test_sentences_are_rated_by_what_was_marked_in_them(cast, disputed):
    # L1: both marked the first, Boris alone the second, nobody the third: (1,1) (1,0) (0,0).
    # 3 of 6 ratings are 1. Observed 2/6; expected 2*3*3/(6*5) = 18/30; alpha = 1 - 5/9.
    # L2: both marked the third alike.
    by_code = {row.code: row.agreement for row in found(disputed, cast).codes}

    assert by_code["L1"].alpha == pytest.approx(4 / 9)
    assert (by_code["L1"].units, by_code["L1"].prevalence) == (3, 0.5)
    assert by_code["L2"].alpha == 1


def test_characters_count_what_differs_one_by_one(cast, disputed):
    # 98 characters; of L1 the stop of the first sentence and the 20 of the second differ.
    question = Question(times=100, unit=Unitised.CHARACTER)
    l1 = found(disputed, cast, question).codes[0].agreement

    assert l1.units == len(SAID) == 98
    assert l1.percent == pytest.approx(1 - 21 / 98)


def test_a_text_without_turns_is_cut_into_its_paragraphs(cast, study, captures, tmp_path):
    version = a_codebook(study, cast, OF_EXCERPTS)
    texts = {
        "A1": "Q: Why?\nA: They took it.\nQ: When?\nA: At night.",
        "A2": "One line.\nTwo lines.",
    }
    rows = [row(label, text=text, language="en") for label, text in texts.items()]
    take_in(rows, tmp_path, study=study, cast=cast)
    marks = [
        judgement(label, "L1", quote=quote, coder=coder)
        for label, quote in (("A1", "took it"), ("A2", "Two"))
        for coder in ("Boris", "Chidi")
    ]
    code(marks, tmp_path, study=study, cast=cast)
    cut = marked_texts(study, version, Unitised.TURN, by=cast.amina)

    assert [len(text.units) for text in cut.texts] == [4, 2]


def test_only_texts_that_two_have_completed_count(cast, disputed, tmp_path):
    an_account(disputed.study, cast, account_id="Alone", text=SAID)
    rows = [judgement("Alone", "L1", quote=SAID)]
    code(rows, tmp_path, study=disputed.study, cast=cast)

    assert found(disputed, cast).texts == 1


def test_marks_at_nought_and_without_a_value_say_that_nothing_is_there(cast, disputed, tmp_path):
    an_account(disputed.study, cast, account_id="Zero", text=SAID)
    rows = [
        judgement("Zero", "L1", value, quote=SAID, coder=coder)
        for coder, value in (("Boris", 0), ("Chidi", "unknown"))
    ]
    code(rows, tmp_path, study=disputed.study, cast=cast)
    texts = marked_texts(
        disputed.study, disputed.version, Unitised.SENTENCE, accounts=["Zero"], by=cast.amina
    ).texts

    assert [text.readings for text in texts] == [{"Boris": [], "Chidi": []}]


def test_where_nobody_has_read_a_text_twice_it_is_refused(cast, study, read_twice):
    with pytest.raises(NotYet, match="No text has been completed by two readers"):
        agreement_in(study, read_twice, BY_SENTENCE, by=cast.amina)


def test_a_coder_who_still_has_to_read_is_told_nothing(cast, disputed):
    appoint(study=disputed.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    with pytest.raises(NotYet, match="You still have 1 to read"):
        marked_texts(disputed.study, disputed.version, Unitised.SENTENCE, by=cast.vera)


def test_one_text_or_twenty_ask_as_often(cast, study, captures, tmp_path):
    def asked(count: int) -> int:
        version = a_codebook(study, cast, replace(OF_EXCERPTS, slug=f"book-{count}"))
        labels = [f"T{count}-{number}" for number in range(count)]
        take_in([row(x, text=SAID) for x in labels], tmp_path, study=study, cast=cast)
        rows = [
            judgement(label, "L1", quote=SAID, coder=coder)
            for label in labels
            for coder in ("Boris", "Chidi")
        ]
        code(rows, tmp_path, study=study, cast=cast, codebook=version.name)
        return queries_for(lambda: marked_texts(study, version, Unitised.SENTENCE, by=cast.amina))

    assert asked(1) == asked(20)


def test_what_stands_in_an_open_reading_is_not_among_the_marks(cast, disputed):
    appoint(study=disputed.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    disputed.reading.mark(SAID, "L1", by=cast.vera)
    (text,) = marked_texts(disputed.study, disputed.version, Unitised.SENTENCE, by=cast.amina).texts

    assert set(text.readings) == {"Boris", "Chidi"}


# --- kept, shown and printed --------------------------------------------------------------------


def test_it_is_kept_with_the_answer_and_shown_with_links_to_what_differs(cast, disputed):
    kept = answer(
        study=disputed.study, version=disputed.version, question=BY_SENTENCE, by=cast.amina
    )
    posed = posed_to(disputed.study, Asking(BY_SENTENCE), by=cast.amina)
    shown = agreement_shown(posed, by=cast.amina)

    assert kept.question["unit"] == "sentence"
    assert [(one.line.code, one.place) for one in shown.spans.codes] == [("L1", 1), ("L2", 2)]
    assert shown.spans.codes[0].line.alpha == ".444"
    assert [one.measure for one in shown.spans.family] == ["u", "bar_u", "cu"]
    assert shown.spans.dots.figure == "agreement-by-sentence"
    # The lines of accounts stay by themselves.
    assert {line.code for line in shown.codes} == {"J1", "L1", "L2"}
    assert {line.code for line in sure_in(kept)} == {"L1", "L2"}


def test_the_usual_question_is_still_the_one_without_a_unit():
    assert digest_of(BY_SENTENCE) != digest_of(Question(times=100))


def test_the_report_has_a_page_on_marks_with_its_own_hash(cast, disputed):
    facts = findings_of(
        disputed.study, disputed.version, BY_SENTENCE, made=timezone.now(), by=cast.amina
    )
    page = next(page for page in compose(facts).pages if "marked" in page.title)
    figure = page.blocks[0]
    captions = [block.caption for block in page.blocks if isinstance(block, Table)]

    assert page.lead == (
        "In 1 text that two readers have completed, cut into sentences, 1 of 2 codes reach an "
        "alpha of .667."
    )
    assert figure.id == "agreement-by-sentence"
    assert figure.provenance.data_hash == facts.spans.data_hash != facts.readings.data_hash
    assert "unit=sentence" in figure.provenance.query
    assert captions == [
        "Prevalence, and other coefficients for comparison",
        "Agreement on whether anything was marked at all",
        "Krippendorff's family for unitized texts, over all codes",
    ]


def test_without_a_unit_nothing_is_measured_of_marks(cast, disputed):
    agreed = agreement_in(disputed.study, disputed.version, Question(times=100), by=cast.amina)

    assert agreed.spans is None


def test_the_page_of_agreement_shows_it_and_leads_to_the_stretches(cast, disputed, browser_of):
    answer(study=disputed.study, version=disputed.version, question=BY_SENTENCE, by=cast.amina)
    place = f"{at('findings:agreement', disputed.study)}?unit=sentence&times=100"
    page = browser_of(cast.vera).get(place)
    where = at("coding:stretches", disputed.study)

    assert "What was marked in the texts 1 text that two readers have completed." in words(page)
    assert f"{where}?codebook=excerpts%401&amp;code=1" in page.content.decode()
    assert "do not rely on it alone" in words(page)


def test_a_unit_that_is_none_is_refused(cast, disputed, browser_of):
    place = f"{at('findings:agreement', disputed.study)}?unit=word"

    assert "“word” is none of these" in words(browser_of(cast.vera).get(place))
