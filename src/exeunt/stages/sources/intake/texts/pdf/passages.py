"""Glyphs whose letters are said apart from them, as browsers do for a letter with its vowel mark.

Such a passage has its letters once (ActualText), and PDFium gives them to its first glyph, which
may be the mark. The glyphs that follow without letters of their own belong to it too.
"""

import ctypes
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium


class Silent(NamedTuple):
    """A glyph without letters of its own: where it begins, and its edges."""

    place: tuple[float, float]
    box: tuple[float, float, float, float]


def address_of(thing: Any) -> int:
    """Return by which number a thing on a page is known; 0 where there is none."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def silent_after(page: Any, speaking: Collection[int]) -> Mapping[int, list[Silent]]:
    """Find the glyphs without letters that follow each of those that have some."""
    found: dict[int, list[Silent]] = {}
    before = 0
    for thing in _texts_on(page):
        number = address_of(thing)
        if number in speaking:
            before = number
            continue
        silent = _silent(thing)
        if before and silent is not None:
            found.setdefault(before, []).append(silent)
    return found


def place_of(thing: Any) -> tuple[float, float] | None:
    """Return where a text begins to be drawn, if that can be told."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
        return None
    return matrix.e, matrix.f


def _texts_on(page: Any) -> Iterator[Any]:
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        if thing and pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
            yield thing


def _silent(thing: Any) -> Silent | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    edges = (left, bottom, right, top)
    bounded = pdfium.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, edges))
    place = place_of(thing)
    # A space has no ink, and says nothing of where letters are.
    if not bounded or place is None or left.value >= right.value:
        return None
    return Silent(place, (left.value, bottom.value, right.value, top.value))
