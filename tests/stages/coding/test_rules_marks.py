"""Marks of several readers: which belong together, in what they differ, and how much it weighs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.errors import Refusal
from exeunt.methods.codebooks import Level, Scale
from exeunt.stages.coding.rules.marks import Mark, Place, intersection_of, stretches
from exeunt.stages.coding.rules.spans import Agreed, Choice, InDispute, agreed_spans
from exeunt.stages.coding.rules.surroundings import bits_of, sentences_around
from exeunt.stages.coding.states import Unlike

A, B, C = 1, 2, 3
TWO, THREE = frozenset({A, B}), frozenset({A, B, C})
BINARY = Scale()
GRADED = Scale(Level.ORDINAL, {0: "none", 1: "some", 2: "large"}, unknown=-99)


def mark(reader: int, start: int, end: int, value: int | None = 1, gap: str = "") -> Mark:
    return Mark(reader, start, end, value, gap)


@pytest.mark.parametrize(
    ("marks", "readers", "unlike", "weight"),
    [
        ([mark(A, 0, 10), mark(B, 0, 10)], TWO, None, 0),
        # B marked nothing of it: 10 characters that one pair of one differs on, twice.
        ([mark(A, 0, 10)], TWO, Unlike.MARKED, 20),
        # 4 characters before B begins.
        ([mark(A, 0, 10), mark(B, 4, 10)], TWO, Unlike.BOUNDS, 4),
        # 2 before and 5 behind.
        ([mark(A, 0, 10), mark(B, 2, 15)], TWO, Unlike.BOUNDS, 7),
        # The same span, other values: every character.
        ([mark(A, 0, 10), mark(B, 0, 10, 2)], TWO, Unlike.VALUE, 10),
        ([mark(A, 0, 10), mark(B, 0, 10, None, "unknown")], TWO, Unlike.VALUE, 10),
        # One span or two that touch: the same characters, so nothing but a cut differs.
        ([mark(A, 0, 10), mark(B, 0, 4), mark(B, 4, 10)], TWO, Unlike.BOUNDS, 0),
        # Three readers are three pairs. A and B against C, who marked nothing: 2 of 3 pairs,
        # 10 characters, twice: 40 / 3.
        ([mark(A, 0, 10), mark(B, 0, 10)], THREE, Unlike.MARKED, 40 / 3),
        # C marked the last 5 only: for 5 characters 2 of 3 pairs differ.
        ([mark(A, 0, 10), mark(B, 0, 10), mark(C, 5, 10)], THREE, Unlike.BOUNDS, 10 / 3),
        ([mark(r, 0, 10) for r in (A, B, C)], THREE, None, 0),
    ],
    ids=[
        "the same",
        "one missed it",
        "begins later",
        "begins and ends later",
        "another value",
        "a value and a gap",
        "cut in two",
        "one of three missed it",
        "one of three began later",
        "all three alike",
    ],
)
def test_in_what_readers_differ_and_how_much_that_weighs(marks, readers, unlike, weight):
    (found,) = stretches(marks, readers)

    assert (found.unlike, found.weight) == (unlike, pytest.approx(weight))


def test_marks_that_overlap_or_touch_are_one_stretch_and_others_are_not():
    marks = [mark(A, 0, 5), mark(B, 5, 8), mark(A, 7, 9), mark(A, 10, 12), mark(B, 40, 50)]

    assert [one.place for one in stretches(marks, TWO)] == [(0, 9), (10, 12), (40, 50)]


def test_a_bound_weighs_less_than_what_somebody_missed():
    (bounds,) = stretches([mark(A, 0, 10), mark(B, 0, 9)], TWO)
    (missed,) = stretches([mark(A, 0, 10)], TWO)

    assert bounds.weight < missed.weight


def test_one_reader_alone_differs_from_nobody():
    (found,) = stretches([mark(A, 0, 10)], {A})

    assert (found.unlike, found.weight) == (None, 0)


def test_the_intersection_is_what_everybody_marked():
    (found,) = stretches([mark(A, 0, 10), mark(B, 2, 4), mark(B, 4, 6), mark(B, 8, 20)], TWO)

    assert intersection_of(found, TWO) == [(2, 6), (8, 10)]
    assert intersection_of(found, THREE) == []


MARKS = st.lists(
    st.builds(
        lambda reader, start, length, value: mark(reader, start, start + length, value),
        st.sampled_from([A, B, C]),
        st.integers(0, 60),
        st.integers(1, 12),
        st.sampled_from([1, 2]),
    ),
    unique_by=lambda one: (one.reader, one.start, one.end),
    max_size=20,
)


@given(MARKS)
def test_every_mark_is_in_one_stretch_and_stretches_neither_overlap_nor_touch(marks):
    found = stretches(marks, THREE)

    assert sorted(m for one in found for m in one.marks) == sorted(marks)
    assert all(one.end < other.start for one, other in pairwise(found))


@given(MARKS)
def test_what_weighs_is_what_characters_say_counted_one_by_one(marks):
    """The long way: every character, every pair of readers."""
    for one in stretches(marks, THREE):
        differing = 0
        for at in range(one.start, one.end):
            said = {
                reader: frozenset(m.said for m in one.by(reader) if m.start <= at < m.end)
                for reader in THREE
            }
            for first, second in ((A, B), (A, C), (B, C)):
                missed = not (one.by(first) and one.by(second))
                differing += (1 + missed) * (said[first] != said[second])

        assert one.weight == pytest.approx(differing / 3 if one.unlike else 0)


@given(MARKS)
def test_the_order_of_marks_and_the_numbers_of_readers_change_nothing(marks):
    other = {A: 9, B: 7, C: 8}
    renamed = [one._replace(reader=other[one.reader]) for one in reversed(marks)]
    found = [(one.place, one.unlike, one.weight) for one in stretches(marks, THREE)]

    assert found == [
        (one.place, one.unlike, one.weight) for one in stretches(renamed, set(other.values()))
    ]


# --- what is agreed -----------------------------------------------------------------------------

TEXT = "He paid them.\nThen he saw the cars. He left at night. Nobody asked."
SENTENCES = [Place(0, 13), Place(14, 35), Place(36, 53), Place(54, 67)]


def dispute(*marks: Mark) -> InDispute:
    every = stretches(marks or [mark(A, 14, 35), mark(B, 14, 53)], TWO)
    return InDispute(every[0], {"A": A, "B": B}, SENTENCES, len(TEXT), [Place(60, 67)])


@pytest.mark.parametrize(
    ("choice", "spans"),
    [
        (Choice("A"), [(14, 35, 1, "")]),
        (Choice("B"), [(14, 53, 1, "")]),
        (Choice("B", "unknown"), [(14, 53, None, "unknown")]),
        (Choice("union"), [(14, 53, 1, "")]),
        (Choice("intersection"), [(14, 35, 1, "")]),
        (Choice("intersection", "0"), [(14, 35, 0, "")]),
        (Choice("none"), []),
        (Choice("own", sentences="2"), [(14, 35, 1, "")]),
        (Choice("own", sentences="2-3"), [(14, 53, 1, "")]),
        (Choice("own", sentences=" 2 – 3 "), [(14, 53, 1, "")]),
        (Choice("own", places="15-20, 30-36"), [(15, 20, 1, ""), (30, 36, 1, "")]),
        (Choice("own", sentences="2", places="40-44"), [(14, 35, 1, ""), (40, 44, 1, "")]),
    ],
)
def test_what_is_taken(choice, spans):
    assert list(agreed_spans(choice, dispute(), BINARY)) == [Agreed(*span) for span in spans]


def test_a_readers_own_values_are_taken_as_they_are():
    unlike = dispute(mark(A, 14, 20, 2), mark(A, 20, 35, 1), mark(B, 14, 35, 1))

    assert [s.value for s in agreed_spans(Choice("A"), unlike, GRADED)] == [2, 1]


def test_taking_the_reading_of_who_marked_nothing_is_taking_nothing():
    assert agreed_spans(Choice("B"), dispute(mark(A, 14, 35)), BINARY) == ()


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (Choice(""), "Choose what is taken: one of A, B, union"),
        (Choice("C"), "Choose what is taken"),
        (Choice("union", "7"), "outside the scale"),
        (Choice("union", "not mentioned"), "What is marked is mentioned"),
        (Choice("own"), "Say where"),
        (Choice("own", sentences="0"), "numbered from 1 to 4 here; “0-0”"),
        (Choice("own", sentences="3-2"), "numbered from 1 to 4 here; “3-2”"),
        (Choice("own", sentences="two"), "“two” is no number"),
        (Choice("own", places="20-20"), "20-20 is not inside the text, which has 67"),
        (Choice("own", places="60-99999"), "60-99999 is not inside the text"),
        (Choice("own", places="14-20 18-22"), "14-20 and 18-22 overlap"),
        (Choice("own", sentences="1"), "0-13 lies outside of what is settled here, 14-53"),
        (Choice("own", places="50-61"), "50-61 reaches into 60-67"),
    ],
)
def test_what_cannot_be_taken(choice, says):
    with pytest.raises(Refusal, match=says):
        agreed_spans(choice, dispute(), BINARY)


def test_readers_who_gave_different_values_leave_it_to_who_settles():
    unlike = dispute(mark(A, 14, 35, 1), mark(B, 14, 35, 2))
    with pytest.raises(Refusal, match="The readers gave different values here"):
        agreed_spans(Choice("union"), unlike, GRADED)

    assert agreed_spans(Choice("union", "2"), unlike, GRADED) == (Agreed(14, 35, 2),)


def test_there_may_be_nothing_that_all_marked():
    apart = dispute(mark(A, 14, 20), mark(B, 20, 35))
    with pytest.raises(Refusal, match="There is nothing that all readers marked here"):
        agreed_spans(Choice("intersection"), apart, BINARY)


# --- the words around ---------------------------------------------------------------------------


def test_a_stretch_is_shown_with_two_sentences_on_either_side():
    text = " ".join(f"Sentence {number} is here." for number in range(1, 9))
    start = text.index("4 is")
    shown = sentences_around(text, Place(start, start + 4))

    assert [text[s.start : s.end].split()[1] for s in shown] == ["2", "3", "4", "5", "6"]


def test_words_are_cut_where_marks_and_sentences_begin():
    bits = bits_of(TEXT, SENTENCES[1:3], [Place(22, 35)])

    assert [(bit.words, bit.marked, bit.number) for bit in bits] == [
        ("Then he ", False, 1),
        ("saw the cars.", True, None),
        (" ", False, None),
        ("He left at night.", False, 2),
    ]


@given(st.text("a. \nب", min_size=1, max_size=80), st.data())
def test_whatever_the_text_the_stretch_is_shown_whole(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    place = Place(start, data.draw(st.integers(start + 1, len(text))))
    bits = bits_of(text, sentences_around(text, place), [place])

    assert "".join(bit.words for bit in bits if bit.marked) == text[place.start : place.end]


def test_a_very_long_line_is_cut_where_a_word_begins():
    text = "word " * 4000
    first = sentences_around(text, Place(10_001, 10_005))[0]

    assert first.start > 8_000
    assert text[first.start : first.start + 4] == "word"
