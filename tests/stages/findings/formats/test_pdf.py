"""The PDF as a reader, a screen reader and an archivist open it."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from exeunt.stages.findings.formats.document import Page, Paragraph
from exeunt.stages.findings.formats.pdf import pdf
from tests.stages.findings.formats.making import INJECTION, report


@pytest.fixture(scope="module")
def made():
    return pdf(report())


@pytest.fixture
def opened(made):
    with pikepdf.open(io.BytesIO(made)) as document:
        yield document


@pytest.fixture(scope="module")
def pages(made):
    document = pypdfium2.PdfDocument(made)
    texts = []
    for page in document:
        textpage = page.get_textpage()
        texts.append(re.sub(r"\s+", " ", textpage.get_text_bounded()))
        textpage.close()
        page.close()
    document.close()
    return texts


def elements(node):
    """Walk the tree of tags."""
    for child in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(child, pikepdf.Array):
            yield from elements(child)
        elif isinstance(child, pikepdf.Dictionary):
            if "/S" in child:
                yield child
            if "/K" in child:
                yield from elements(child.K)


def tags(document):
    return [str(element.S) for element in elements(document.Root.StructTreeRoot)]


def fonts(document):
    """Give every font of every page and of every drawing on it."""
    for page in document.pages:
        waiting = [page.obj]
        while waiting:
            resources = waiting.pop().get("/Resources", pikepdf.Dictionary())
            yield from resources.get("/Font", pikepdf.Dictionary()).values()
            waiting += resources.get("/XObject", pikepdf.Dictionary()).values()


def test_it_says_that_it_is_tagged_and_keeps_to_pdf_ua_1(opened):
    assert opened.Root.MarkInfo.Marked
    assert "<pdfuaid:part>1</pdfuaid:part>" in opened.Root.Metadata.read_bytes().decode()


def test_it_carries_its_title_and_its_language(opened):
    assert str(opened.Root.Lang) == "en"
    assert str(opened.docinfo.Title) == "Leaving, 2014–2026"
    assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_it_is_dated_by_the_report_and_not_by_the_clock(opened):
    assert str(opened.docinfo.CreationDate) == "D:20261122000000Z"


def test_every_figure_is_told_in_words(opened):
    figures = [e for e in elements(opened.Root.StructTreeRoot) if str(e.S) == "/Figure"]
    assert [str(f.Alt) for f in figures] == [figure.alt for figure in report().figures()]


def test_every_page_of_the_report_has_a_heading_and_every_figure_one_below_it(opened):
    # Eight pages and the page about the report; nine figures.
    assert tags(opened).count("/H1") == 9
    assert tags(opened).count("/H2") == 9


def test_every_table_has_a_caption_and_header_cells(opened):
    # Nine tables of three columns beside figures, and one of seven on its own.
    assert tags(opened).count("/Table") == 10
    assert tags(opened).count("/Caption") == 10
    assert tags(opened).count("/TH") == 9 * 3 + 7


def test_a_narrators_words_are_a_quotation_in_their_own_language(opened):
    quoted = [e for e in elements(opened.Root.StructTreeRoot) if str(e.S) == "/BlockQuote"]
    assert len(quoted) == 2
    assert str(quoted[1].Lang) == "ar"


def test_every_font_is_inside_the_file(opened):
    seen = 0
    for font in fonts(opened):
        descriptor = font.DescendantFonts[0].FontDescriptor
        seen += 1
        assert any(key in descriptor for key in ("/FontFile2", "/FontFile3")), font.BaseFont
    assert seen


def test_our_words_are_in_sans_and_the_narrators_in_serif(opened):
    names = {
        str(font.BaseFont).partition("+")[2].partition("-Identity")[0] for font in fonts(opened)
    }
    assert {"Vazirmatn-Regular", "LibertinusSerif-Regular", "Amiri-Regular"} <= names


def test_page_one_says_what_was_found(pages):
    assert "Of the 126 who gave a reason, 68 named brutality: 54 %" in pages[0]
    assert "What was found" in pages[0]


def test_every_page_carries_the_mark_of_invented_material(pages):
    assert all("Invented material" in page for page in pages)


def test_a_report_of_real_material_carries_no_mark_of_invented_material():
    real = pypdfium2.PdfDocument(pdf(report(invented=False)))
    text = real[0].get_textpage().get_text_bounded()
    assert "Invented material" not in text


def test_every_page_says_which_it_is(pages):
    assert [f"{at} / {len(pages)}" in page for at, page in enumerate(pages, 1)] == [True] * len(
        pages
    )


def test_arabic_words_can_be_found_again(pages):
    assert any("السيارات" in page for page in pages)


def test_masks_are_read_as_they_were_written(pages):
    assert "[Person 3]" in pages[1]


def test_markup_in_a_text_is_set_as_it_stands(pages):
    # In a list and in the page about the report.
    assert sum(INJECTION in page for page in pages) == 2


@pytest.mark.parametrize("place", ["title", "subtitle"])
def test_markup_in_the_title_is_never_evaluated(place):
    one = pypdfium2.PdfDocument(pdf(report(**{place: INJECTION})))
    text = re.sub(r"\s+", "", one[0].get_textpage().get_text_bounded())
    assert INJECTION.replace(" ", "") in text


def test_every_figure_says_how_to_make_it_again(pages):
    text = " ".join(pages)
    assert text.count("How to reproduce this figure") == 9
    assert text.count("Query: codings where pass = adjudicated") == 9


@pytest.mark.parametrize("paragraphs", range(12, 34, 2))
def test_a_long_first_page_goes_without_contents_rather_than_leave_them_alone(paragraphs):
    first = report().pages[0]
    long = Page(first.title, first.lead, (Paragraph("One line."),) * paragraphs)
    document = pypdfium2.PdfDocument(pdf(report(pages=(long, *report().pages[1:3]))))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert "In this report" not in " ".join(texts[1:])


def test_a_first_page_with_room_ends_with_the_list_of_contents(pages):
    assert "In this report" in pages[0]
    assert "About this report" in pages[0]


def test_an_arabic_report_is_read_from_right_to_left():
    with pikepdf.open(io.BytesIO(pdf(report(language="ar", direction="rtl")))) as document:
        assert str(document.Root.Lang) == "ar"
        assert str(document.Root.ViewerPreferences.Direction) == "/R2L"


def test_the_same_report_gives_the_same_bytes(made):
    assert pdf(report()) == made
