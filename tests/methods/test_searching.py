"""Words are found in every spelling that a reader takes for the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.searching import (
    LONGEST_WORD,
    MOST_ASKED,
    MOST_BYTES,
    asked_for,
    folded,
    in_order,
    placed_words,
    searchable,
    words_in,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الْجَمَاعَة", "الجماعة"),
        ("إدلب", "ادلب"),
        ("أحمد", "احمد"),
        ("آمنة", "امنه"),
        ("ٱلقلب", "القلب"),
        ("هدى", "هدي"),
        ("مدرسة", "مدرسه"),
        ("جـــمـــاعـــة", "جماعه"),
        ("ﻻ", "لا"),
        ("کتاب", "كتاب"),
        ("٢٠١٤", "2014"),
        ("۲۰۱۴", "2014"),
        ("Ｒａｑｑａ", "raqqa"),
        ("RÉCIT", "recit"),
        ("Straße", "STRASSE"),
        ("İzmir", "izmir"),
    ],
)
def test_two_ways_of_writing_one_word_are_one(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("خرجت من الجماعة", "جماعة"),
        ("خرجت من جماعة", "الجماعة"),
        ("وبالجماعة", "الجماعة"),
        ("للجماعة", "جماعة"),
        ("The Raqqa Post, 3 May 2014", "raqqa 2014"),
        ("N12", "n12"),
    ],
)
def test_what_is_asked_for_is_among_the_words_kept(kept, asked):
    words = set(searchable([kept]).split())

    assert all(words.intersection(forms) for forms in asked_for(asked))


@pytest.mark.parametrize("word", ["الله", "الأم", "ال"])
def test_what_only_begins_like_an_article_is_left_whole(word):
    assert asked_for(word) == ((folded(word),),)


def test_what_is_kept_for_searching_cannot_be_read():
    # Worked by hand: each word once, in alphabetical order.
    assert searchable(["I left. Then I left again."]) == "again i left then"


@pytest.mark.parametrize("words", ["", "  ", "“…” – ()*:\"'", "\x00\u202e"])
def test_signs_alone_ask_for_nothing(words):
    assert asked_for(words) == ()


def test_more_words_than_are_looked_for_and_longer_ones_are_cut():
    assert len(asked_for(" ".join(f"w{n}" for n in range(100)))) == MOST_ASKED
    assert len(words_in("x" * 10_000)[0]) == LONGEST_WORD


def test_a_text_of_a_million_different_words_is_cut_at_a_word():
    line = searchable(f"w{number}" for number in range(200_000))

    assert MOST_BYTES - LONGEST_WORD < len(line.encode()) <= MOST_BYTES
    assert line.split()[-1] in {f"w{number}" for number in range(200_000)}


@given(st.text(max_size=200))
def test_whatever_is_written_folds_to_letters_and_digits_and_once_is_enough(text):
    words = words_in(text)

    assert all(word.isalnum() for word in words)
    assert all(words_in(word) == [word] for word in words if len(word) < LONGEST_WORD)


@given(st.text(max_size=100))
def test_every_text_is_found_by_itself(text):
    words = set(searchable([text]).split())

    assert all(words.intersection(forms) for forms in asked_for(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Then, the cars!", "then the cars"),
        ("خرجت من الجماعة والدولة", "خرجت من جماعه دوله"),
        ("x" * 80, "x" * LONGEST_WORD),
        ("…", ""),
    ],
)
def test_a_passage_keeps_its_words_in_order_without_articles(text, kept):
    assert in_order(text) == kept


MARKED = (
    "ab \n"
    + "".join(
        map(chr, [0xE9, 0x301, 0x327, 0x344, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x3099, 0x304B, 0x915])
    )
    + "\u093c\u0627\u0644\u0671\u064b\u0640\ufefb\ufb01\u1fb3"
)


@given(st.text(alphabet=MARKED, max_size=12) | st.text(max_size=12))
def test_every_word_that_is_kept_has_its_place_in_the_original(text):
    placed = placed_words(text)

    assert " ".join(word.form for word in placed) == in_order(text)
    assert all(one.end <= other.start for one, other in pairwise(placed))
    assert all(in_order(text[word.start : word.end]) == word.form for word in placed)
