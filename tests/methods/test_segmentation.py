"""Sentences, paragraphs and turns: where they end, and that nothing is lost between them."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.segmentation import (
    Span,
    joined,
    paragraphs,
    sentences,
    sentences_within,
    trimmed,
    turns,
)

GRAPHEMES = regex.compile(r"\X")
SIGNS = [
    *"aZé1.?!…؟۔ \n\t\r\"'«»()[]-:كُ،😀",
    *"\u0301\u200d\u200c\u00a0\u202f\u064b\u0600\u0903\ufe0f\u2028",
    "\U0001f3fd",
    "\r\n",
    ". ",
    "M. ",
    "Q: ",
    "A: ",
]
TEXTS = st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)


def said(text, spans):
    return [text[span[0] : span[1]] for span in spans]


@pytest.mark.parametrize(
    "parts",
    [
        ["I left.", "Nobody saw me."],
        ["Why did I stay?", "Fear!", "And shame…", "Then I left."],
        ["Dr. Salim and Mrs. Noor came.", "Prof. Hadi did not."],
        ["I met J. K. Haddad.", "He left."],
        ["So did I.", "Then we ran."],
        ["We left at 5 p.m. on foot.", "It was 9 a.m.", "They came."],
        ["They paid, e.g. in sugar, i.e. badly.", "We left."],
        ["We were cold, tired, etc. and ran.", "They came, etc.", "We ran."],
        ["It was no. 5 of them.", "I said no.", "He said: no.", "Three left."],
        ["See vol. 2, pp. 3 of it.", "It is art.", "He paints."],
        ["It was 3.5 km at 9.30.", "It cost 1.000,50."],
        ["I wrote to a@b.example.", "See www.example.org/a?b=c now."],
        ["I waited... and waited.", "Then..."],
        ["Wait...", "What?!", "Nothing."],
        ["He said: “Go!”", "I went."],
        ["He said 'go.'", "(I went.)", "[I ran.]"],
        ['"Why?" she asked.', '"Because."', "She left."],
        ["She left (he said no.) and came back.", "So."],
        ["It is known.[3]", "It was said.¹", "Yes."],
        ["Then [Person 3] came.", "[Person 4] left."],
        ["I met [Person 3].", "[Place 1] was far."],
        ["I am free 😀.", "Yes."],
        ["I am free.😀", "Yes! 🎉", "No 👩🏽‍🚀 there."],
        ["In 2014.", "In 2015."],
        ["i left.", "then i came back.", "nobody said a word."],
        ["I left. then I came back."],
        ["M. Diallo et Mme. Sow sont partis.", "Mlle. Ba aussi."],
        ["« Pourquoi ? » demanda-t-elle.", "« Oui. »", "Il partit."],
        ["«\u202fOui\u202f!\u202f»", "Il partit."],
        ["Il y en a.", "Cf. p. 5 et p. ex. ceci.", "C'est tout."],
        ["خرجت من هناك.", "هل تفهم؟", "نعم!", "ثم عدت۔", "انتهى"],
        ["قال د. أحمد ذلك.", "ثم خرج أ.د. سالم."],
        ["«نعم.»", "قالها ثم خرج…", "انتهى."],
        ["He said نعم.", "ثم خرج.", "Then we left."],
        ["这是真的。"],
    ],
    ids=lambda parts: parts[0],
)
def test_a_sentence_ends_where_a_reader_would_end_it(parts):
    text = " ".join(parts)

    assert said(text, sentences(text)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("خرجت.ثم عدت؟نعم", ["خرجت.", "ثم عدت؟", "نعم"]),
        ("خَرَجْتُ.ثُمَّ عدت", ["خَرَجْتُ.", "ثُمَّ عدت"]),
        ("这是。那是？", ["这是。", "那是？"]),
        ("end.Then", ["end.Then"]),
        ("1. I left.\n2. I came.", ["1. I left.", "2. I came."]),
        ("• One. Two.\n- Three", ["• One.", "Two.", "- Three"]),
        ("iv. Then. So.", ["iv. Then.", "So."]),
        ("No stop\nat the end of a line", ["No stop", "at the end of a line"]),
        ("I left. * * *\nI came", ["I left. * * *", "I came"]),
        ("...\nI came", ["...", "I came"]),
        ("", []),
        (" \n\t\n ", []),
        ("?!", ["?!"]),
    ],
    ids=repr,
)
def test_lines_lists_and_missing_spaces(text, parts):
    assert said(text, sentences(text)) == parts


def test_a_sentence_of_a_stretch_may_reach_over_the_end_of_a_line():
    text = "I left\nat night. Nobody\nsaw me."

    assert said(text, sentences_within(text, Span(0, len(text)))) == [
        "I left\nat night.",
        "Nobody\nsaw me.",
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One.\nTwo.", ["One.", "Two."]),
        ("\n\n  One. \r\n\r\nTwo.\n", ["One.", "Two."]),
        ("- one\n- two", ["- one", "- two"]),
        ("One", ["One"]),
        (" \n ", []),
    ],
)
def test_a_paragraph_is_a_line(text, parts):
    assert said(text, paragraphs(text)) == parts


@pytest.mark.parametrize(
    ("text", "speakers", "words"),
    [
        ("Q: Why?\nA: I was tired.", ["Q", "A"], ["Why?", "I was tired."]),
        (
            "Interviewer: Why?\nHe asks again.\n[Person 3]: Fear.\n\nAnd shame.",
            ["Interviewer", "[Person 3]"],
            ["Why?\nHe asks again.", "Fear.\n\nAnd shame."],
        ),
        (
            "Salim: Yes.\nNoor: No.\nSalim: One thing: no.\nNoor: Good.\nThe end: it was.",
            ["Salim", "Noor", "Salim", "Noor"],
            ["Yes.", "No.", "One thing: no.", "Good.\nThe end: it was."],
        ),
        (
            "Enquêteur : Pourquoi ?\nEnquêté : La peur.",
            ["Enquêteur", "Enquêté"],
            ["Pourquoi ?", "La peur."],
        ),
        ("س: لماذا؟\nج: الخوف.", ["س", "ج"], ["لماذا؟", "الخوف."]),
        (
            "[00:01:02] Speaker 1: Why?\n(0:04) Speaker 2: Fear.",
            ["Speaker 1", "Speaker 2"],
            ["Why?", "Fear."],
        ),
        (
            "Speaker 1  00:01\nWhy?\nSpeaker 2 [00:00:04.500]:\nFear.",
            ["Speaker 1", "Speaker 2"],
            ["Why?", "Fear."],
        ),
        ("3 May\nQ: Why?\nA: Fear.", ["", "Q", "A"], ["3 May", "Why?", "Fear."]),
        ("Q:\nA: Fear.", ["Q", "A"], ["", "Fear."]),
    ],
    ids=["short", "mask", "names", "French", "Arabic", "times", "times after", "heading", "empty"],
)
def test_a_transcript_has_turns(text, speakers, words):
    found = turns(text)

    assert [turn.speaker for turn in found] == speakers
    assert [text[turn.said : turn.end].strip() for turn in found] == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I left. I came.",
        "The reason: I was tired.\nAnother: I was afraid.",
        "Note: one.\nNote: two.",
        "At 12:30 they came.\nAt 12:45 they left.",
        "Q: Only questions?\nQ: Yes.",
        "https://example.org\nhttps://example.org\nhttp://example.org",
    ],
)
def test_a_text_that_is_no_transcript_has_no_turns(text):
    assert turns(text) == []


@pytest.mark.parametrize("cut", [sentences, paragraphs, turns])
@given(text=TEXTS)
def test_spans_stand_in_order_and_leave_out_only_white_space(cut, text):
    spans = cut(text)
    if not spans and cut is turns:
        return
    edges = [edge for span in spans for edge in span[:2]]

    assert edges == sorted(edges)
    assert all(span[0] < span[1] for span in spans)
    left_out = zip([0, *edges[1::2]], [*edges[::2], len(text)], strict=True)
    assert all(not text[start:end].strip() for start, end in left_out)


@pytest.mark.parametrize("cut", [sentences, paragraphs])
@given(text=TEXTS)
def test_no_span_begins_or_ends_within_a_letter_and_its_marks(cut, text):
    edges = {0, *(found.end() for found in GRAPHEMES.finditer(text))}

    assert {edge for span in cut(text) for edge in span} <= edges


@given(text=TEXTS)
def test_every_sentence_lies_within_one_paragraph(text):
    lines = paragraphs(text)

    assert all(
        any(line.start <= start and end <= line.end for line in lines)
        for start, end in sentences(text)
    )


@given(text=TEXTS)
def test_the_sentences_of_a_paragraph_are_the_same_when_it_stands_alone(text):
    for start, end in paragraphs(text):
        alone = text[start:end]
        inside = [(s.start + start, s.end + start) for s in sentences(alone)]
        assert inside == [s for s in sentences(text) if start <= s.start < end]


@pytest.mark.parametrize(
    ("text", "place", "is_one"),
    [
        ("ab", 1, False),
        ("e\u0301", 1, True),
        (" \u0301", 1, True),
        ("\n\u0301", 1, False),
        ("\r\n", 1, True),
        ("\u06005", 1, True),
        ("\u0600\n", 1, False),
        ("👍\U0001f3fd", 1, True),
        ("a", 0, False),
        ("a", 1, False),
    ],
)
def test_signs_that_are_drawn_as_one_are_joined(text, place, is_one):
    assert joined(text, place) is is_one


def test_trimming_white_space_leaves_nothing_of_it():
    assert trimmed("a  \n b", Span(1, 5)) == Span(5, 5)
    assert trimmed(" ab ", Span(0, 4)) == Span(1, 3)
