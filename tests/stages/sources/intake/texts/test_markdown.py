"""Markdown: the marks go and are counted, the words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import markdown, read_text


def read(text):
    return markdown.read(document_of(text.encode(), name="told.md"))


def texts(text):
    return [paragraph.text for paragraph in read(text).paragraphs]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("a\nb\n\nc", ["a b", "c"]),
        ("a  \nb\\\nc", ["a\nb\nc"]),
        ("# Head #\nwords", ["Head", "words"]),
        ("Head\n====\nwords", ["Head", "words"]),
        ("**I** *left* __in__ _May_ ~~no~~ `x`", ["I left in May no x"]),
        ("snake_case 2*3*4 * a \\*b\\* x**", ["snake_case 2*3*4 * a *b* x**"]),
        ('[here](http://a.b "t") [there][1] [alone]', ["here there [alone]"]),
        ("a ![picture](b.png) c", ["a  c"]),
        ("> a\n> b\n\nc", ["a b", "c"]),
        ("- a\n* b\n1. c\n   d", ["a", "b", "c d"]),
        ("| a | b |\n|---|:-:|\n| c | **d** |", ["a", "b", "c", "d"]),
        ("```\n*a*\n\n b\n```\nc", ["*a*", "", " b", "c"]),
        ("a\n\n***\n\nb", ["a", "b"]),
        ("a <b>b</b> <!-- c --> &amp; 1 < 2", ["a b  & 1 < 2"]),
        ("a[^1]\n\n[^1]: note", ["a[^1]", "[^1]: note"]),
        ("تركت **الجماعة**", ["تركت الجماعة"]),
    ],
)
def test_marks_go_and_words_stay(text, paragraphs):
    assert texts(text) == paragraphs


def test_what_was_taken_away_is_said():
    said = " ".join(read("# a\n**b** [c](d) ![e](f)\n> g\n- h\n\n---\n<i>i</i><!-- j -->").left_out)
    for what in (
        "headings",
        "stressed",
        "links",
        "pictures",
        "quoted",
        "lists",
        "tags",
        "comments",
    ):
        assert what in said


def test_lines_of_a_transcript_stay_apart():
    told = "**AMINA:** Why?\n**BORIS:** So.\n**AMINA:** No.\n**BORIS:** Yes."
    draft = read_text(told.encode(), name="told.md")
    assert [(one.speaker, one.text) for one in draft.paragraphs][:2] == [
        ("AMINA", "Why?"),
        ("BORIS", "So."),
    ]
    assert read_text(told.encode(), name="told.md", turns=False).text == (
        "AMINA: Why? BORIS: So. AMINA: No. BORIS: Yes."
    )


@given(st.text("ab *_`#>-[]()|\\<!~\n1.", min_size=1, max_size=60))
def test_no_letter_is_lost_whatever_the_marks(text):
    try:
        draft = markdown.read(document_of(f"x {text}".encode(), name="told.md"))
    except BadInput:
        return
    left_out = any(
        "links" in says or "tags" in says or "pictures" in says for says in draft.left_out
    )
    kept = sum(sign in "ab" for sign in draft.text)
    assert left_out or kept == sum(sign in "ab" for sign in text)
