"""A text as its coder sees it: paragraph by paragraph, its sentences numbered, masks seen.

A page of a hundred thousand words is drawn from this, so nothing here looks at a thing twice.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.methods.segmentation import Span, paragraphs, sentences_within
from exeunt.stages.testimonies.models import Turn
from exeunt.stages.testimonies.queries.masked import Piece, pieces_of
from exeunt.stages.testimonies.queries.passages import ShownText

# A paragraph longer than this is drawn in several, cut after sentences: browsers lay out the
# paragraphs that are looked at, and some accounts are one.
LONG = 2_000
FIRST = 1


class Paragraph(NamedTuple):
    """Some sentences of a text that stand together; ``number`` is that of the first of them."""

    number: int
    sentences: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    turn: Turn | None

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.sentences[-1].end

    @property
    def lengths(self) -> str:
        """Say how long each sentence is, and between two how much white space there is."""
        said = [str(self.sentences[0].end - self.start)]
        for before, after in zip(self.sentences, self.sentences[1:], strict=False):
            said += (str(after.start - before.end), str(after.end - after.start))
        return " ".join(said)


class Stretch(NamedTuple):
    """Paragraphs that are shown together; ``warning`` says what is in them where they are hard."""

    paragraphs: tuple[Paragraph, ...]
    warning: Sentence | None


class Mask(NamedTuple):
    """Where a mask stands, and what kind of thing it hides."""

    start: int
    end: int
    kind: str


def stretches_of(shown: ShownText, turns: Iterable[Turn] = ()) -> list[Stretch]:
    """Return a text in its paragraphs, those that are hard apart."""
    text = shown.version.text
    numbered = list(_numbered(text))
    cut = _Cut(text, list(_masks(shown)), {turn.start: turn for turn in turns})
    return [
        Stretch(tuple(cut.paragraphs(_inside(numbered, part.span))), part.warning)
        for part in shown.parts
    ]


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of a text by their numbers: the first is number 1, at place 0."""
    return [span for line in paragraphs(text) for span in sentences_within(text, line)]


class _Line(NamedTuple):
    number: int
    sentences: tuple[Span, ...]


def _numbered(text: str) -> Iterator[_Line]:
    """Return a text's lines with their sentences, long ones cut after sentences."""
    number = count(FIRST)
    for line in paragraphs(text):
        for sentences in _not_too_long(sentences_within(text, line)):
            first = next(number)
            for _ in sentences[1:]:
                next(number)
            yield _Line(first, sentences)


def _not_too_long(sentences: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    together: list[Span] = []
    for one in sentences:
        together.append(one)
        if one.end - together[0].start > LONG:
            yield tuple(together)
            together = []
    if together:
        yield tuple(together)


def _inside(numbered: Sequence[_Line], part: Span) -> Iterator[_Line]:
    """Return the lines within a part; a sentence that is cut by its edge keeps its number."""
    first = bisect_right(numbered, part.start, key=lambda line: line.sentences[-1].end)
    for line in numbered[first:]:
        if line.sentences[0].start >= part.end:
            return
        within = [
            (number, Span(max(one.start, part.start), min(one.end, part.end)))
            for number, one in enumerate(line.sentences, line.number)
            if one.start < part.end and part.start < one.end
        ]
        if within:
            yield _Line(within[0][0], tuple(span for _, span in within))


def _masks(shown: ShownText) -> Iterator[Mask]:
    for part in shown.parts:
        at = part.span.start
        for piece in part.pieces:
            if piece.kind:
                yield Mask(at, at + len(piece.words), piece.kind)
            at += len(piece.words)


class _Cut:
    """A text from which paragraphs are cut, with the masks and turns in it."""

    def __init__(self, text: str, masks: Sequence[Mask], turns: dict[int, Turn]) -> None:
        self.text = text
        self.masks = masks
        self.turns = turns

    def paragraphs(self, lines: Iterable[_Line]) -> Iterator[Paragraph]:
        for line in lines:
            start, end = line.sentences[0].start, line.sentences[-1].end
            yield Paragraph(
                line.number, line.sentences, self._pieces(start, end), self.turns.get(start)
            )

    def _pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        words = self.text[start:end]
        first = bisect_right(self.masks, start, key=lambda mask: mask.end)
        inside = []
        for mask in self.masks[first:]:
            if mask.start >= end:
                break
            inside.append(
                mask._replace(start=max(mask.start, start) - start, end=min(mask.end, end) - start)
            )
        return tuple(pieces_of(words, inside)) if inside else (Piece(words),)
