"""Word documents: what a reader of the printed page would read, and what was left out is said."""

import pytest

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import docx
from tests.making import documents
from tests.making.documents import W, p, word


def draft(body, **more):
    return docx.read(document_of(documents.docx(body, **more), name="told.docx"))


def texts(body, **more):
    return [paragraph.text for paragraph in draft(body, **more).paragraphs]


def run(inside):
    return f"<w:r>{inside}</w:r>"


BOX = f"<w:txbxContent>{p('in a box')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (p("I left ", "in 2015.") + p("غادرت"), ["I left in 2015.", "غادرت"]),
        (p("a") + "<w:p/>" + p("b"), ["a", "", "b"]),
        (
            "<w:p>" + run("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>") + "</w:p>",
            ["a\tb\nc"],
        ),
        ("<w:p>" + run('<w:t>a</w:t><w:br w:type="page"/>') + "</w:p>", ["a"]),
        (
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("<w:t>a</w:t>") + "</w:p>",
            ["a"],
        ),
        ("<w:p>" + run("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t>") + "</w:p>", ["a\u2011b"]),
        (
            f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}{p('c')}</w:tc></w:tr></w:tbl>",
            ["a", "b", "c"],
        ),
        (f"<w:p>{run('<w:t>a</w:t>')}{run(f'<w:pict>{BOX}</w:pict>')}</w:p>", ["a", "in a box"]),
        (
            f"<w:p>{run('<w:t>a</w:t>')}<w:r><mc:AlternateContent>"
            f"<mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback>"
            f"</mc:AlternateContent></w:r>{run('<w:t>b</w:t>')}</w:p>",
            ["ab", "in a box"],
        ),
        (
            "<w:p>"
            + run('<w:fldChar w:fldCharType="begin"/>')
            + run("<w:instrText>PAGE</w:instrText>")
            + run('<w:fldChar w:fldCharType="separate"/>')
            + run("<w:t>7</w:t>")
            + run('<w:fldChar w:fldCharType="end"/>')
            + "</w:p>",
            ["7"],
        ),
        (
            f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{p('a')}</w:sdtContent></w:sdt>",
            ["a"],
        ),
        (f"<w:p><w:hyperlink w:anchor='x'>{run('<w:t>a</w:t>')}</w:hyperlink></w:p>", ["a"]),
    ],
    ids=[
        "paragraphs of runs",
        "an empty paragraph",
        "a tab and a new line",
        "a new page",
        "a tab stop is no tab",
        "a hyphen that does not break",
        "a table cell by cell",
        "a text box",
        "a text box that stands twice",
        "a field's result and not its code",
        "a content control",
        "a link",
    ],
)
def test_what_is_printed_is_read(body, read):
    assert texts(body) == read


def test_the_stricter_namespace_is_read_too():
    strict = word(f"<w:body>{p('a')}</w:body>").replace(W, documents.STRICT)
    parts = {"_rels/.rels": documents.relations({"/word/document2.xml": "officeDocument"})}
    data = documents.packed({**parts, "word/document2.xml": strict})
    [paragraph] = docx.read(document_of(data, name="a.docx")).paragraphs
    assert paragraph.text == "a"


def test_tracked_insertions_are_taken_in_and_deletions_left_out_and_both_are_said():
    body = (
        "<w:p>"
        + run("<w:t>I </w:t>")
        + "<w:ins>"
        + run("<w:t>left</w:t>")
        + "</w:ins><w:del>"
        + run("<w:delText>fled</w:delText><w:tab/>")
        + "</w:del><w:moveFrom>"
        + run("<w:t>x</w:t>")
        + "</w:moveFrom></w:p>"
    )
    read = draft(body)
    assert read.text == "I left"
    assert [str(says) for says in read.left_out] == [
        "2 passages that were deleted with tracking were left out.",
        "1 passages that were inserted with tracking were taken in.",
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert texts(f"<w:p>{gone}{run('<w:t>a</w:t>')}</w:p>" + p("b") + p("c")) == ["ab", "c"]
    assert texts(p("a") + f"<w:p>{gone}{run('<w:t>b</w:t>')}</w:p>") == ["a", "b"]


def test_notes_stand_at_the_end_and_are_marked_where_they_belong():
    inside = '<w:t>a</w:t><w:footnoteReference w:id="2"/><w:t>b</w:t><w:endnoteReference w:id="2"/>'
    body = f"<w:p>{run(inside)}</w:p>"
    foot = (
        f'<w:footnote w:id="0">{p("-")}</w:footnote><w:footnote w:id="2">{p(" foot")}</w:footnote>'
    )
    end = f'<w:endnote w:id="2">{p("end")}{p("more")}</w:endnote>'
    read = draft(
        body,
        word__footnotes_dot_xml=word(foot, root="footnotes"),
        word__endnotes_dot_xml=word(end, root="endnotes"),
    )
    assert read.text == "a[1]b[2]\n[1] foot\n[2] end\nmore"
    assert [str(says) for says in read.left_out] == [
        "2 footnotes and endnotes stand at the end, marked [1], [2] and so on."
    ]


@pytest.mark.parametrize(
    ("body", "more", "says"),
    [
        ("", {"word__comments_dot_xml": word("<w:comment/><w:comment/>")}, "2 comments"),
        ("", {"word__header1_dot_xml": word(p("Top"), root="hdr")}, "1 headers and footers"),
        ("", {"word__embeddings__a_dot_xlsx": b"PK"}, "1 embedded files"),
        ("", {"word__chunk_dot_html": "<p>x</p>"}, "1 embedded files"),
        ("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>", {}, "1 pictures"),
        ("<w:p><w:hyperlink r:id='x'/></w:p>", {}, "1 links"),
        ("<w:p><w:r><w:sym/></w:r></w:p>", {}, "1 symbols"),
        ("<w:p><m:oMath/></w:p>", {}, "1 formulas"),
        ("<w:p><w:pPr><w:numPr/></w:pPr></w:p>", {}, "before 1 paragraphs"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>", {}, "1 passages that are"),
    ],
)
def test_what_is_left_out_is_said(body, more, says):
    [said] = draft(p("text") + body, **more).left_out
    assert says in said


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (documents.docx(p("a"), word__vbaProject_dot_bin=b"x"), "macros"),
        (documents.docx("<w:p/>"), "holds no text"),
        (documents.docx(p("a"))[:-200], "cut off or damaged"),
        (documents.docx(p("a") + "<w:p>"), "is damaged"),
        (documents.packed({"a": "b"}), "not what its name says"),
        (documents.docx(p("a") * 100_001), "split it"),
        (documents.docx(p("x" * 6_000_000)), "split it"),
        (documents.docx("<w:p>" * 300 + "</w:p>" * 300), "nested more than"),
        (
            documents.packed({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "document type",
        ),
    ],
    ids=[
        "macros",
        "no text",
        "cut off",
        "broken XML",
        "another container",
        "too many paragraphs",
        "too long",
        "too deep",
        "entities",
    ],
)
def test_what_cannot_be_read_is_refused(data, says):
    with pytest.raises(BadInput, match=says):
        docx.read(document_of(data, name="told.docx"))
