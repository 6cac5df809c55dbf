"""How far the masking of one text is: what was proposed, what a person decided, what is read.

Pure: plain values in and out. Places are code points of the raw text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from exeunt.errors import NotYet, Refusal

# About as many words as somebody reads before they look up.
WORDS_A_PAGE = 600
UNDOABLE = 20
LONGEST_REPLACEMENT = 200
_WORD = re.compile(r"\w+(?:[-‐‑'’ʼ]\w+)*")


class MarkState(StrEnum):
    """What became of a mark."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Mark(NamedTuple):
    """A place that may be masked: where, what it is, who found it, and what stands there instead.

    ``narrator`` is the reference of a narrator of this archive who is named there, or empty.
    """

    number: int
    start: int
    end: int
    kind: str
    found_by: str
    state: MarkState = MarkState.PROPOSED
    replacement: str = ""
    narrator: str = ""


class Page(NamedTuple):
    """A stretch of the text that is read at a time, by its places; numbered from 1."""

    number: int
    start: int
    end: int


class Change(NamedTuple):
    """What one decision changed: marks as they were before, and the numbers of those after it."""

    gone: tuple[Mark, ...]
    made: tuple[int, ...]


class Review(NamedTuple):
    """A text's marks in their order, the pages that were read, and what can be undone."""

    marks: tuple[Mark, ...] = ()
    read: frozenset[int] = frozenset()
    before: tuple[Change, ...] = ()
    finished: bool = False

    def marked(self, number: int) -> Mark:
        """Return a mark by its number; refuses one that is not there (any more)."""
        found = next((mark for mark in self.marks if mark.number == number), None)
        if found is None:
            raise Refusal("This mark is not there any more; look at the page again.")
        return found

    def in_state(self, state: MarkState) -> list[Mark]:
        """Return the marks in a state, in the order of the text."""
        return [mark for mark in self.marks if mark.state is state]


def pages_of(text: str) -> list[Page]:
    """Cut a text into pages at the ends of paragraphs; a longer paragraph at the end of a word."""
    pages: list[Page] = []
    start = words = 0
    for found in _WORD.finditer(text):
        words += 1
        gap = text.find("\n", found.end(), found.end() + 3)
        long = words >= 2 * WORDS_A_PAGE
        if words < WORDS_A_PAGE or (gap < 0 and not long):
            continue
        end = gap + 1 if gap >= 0 else found.end()
        pages.append(Page(len(pages) + 1, start, end))
        start, words = end, 0
    if text[start:].strip() or not pages:
        pages.append(Page(len(pages) + 1, start, len(text)))
    return pages


def page_at(pages: Sequence[Page], place: int) -> int:
    """Return the number of the page on which a place stands."""
    return next((page.number for page in pages if place < page.end), len(pages))


def proposed(review: Review, found: Iterable[Mark]) -> Review:
    """Add what was found where nothing is marked yet; each new mark gets a number of its own."""
    marks = list(_in_order(review.marks))
    number = max((mark.number for mark in marks), default=0)
    for one in found:
        there = _under(one, marks)
        if there.start == there.stop:
            number += 1
            marks[there] = [one._replace(number=number)]
    return review._replace(marks=tuple(marks))


def decided(
    review: Review,
    numbers: Collection[int],
    state: MarkState,
    *,
    replacement: Callable[[Mark], str] | None = None,
) -> Review:
    """Accept or refuse marks, or open the question again; what is accepted gets a replacement."""
    for number in set(numbers) - {mark.number for mark in review.marks}:
        review.marked(number)

    def after(mark: Mark) -> Mark:
        if mark.number not in numbers:
            return mark
        words = replacement(mark) if replacement is not None else mark.replacement
        return mark._replace(state=state, replacement=words)

    return _changed(review, [after(mark) for mark in review.marks])


def added(review: Review, marks: Iterable[Mark]) -> Review:
    """Add marks that a person made, already accepted; each takes in whatever it overlaps."""
    number = max((other.number for other in review.marks), default=0)
    there = list(_in_order(review.marks))
    for mark in marks:
        number += 1
        under = _under(mark, there)
        covered = [mark, *there[under]]
        start, end = min(one.start for one in covered), max(one.end for one in covered)
        there[under] = [
            mark._replace(number=number, state=MarkState.ACCEPTED, start=start, end=end)
        ]
    return _changed(review, there)


def replaced(review: Review, number: int, words: str) -> Review:
    """Put other words in place of a mark, as part of the decision that was just made."""
    marks = [
        one._replace(replacement=words) if one.number == number else one for one in review.marks
    ]
    return review._replace(marks=tuple(marks))


