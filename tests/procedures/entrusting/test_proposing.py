"""A known name and a rule's find over each other become one proposal that leaves nothing out."""

import time

import pytest

from exeunt.methods.identifiers import Kind
from exeunt.procedures.entrusting.masking import open_sheet
from exeunt.procedures.entrusting.proposing import together
from exeunt.procedures.entrusting.reviewing import Mark, MarkState, Review, added, decided, proposed
from exeunt.procedures.entrusting.taking_in import Received, take_in

TEXT = (
    "My brother Karim Testwell met Dr Rahma Testwell at Testwell Road, rahma.testwell@example.org."
)
MANY = 20_000
AT_MOST_SECONDS = 5.0


def found(words: str, kind: Kind = Kind.PERSON, *, known: bool = False) -> Mark:
    start = TEXT.index(words)
    by, narrator = ("known name", "a1" * 8) if known else ("rule", "")
    return Mark(0, start, start + len(words), kind.value, by, narrator=narrator)


def within(start: int, end: int) -> Mark:
    return Mark(0, start, end, Kind.PERSON.value, "known name", narrator="a1" * 8)


@pytest.mark.parametrize(
    ("name", "by_rule", "words", "by", "kind"),
    [
        ("Testwell", "Karim Testwell", "Karim Testwell", "rule", Kind.PERSON),
        ("Rahma Testwell", "Dr Rahma Testwell", "Dr Rahma Testwell", "known name", Kind.PERSON),
        ("Rahma Testwell", "Rahma", "Rahma Testwell", "known name", Kind.PERSON),
        ("Rahma Testwell", "Rahma Testwell", "Rahma Testwell", "known name", Kind.PERSON),
    ],
)
def test_the_wider_of_a_known_name_and_a_find_is_proposed(name, by_rule, words, by, kind):
    (one,) = together([found(name, known=True)], [found(by_rule, kind)], text=TEXT)

    assert (TEXT[one.start : one.end], one.found_by, one.kind) == (words, by, kind)


@pytest.mark.parametrize(
    ("name", "whole", "kind"),
    [
        ("Testwell", "Testwell Road", Kind.ADDRESS),
        ("rahma.testwell", "rahma.testwell@example.org", Kind.EMAIL),
    ],
)
def test_a_name_within_an_address_leaves_nothing_of_the_address(name, whole, kind):
    start = TEXT.index(whole)
    (one,) = together([within(start, start + len(name))], [found(whole, kind)], text=TEXT)

    assert (TEXT[one.start : one.end], one.kind, one.narrator) == (whole, kind, "")


def test_a_name_and_a_find_that_cross_are_proposed_as_one():
    start = TEXT.index("Karim Testwell met")
    name, find = within(start, start + 14), Mark(0, start + 6, start + 18, "unit", "rule")
    (one,) = together([name], [find], text=TEXT)

    assert TEXT[one.start : one.end] == "Karim Testwell met"


def test_names_and_finds_side_by_side_stay_what_they_were():
    marks = [found("Rahma Testwell", known=True), found("Karim Testwell")]

    assert set(together(marks[:1], marks[1:], text=TEXT)) == set(marks)


def test_a_brother_with_the_same_family_name_is_somebody_else_and_masked_whole(
    narrator, keys, dana
):
    account = take_in(
        narrator=narrator,
        received=Received(b"My brother Harun Testwell stayed home. Rahma Testwell left."),
        words={"account_id": "A-1", "language": "en"},
        ref="1" * 16,
        keys=keys,
        by=dana,
    )
    sheet = open_sheet(account=account, keys=keys, by=dana)

    assert [sheet.surface(one) for one in sheet.review.marks] == [
        "Harun Testwell",
        "Rahma Testwell",
    ]


def test_twenty_thousand_marks_are_proposed_decided_and_taken_in_within_seconds():
    before = time.perf_counter()
    marks = [Mark(0, at * 10, at * 10 + 5, "person", "rule") for at in range(MANY)]
    review = proposed(Review(), [*marks, *marks])
    numbers = frozenset(one.number for one in review.marks)
    review = decided(review, numbers, MarkState.REFUSED)
    review = added(review, [one._replace(end=one.end + 2) for one in marks])

    assert len(review.marks) == MANY
    assert time.perf_counter() - before < AT_MOST_SECONDS
