"""The letters of a PDF's page with the place of each, as PDFium finds them; nothing is ordered yet.

PDFium guesses at lines, at spaces and at the direction of reading, and guesses wrong where Arabic
and Latin meet. So only what stands in the file is asked for: which letter, and where.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

UNTOLD = "\ufffd"
HYPHENS = (0x02, 0xFFFE)
FIRST_PRIVATE, LAST_PRIVATE = 0xE000, 0xF8FF
# Letters that stand for the place they have in a word; all else is left as it stands.
PRESENTATION = ((0xFB00, 0xFB4F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
ALEFS, LAM = frozenset("اأإآٱ"), "ل"
# Whole words that have a letter of their own; PDFium may have spelt them out already.
WORDS = frozenset(unicodedata.normalize("NFKC", chr(code)) for code in range(0xFDF0, 0xFDFC))
QUARTERS = 4
STRAIGHT = 0.2  # radians, to either side, within which writing counts as level or upright


class Letter(NamedTuple):
    """One glyph, turned level: its letters in the order of reading, its edges, its line's height.

    A glyph may stand for several letters, as the one for lam and alef does.
    """

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def is_mark(self) -> bool:
        """Whether it stands above or below another letter."""
        return all(unicodedata.combining(sign) for sign in self.text)


class Seen(NamedTuple):
    """What was found on one page: letters in each quarter turn, and counts of what else."""

    turned: tuple[tuple[Letter, ...], ...]
    counts: Counter[str]


class _Sign(NamedTuple):
    """One letter as PDFium tells it."""

    code: int
    place: tuple[float, float]
    box: tuple[float, float, float, float]
    quarter: int


def seen_on(page: Any) -> Seen:
    """Find the letters of a page, whichever way it and they are turned."""
    counts: Counter[str] = Counter()
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return Seen((), counts)
    try:
        signs = list(_signs(text_page, counts))
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    glyphs = [list(group) for _, group in groupby(signs, key=lambda sign: (sign.box, sign.quarter))]
    backwards = _told_backwards(glyphs)
    found: dict[int, list[Letter]] = {}
    for glyph in glyphs:
        letter = _letter(glyph, counts, backwards=backwards)
        if letter is not None:
            found.setdefault(glyph[0].quarter, []).append(letter)
    by_number = sorted(found.values(), key=len, reverse=True)
    return Seen(tuple(map(tuple, by_number)), counts)


def _signs(text_page: Any, counts: Counter[str]) -> Iterator[_Sign]:
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    for number in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, number) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text_page, number)
        placed = pdfium.FPDFText_GetCharOrigin(text_page, number, at_x, at_y)
        boxed = pdfium.FPDFText_GetLooseCharBox(text_page, number, at_box)
        if not placed or not boxed:
            counts["lost"] += 1
            continue
        edges = (box.left, box.bottom, box.right, box.top)
        if not all(map(math.isfinite, (x.value, y.value, *edges))):
            counts["lost"] += 1
            continue
        quarter = _quarter(pdfium.FPDFText_GetCharAngle(text_page, number), counts)
        yield _Sign(code, (x.value, y.value), edges, quarter)


def _quarter(angle: float, counts: Counter[str]) -> int:
    """Return by how many quarter turns a letter is turned; aslant counts as the nearest."""
    turns = angle / (math.pi / 2) if math.isfinite(angle) else 0.0
    nearest = round(turns)
    counts["aslant"] += abs(turns - nearest) * math.pi / 2 > STRAIGHT
    return -nearest % QUARTERS  # PDFium counts clockwise


def _letter(glyph: Sequence[_Sign], counts: Counter[str], *, backwards: bool) -> Letter | None:
    text = "".join(_readable(sign.code, counts) for sign in glyph)
    if len(glyph) > 1 and _is_right_to_left(text):
        text = _forwards(text, backwards=backwards)
    if not text:
        return None
    left, bottom, right, top = _levelled(glyph[0].box, glyph[0].quarter)
    if not text.strip() and left == right:
        return None  # a space without room, which the gap beside it tells better
    x, y = glyph[0].place
    _, base = _turned(x, y, glyph[0].quarter)
    return Letter(text, min(left, right), max(left, right), base, abs(top - bottom))


def _forwards(text: str, *, backwards: bool) -> str:
    """Put the letters of one Arabic glyph into the order of reading."""
    if text in WORDS or text[::-1] in WORDS:
        return text if text in WORDS else text[::-1]
    if LAM in text and ALEFS & {*text}:
        return text if text[-1] != LAM else text[::-1]
    return text[::-1] if backwards else text


def _told_backwards(glyphs: Sequence[Sequence[_Sign]]) -> bool:
    """Tell whether PDFium gave the letters of one glyph from the last to the first.

    No glyph stands for alef and lam, but many fonts have one for lam and alef.
    """
    pairs = Counter(
        "".join(chr(sign.code) for sign in glyph)[-1] == LAM
        for glyph in glyphs
        if len(glyph) > 1 and {chr(sign.code) for sign in glyph} & ALEFS
    )
    return pairs[True] >= pairs[False]


def _readable(code: int, counts: Counter[str]) -> str:
    """Return the letter that a code stands for, in the one form that people type."""
    if code in HYPHENS:
        return "-"
    if code == 0 or FIRST_PRIVATE <= code <= LAST_PRIVATE or _is_half(code):
        counts["untold"] += 1
        return UNTOLD
    sign = chr(code)
    if any(first <= code <= last for first, last in PRESENTATION):
        # A vowel mark that stands alone is written on a space, which nobody typed.
        return unicodedata.normalize("NFKC", sign).removeprefix(" ")
    if unicodedata.category(sign) == "Cc":
        return " " if code in {0x09, 0x0A, 0x0D} else ""
    return sign


def _is_half(code: int) -> bool:
    """Tell whether a code is half of a pair, which alone is no letter."""
    return unicodedata.category(chr(code)) == "Cs"


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)


def _levelled(
    box: tuple[float, float, float, float], quarter: int
) -> tuple[float, float, float, float]:
    left, bottom = _turned(box[0], box[1], quarter)
    right, top = _turned(box[2], box[3], quarter)
    return left, bottom, right, top


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """Turn a place so that writing which was turned by so many quarters becomes level."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]
