"""A text with its marks in it, sentence by sentence: for pages without a script, and for paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import format_html, format_html_join

from exeunt.desk.drawing import attributes
from exeunt.stages.coding.queries.paragraphs import Paragraph, Stretch
from exeunt.stages.coding.queries.texts import Marks
from exeunt.stages.coding.views.drawing import folded, head_of, masked
from exeunt.stages.coding.views.palette import Choice
from exeunt.stages.testimonies.queries.masked import Piece


class Stroke(NamedTuple):
    """One mark over a text: where, by which code, and which other reader set it."""

    start: int
    end: int
    code: str
    reader: str = ""

    @property
    def says(self) -> str:
        """Name the mark where it ends."""
        return f"{self.code} {self.reader}".strip()


def strokes_of(marks: Marks) -> list[Stroke]:
    """Return all marks over a text, as they begin."""
    mine = [Stroke(mark.start, mark.end, mark.code) for mark in marks.marks]
    others = [Stroke(one.start, one.end, one.code, one.reader) for one in marks.others]
    return sorted(mine + others)


class Plain:
    """Draws stretches of a text with marks over them."""

    def __init__(self, strokes: Sequence[Stroke], palette: Iterable[Choice], language: str) -> None:
        """Take the marks, how each code looks, and the language of the text."""
        self.strokes = strokes
        self.looks: Mapping[str, str] = {one.code.key: one.look.classes for one in palette}
        self.language = language
        self.next = 0
        self.open: list[Stroke] = []

    def drawn(self, stretches: Iterable[Stretch], *, opens: bool) -> str:
        """Draw a text; hard passages are folded unless their reader has them open."""
        return format_html_join(
            "\n", "{}", ((self._stretch(one, opens=opens),) for one in stretches)
        )

    def _stretch(self, stretch: Stretch, *, opens: bool) -> str:
        inside = format_html_join("\n", "{}", ((self._row(one),) for one in stretch.paragraphs))
        if stretch.warning is None:
            return inside
        return folded(inside, stretch.warning, opens=opens)

    def _row(self, paragraph: Paragraph) -> str:
        return format_html(
            '<div class="row">{}<p id="p{}" dir="auto"{}>{}</p></div>',
            head_of(paragraph.turn),
            paragraph.start,
            attributes({"lang": self.language or False}),
            format_html_join("", "{}", ((part,) for part in self._parts(paragraph))),
        )

    def _parts(self, paragraph: Paragraph) -> Iterator[str]:
        """Cut a paragraph wherever a sentence, a mask or a mark begins or ends."""
        over = self._over(paragraph)
        begins = {one.start: number for number, one in enumerate(paragraph.sentences)}
        pieces = dict(_placed(paragraph))
        cuts = {*begins, *pieces, paragraph.end}
        cuts |= {place for one in over for place in (one.start, one.end)}
        inside = sorted(cut for cut in cuts if paragraph.start <= cut <= paragraph.end)
        words = "".join(piece.words for piece in paragraph.pieces)
        piece = Piece("")
        for start, end in pairwise(inside):
            if start in begins:
                yield _number(paragraph.number + begins[start])
            piece = pieces.get(start, piece)
            said = words[start - paragraph.start : end - paragraph.start]
            covering = [one for one in over if one.start <= start and end <= one.end]
            yield self._marked(masked(Piece(said, piece.kind)), covering)
            yield from self._ends([one for one in covering if one.end == end])

    def _over(self, paragraph: Paragraph) -> list[Stroke]:
        """Return the marks over a paragraph; paragraphs are drawn in the order of the text."""
        while self.next < len(self.strokes) and self.strokes[self.next].start < paragraph.end:
            self.open.append(self.strokes[self.next])
            self.next += 1
        self.open = [one for one in self.open if one.end > paragraph.start]
        return self.open

    def _marked(self, words: str, covering: Sequence[Stroke]) -> str:
        if not covering:
            return words
        named = ", ".join(dict.fromkeys(one.says for one in covering))
        look = self.looks.get(covering[-1].code, "")
        return format_html('<mark class="{}" title="{}">{}</mark>', look, named, words)

    def _ends(self, ending: Sequence[Stroke]) -> Iterator[str]:
        for one in ending:
            look = self.looks.get(one.code, "")
            yield format_html('<sup class="key {}" dir="auto">{}</sup>', look, one.says)


def _placed(paragraph: Paragraph) -> Iterator[tuple[int, Piece]]:
    at = paragraph.start
    for piece in paragraph.pieces:
        yield at, piece
        at += len(piece.words)


def _number(number: int) -> str:
    return format_html('<span class="number" id="s{}">{}</span> ', number, number)
