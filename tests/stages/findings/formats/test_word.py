"""The Word file, opened again."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from exeunt.stages.findings.formats.word import word
from tests.stages.findings.formats.making import ARABIC_WORDS, INJECTION, report


@pytest.fixture(scope="module")
def made():
    return word(report())


@pytest.fixture(scope="module")
def opened(made):
    return Document(io.BytesIO(made))


def paragraph_with(document, text):
    (found,) = (p for p in document.paragraphs if p.text == text)
    return found


def test_it_carries_its_title_its_language_and_its_date(opened):
    properties = opened.core_properties
    assert properties.title == "Leaving, 2014–2026"
    assert properties.language == "en"
    assert properties.created.isoformat() == "2026-11-22T00:00:00+00:00"


def test_the_default_language_of_the_text_is_the_reports(opened):
    assert opened.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en"


def test_every_picture_has_its_content_in_words(opened):
    descriptions = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert descriptions == [figure.alt for figure in report().figures()]


def test_no_picture_is_wider_than_the_text(opened):
    section = opened.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room for shape in opened.inline_shapes)


def test_every_table_repeats_its_heading_row(opened):
    assert len(opened.tables) == 10
    for table in opened.tables:
        first = table.rows[0]._tr.trPr
        assert first is not None
        assert first.find(qn("w:tblHeader")) is not None


def test_pages_and_figures_have_headings(opened):
    styles = [p.style.name for p in opened.paragraphs]
    assert styles.count("Heading 1") == 9
    assert styles.count("Heading 2") == 9
    assert styles[0] == "Title"


def test_an_arabic_quotation_runs_from_the_right_in_its_own_language(opened):
    words = paragraph_with(opened, ARABIC_WORDS)
    assert words._p.pPr.find(qn("w:bidi")) is not None
    assert all(run.font.rtl for run in words.runs)
    assert words.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar"


def test_the_parts_of_a_right_to_left_paragraph_stand_in_the_order_of_the_schema(opened):
    words = paragraph_with(opened, ARABIC_WORDS)
    names = [child.tag.rpartition("}")[2] for child in words._p.pPr]
    letters = [child.tag.rpartition("}")[2] for child in words.runs[0]._r.rPr]
    assert names.index("keepNext") < names.index("bidi") < names.index("ind")
    assert letters.index("sz") < letters.index("szCs") < letters.index("rtl")


def test_masks_are_in_small_capitals(opened):
    masked = [run.text for p in opened.paragraphs for run in p.runs if run.font.small_caps]
    assert masked == ["[Person 3]"]


def test_the_mark_of_invented_material_stands_in_the_header_of_every_page(opened):
    assert opened.sections[0].header.paragraphs[0].text == "Invented material"


def test_a_report_of_real_material_carries_no_mark():
    document = Document(io.BytesIO(word(report(invented=False))))
    assert document.sections[0].header.paragraphs[0].text == ""


def test_markup_in_a_text_stays_text(opened):
    assert paragraph_with(opened, INJECTION).style.name == "List Bullet"


def test_every_figure_says_how_to_make_it_again(opened):
    said = [p.text for p in opened.paragraphs if p.text.startswith("How to reproduce")]
    assert len(said) == 9
    assert all("Query: codings where pass = adjudicated" in text for text in said)


def test_the_clock_is_nowhere_in_the_file(made):
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 11, 22, 0, 0, 0)}


def test_the_same_report_gives_the_same_bytes(made):
    assert word(report()) == made
