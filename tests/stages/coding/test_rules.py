"""What a judgement may say, what it is about, and where its excerpt stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.errors import Refusal
from exeunt.methods.codebooks import Level, Scale
from exeunt.stages.coding.rules.values import check_same_value, span_from, target_from, value_from
from exeunt.stages.coding.states import Gap, Target

SCALE = Scale(Level.ORDINAL, {0: "none", 1: "some", 2: "large"}, unknown=-99, not_applicable=-88)
WORDS_ONLY = Scale()
UNKNOWN, NOT_APPLICABLE, NOT_MENTIONED = Gap.UNKNOWN, Gap.NOT_APPLICABLE, Gap.NOT_MENTIONED


@pytest.mark.parametrize(
    ("cell", "value", "gap"),
    [
        ("0", 0, None),
        ("2", 2, None),
        (" 1 ", 1, None),
        ("١", 1, None),
        ("", None, NOT_MENTIONED),
        ("  ", None, NOT_MENTIONED),
        ("not mentioned", None, NOT_MENTIONED),
        ("Not_Mentioned", None, NOT_MENTIONED),
        ("unknown", None, UNKNOWN),
        ("-99", None, UNKNOWN),
        ("UNKNOWN", None, UNKNOWN),
        ("not applicable", None, NOT_APPLICABLE),
        ("-88", None, NOT_APPLICABLE),
    ],
)
def test_a_cell_is_a_value_or_the_gap_it_stands_for(cell, value, gap):
    assert value_from(cell, SCALE) == (value, gap)


@pytest.mark.parametrize(
    "cell", ["3", "-1", "1.5", "yes", "0;1", "-77", "99999", "1e0", "²", "not", "⅒"]
)
def test_what_is_outside_the_scale_is_refused_with_the_scale(cell):
    with pytest.raises(Refusal, match=f"“{cell}” is outside the scale: 0, 1, 2, unknown, not app"):
        value_from(cell, SCALE)


@pytest.mark.parametrize("cell", ["-99", "-88"])
def test_numbers_stand_for_gaps_only_where_the_codebook_says_so(cell):
    with pytest.raises(Refusal, match="outside the scale: 0, 1,"):
        value_from(cell, WORDS_ONLY)


@pytest.mark.parametrize(
    ("cell", "target"),
    [
        ("", Target.ACCOUNT),
        ("account", Target.ACCOUNT),
        (" Exit ", Target.EXIT),
        ("SPELL", Target.SPELL),
        ("excerpt", Target.EXCERPT),
    ],
)
def test_a_judgement_is_about_what_it_says_or_else_the_account(cell, target):
    assert target_from(cell, otherwise=Target.ACCOUNT) is target


def test_where_nothing_is_said_the_codebook_s_own_unit_is_meant():
    assert target_from("", otherwise=Target.EXIT) is Target.EXIT


def test_an_unknown_target_is_refused_with_the_choices():
    with pytest.raises(Refusal, match="“page” is none of account, exit, spell, excerpt"):
        target_from("page", otherwise=Target.ACCOUNT)


# --- excerpts ------------------------------------------------------------------------------------

ARABIC = "كنت هناك. ثم خرجت."  # 18 code points; the second sentence is 10 to 18
EMOJI = "I 🙂🙂 left."  # an emoji is one code point (two in UTF-16): "left" is 5 to 9


@pytest.mark.parametrize(
    ("text", "start", "end", "quote", "span"),
    [
        ("I left.", "2", "6", "", (2, 6)),
        ("I left.", "2", "6", "left", (2, 6)),
        ("I left.", "0", "7", "I left.", (0, 7)),
        ("I left.", "", "", "left", (2, 6)),
        (ARABIC, "10", "18", "ثم خرجت.", (10, 18)),
        (ARABIC, "", "", "ثم خرجت.", (10, 18)),
        (EMOJI, "5", "9", "left", (5, 9)),
        (EMOJI, "", "", "left", (5, 9)),
        (EMOJI, "2", "3", "🙂", (2, 3)),
        ("Two\nlines.", "", "", "Two\nlines", (0, 9)),
    ],
)
def test_an_excerpt_is_found_by_its_place_or_by_its_words(text, start, end, quote, span):
    assert span_from(text, start=start, end=end, quote=quote) == span
    assert not quote or text[slice(*span)] == quote


@pytest.mark.parametrize(
    ("start", "end", "quote", "says"),
    [
        ("", "", "", "needs its start and end, or its words"),
        ("2", "", "", "is no place in a text"),
        ("", "6", "left", "is no place in a text"),
        ("two", "6", "", "is no place in a text"),
        ("-1", "3", "", "is no place in a text"),
        ("2.0", "6", "", "is no place in a text"),
        ("٢", "٦", "", "is no place in a text"),
        ("²", "6", "", "is no place in a text"),
        ("2", "2", "", "2 to 2 is not inside the text"),
        ("6", "2", "", "6 to 2 is not inside the text"),
        ("2", "13", "", "is not inside the text, which has 12 characters"),
        ("12", "13", "", "is not inside the text"),
        ("9" * 40, "9" * 41, "", "is not inside the text"),
        ("2", "7", "left", "says something else than the quote"),
        ("3", "7", "left", "says something else than the quote"),
        ("", "", "right", "does not stand in the text"),
        ("", "", "LEFT", "does not stand in the text"),
        ("", "", "e", "stands in the text 3 times"),
    ],
)
def test_an_excerpt_that_is_not_there_is_refused(start, end, quote, says):
    with pytest.raises(Refusal, match=says):
        span_from("I left here.", start=start, end=end, quote=quote)


def test_a_quote_that_overlaps_itself_stands_more_than_once():
    with pytest.raises(Refusal, match="stands in the text 2 times"):
        span_from("no no no", start="", end="", quote="no no")


@given(st.text(min_size=1, max_size=30), st.data())
def test_a_span_and_the_words_in_it_find_each_other(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = span_from(text, start=str(start), end=str(end), quote=text[start:end])

    assert span == (start, end)


# --- repetitions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "now", "says"),
    [
        ((1, None), (1, None), "already; take one of the two out"),
        ((None, UNKNOWN), (None, UNKNOWN), "already; take one of the two out"),
        ((1, None), (0, None), "already with another value"),
        ((0, None), (None, NOT_MENTIONED), "already with another value"),
        ((None, UNKNOWN), (None, NOT_APPLICABLE), "already with another value"),
    ],
)
def test_a_second_judgement_is_a_repetition_or_a_contradiction(earlier, now, says):
    with pytest.raises(Refusal, match=f"This judgement stands in row 3 {says}"):
        check_same_value(earlier, now, "in row 3")
