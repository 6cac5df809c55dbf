"""What is agreed or settled counts as the study's own answer, beside the readings."""

from pathlib import Path

import pytest
from django.utils import timezone

from exeunt.errors import NotYet
from exeunt.methods.proportions import Reading
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.formats.composition import compose
from exeunt.stages.findings.formats.document import Bullets, Table
from exeunt.stages.findings.formats.facts import Facts
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.queries.narrative import findings_of
from exeunt.stages.findings.rules.asking import digest_of, plain_question
from tests.making.coding import Desk, code, judgement
from tests.making.spans import LEFT, PAID, SAID, SAW, Disputed, a_disputed_text
from tests.making.testimonies import an_account

SETTLED = Reading.SETTLED.value


def found(desk: Desk | Disputed, cast, **question) -> Facts:
    asked = Question(times=20, **question)
    return findings_of(desk.study, desk.version, asked, made=timezone.now(), by=cast.amina)


def share(facts: Facts, code_: str, way: str) -> tuple[int, int]:
    shares = next(n for n in facts.narratives if n.code == code_).share(way)
    return shares.numerator, shares.denominator


def said_in(facts: Facts) -> str:
    """Return every bullet and lead of the report."""
    pages = compose(facts).pages
    bullets = [b for page in pages for b in page.blocks if isinstance(b, Bullets)]
    return " ".join([page.lead for page in pages] + [item for b in bullets for item in b.items])


@pytest.fixture
def desk(study, read_twice) -> Desk:
    """Six accounts that two have read; see conftest for what they said."""
    return Desk(study, read_twice)


def test_until_something_is_settled_there_are_only_the_readings(cast, desk):
    facts = found(desk, cast)

    assert [shares.way for shares in facts.narratives[0].ways][2:] == [
        "given by all readers",
        "given by any reader",
    ]
    with pytest.raises(NotYet, match="Nothing has been settled with this codebook yet"):
        found(desk, cast, reading=Reading.SETTLED)


def test_what_is_settled_stands_beside_the_readings(cast, desk):
    desk.settle("A4", "L1", 1, by=cast.amina)
    facts = found(desk, cast)

    # L1 in A1 to A5: both 1, both 1, both 0, settled as 1, both 0.
    assert share(facts, "L1", SETTLED) == (3, 5)
    # J1: only in A3 do both say the same, in A1, A2, A4 and A5 they differ, unsettled.
    assert share(facts, "J1", SETTLED) == (1, 1)
    assert facts.way == "given by all readers"
    assert share(facts, "L1", facts.way) == (2, 5)


def test_agreement_is_of_the_readings_whatever_is_settled(cast, desk):
    before = {row.code: row.agreement for row in found(desk, cast).agreements}
    desk.settle("A4", "L1", 1, by=cast.amina)

    assert {row.code: row.agreement for row in found(desk, cast).agreements} == before


@pytest.mark.usefixtures("few_units_suffice")
def test_the_report_says_what_counts_where_the_settled_leads(cast, desk):
    desk.settle("A4", "L1", 1, by=cast.amina)
    facts = found(desk, cast, reading=Reading.SETTLED)
    report = compose(facts)
    said = said_in(facts)
    tables = [b for page in report.pages for b in page.blocks if isinstance(b, Table)]
    figures = report.figures()

    assert facts.way == SETTLED
    assert "A reason counts where it is agreed or settled." in said
    assert "In 5 of 6 accounts something about leaving is agreed or settled." in said
    assert "“Settled” is the study's own answer: what all readers of an account" in said
    headings = [column.heading for figure in figures for column in figure.table.columns]
    assert "Settled" in headings + [c.heading for table in tables for c in table.columns]
    assert all("reading=agreed or settled" in figure.provenance.query for figure in figures)


def test_a_report_where_all_lead_says_what_the_settled_column_is(cast, desk):
    desk.settle("A4", "L1", 1, by=cast.amina)
    said = said_in(found(desk, cast))

    assert "A reason counts where both readers saw it." in said
    assert "“Settled” is the study's own answer" in said


def test_any_reader_may_lead(cast, desk):
    facts = found(desk, cast, reading=Reading.BY_ANY)

    assert (facts.way, share(facts, "L1", facts.way)) == ("given by any reader", (3, 5))
    assert "In 5 of 6 accounts a reader found a reason for leaving." in said_in(facts)


def test_earlier_answers_are_found_by_their_question_still():
    # The digest of the usual question as it was before another reading could lead.
    assert "reading" not in plain_question(Question())
    assert digest_of(Question(reading=Reading.SETTLED)) != digest_of(Question())


def test_settling_makes_a_new_answer(cast, desk):
    asked = {"study": desk.study, "version": desk.version, "question": Question(times=20)}
    first = answer(**asked, by=cast.amina)
    desk.settle("A4", "L1", 1, by=cast.amina)
    second = answer(**asked, by=cast.amina)

    assert first.pk != second.pk
    assert {row["reading"] for row in second.reasons["rows"]} >= {SETTLED}


# --- excerpts -----------------------------------------------------------------------------------


@pytest.fixture
def disputed(cast, study, captures: Path) -> Disputed:
    return a_disputed_text(study, cast)


def test_a_report_is_made_of_settled_excerpts(cast, disputed, tmp_path):
    an_account(disputed.study, cast, account_id="A2", text=SAID)
    rows = [
        judgement("A2", key, coder=coder, quote=quote)
        for key, quote in (("L1", PAID), ("L2", LEFT))
        for coder in ("Boris", "Chidi")
    ]
    code(rows, tmp_path, study=disputed.study, cast=cast)
    for words in (PAID, SAW):
        disputed.settle(words, "none", by=cast.amina)
    facts = found(disputed, cast, reading=Reading.SETTLED)
    said = said_in(facts)

    # In the first account it is settled that nothing is marked with L1; with L2 both marked the
    # same, so that L1 was not given. In the second both marked both alike.
    assert share(facts, "L1", SETTLED) == (1, 2)
    assert share(facts, "L2", SETTLED) == (2, 2)
    assert share(facts, "L1", "given by all readers") == (2, 2)
    assert "Readers marked excerpts in the texts." in said
    assert "the excerpts that all readers of an account, two at least, marked alike" in said
    assert {quote.code: quote.text for quote in facts.quotes} == {"L1": PAID}
    assert len(facts.readings.accounts) == 2
    assert facts.slices["setting"]


def test_agreement_on_accounts_is_told_for_a_codebook_of_excerpts(cast, disputed):
    facts = found(disputed, cast)
    by_code = {row.code: row.agreement for row in facts.agreements}

    # Both found L1 in the one account, wherever they marked it.
    assert (by_code["L1"].percent, by_code["L1"].units) == (1, 1)
