"""From a reader's draft to a text that is kept, and its turns when it is corrected."""

import pytest

from exeunt.stages.sources.intake.texts import Paragraph, TextDraft
from exeunt.stages.testimonies.rules.texts import (
    TurnPlace,
    free_among,
    label_from,
    text_to_keep,
    turns_after,
)


def spoken(kept):
    return [(turn.speaker, kept.text[turn.start : turn.end]) for turn in kept.turns]


def test_who_speaks_stands_before_the_words_and_goes_on_until_another_begins():
    draft = TextDraft(
        (
            Paragraph("Told in May."),
            Paragraph("Why?", "Amina", "00:00:01.000", "00:00:02.000"),
            Paragraph(""),
            Paragraph("So.", "Boris"),
            Paragraph("And so."),
            Paragraph(""),
        )
    )
    kept = text_to_keep(draft)
    assert kept.text == "Told in May.\nAmina: Why?\n\nBoris: So.\nAnd so.\n"
    assert spoken(kept) == [("Amina", "Amina: Why?"), ("Boris", "Boris: So.\nAnd so.")]
    assert kept.turns[0][3:] == ("00:00:01.000", "00:00:02.000")


def test_a_text_in_which_nobody_is_named_has_no_turns():
    assert text_to_keep(TextDraft((Paragraph("a"), Paragraph("b")))).turns == ()


def test_a_time_without_a_name_is_a_turn():
    kept = text_to_keep(TextDraft((Paragraph("a", "", "00:00:01.000"), Paragraph("b"))))
    assert spoken(kept) == [("", "a\nb")]


BEFORE = "A: one\nB: two\nA: three"
TURNS = [
    TurnPlace(0, 6, "A", "1", "2"),
    TurnPlace(7, 13, "B", "3", ""),
    TurnPlace(14, 22, "A", "5", ""),
]


@pytest.mark.parametrize(
    ("after", "turns"),
    [
        (BEFORE, [("A: one", "1"), ("B: two", "3"), ("A: three", "5")]),
        ("A: other\nB: two\nA: three", [("A: other", "1"), ("B: two", "3"), ("A: three", "5")]),
        ("A: one\nA: three", [("A: one", "1"), ("A: three", "5")]),
        ("A: one\nB: new\nA: x\nB: two\nA: three",
         [("A: one", "1"), ("B: new", ""), ("A: x", ""), ("B: two", "3"), ("A: three", "5")]),
        ("nobody", []),
    ],
    ids=["unchanged", "corrected", "one taken out", "two put in", "all gone"],
)  # fmt: skip
def test_names_tell_where_turns_are_in_a_corrected_text(after, turns):
    found = turns_after(BEFORE, TURNS, after)
    assert [(after[turn.start : turn.end], turn.begins) for turn in found] == turns


def test_turns_without_names_move_with_their_words():
    before, after = "I left in May.\nThey lied to us.", "So: I left in May.\nThey lied to us."
    turns = [TurnPlace(0, 14, "", "1", ""), TurnPlace(15, 31, "", "2", "")]
    found = turns_after(before, turns, after)
    assert [(after[turn.start : turn.end], turn.begins) for turn in found] == [
        ("I left in May.", "1"),
        ("They lied to us.", "2"),
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("a/b/Amina 3.docx", "Amina 3"),
        ("رواية.pdf", "رواية"),
        ("=SUM(1).txt", "SUM(1)"),
        ("..txt", ""),
        ("a\u202eb\n c.txt", "a b c"),
        ("x" * 200 + ".txt", "x" * 70),
        ("no ending", "no ending"),
    ],
)
def test_labels_come_from_names_of_files(name, label):
    assert label_from(name) == label


def test_a_free_label_is_found():
    assert free_among("a", {"a", "a (2)", "a (4)"}) == "a (3)"
