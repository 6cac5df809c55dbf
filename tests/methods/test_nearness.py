"""Two stretches of a text are near by sentences, by turns, or because they overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.nearness import Near, Nearness, Others, Side, TextUnits
from exeunt.methods.segmentation import Span, sentences

TEXT = "I came. I saw it. I stayed.\nThen money came. We left. He did not."
SENTENCES = [Span(0, 7), Span(8, 17), Span(18, 27), Span(28, 44), Span(45, 53), Span(54, 65)]


def test_the_sentences_of_the_example_are_these():
    assert sentences(TEXT) == SENTENCES


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((0, 7), (0, 7), 0),
        ((0, 6), (2, 7), 0),
        # Both in the first sentence, not overlapping.
        ((0, 1), (2, 6), 0),
        ((0, 7), (8, 17), 1),
        ((0, 7), (10, 13), 1),
        # Over the end of a line: the third sentence, then the fourth.
        ((18, 27), (28, 44), 1),
        ((0, 7), (54, 65), 5),
        # What reaches over several sentences is measured from its nearest end.
        ((0, 44), (45, 53), 1),
        ((0, 30), (54, 65), 2),
        # White space at an edge changes nothing.
        ((0, 8), (7, 17), 1),
    ],
)
def test_sentences_apart_are_counted_by_hand(one, other, apart):
    units = TextUnits(TEXT)

    assert units.sentences_apart(Span(*one), Span(*other), most=9) == apart
    assert units.sentences_apart(Span(*other), Span(*one), most=9) == apart


def test_counting_stops_one_beyond_what_was_asked():
    assert TextUnits(TEXT).sentences_apart(Span(0, 7), Span(54, 65), most=2) == 3


def test_turns_apart_are_counted_from_where_they_begin():
    # Turns begin at 0, 18 and 45.
    units = TextUnits(TEXT, [0, 18, 45])

    assert units.turns_apart(Span(0, 7), Span(8, 17)) == 0
    assert units.turns_apart(Span(0, 7), Span(20, 22)) == 1
    assert units.turns_apart(Span(54, 65), Span(0, 7)) == 2
    assert TextUnits(TEXT).turns_apart(Span(0, 7), Span(8, 17)) is None


MONEY, STAYED, CAME = Span(33, 38), Span(20, 26), Span(2, 6)


@pytest.mark.parametrize(
    ("near", "nearest"),
    [
        (Near(Nearness.SENTENCES, 0), None),
        (Near(Nearness.SENTENCES, 1), STAYED),
        (Near(Nearness.SENTENCES, 1, Side.BEFORE), STAYED),
        (Near(Nearness.SENTENCES, 3, Side.AFTER), Span(54, 65)),
        (Near(Nearness.SENTENCES, 1, Side.AFTER), None),
        (Near(Nearness.OVERLAPPING), None),
        (Near(Nearness.SAME), None),
        (Near(Nearness.TURNS, 0), STAYED),
    ],
)
def test_the_nearest_is_found_on_the_side_that_was_asked_for(near, nearest):
    others = [Span(54, 65), CAME, STAYED]
    found = Others(others).nearest(MONEY, near, TextUnits(TEXT, [0, 45]))

    assert (others[found] if found is not None else None) == nearest


def test_the_same_excerpt_is_nearer_than_what_overlaps():
    spans = [Span(8, 17), Span(10, 17)]
    others, units = Others(spans), TextUnits(TEXT)

    assert others.nearest(Span(10, 17), Near(Nearness.SAME), units) == 1
    assert others.nearest(Span(10, 16), Near(Nearness.SAME), units) is None
    assert others.nearest(Span(10, 16), Near(Nearness.OVERLAPPING), units) == 0
    # The one that begins later stands after; 8 begins before 10.
    assert others.nearest(Span(10, 16), Near(Nearness.OVERLAPPING, 0, Side.BEFORE), units) == 0
    assert others.nearest(Span(9, 12), Near(Nearness.OVERLAPPING, 0, Side.AFTER), units) == 1


def test_nothing_is_near_where_there_is_nothing():
    assert Others([]).nearest(CAME, Near(Nearness.SENTENCES, 9), TextUnits(TEXT)) is None


places = st.integers(0, len(TEXT) - 1)
spans = st.tuples(places, places).map(lambda pair: Span(min(pair), max(pair) + 1))


@given(spans, st.lists(spans, min_size=1, max_size=8), st.integers(0, 5), st.sampled_from(Side))
def test_what_is_found_is_what_looking_at_each_would_find(one, others, most, side):
    near, units = Near(Nearness.SENTENCES, most, side), TextUnits(TEXT)
    on_side = {
        Side.EITHER: lambda other: True,
        Side.AFTER: lambda other: other > one,
        Side.BEFORE: lambda other: other < one,
    }[side]

    def apart(other):
        overlap = one.start < other.end and other.start < one.end
        return 0 if overlap else units.sentences_apart(one, other, most=99)

    distances = [apart(other) for other in others if on_side(other)]
    found = Others(others).nearest(one, near, units)
    least = min(distances, default=99)
    assert (found is not None) == (least <= most)
    assert found is None or apart(others[found]) == least
