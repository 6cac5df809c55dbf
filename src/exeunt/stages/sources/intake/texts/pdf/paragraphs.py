"""From lines to paragraphs: by gaps, indents and ends of sentences; and numbers of pages apart."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from exeunt.stages.sources.intake.texts.pdf.lines import Line

WIDER_GAP = 1.35  # times the usual distance of two lines
INDENT = 1.1  # in sizes of its letters
SHORT = 0.85  # of the block's width
OTHER_SIZE = 1.2
FEWEST_NUMBERED, SHARE_NUMBERED = 3, 0.8
_ENDS = re.compile(r"[.!?…؟:۔»”\"')\]]$")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\s]*)(?:(?:page|p\.|seite|صفحة|ص)\s*)?([0-9٠-٩۰-۹]{1,5})"
    r"(?:\s*(?:of|/|de|von|من)\s*[0-9٠-٩۰-۹]{1,5})?(?:[-–—|\s]*)",
    re.IGNORECASE,
)

Block = Sequence[Line]
Page = Sequence[Block]


class Read(NamedTuple):
    """The paragraphs of a document, how many numbers of pages were left out, and divided words."""

    paragraphs: tuple[str, ...]
    page_numbers: int
    divided: int


def paragraphs_of(pages: Sequence[Page]) -> Read:
    """Join the lines of all pages into paragraphs, and leave the numbers of pages out.

    Numbers are left out only where at least three pages, and four fifths of all, count on by one.
    """
    numbered = _numbered(pages)
    found: list[str] = []
    divided = 0
    open_end: Line | None = None
    for block in _blocks_left(pages, numbered):
        texts = _of_block(block)
        divided += sum(line.text.endswith("-") for line in block)
        if open_end is not None and _goes_on(open_end, block):
            found[-1] = _joined(found[-1], texts[0])
            texts = texts[1:]
        found += texts
        open_end = block[-1] if _is_open(block) else None
    return Read(tuple(found), len(numbered), divided)


def _blocks_left(pages: Sequence[Page], numbered: Collection[tuple[int, Line]]) -> Iterator[Block]:
    """Yield the blocks of all pages without the numbers of the pages."""
    for number, page in enumerate(pages):
        for block in page:
            left = [line for line in block if (number, line) not in numbered]
            if left:
                yield left


def _of_block(block: Block) -> list[str]:
    """Return the paragraphs of a block."""
    edges = _edges(block)
    steps = [before.base - line.base for before, line in pairwise(block)]
    usual = median(step for step in steps if step > 0) if any(s > 0 for s in steps) else 0.0
    texts = [block[0].text]
    for before, line in pairwise(block):
        if _breaks(before, line, usual=usual, edges=edges):
            texts.append(line.text)
        else:
            texts[-1] = _joined(texts[-1], line.text)
    return texts


def _edges(block: Block) -> tuple[float, float]:
    return min(line.left for line in block), max(line.right for line in block)


def _is_open(block: Block) -> bool:
    """Tell whether the last paragraph of a block may go on in the next: no sentence ends there."""
    last = block[-1].text
    return len(block) > 1 and (last.endswith(":") or not _ENDS.search(last))


def _goes_on(last: Line, block: Block) -> bool:
    """Tell whether a block goes on with what the one before left open."""
    first = block[0]
    alike = max(first.size, last.size) <= OTHER_SIZE * min(first.size, last.size)
    return alike and _indent(first, _edges(block)) <= INDENT * first.size


def _breaks(before: Line, line: Line, *, usual: float, edges: tuple[float, float]) -> bool:
    """Tell whether a new paragraph begins with this line."""
    gap = before.base - line.base
    if usual and gap > WIDER_GAP * usual:
        return True
    if max(before.size, line.size) > OTHER_SIZE * min(before.size, line.size):
        return True
    if _indent(line, edges) > INDENT * line.size and _indent(before, edges) <= INDENT * line.size:
        return True
    return not _fills(before, edges) and _ENDS.search(before.text) is not None


def _indent(line: Line, edges: tuple[float, float]) -> float:
    """Return how far a line begins from the edge at which it is begun."""
    return edges[1] - line.right if line.right_to_left else line.left - edges[0]


def _fills(line: Line, edges: tuple[float, float]) -> bool:
    left, right = edges
    reaches = line.right - left if not line.right_to_left else right - line.left
    return reaches >= SHORT * (right - left)


def _joined(text: str, more: str) -> str:
    """Join two lines; a hyphen at the end of a line stays, as nobody can tell whose it is."""
    return text + more if text.endswith("-") else f"{text} {more}"


def _numbered(pages: Sequence[Page]) -> frozenset[tuple[int, Line]]:
    """Find the lines that are nothing but the number of their page."""
    found = [
        (number, line, value) for number, page in enumerate(pages) for line, value in _at(page)
    ]
    offsets = Counter(value - number for number, _, value in found)
    filled = sum(any(page) for page in pages)
    offset = max(offsets, key=lambda one: offsets[one], default=0)
    sure = [(number, line) for number, line, value in found if value - number == offset]
    on = len({number for number, _ in sure})
    counts_on = on >= FEWEST_NUMBERED and on >= SHARE_NUMBERED * filled
    return frozenset(sure) if counts_on else frozenset()


def _at(page: Page) -> Iterator[tuple[Line, int]]:
    """Yield the uppermost and the lowest line of a page, if they are numbers."""
    lines = sorted((line for block in page for line in block), key=lambda line: line.base)
    for line in {lines[0], lines[-1]} if lines else ():
        number = _PAGE_NUMBER.fullmatch(line.text)
        if number:
            yield line, int(number.group(1))
