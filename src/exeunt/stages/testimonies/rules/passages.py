"""Hard passages of a text: what can be marked, what becomes of a mark, and how it is folded."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from exeunt.errors import AllOf, NotYet, Sentence
from exeunt.methods import anchoring
from exeunt.methods.segmentation import Span, sentences_within, trimmed
from exeunt.stages.testimonies.states import Hardness

# A stretch longer than this is cut at the end of a sentence: many accounts are one paragraph.
LONG = 600
# Up to so many words, a number is said as it is; beyond, in tens.
FEW = 20
_LINE = re.compile(r"\n")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class HardMark(NamedTuple):
    """A stretch that somebody marked, and what makes it hard."""

    start: int
    end: int
    kind: Hardness


class Part(NamedTuple):
    """A part of a text as it is shown: folded where it is hard, and for what."""

    start: int
    end: int
    words: int = 0
    kinds: tuple[Hardness, ...] = ()

    @property
    def warning(self) -> Sentence:
        """What is said before a hard part is opened."""
        return Sentence(
            "About {words} words on {kinds}. Open when you are ready.",
            words=about(self.words),
            kinds=AllOf(kind.value for kind in self.kinds),
        )


def stretches(text: str) -> list[Span]:
    """Return the parts of a text that can be marked: paragraphs, long ones cut after sentences.

    A text without an empty line has a paragraph on each line.
    """
    between = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE
    ends = [(found.start(), found.end()) for found in between.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    whole = zip(starts, [*(start for start, _ in ends), len(text)], strict=True)
    spans = (trimmed(text, Span(*one)) for one in whole)
    return [part for span in spans if span.start < span.end for part in _cut(text, span)]


def moved(before: str, mark: HardMark, after: str) -> HardMark | None:
    """Find a marked stretch in the next version of its text; None where it is not there any more.

    One that was corrected is the same stretch still, if it kept four fifths of its words.
    """
    return moved_marks(before, [mark], after)[0]


def moved_marks(before: str, marks: Sequence[HardMark], after: str) -> list[HardMark | None]:
    """Find marked stretches in the next version of their text, all at once.

    Words that were taken out and stand elsewhere too are as hard there.
    """
    found = anchoring.moved(before, after, [(mark.start, mark.end) for mark in marks])
    places = [
        now.span or anchoring.find_quote(after, before[mark.start : mark.end], near=now.near)
        for mark, now in zip(marks, found, strict=True)
    ]
    return [
        None if place is None else HardMark(*place, mark.kind)
        for mark, place in zip(marks, places, strict=True)
    ]


def parts(text: str, marks: Iterable[HardMark]) -> list[Part]:
    """Return a text in the parts in which it is shown; hard ones that touch are folded as one."""
    shown: list[Part] = []
    at = 0
    for span, kinds in _joined(text, marks):
        if text[at : span.start].strip():
            shown.append(Part(*trimmed(text, Span(at, span.start))))
        shown.append(Part(*span, len(text[span.start : span.end].split()), kinds))
        at = span.end
    if text[at:].strip():
        shown.append(Part(*trimmed(text, Span(at, len(text)))))
    return shown


def about(words: int) -> int:
    """Round a count of words as somebody would say it.

    >>> about(7), about(117), about(23)
    (7, 120, 20)
    """
    return words if words <= FEW else round(words, -1)


def check_something_chosen(*, chosen: int, taken: int) -> None:
    """Refuse to do nothing."""
    if not chosen and not taken:
        raise NotYet("Choose at least one paragraph, or a mark to take away.")


def check_same_text(*, read: int, now: int) -> None:
    """Refuse marks that were set in another version of the text than the one that stands."""
    if read != now:
        raise NotYet(
            "The text was changed while you were reading it. Open the page again: its paragraphs "
            "may not be those that you chose."
        )


def _cut(text: str, span: Span) -> Iterator[Span]:
    """Cut a stretch at the first end of a sentence after it has become long."""
    start = span.start
    if span.end - start > LONG:
        for one, following in pairwise(sentences_within(text, span)):
            if one.end - start > LONG:
                yield Span(start, one.end)
                start = following.start
    if start < span.end:
        yield Span(start, span.end)


def _joined(text: str, marks: Iterable[HardMark]) -> list[tuple[Span, tuple[Hardness, ...]]]:
    """Join marks that overlap, or that only white space parts."""
    joined: list[tuple[Span, tuple[Hardness, ...]]] = []
    for mark in sorted(marks):
        last, kinds = joined[-1] if joined else (Span(0, 0), ())
        if joined and not text[last.end : mark.start].strip():
            both = {*kinds, mark.kind}
            together = Span(last.start, max(last.end, mark.end))
            joined[-1] = (together, tuple(kind for kind in Hardness if kind in both))
        else:
            joined.append((Span(mark.start, mark.end), (mark.kind,)))
    return joined
