"""What the report says of its numbers, and what it keeps to itself."""

from types import MappingProxyType

import numpy as np
import pytest

from exeunt.methods import narratives as count
from exeunt.methods.codebooks import Code, Codebook
from exeunt.methods.proportions import Share
from exeunt.methods.readings import Cell, Readings
from exeunt.stages.findings.formats.composition import compose
from exeunt.stages.findings.formats.composition.wording import (
    decimal,
    interval,
    likely,
    percent,
    slug,
)
from exeunt.stages.findings.formats.document import Bullets, Note, Paragraph, Quotation, Table
from exeunt.stages.findings.formats.facts import Body, Facts
from exeunt.stages.findings.formats.question import Question

CODES = (
    Code("L1", "In-fighting", dimension="leaving"),
    Code("L2", "Brutality", dimension="leaving"),
    Code("L3", "Corruption", dimension="leaving"),
)


def read_by(*tables, machines=False):
    """Return readings of 12 accounts; one table of 0, 1 and None for each reader."""
    numbers = np.array([[[cell or 0 for cell in row] for row in table] for table in tables])
    cells = np.array(
        [
            [[Cell.NOT_MENTIONED if cell is None else Cell.VALUE for cell in row] for row in table]
            for table in tables
        ],
        dtype=np.int8,
    )
    accounts = len(tables[0])
    return Readings(
        codebook=Codebook("reasons", "Reasons", CODES),
        readers=tuple(f"reader-{at}" for at in range(1, len(tables) + 1)),
        machines=(machines,) * len(tables),
        accounts=tuple(f"A{at}" for at in range(accounts)),
        codes=tuple(code.key for code in CODES),
        numbers=numbers.astype(np.int16),
        cells=cells,
        attributes=MappingProxyType({"period": np.array(["2014", "2015"] * (accounts // 2))}),
        narrators=np.arange(accounts),
    )


# L1 in 6 of 12, L2 in 6 of 12 (a tie), L3 in 4 of 12; the second reader sees L3 in other accounts.
FIRST = [(int(at < 6), int(at >= 6), int(at < 4)) for at in range(12)]
SECOND = [(int(at < 6), int(at >= 6), int(at >= 8)) for at in range(12)]


def body(readings, *, limits=(), invented=False):
    accounts = len(readings.accounts)
    return Body(
        study="leaving",
        title="Leaving",
        codebook="reasons@1",
        software="Exeunt",
        made="2026-03-02T09:00:00+00:00",
        accounts=accounts,
        narrators=accounts,
        invented=invented,
        machines=any(readings.machines),
        fewest_units=10,
        limits=limits,
    )


def facts(readings, *, ranked=frozenset({"L1", "L2"}), **of_the_body):
    question = Question(times=50)
    agreed = tuple(count.agreements(readings, blanks=question.blanks, times=50))
    way = count.way_called(readings, count.leading_way(readings), question.blanks)
    keys = [code.key for code in CODES]
    return Facts(
        body=body(readings, **of_the_body),
        question=question,
        readings=readings,
        agreements=agreed,
        agreements_otherwise=agreed,
        stating=tuple(count.agreements_on_stating(readings, times=50)),
        narratives=tuple(count.narratives(readings, agreed, question.blanks)),
        ranked=ranked,
        way=way.name,
        slices={"period": tuple(count.sliced(readings, way, "period", codes=keys))},
        comparisons=(),
        crossings=(),
        combinations=tuple(count.combinations(readings, way, codes=keys)),
        consistency=None,
    )


def said(report):
    """Return every sentence and cell of a report as one text."""
    words = []
    for page in report.pages:
        words += [page.title, page.lead]
        for block in page.blocks:
            if isinstance(block, Bullets):
                words += block.items
            elif isinstance(block, Paragraph | Note | Quotation):
                words.append(block.text)
            else:
                table = block if isinstance(block, Table) else block.table
                words += [cell for row in table.rows for cell in row]
                words += [block.note, table.note, table.caption]
    return "\n".join(words).replace("\u00a0", " ")


def test_reasons_that_are_named_equally_often_come_first_together():
    text = said(compose(facts(read_by(FIRST, SECOND))))

    assert "“In-fighting” and “Brutality” come first together: 6 of 12, 50 %" in text
    assert "comes first" not in text


def test_a_code_that_may_not_be_ranked_is_named_as_such_and_carries_a_dagger():
    text = said(compose(facts(read_by(FIRST, SECOND))))

    assert "Agreement too low to rank or headline (alpha under .667): “Corruption”" in text
    assert "L3 Corruption †" in text
    assert "L1 In-fighting †" not in text
    assert "“Corruption”: " not in text.split("Agreement too low")[0]


def test_too_few_accounts_are_another_reason_than_too_little_agreement():
    few = read_by(FIRST[::2], SECOND[::2])
    text = said(compose(facts(few, ranked=frozenset())))

    assert "Too few accounts to rank or headline (fewer than 10 read by two)" in text
    assert "Agreement too low" not in text
    assert "No code can be ranked or headlined." in text


def test_every_interval_in_a_sentence_says_that_it_is_illustrative():
    text = said(compose(facts(read_by(FIRST, SECOND))))

    assert "illustrative 95 % interval" in text
    assert "likely" not in text


def test_a_study_s_own_limits_are_printed_and_nobody_else_s():
    text = said(compose(facts(read_by(FIRST, SECOND), limits=("Two newspapers only.",))))

    assert "Two newspapers only." in text
    assert "2,000 characters" not in text


def test_the_limits_of_every_report_are_there():
    text = said(compose(facts(read_by(FIRST, SECOND, machines=True))))

    for sentence in (
        "convenience sample",
        "Leaving is not deradicalisation",
        "evidence that counter-narratives change behaviour is thin",
        "Readers marked as machines are software",
    ):
        assert sentence in text


def test_every_chart_of_invented_material_is_marked():
    report = compose(facts(read_by(FIRST, SECOND), invented=True))

    assert report.figures()
    assert all("material" in figure.chart.data().splitlines()[0] for figure in report.figures())


def test_a_single_reader_gets_no_page_on_agreement():
    titles = [page.title for page in compose(facts(read_by(FIRST), ranked=frozenset())).pages]

    assert "How sure the readers are" not in titles
    assert "What was found" in titles


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.225, "23"), (0.125, "13"), (0.925, "93"), (0.2249, "22"), (1.0, "100"), (0.0, "0")],
)
def test_halves_are_rounded_up_as_on_paper(value, shown):
    assert percent(value) == f"{shown}\u00a0%"


def test_a_share_of_nothing_is_not_zero():
    assert percent(None) == "–"
    assert interval(Share(0, 0)) == "–"
    assert likely(Share(0, 0)) == "nothing to count"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.5, ".50"), (-0.062, "−.06"), (1.0, "1.00"), (-0.001, ".00"), (None, "–")],
)
def test_coefficients_are_printed_as_the_field_prints_them(value, shown):
    assert decimal(value) == shown


def test_a_name_in_any_script_makes_an_id_and_different_names_different_ones():
    assert slug("Joining the group") == "joining-the-group"
    assert slug("المغادرة") != slug("الانضمام")
    assert slug("المغادرة").isascii()
