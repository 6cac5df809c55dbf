"""A span is found again by its words and what stands around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.anchoring import Quote, find_quote, quote_selector
from exeunt.methods.segmentation import Span


def test_a_quote_has_32_code_points_on_either_side():
    text = "a" * 40 + "said" + "😀" * 40

    assert quote_selector(text, (40, 44)) == Quote("said", "a" * 32, "😀" * 32)


@pytest.mark.parametrize("span", [(1, 1), (-1, 1), (0, 9)])
def test_a_span_that_is_none_has_no_quote(span):
    with pytest.raises(ValueError, match="inside its text"):
        quote_selector("said", span)


@pytest.mark.parametrize(
    ("text", "around", "start"),
    [
        ("I left. He left.", ("He ", "."), 11),
        ("I left. He left.", ("I ", "."), 2),
        ("I left. He left.", ("to ", "."), None),
        ("I left. He left!", ("We ", "!"), 11),
        ("I left", ("anything", "else"), 2),
        ("I stayed", ("I ", ""), None),
        ("", ("", ""), None),
    ],
)
def test_of_several_places_the_one_with_the_same_surroundings_is_meant(text, around, start):
    found = find_quote(text, "left", around[0], suffix=around[1])

    assert found == (None if start is None else Span(start, start + 4))


def test_of_places_that_are_as_good_the_nearest_is_meant_if_it_is_known_where():
    text = "left, left, left"

    assert find_quote(text, "left", "x", suffix="x") is None
    assert find_quote(text, "left", near=7) == Span(6, 10)


def test_no_words_are_found_nowhere():
    assert find_quote("I left.", "") is None


@given(st.text("ab ك", min_size=1, max_size=90), st.data())
def test_a_quote_leads_to_its_own_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = quote_selector(text, (start, end))

    assert find_quote(text, quote.exact, quote.prefix, suffix=quote.suffix, near=start) == (
        start,
        end,
    )
