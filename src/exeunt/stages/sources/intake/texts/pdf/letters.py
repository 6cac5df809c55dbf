"""The letters of a PDF's page with the place of each, as PDFium finds them; nothing is ordered yet.

PDFium guesses at lines, at spaces and at the direction of reading, and guesses wrong where Arabic
and Latin meet. So only what stands in the file is asked for: which letter, and where.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from exeunt.stages.sources.intake.texts.pdf.passages import (
    Silent,
    address_of,
    place_of,
    silent_after,
)

UNTOLD = "\ufffd"
HYPHENS = (0x02, 0xFFFE)
SPACE = 0x20
FIRST_PRIVATE, LAST_PRIVATE = 0xE000, 0xF8FF
# Letters that stand for the place they have in a word; all else is left as it stands.
PRESENTATION = ((0xFB00, 0xFB4F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
ALEFS, LAM = frozenset("اأإآٱ"), "ل"
# Whole words that have a letter of their own; PDFium may have spelt them out already.
WORDS = frozenset(unicodedata.normalize("NFKC", chr(code)) for code in range(0xFDF0, 0xFDFC))
QUARTERS = 4
MARKED = 2  # a letter and its mark
STRAIGHT = 0.2  # radians, to either side, within which writing counts as level or upright


class Letter(NamedTuple):
    """One glyph, turned level: its letters in the order of reading, its edges, its size in points.

    ``at`` is where it begins to be drawn: its ink may reach over that of its neighbours. A glyph
    may stand for several letters, as the one for lam and alef does.
    """

    text: str
    left: float
    right: float
    at: float
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
    size: float
    quarter: int
    thing: int


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
    silent = silent_after(page, {sign.thing for sign in signs})
    glyphs = [_with_silent(glyph, silent) for glyph in _glyphs(signs)]
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
    matrix = pdfium.FS_MATRIX()
    at_x, at_y, at_box, at_matrix = map(ctypes.byref, (x, y, box, matrix))
    for number in range(pdfium.FPDFText_CountChars(text_page)):
        # What belongs to no text of the file was put there by PDFium, as spaces and line ends.
        thing = address_of(pdfium.FPDFText_GetTextObject(text_page, number))
        if not thing:
            continue
        placed = pdfium.FPDFText_GetCharOrigin(text_page, number, at_x, at_y)
        boxed = pdfium.FPDFText_GetLooseCharBox(text_page, number, at_box)
        edges = (box.left, box.bottom, box.right, box.top)
        if not (placed and boxed and all(map(math.isfinite, (x.value, y.value, *edges)))):
            counts["lost"] += 1
            continue
        pdfium.FPDFText_GetMatrix(text_page, number, at_matrix)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        size = pdfium.FPDFText_GetFontSize(text_page, number) * scale
        quarter = _quarter(pdfium.FPDFText_GetCharAngle(text_page, number), counts)
        code = pdfium.FPDFText_GetUnicode(text_page, number)
        place = (x.value, y.value)
        if code == SPACE and box.left == box.right:
            place = place_of(pdfium.FPDFText_GetTextObject(text_page, number)) or place
            edges = (*place, *place)
        yield _Sign(code, place, edges, abs(size), quarter, thing)


def _glyphs(signs: Iterable[_Sign]) -> list[list[_Sign]]:
    """Put together what begins at one point: the letters of one glyph, and a letter's marks.

    A space there is one of a glyph that is a whole phrase, or was pushed off a full line.
    """
    found: dict[tuple[float, float, int], list[_Sign]] = {}
    for sign in signs:
        x, y = sign.place
        found.setdefault((round(x, 2), round(y, 2), sign.quarter), []).append(sign)
    return [part for glyph in found.values() for part in _without_loose_spaces(glyph)]


def _without_loose_spaces(glyph: list[_Sign]) -> Iterator[list[_Sign]]:
    boxes = {sign.box for sign in glyph if sign.code != SPACE}
    loose = [sign for sign in glyph if sign.code == SPACE and sign.box not in boxes]
    if loose:
        yield loose[:1]
    if len(loose) < len(glyph):
        yield [sign for sign in glyph if sign not in loose]


def _quarter(angle: float, counts: Counter[str]) -> int:
    """Return by how many quarter turns a letter is turned; aslant counts as the nearest."""
    turns = angle / (math.pi / 2) if math.isfinite(angle) else 0.0
    nearest = round(turns)
    counts["aslant"] += abs(turns - nearest) * math.pi / 2 > STRAIGHT
    return -nearest % QUARTERS  # PDFium counts clockwise


def _with_silent(glyph: list[_Sign], silent: Mapping[int, Sequence[Silent]]) -> list[_Sign]:
    """Let the letters of a passage stand where its largest glyph does: marks are small."""
    after = silent.get(glyph[0].thing, ())
    if len(glyph) < MARKED or not after:
        return glyph
    lefts, bottoms, rights, tops = zip(*(sign.box for sign in glyph), strict=True)
    own = Silent(glyph[0].place, (min(lefts), min(bottoms), max(rights), max(tops)))
    place, box = max((own, *after), key=_extent)
    return [sign._replace(place=place, box=box) for sign in glyph]


def _extent(one: Silent) -> float:
    left, bottom, right, top = one.box
    return (right - left) * (top - bottom)


def _letter(glyph: Sequence[_Sign], counts: Counter[str], *, backwards: bool) -> Letter | None:
    texts = [_readable(sign.code, counts) for sign in glyph]
    # Letters at the point of the same letters are the same ones, printed twice to look bold.
    letters = _once([text for text in texts if text and not _is_mark(text)])
    marks = "".join(dict.fromkeys(text for text in texts if _is_mark(text)))
    text = "".join(letters)
    if len(text) > 1 and _is_right_to_left(text):
        text = _forwards(text, backwards=backwards)
    left, bottom, right, top = _levelled(glyph)
    if not text + marks:
        return None
    at, base = _turned(*glyph[0].place, quarter=glyph[0].quarter)
    return Letter(text + marks, left, right, at, base, glyph[0].size or top - bottom)


def _once(letters: list[str]) -> list[str]:
    half = len(letters) // 2
    return letters[:half] if letters[:half] == letters[half:] else letters


def _is_mark(text: str) -> bool:
    return bool(text) and all(unicodedata.combining(sign) for sign in text)


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


def _levelled(glyph: Sequence[_Sign]) -> tuple[float, float, float, float]:
    """Return the edges of all of a glyph, turned level."""
    corners = [
        _turned(x, y, quarter=sign.quarter)
        for sign in glyph
        for x, y in (sign.box[:2], sign.box[2:])
    ]
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)


def _turned(x: float, y: float, *, quarter: int) -> tuple[float, float]:
    """Turn a place so that writing which was turned by so many quarters becomes level."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]
