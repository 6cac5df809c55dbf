"""The gold testimonies are whole: every mark reads, none overlaps, and no text repeats another."""

from collections import Counter
from itertools import combinations, pairwise

import pytest

from tests.methods.masking.gold_texts import (
    DIRECT_KINDS,
    INDIRECT_KINDS,
    GoldText,
    Mark,
    gold_texts,
    parsed,
)

FEWEST_MARKS = 12
FEWEST_WORDS, MOST_WORDS = 150, 450

each_text = pytest.mark.parametrize("gold", gold_texts(), ids=lambda gold: gold.name)


def phrases(gold: GoldText) -> set[tuple[str, ...]]:
    """Every run of eight words."""
    words = gold.text.split()
    return set(zip(*(words[start:] for start in range(8)), strict=False))


def test_there_are_forty_english_ten_french_and_ten_arabic():
    assert Counter(gold.language for gold in gold_texts()) == {"en": 40, "fr": 10, "ar": 10}


def test_they_are_named_one_after_the_other():
    counts = {"ar": 10, "en": 40, "fr": 10}
    names = [f"{lang}-{nth:02}" for lang, last in counts.items() for nth in range(1, last + 1)]

    assert [gold.name for gold in gold_texts()] == names


@each_text
def test_marks_never_overlap(gold):
    assert all(first.end <= second.start for first, second in pairwise(gold.marks))


@each_text
def test_a_mark_covers_words_and_no_space_at_its_ends(gold):
    surfaces = [gold.surface(mark) for mark in gold.marks]

    assert [surface for surface in surfaces if surface != surface.strip() or not surface] == []


@each_text
def test_a_text_has_enough_marks(gold):
    assert len(gold.marks) >= FEWEST_MARKS


@each_text
def test_a_text_is_neither_a_line_nor_a_book(gold):
    assert FEWEST_WORDS <= len(gold.text.split()) <= MOST_WORDS


@each_text
def test_an_entity_is_of_one_kind(gold):
    kinds = {(mark.entity, mark.kind) for mark in gold.marks}

    assert len(kinds) == len({mark.entity for mark in gold.marks})


def test_every_kind_occurs_in_every_language():
    seen = {(gold.language, mark.kind) for gold in gold_texts() for mark in gold.marks}
    kinds = DIRECT_KINDS | INDIRECT_KINDS

    assert {(lang, kind) for lang in ("ar", "en", "fr") for kind in kinds} - seen == set()


def test_no_text_repeats_another():
    runs = {gold.name: phrases(gold) for gold in gold_texts()}

    assert [pair for pair in combinations(runs, 2) if runs[pair[0]] & runs[pair[1]]] == []


def test_offsets_count_code_points_of_the_plain_text():
    gold = parsed("ar-99", "سلّمت على ⟦person.direct.p1|أبي 𝒢⟧ في ⟦place.indirect.l1|الرقة⟧.")

    assert gold.text == "سلّمت على أبي 𝒢 في الرقة."
    assert gold.marks == (
        Mark(10, 15, "person", direct=True, entity="p1"),
        Mark(19, 24, "place", direct=False, entity="l1"),
    )
    assert [gold.surface(mark) for mark in gold.marks] == ["أبي 𝒢", "الرقة"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("I met ⟦person.direct|Salim⟧.", "a malformed mark"),
        ("I met ⟦person.direct.p1|Salim.", "a malformed mark"),
        ("I met Salim⟧.", "a malformed mark"),
        ("I met ⟦friend.direct.p1|Salim⟧.", "friend.direct"),
        ("I met ⟦person.indirect.p1|Salim⟧.", "person.indirect"),
    ],
    ids=["no entity", "not closed", "not opened", "an unknown kind", "a name that is indirect"],
)
def test_a_malformed_mark_is_refused(written, said):
    with pytest.raises(ValueError, match=said):
        parsed("en-99", written)
