"""How another program counted places is found out from the places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.offsets import (
    COUNTINGS,
    USUAL,
    Breaks,
    CountedText,
    Counting,
    Fit,
    Place,
    chosen,
    counting_from,
    fit_of,
    says,
    weighed,
)

#       0123 4567 8
TEXT = "ab\n😀 cd\nef"
SIGNS = st.sampled_from("ab éة\u0301😀🏃\u200d\n.")


def counted_as(text: str, place: int, counting: Counting) -> int:
    """Count a place the way another program does, character by character."""
    two_breaks = counting.breaks is not Breaks.ONE
    widths = [
        2 if (sign == "\n" and two_breaks) or (counting.units and sign > "\uffff") else 1
        for sign in text[:place]
    ]
    return sum(widths) + counting.first


@given(st.text(SIGNS, min_size=1, max_size=40), st.sampled_from(COUNTINGS), st.data())
def test_a_place_is_found_again_however_it_was_counted(text, counting, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = (counted_as(text, place, counting) for place in (start, end))
    stored = text.replace("\n", "\r\n")
    place = Place(first, last - counting.inclusive)
    assert CountedText(stored).spans([place], counting) == [(start, end)]


@pytest.mark.parametrize(
    ("counting", "span"),
    [
        # The emoji stands at 3; with UTF-16 all behind it moves by one, and each break as two
        # moves what follows by one more.
        (Counting(), (5, 7)),
        (Counting(units=True), (4, 6)),
        (Counting(breaks=Breaks.TWO), (4, 6)),
        (Counting(breaks=Breaks.TWO, units=True), (3, 5)),
        (Counting(inclusive=True), (5, 8)),
        (Counting(first=1), (4, 6)),
    ],
    ids=str,
)
def test_the_same_numbers_are_other_places(counting, span):
    assert CountedText(TEXT).spans([Place(5, 7)], counting) == [span]


def test_breaks_as_written_are_two_only_where_two_are_written():
    mixed = CountedText("a\r\nb\nc")
    as_written = Counting(breaks=Breaks.AS_WRITTEN)
    # a=0, CR LF=1 and 2, b=3, LF=4, c=5
    assert mixed.spans([Place(5, 6)], as_written) == [(4, 5)]
    assert mixed.text == "a\nb\nc"


@pytest.mark.parametrize(
    "place",
    [Place(-1, 3), Place(3, 3), Place(4, 2), Place(0, 11), Place(50, 60)],
    ids=["before", "empty", "backwards", "beyond", "far beyond"],
)
def test_a_place_outside_the_text_is_none(place):
    assert CountedText(TEXT).spans([place], USUAL) == [None]


def test_words_beside_a_place_are_worth_more_than_edges():
    text = "one two three"
    tried = weighed(CountedText(text), [Place(4, 6, "two")])
    choice = chosen(tried, {})
    assert choice.counting == Counting(inclusive=True)
    assert choice.fit == Fit(1, 1, 1.0)
    assert choice.sure


def test_where_two_fit_alike_the_whole_project_decides():
    # “the” and “then” are both words, so one place cannot tell whether the end counts.
    tried = weighed(CountedText("a the"), [Place(2, 4)])
    everywhere = {Counting(inclusive=True): Fit(9, 9, 9.0)}
    level = [group._replace(fit=Fit(1, 0, 1.0)) for group in tried]
    assert chosen(level, {}).counting == USUAL
    assert not chosen(level, {}).sure
    assert chosen(level, everywhere).counting == Counting(inclusive=True)


def test_a_person_may_say_how_places_are_counted():
    wanted = Counting(units=True)
    tried = weighed(CountedText(TEXT), [Place(5, 7)])
    assert chosen(tried, {}, wanted=wanted).counting == wanted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("came", True),
        ("ca…", True),
        ("came ", False),
        ("cam", False),
        ("", False),
        ("night", False),
    ],
)
def test_words_are_said_at_a_place(words, said):
    assert says("They came at night.", (5, 9), words) is said


def test_edges_count_for_and_cut_words_count_against():
    # [5, 9) is “came”: both ends at an edge. [6, 9) begins within it: 1 - 1 = 0.
    places = [Place(5, 9)]
    assert fit_of("They came at", places, [(5, 9)]).edges == 1.0
    assert fit_of("They came at", places, [(6, 9)]).edges == 0.0


@pytest.mark.parametrize("counting", COUNTINGS, ids=str)
def test_a_way_of_counting_is_read_as_it_is_written(counting):
    assert counting_from(str(counting)) == counting


@pytest.mark.parametrize("written", ["first=2", "end", "breaks=three", "units=bytes", "x=1"])
def test_what_is_no_way_of_counting_is_refused(written):
    with pytest.raises(ValueError, match=written.partition("=")[0]):
        counting_from(written)
