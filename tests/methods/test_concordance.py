"""A keyword stands between what was said before it and after it, and shows nothing that is shut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.concordance import Line, Order, key_of, line

TEXT = "They took the cars.\nI left home that night, and my brother stayed."
#       0         1         2
#       0123456789012345678901234567
LEFT = (22, 26)


@pytest.mark.parametrize(
    ("width", "before", "after", "opens", "ends"),
    [
        # "the cars. I " and " home that n" are 12 characters: cut at the words within.
        (12, "the cars. I ", " home that", True, True),
        (10, "cars. I ", " home that", True, True),
        (3, "I ", "", True, True),
        (0, "", "", True, True),
        (99, "They took the cars. I ", " home that night, and my brother stayed.", False, False),
    ],
)
def test_context_is_cut_at_words(width, before, after, opens, ends):
    assert line(TEXT, *LEFT, width=width) == Line(before, "left", after, opens, ends)


def test_context_goes_up_to_what_is_shut_and_not_into_it():
    shown = line(TEXT, *LEFT, width=99, shut=[range(0, 19), range(32, 43)])

    assert shown == Line("I ", "left", " home", opens=True, ends=True)


@pytest.mark.parametrize("shut", [range(23, 24), range(0, 23), range(25, 60), range(0, 99)])
def test_a_keyword_that_is_shut_is_refused(shut):
    with pytest.raises(ValueError, match="shut"):
        line(TEXT, *LEFT, width=9, shut=[shut])


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2), (0, 99)])
def test_a_keyword_lies_inside_its_text(start, end):
    with pytest.raises(ValueError, match="inside"):
        line(TEXT, start, end, width=9)


def test_a_text_without_spaces_is_cut_between_letters_and_not_within_one():
    assert line("かき" * 9, 8, 10, width=3).after == "かきか"
    # The mark is drawn on the letter before it: four signs are two letters.
    assert line("aa" + "e\u0301" * 4, 0, 2, width=3).after == "e\u0301"


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (Order.TEXT, ()),
        (Order.BEFORE, ("i", "cars", "the")),
        (Order.AFTER, ("home", "that")),
    ],
)
def test_lines_are_ordered_by_the_words_beside_the_keyword(order, key):
    assert key_of(line(TEXT, *LEFT, width=12), order) == key


@given(
    text=st.text(alphabet="ab \n\u0301\u0644x", min_size=1, max_size=40),
    data=st.data(),
    width=st.integers(0, 20),
)
def test_a_line_says_nothing_that_is_not_there_and_nothing_that_is_shut(text, data, width):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wall = data.draw(st.integers(0, start))
    shown = line(text, start, end, width=width, shut=[range(0, wall)] if wall else [])
    plain = " ".join(text[wall:].split())

    said = " ".join(" ".join([shown.before, shown.keyword, shown.after]).split())
    assert said.replace(" ", "") in plain.replace(" ", "")
    assert len(shown.before) <= width
    assert len(shown.after) <= width
