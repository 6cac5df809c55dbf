"""A text drawn for its coder without templates: a hundred thousand words in one page."""

from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join

from exeunt.desk.drawing import attributes
from exeunt.desk.saying import sentence_said
from exeunt.errors import Sentence
from exeunt.stages.coding.queries.paragraphs import Paragraph, Stretch
from exeunt.stages.testimonies.models import Turn
from exeunt.stages.testimonies.queries.masked import Piece

# So many characters are laid out together when they come into view.
BLOCK = 2_400
# A line holds about so many; how tall a block will be is told in steps of so many lines.
ON_A_LINE, STEP, TALLEST = 66, 5, 120


def drawn(stretches: Iterable[Stretch], *, language: str, opens: bool) -> str:
    """Draw a text to be marked; the hard passages folded unless their reader has them open."""
    return format_html_join(
        "\n", "{}", ((_stretch(one, language=language, opens=opens),) for one in stretches)
    )


def folded(inside: str, warning: Sentence, *, opens: bool) -> str:
    """Fold a hard passage under what is said before it is opened."""
    return format_html(
        '<details class="hard"{}><summary>{}</summary>{}</details>',
        attributes({"open": opens}),
        sentence_said(warning),
        inside,
    )


def head_of(turn: Turn | None) -> str:
    """Say who speaks in a turn, and from when, above its first paragraph."""
    if turn is None or not (turn.speaker or turn.begins):
        return ""
    return format_html(
        '<p class="turn"><bdi class="speaker">{}</bdi> <span dir="ltr">{}</span></p>',
        turn.speaker,
        turn.begins,
    )


def masked(piece: Piece) -> str:
    """Draw some words, seen to be a mask where they are one."""
    if not piece.kind:
        return piece.words
    kind = sentence_said(piece.kind)
    return format_html('<span class="mask" title="{}">{}</span>', kind, piece.words)


def _stretch(stretch: Stretch, *, language: str, opens: bool) -> str:
    blocks = format_html_join(
        "\n",
        '<div class="block tall-{}">{}</div>',
        ((_height(block), _rows(block, language)) for block in _blocks(stretch.paragraphs)),
    )
    if stretch.warning is None:
        return blocks
    return folded(blocks, stretch.warning, opens=opens)


def _blocks(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    block: list[Paragraph] = []
    for paragraph in paragraphs:
        block.append(paragraph)
        if paragraph.end - block[0].start > BLOCK:
            yield block
            block = []
    if block:
        yield block


def _height(block: Iterable[Paragraph]) -> int:
    """Guess how many lines a block will fill, so that the page is about as long from the start."""
    lines = sum(1.5 + (one.end - one.start) // ON_A_LINE for one in block)
    return min(TALLEST, STEP * max(1, round(lines / STEP)))


def _rows(block: Iterable[Paragraph], language: str) -> str:
    spoken = attributes({"lang": language or False})
    return format_html_join(
        "\n",
        '<div class="row" data-n="{}">{}<p id="p{}" data-start="{}" data-lengths="{}" dir="auto"{}>'
        "{}</p></div>",
        (
            (
                one.number,
                head_of(one.turn),
                one.start,
                one.start,
                one.lengths,
                spoken,
                _words(one),
            )
            for one in block
        ),
    )


def _words(paragraph: Paragraph) -> str:
    if len(paragraph.pieces) == 1 and not paragraph.pieces[0].kind:
        return paragraph.pieces[0].words
    return format_html_join("", "{}", ((masked(piece),) for piece in paragraph.pieces))
