"""OpenDocument texts: what a reader of the printed page would read; what was left out is said."""

import pytest

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import odt
from tests.making import documents

TRACKED = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>fled</text:p>"
    "</text:deletion></text:changed-region><text:changed-region><text:insertion/>"
    "</text:changed-region></text:tracked-changes>"
)


def draft(body, **more):
    return odt.read(document_of(documents.odt(body, **more), name="told.odt"))


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<text:h>Told</text:h><text:p>غادرت</text:p>", "Told\nغادرت"),
        ("<text:p>a<text:span>b</text:span>c</text:p>", "abc"),
        ("<text:p>\n  a \n b<text:s/>c</text:p>", "a b c"),
        ('<text:p>a<text:s text:c="3"/>b</text:p>', "a   b"),
        ('<text:p>a<text:s text:c="99999999999"/>b</text:p>', "a b"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"),
        (
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p>"
            "</table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>"
            "</table:table-row></table:table>",
            "a\nb",
        ),
        (
            "<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box>"
            "</draw:frame>b</text:p>",
            "ab\nbox",
        ),
        (f"{TRACKED}<text:p>I <text:change-start/>left</text:p>", "I left"),
        (
            "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>foot</text:p></text:note-body></text:note> b</text:p>",
            "a[1] b\n[1] foot",
        ),
        ("<text:p>a<text:a>link</text:a></text:p>", "alink"),
        ("<text:p>a<office:annotation><text:p>x</text:p></office:annotation>b</text:p>", "ab"),
    ],
)
def test_what_is_printed_is_read(body, read):
    assert draft(body).text == read


@pytest.mark.parametrize(
    ("body", "more", "says"),
    [
        (TRACKED, {}, ["1 passages that were deleted", "1 passages that were inserted"]),
        ("<text:p><office:annotation/></text:p>", {}, ["1 comments"]),
        ("<text:p><draw:image/></text:p>", {}, ["1 pictures"]),
        ("<text:p><text:a/></text:p>", {}, ["behind 1 links"]),
        ("<text:list-item><text:p/></text:list-item>", {}, ["before 1 paragraphs"]),
        ("", {"styles": "<style:header>Top</style:header>"}, ["1 headers and footers"]),
        ("", {"styles": "<style:header/>x"}, []),
    ],
)
def test_what_is_left_out_is_said(body, more, says):
    left_out = draft(f"<text:p>a</text:p>{body}", **more).left_out
    assert [part in said for part, said in zip(says, left_out, strict=True)] == [True] * len(says)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (documents.odt("<text:p>a</text:p>", Basic__Standard__x_dot_xml="x"), "macros"),
        (documents.odt("<text:p>a</text:p>", manifest="<encryption-data/>"), "password"),
        (documents.odt("<text:p/>"), "holds no text"),
        (documents.odt("<text:p>a</text:p>")[:-200], "cut off or damaged"),
        (documents.packed({"a": "b"}), "not what its name says"),
        (documents.odt("<text:p>a</text:p>" * 100_001), "split it"),
    ],
    ids=["macros", "locked", "no text", "cut off", "another container", "too many paragraphs"],
)
def test_what_cannot_be_read_is_refused(data, says):
    with pytest.raises(BadInput, match=says):
        odt.read(document_of(data, name="told.odt"))
