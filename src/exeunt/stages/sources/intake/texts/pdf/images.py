"""Pictures of a PDF's pages, so that a person can compare the text that was read with them."""

import base64
import ctypes
import struct
import zlib
from collections.abc import Iterator, Mapping

import pypdfium2.raw as pdfium

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain, number_in
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.pdf.opened import Opened

WIDTH = 900  # points of the picture: enough to read small print, small enough to send
HIGHEST = 2_700
WHITE = 0xFFFFFFFF
PNG = b"\x89PNG\r\n\x1a\n"
GREY, EIGHT_BITS = 0, 8


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the parent how many pages there are, and the picture of the one asked for, from 1."""
    number = number_in(options["page"])
    opened = Opened(document_handed(handed))
    if not 1 <= number <= opened.number:
        says = "The document has {pages:,} pages; there is no page {number:,}."
        raise refusal(handed.name, Sentence(says, pages=opened.number, number=number))
    picture = _picture(opened, number - 1)
    yield {"pages": opened.number, "picture": base64.b64encode(picture).decode()}


def page_picture(document: Document, number: int) -> bytes:
    """Draw one page, counted from 0, as a PNG in greys."""
    return _picture(Opened(document), number)


def _picture(opened: Opened, number: int) -> bytes:
    page = opened.page(number)
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not (wide > 0 and high > 0):
        says = "Page {number} has no size; open the document, print it into a new PDF."
        raise refusal(opened.name, Sentence(says, number=number + 1))
    height = max(1, min(HIGHEST, round(WIDTH * high / wide)))
    bitmap = pdfium.FPDFBitmap_CreateEx(WIDTH, height, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise MemoryError
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, WIDTH, height, WHITE)
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, WIDTH, height, 0, flags)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    held = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    rows = (held[row * stride : row * stride + WIDTH] for row in range(height))
    return _png(b"".join(b"\0" + row for row in rows), WIDTH, height)


def _png(rows: bytes, width: int, height: int) -> bytes:
    """Write greys as a PNG; each row begins with a byte that says it stands as it is."""
    head = struct.pack(">IIBBBBB", width, height, EIGHT_BITS, GREY, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return PNG + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
