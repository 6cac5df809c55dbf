"""Saved web pages: what a reader sees; nothing is run, fetched or expanded."""

import re

import pytest

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import webpage


def read(page):
    data = page if isinstance(page, bytes) else page.encode()
    return webpage.read(document_of(data, name="told.html"))


def texts(page):
    return [paragraph.text for paragraph in read(page).paragraphs]


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        ("<p>I  left\n in <b>May</b>.</p><p>So.", ["I left in May.", "So."]),
        ("<p>a<br>b<br/>c</p>", ["a\nb\nc"]),
        ("<div>bare <p>inner</p> tail</div>", ["bare", "inner", "tail"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<table><tr><td>a<td>b<tr><th>c</table>", ["a", "b", "c"]),
        ("<pre>a\n  b</pre>", ["a\n  b"]),
        ("&#1578;&amp;&nbsp;&lt;p&gt;", ["ت&\xa0<p>"]),
        ("<p>a<!-- b --><script>c</script><style>d</style>e", ["ae"]),
        ("<title>t</title>words", ["words"]),
        ("plain words & < no tags", ["plain words & < no tags"]),
        ("<p dir=rtl>تركت <span dir=ltr>Raqqa</span> أمس", ["تركت Raqqa أمس"]),
    ],
)
def test_blocks_make_paragraphs(page, paragraphs):
    assert texts(page) == paragraphs


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<script src='http://a.b/c.js'></script>", "1 scripts were left out; none was run"),
        ("<link rel=stylesheet href='http://a.b'>", "1 styles"),
        ("<img src='http://a.b/c.png'><svg><text>x</text></svg>", "2 pictures .* none was fetched"),
        ("<p hidden>x</p><b style='display:none'>x</b><noscript>x</noscript>", "3 passages that"),
        ("<p style='visibility: hidden'>x</p>", "1 passages that the page hides"),
        ("<iframe src='http://a.b'></iframe><object>x</object><video>x</video>", "3 embedded"),
        ("<!-- x -->", "1 comments"),
        ("<input value=x><textarea>x</textarea><input type=hidden value=x>", "2 fields"),
        ("<a href='http://a.b'></a>", "addresses behind 1 links"),
        ("<title>x</title>", "The page's title"),
    ],
)
def test_what_is_left_out_is_said(page, says):
    draft = read(f"<p>Told.</p>{page}")
    assert draft.text == "Told."
    assert any(re.search(says, said) for said in draft.left_out)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<meta charset='windows-1256'>تركت".encode("cp1256"), "تركت"),
        (
            '<meta http-equiv=a content="text/html; charset=iso-8859-1">l’été'.encode("cp1252"),
            "l’été",
        ),
        ("<meta charset='windows-1256'>تركت".encode(), "تركت"),  # it says so and is not
        ("<meta charset='shift_jis'>تركت".encode(), "تركت"),  # not known here
        ("\ufeff<p>تركت".encode("utf-16"), "تركت"),
        ("<?xml version='1.0' encoding='UTF-8'?><html><p>تركت</p></html>".encode(), "تركت"),
    ],
)
def test_letters_are_read_as_the_page_says_where_that_fits(page, text):
    assert read(page).text.strip("\ufeff") == text


def test_the_language_of_the_page_is_kept():
    assert read("<html lang='ar-SY'><p>a").language == "ar-SY"
    assert read("<html lang='no tag'><p>a").language == ""


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;", "declares entities"),
        ("<div>" * 500 + "x", "nested more than 200 deep"),
        ("<script>only()</script>", "no text"),
        ("", "empty"),
    ],
)
def test_what_is_no_page_to_read_is_refused(page, says):
    with pytest.raises(BadInput, match=says):
        read(page)
