"""The web page as a browser and a screen reader take it."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from exeunt.stages.findings.formats.document import (
    Bullets,
    Column,
    Note,
    Page,
    Paragraph,
    Quotation,
    Table,
)
from exeunt.stages.findings.formats.html import html
from exeunt.stages.findings.formats.words import Words
from tests.stages.findings.formats.making import ARABIC_WORDS, INJECTION, report


@pytest.fixture(scope="module")
def source():
    return html(report()).decode()


@pytest.fixture(scope="module")
def page(source):
    return lxml_html.fromstring(source)


def test_nothing_in_the_page_runs(page, source):
    handlers = [name for node in page.iter() for name in node.attrib if name.startswith("on")]
    assert not list(page.iter("script", "iframe", "object", "embed", "form"))
    assert handlers == []
    assert "javascript:" not in source


def test_the_page_asks_nothing_of_anywhere(page, source):
    loading = [
        node.get(a) for node in page.iter() for a in ("src", "href", "xlink:href") if node.get(a)
    ]
    styles = re.findall(r"url\(\"?([^)]{0,12})", source)
    assert all(target.startswith("#") for target in loading)
    assert all(target.startswith("data:") for target in styles)
    assert "@import" not in source
    assert not list(page.iter("link"))


def test_the_page_forbids_what_it_does_not_need(page):
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy


def test_what_a_person_wrote_is_shown_and_never_run(page, source):
    assert '<script>alert("y")</script>' not in source
    assert INJECTION in page.xpath("string(//section[@id='page-2']//ul/li[3])")
    assert INJECTION in page.xpath("string(//section[@id='about']//dd[4])")


def test_markup_in_any_field_is_shown_and_never_run():
    first = report().figures()[0]
    wicked = replace(
        first,
        title=INJECTION,
        alt=INJECTION,
        note=INJECTION,
        table=Table(INJECTION, (Column(INJECTION),), ((INJECTION,),), INJECTION),
        provenance=replace(first.provenance, query=INJECTION),
    )
    quoted = Quotation(INJECTION, "en", "ltr", INJECTION, INJECTION)
    blocks = (Paragraph(INJECTION), Note(INJECTION), Bullets((INJECTION,)), quoted, wicked)
    made = report(
        title=INJECTION,
        subtitle=INJECTION,
        about=((INJECTION, INJECTION),),
        pages=(Page(INJECTION, INJECTION, blocks),),
    )
    page = lxml_html.fromstring(html(made).decode())
    # Title, heading and footer; subtitle; about twice; contents, page and lead; paragraph, note and
    # bullet; a quotation with whose and mark; a figure's heading, name, content, note, caption,
    # column, cell, table note and query.
    assert not list(page.iter("script"))
    assert page.text_content().count(INJECTION) == 3 + 1 + 2 + 3 + 3 + 3 + 9


def test_a_title_with_markup_is_shown_as_text():
    page = lxml_html.fromstring(html(report(title="<b>x</b>")).decode())
    assert page.findtext(".//title") == "<b>x</b>"
    assert page.xpath("string(//h1)") == "<b>x</b>"


def test_the_mark_on_printed_pages_cannot_leave_its_string():
    wicked = '"; } </style><script>alert(1)</script>'
    source = html(report(words=Words(invented=wicked))).decode()
    assert "<script>" not in source
    assert not list(lxml_html.fromstring(source).iter("script"))


def test_every_figure_has_a_name_and_its_content_in_words(page):
    drawings = list(page.iter("svg"))
    for drawing, figure in zip(drawings, report().figures(), strict=True):
        assert drawing.get("role") == "img"
        assert page.get_element_by_id(drawing.get("aria-labelledby")).text == figure.title
        assert page.get_element_by_id(drawing.get("aria-describedby")).text == figure.alt


def test_no_id_is_given_twice(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_table_has_a_caption_and_names_its_rows_and_columns(page):
    tables = list(page.iter("table"))
    assert len(tables) == 10
    for table in tables:
        assert table.findtext("caption")
        assert {th.get("scope") for th in table.findall("thead/tr/th")} == {"col"}
        assert {row[0].get("scope") for row in table.findall("tbody/tr")} == {"row"}


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_line_of_the_contents_leads_somewhere(page):
    targets = page.xpath("//nav//a/@href")
    assert len(targets) == 9
    assert all(page.get_element_by_id(target[1:]) is not None for target in targets)


def test_the_first_link_skips_to_what_was_found(page):
    first = page.xpath("//a[1]")[0]
    assert page.get_element_by_id(first.get("href")[1:]).tag == "main"


def test_a_quotation_says_its_language_and_direction(page):
    english, arabic = page.iter("blockquote")
    assert (english.get("lang"), english.get("dir")) == ("en", "ltr")
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert arabic.text_content() == ARABIC_WORDS


def test_masks_are_marked_within_the_narrators_words(page):
    assert page.xpath("//blockquote//span[@class='mask']/text()") == ["[Person 3]", "[شخص ٣]"]


def test_the_cover_and_every_part_carry_the_mark_of_invented_material(page):
    # The cover, eight pages and the page about the report.
    assert page.xpath("//*[contains(@class, 'invented')]/text()") == ["Invented material"] * 10


def test_a_report_of_real_material_carries_no_mark():
    assert "Invented material" not in html(report(invented=False)).decode()


def test_an_arabic_report_reads_from_the_right():
    page = lxml_html.fromstring(html(report(language="ar", direction="rtl")).decode())
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_every_figure_says_how_to_make_it_again(page):
    origins = page.xpath("//div[@class='origin']")
    assert len(origins) == 9
    assert all("codings where pass = adjudicated" in origin.text_content() for origin in origins)


def test_the_same_report_gives_the_same_bytes(source):
    assert html(report()).decode() == source
