"""The excerpts of one text as a list: which sentences, what was given, what was noted."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from exeunt.methods.segmentation import Span
from exeunt.stages.coding.queries.paragraphs import sentence_spans
from exeunt.stages.coding.queries.texts import Marks, OwnText

LONGEST_SHOWN = 200
FIRST = 1


class Given(NamedTuple):
    """A code that stands on an excerpt, what it says, and which other reader gave it."""

    code: str
    cell: str
    reader: str = ""


class ListedExcerpt(NamedTuple):
    """One excerpt: its first and last sentence, its words, and all that stands on it."""

    first: int
    last: int
    words: str
    folded: bool
    given: tuple[Given, ...]
    memo: str


def excerpts_listed(own: OwnText, *, opens: bool) -> list[ListedExcerpt]:
    """List the excerpts of a text in its order; words of hard passages only where they are open."""
    sentences = sentence_spans(own.text.text)
    ends = [one.end for one in sentences]
    hard = [part.span for part in own.shown.parts if part.warning is not None and not opens]
    given, memos = _given(own.marks), _memos(own.marks)
    return [
        ListedExcerpt(
            first=FIRST + bisect_right(ends, span.start),
            last=FIRST + min(bisect_right(ends, span.end - 1), len(ends) - 1),
            words=own.text.text[span.start : span.end][:LONGEST_SHOWN],
            folded=_in_any(span, hard),
            given=tuple(given.get(span, ())),
            memo="\n\n".join(memos.get(span, ())),
        )
        for span in sorted({*given, *memos})
    ]


def _given(marks: Marks) -> dict[Span, list[Given]]:
    found: dict[Span, list[Given]] = {}
    for one in marks.marks:
        mine = Given(one.code, _cell(one.value, one.gap))
        found.setdefault(Span(one.start, one.end), []).append(mine)
    for other in marks.others:
        theirs = Given(other.code, _cell(other.value, other.gap), other.reader)
        found.setdefault(Span(other.start, other.end), []).append(theirs)
    return found


def _memos(marks: Marks) -> dict[Span, list[str]]:
    found: dict[Span, list[str]] = {}
    for memo in marks.memos:
        found.setdefault(Span(memo.start, memo.end), []).append(memo.words)
    return found


def _cell(value: int | None, gap: str) -> str:
    return str(value) if value is not None else gap


def _in_any(span: Span, hard: Sequence[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in hard)
