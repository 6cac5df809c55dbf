"""A PDF that is open in PDFium, or refused in a sentence; the child's end closes it."""

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from exeunt.errors import Sentence
from exeunt.stages.sources.intake.documents import Document
from exeunt.stages.sources.intake.problems import refusal

MOST_PAGES = 3_000
LOCKED = Sentence(
    "The document is locked by a password. Open it, save it without the password, and take that "
    "one."
)
FOREIGN_LOCK = Sentence(
    "The document is locked in a way that is not read here. Open it where you may, print it into "
    "a new PDF, and take that one."
)
DAMAGED = Sentence(
    "The document is damaged or is no PDF, whatever its name says; open it, print it into a new "
    "PDF, and take that one."
)


class Opened:
    """One document: its pages one after another, and what it carries besides."""

    def __init__(self, document: Document) -> None:
        """Open a document, or refuse it."""
        self.name = document.name
        with document.open() as stream:
            self.data = stream.read()  # PDFium reads from it until the end
        self.handle = pdfium.FPDF_LoadMemDocument64(self.data, len(self.data), None)
        if not self.handle:
            raise refusal(self.name, _why(pdfium.FPDF_GetLastError()))
        self.number = pdfium.FPDF_GetPageCount(self.handle)
        if self.number < 1:
            raise refusal(self.name, DAMAGED)
        if self.number > MOST_PAGES:
            says = "The document has {pages:,} pages, of at most {most:,}; split it."
            raise refusal(self.name, Sentence(says, pages=self.number, most=MOST_PAGES))

    def pages(self) -> Iterator[Any]:
        """Yield page after page; one that cannot be opened refuses the document."""
        for number in range(self.number):
            page = self.page(number)
            yield page
            pdfium.FPDF_ClosePage(page)

    def page(self, number: int) -> Any:
        """Return one page, counted from 0."""
        page = pdfium.FPDF_LoadPage(self.handle, number)
        if not page:
            says = "Page {number} is damaged; open the document, print it into a new PDF."
            raise refusal(self.name, Sentence(says, number=number + 1))
        return page

    def carries(self) -> dict[str, int]:
        """Count the scripts and files that the document carries; none is looked into."""
        return {
            "scripts": max(0, pdfium.FPDFDoc_GetJavaScriptActionCount(self.handle)),
            "files": max(0, pdfium.FPDFDoc_GetAttachmentCount(self.handle)),
        }


def _why(error: int) -> str:
    known = {pdfium.FPDF_ERR_PASSWORD: LOCKED, pdfium.FPDF_ERR_SECURITY: FOREIGN_LOCK}
    return known.get(error, DAMAGED)