def moved(review: Review, number: int, *, start: int, end: int) -> Review:
    """Give a mark other ends; it may not run into another one."""
    mark = review.marked(number)
    if start >= end:
        raise Refusal("A mark covers at least one sign; refuse it where nothing is to be masked.")
    there = mark._replace(start=start, end=end)
    if any(overlap(there, other) for other in review.marks if other.number != number):
        raise Refusal(
            "Another mark begins there. Refuse that one first, or mark both together anew."
        )
    return _changed(review, [there if one.number == number else one for one in review.marks])


def wider(text: str, mark: Mark, *, by_words: tuple[int, int]) -> tuple[int, int]:
    """Return a mark's ends so many words further out (or in, below zero) at its start and end."""
    at_start, at_end = by_words
    words = [found.span() for found in _WORD.finditer(text)]
    first = next((i for i, (_, end) in enumerate(words) if end > mark.start), len(words) - 1)
    last = max((i for i, (start, _) in enumerate(words) if start < mark.end), default=0)
    first = min(max(first - at_start, 0), len(words) - 1)
    last = max(min(last + at_end, len(words) - 1), 0)
    return words[first][0], words[last][1]


def read_page(review: Review, number: int, *, of: int) -> Review:
    """Note that a person has read a page; refuses one that the text does not have."""
    if not 1 <= number <= of:
        raise Refusal("This text has {of} pages.", of=of)
    return review._replace(read=review.read | {number})


def undone(review: Review) -> Review:
    """Take the last decision back."""
    if not review.before:
        raise Refusal("There is nothing to undo.")
    last = review.before[-1]
    stay = [mark for mark in review.marks if mark.number not in last.made]
    marks = _in_order([*stay, *last.gone])
    return review._replace(marks=marks, before=review.before[:-1], finished=False)


def check_may_finish(review: Review, pages: Sequence[Page]) -> None:
    """Refuse to end the masking before everything was read and decided."""
    unread = [page.number for page in pages if page.number not in review.read]
    open_ = review.in_state(MarkState.PROPOSED)
    if unread:
        raise NotYet(
            "A person reads everything: {count} of {all} pages were not read yet, the first is "
            "page {first}.",
            count=len(unread),
            all=len(pages),
            first=unread[0],
        )
    if open_:
        raise NotYet(
            "{count} proposals are undecided. Accept or refuse each; what is refused stays in the "
            "text as it is.",
            count=len(open_),
        )


def check_replacement(words: str) -> str:
    """Return a replacement that somebody typed, fit to stand in a text, or refuse it."""
    cleaned = " ".join(words.split())
    if not cleaned or len(cleaned) > LONGEST_REPLACEMENT:
        raise Refusal(
            "A replacement has between 1 and {most} characters, such as “a town in the north”.",
            most=LONGEST_REPLACEMENT,
        )
    return cleaned


def overlap(one: Mark, other: Mark) -> bool:
    """Tell whether two marks share a sign."""
    return one.start < other.end and other.start < one.end


def among(marks: Sequence[Mark], one: Mark) -> Sequence[Mark]:
    """Return those of some marks, in their order, that share a sign with one."""
    return marks[_under(one, marks)]


def _under(one: Mark, marks: Sequence[Mark]) -> slice:
    """Return where a mark lies among others, in their order and none over another."""
    first = bisect_right(marks, one.start, key=lambda mark: mark.end)
    return slice(first, bisect_left(marks, one.end, lo=first, key=lambda mark: mark.start))


def as_plain(review: Review) -> dict[str, Any]:
    """Write a review as plain values, ready to be sealed."""
    return {
        "marks": [list(mark) for mark in review.marks],
        "read": sorted(review.read),
        "before": [[[list(mark) for mark in gone], list(made)] for gone, made in review.before],
        "finished": review.finished,
    }


def from_plain(plain: dict[str, Any]) -> Review:
    """Read a review as it was written; nothing written yet is a review not begun."""
    return Review(
        marks=_marks(plain.get("marks", [])),
        read=frozenset(plain.get("read", [])),
        before=tuple(Change(_marks(gone), tuple(made)) for gone, made in plain.get("before", [])),
        finished=bool(plain.get("finished")),
    )


def _marks(rows: Iterable[Sequence[Any]]) -> tuple[Mark, ...]:
    return tuple(Mark(*row)._replace(state=MarkState(row[5])) for row in rows)


def _changed(review: Review, marks: Iterable[Mark]) -> Review:
    now = _in_order(marks)
    were, are = set(review.marks), set(now)
    change = Change(
        gone=tuple(mark for mark in review.marks if mark not in are),
        made=tuple(mark.number for mark in now if mark not in were),
    )
    before = (*review.before, change)[-UNDOABLE:]
    return review._replace(marks=now, before=before, finished=False)


def _in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
