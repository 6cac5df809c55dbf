"""Offsets as other programs count them: held to Python's own encoders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.anchoring import from_utf8, from_utf16, to_utf8, to_utf16

TEXTS = st.text(alphabet="aé\u0301ك€😀👩\U0010ffff", max_size=40)
WAYS = pytest.mark.parametrize(
    ("to", "back", "encoding", "unit"),
    [(to_utf16, from_utf16, "utf-16-le", 2), (to_utf8, from_utf8, "utf-8", 1)],
    ids=["UTF-16", "UTF-8"],
)


@WAYS
@given(text=TEXTS)
def test_offsets_are_those_of_the_encoder(to, back, encoding, unit, text):
    points = list(range(len(text) + 1))
    expected = [len(text[:point].encode(encoding)) // unit for point in points]

    assert to(text, points) == expected
    assert back(text, expected) == points


@WAYS
@given(text=TEXTS)
def test_an_offset_inside_a_sign_is_refused(to, back, encoding, unit, text):
    good = set(to(text, range(len(text) + 1)))
    for offset in set(range(max(good))) - good:
        with pytest.raises(ValueError, match=rf"Offset {offset} lies inside"):
            back(text, [0, offset])


@WAYS
@pytest.mark.parametrize("text", ["", "abc", "a😀"])
def test_an_offset_outside_the_text_is_refused(to, back, encoding, unit, text):
    for turn in (to, back):
        with pytest.raises(ValueError, match="lies outside the text"):
            turn(text, [len(text.encode(encoding)) // unit + 1])
        with pytest.raises(ValueError, match="lies outside the text"):
            turn(text, [-1])


def test_half_a_surrogate_pair_that_stands_alone_is_one_unit():
    assert to_utf16("\ud83d😀", [1, 2]) == [1, 3]


def test_offsets_come_back_in_the_order_in_which_they_were_asked_for():
    assert to_utf16("😀a😀", [3, 0, 1, 1]) == [5, 0, 2, 2]
    assert all(type(offset) is int for offset in to_utf16("😀a", [1]) + from_utf8("aé", [1]))
    assert to_utf16("abc", []) == []
