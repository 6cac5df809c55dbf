"""Rich Text: words by the code pages of their fonts, and what of the file was left out."""

import pytest
from striprtf.striprtf import rtf_to_text

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import rtf

FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset178 B;}{\f2\fcharset128 C;}}"


def read(body, *, head=r"\ansi\ansicpg1252\deff0" + FONTS):
    data = f"{{\\rtf1{head}\n{body}}}".encode("latin-1")
    return rtf.read(document_of(data, name="told.rtf"))


def texts(body):
    return [paragraph.text for paragraph in read(body).paragraphs]


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (r"I left.\par So.", ["I left.", "So."]),
        ("I le\r\nft.\\par\\par So.", ["I left.", "", "So."]),
        (r"a\line b\tab c", ["a\nb\tc"]),
        (r"caf\'e9 {\f1\'ca\'d1\'df\'ca} \'e9", ["café تركت é"]),
        (r"\u1578?\u1585 ?\u1603\'3f\u1578?", ["تركت"]),
        (r"\uc2\u1578ab\u1585\'61\'62!", ["تر!"]),
        (r"{\uc0\u1578}\u1585?", ["تر"]),
        (r"\u-10179?\u-8704?", ["😀"]),
        (r"\ldblquote a\rdblquote\emdash b\~c\_d\-e", ["“a”—b\xa0c\u2011de"]),
        (r"\{a\}\\", ["{a}\\"]),
        (r"a{\*\unknown b}{\info{\title c}}{\colortbl;\red0;}d", ["ad"]),
        (r"{\trowd a\cell b\cell\row}c", ["a", "b", "c"]),
        (r"a{\field{\*\fldinst{HYPERLINK x}}{\fldrslt{link}}}b", ["alinkb"]),
        (r"a\bin3 }}{b", ["ab"]),
        (r"{\deleted a}b{\deleted0 c}", ["bc"]),
        (r"a{\shp{\*\shpinst{\sp{\sn b}{\sv c}}{\shptxt d\par}}{\shprslt e}}", ["ad"]),
    ],
)
def test_words_are_read(body, paragraphs):
    assert texts(body) == paragraphs


def test_notes_stand_at_the_end():
    assert texts(r"a{\footnote{\super 1} note\par more}b\par c") == [
        "a[1]b",
        "c",
        "[1] 1 note",
        "more",
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (r"{\deleted a}", "1 passages that were deleted"),
        (r"{\revised a}", "1 passages that were inserted"),
        (r"{\*\shppict{\pict 89}}{\nonshppict{\pict 89}}", "1 pictures"),
        (r"{\*\annotation a}", "1 comments"),
        (r"{\listtext\'b7\tab}a", "before 1 paragraphs"),
        (r"{\field{\*\fldinst HYPERLINK a}{\fldrslt b}}", "1 links"),
        (r"{\v a}", "1 passages that are marked as hidden"),
        (r"{\object{\*\objdata 00}}", "1 embedded"),
        (r"{\header a}{\footer b}", "2 headers and footers"),
        (r"a{\footnote b}", "1 footnotes"),
    ],
)
def test_what_is_left_out_is_said(body, says):
    assert says in " ".join(read(f"Told. {body}").left_out)


def test_letters_that_cannot_be_told_are_kept_as_such_and_counted():
    draft = read(r"a{\f2\'82\'a0}b")
    assert draft.text == "a��b"
    assert "2 letters" in draft.unsure[0]


def test_the_code_page_of_the_document_is_used_without_fonts():
    assert read(r"\'ca\'d1\'df\'ca", head=r"\ansi\ansicpg1256").text == "تركت"
    assert read(r"\'8e", head=r"\mac").text == "é"


@pytest.mark.parametrize(
    ("body", "says"),
    [("{" * 1001, "nested more than 1000 deep"), ("", "no text"), (r"\u7?", r"U\+0007")],
)
def test_what_cannot_be_taken_in_is_refused(body, says):
    with pytest.raises(BadInput, match=says):
        read(body)


def test_another_reader_reads_the_same_words():
    body = (
        r"\pard I left in May.\par {\b Because} they {\i lied}.\par \u1578?\u1585?\u1603?\u1578? "
        r"{\f1\'c7\'e1\'d4\'c7\'e3} caf\'e9\par"
    )
    whole = rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS} {body}}}"
    assert read(body).text.split() == rtf_to_text(whole).split()
