"""How far the masking of a text is: plain values, decided step by step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.errors import NotYet, Refusal
from exeunt.procedures.entrusting.reviewing import (
    LONGEST_REPLACEMENT,
    UNDOABLE,
    WORDS_A_PAGE,
    Mark,
    MarkState,
    Page,
    Review,
    added,
    as_plain,
    check_may_finish,
    check_replacement,
    decided,
    from_plain,
    moved,
    page_at,
    pages_of,
    proposed,
    read_page,
    undone,
    wider,
)

TEXT = "one two-three four five"
ONE, TWO = Mark(1, 0, 3, "person", "kunya"), Mark(2, 4, 13, "place", "place")


def review(*marks: Mark) -> Review:
    return proposed(Review(), marks)


@given(st.text(alphabet="ab \n", max_size=4000), st.integers(0, 5))
def test_pages_cover_a_text_once_and_in_order(text, times):
    whole = text * times
    pages = pages_of(whole)
    joined = "".join(whole[page.start : page.end] for page in pages)

    assert whole.startswith(joined)
    assert whole[len(joined) :].strip() == ""
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert [page.start for page in pages[1:]] == [page.end for page in pages[:-1]]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("word " * (WORDS_A_PAGE - 1), 1),
        (("word " * 200 + "\n") * 3, 1),
        (("word " * 200 + "\n") * 4, 2),
        # A paragraph without an end is cut at the end of a word, when it is twice as long.
        ("word " * (3 * WORDS_A_PAGE), 2),
    ],
    ids=["nothing", "less than a page", "just a page", "one paragraph more", "no paragraphs"],
)
def test_a_page_ends_with_a_paragraph(text, count):
    assert len(pages_of(text)) == count


def test_a_place_stands_on_one_page():
    pages = [Page(1, 0, 10), Page(2, 10, 20)]

    assert [page_at(pages, place) for place in (0, 9, 10, 19, 25)] == [1, 1, 2, 2, 2]


def test_what_is_proposed_does_not_overlap_what_is_there():
    once = review(ONE, TWO)
    again = proposed(once, [ONE._replace(start=1, end=2), Mark(0, 14, 18, "person", "title")])

    assert [(mark.number, mark.start) for mark in again.marks] == [(1, 0), (2, 4), (3, 14)]


def test_marks_are_accepted_refused_and_reopened_each_by_itself():
    accepted = decided(review(ONE, TWO), {1}, MarkState.ACCEPTED, replacement=lambda _: "[x]")
    refused = decided(accepted, {1, 2}, MarkState.REFUSED)

    assert [(m.state, m.replacement) for m in accepted.marks] == [
        (MarkState.ACCEPTED, "[x]"),
        (MarkState.PROPOSED, ""),
    ]
    assert {m.state for m in refused.marks} == {MarkState.REFUSED}
    with pytest.raises(Refusal, match="not there any more"):
        decided(refused, {7}, MarkState.PROPOSED)


def test_a_mark_that_a_person_makes_takes_in_what_it_overlaps():
    found = added(review(ONE, TWO), [Mark(0, 2, 6, "person", "person", replacement="[x]")])

    assert [(m.number, m.start, m.end, m.state) for m in found.marks] == [
        (3, 0, 13, MarkState.ACCEPTED)
    ]


def test_marks_made_together_are_undone_together():
    two = [Mark(0, 14, 18, "person", "person"), Mark(0, 19, 23, "person", "person")]
    found = added(review(ONE), two)

    assert [m.number for m in found.marks] == [1, 2, 3]
    assert undone(found).marks == review(ONE).marks


@pytest.mark.parametrize(
    ("by_words", "covers"),
    [
        ((0, 0), "two-three"),
        ((1, 0), "one two-three"),
        ((9, 0), "one two-three"),
        ((0, 1), "two-three four"),
        ((0, 9), "two-three four five"),
    ],
)
def test_a_mark_is_widened_by_whole_words(by_words, covers):
    start, end = wider(TEXT, TWO, by_words=by_words)

    assert TEXT[start:end] == covers


@pytest.mark.parametrize(
    ("start", "end", "says"), [(5, 5, "at least one sign"), (0, 13, "Another mark begins there")]
)
def test_a_mark_is_not_moved_to_nothing_or_into_another(start, end, says):
    with pytest.raises(Refusal, match=says):
        moved(review(ONE, TWO), 2, start=start, end=end)


def test_only_the_last_decisions_are_undone():
    now = review(ONE)
    for _ in range(UNDOABLE + 5):
        now = decided(now, {1}, MarkState.REFUSED)
    for _ in range(UNDOABLE):
        now = undone(now)

    with pytest.raises(Refusal, match="nothing to undo"):
        undone(now)


def test_a_review_is_written_and_read_as_it_is():
    done = read_page(decided(review(ONE, TWO), {1}, MarkState.ACCEPTED), 1, of=2)

    assert from_plain(as_plain(done)) == done
    assert from_plain({}) == Review()


def test_everything_is_read_and_decided_before_the_end():
    pages = [Page(1, 0, 10), Page(2, 10, 23)]
    read = read_page(read_page(review(ONE), 1, of=2), 2, of=2)

    with pytest.raises(NotYet, match="2 of 2 pages were not read yet, the first is page 1"):
        check_may_finish(review(ONE), pages)
    with pytest.raises(NotYet, match="1 proposals are undecided"):
        check_may_finish(read, pages)
    check_may_finish(decided(read, {1}, MarkState.REFUSED), pages)


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_is_not_read(number):
    with pytest.raises(Refusal, match="This text has 2 pages"):
        read_page(review(), number, of=2)


@pytest.mark.parametrize("words", ["", "  ", "x" * (LONGEST_REPLACEMENT + 1)])
def test_a_replacement_says_something_short(words):
    with pytest.raises(Refusal, match="between 1 and 200"):
        check_replacement(words)


def test_a_replacement_is_one_line():
    assert check_replacement("a town\n in the north ") == "a town in the north"
