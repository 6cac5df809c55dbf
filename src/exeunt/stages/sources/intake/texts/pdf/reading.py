"""The text of a PDF, by where its letters stand, for a person to compare with the pages.

Nothing in the file is run: PDFium is built without scripts, and forms, attachments and links are
counted only.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pypdfium2.raw as pdfium

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.draft import Gathering, Paragraph, TextDraft, draft_told
from exeunt.stages.sources.intake.texts.pdf.letters import Letter, seen_on
from exeunt.stages.sources.intake.texts.pdf.lines import Line, lines_of
from exeunt.stages.sources.intake.texts.pdf.opened import Opened
from exeunt.stages.sources.intake.texts.pdf.paragraphs import paragraphs_of
from exeunt.stages.sources.intake.texts.turns import with_turns

INVISIBLE = 3  # how programs that recognise letters lay them under the picture of a page
PAGES_SAID = 12
SAID: Mapping[str, str] = MappingProxyType(
    {
        "numbers": Sentence("The numbers of {number} pages were left out."),
        "pictures": Sentence("{number} pictures were left out."),
        "notes": Sentence("{number} comments, marks and stamps on the pages were left out."),
        "addresses": Sentence("The addresses behind {number} links were left out."),
        "fields": Sentence("What stands in {number} fields of a form was left out."),
        "scripts": Sentence("The file carries {number} scripts; none was run."),
        "files": Sentence("{number} embedded files were left out."),
    }
)
COMPARE = Sentence(
    "A PDF says where letters stand, not in which order they are read. Compare the text with the "
    "pages."
)
DOUBTS: Mapping[str, str] = MappingProxyType(
    {
        "pictured": Sentence(
            "There is no text on these pages, only pictures: {pages}. If words stand in "
            "them, type them in, or let a program recognise them (OCR) and take that file in."
        ),
        "recognised": Sentence(
            "The letters lie unseen upon pictures of {number} pages, as programs that "
            "recognise letters leave them; such programs misread."
        ),
        "untold": Sentence(
            "{number} letters are of a font that does not say which they are, and stand "
            "as �. Type them in from the page."
        ),
        "aslant": Sentence(
            "{number} letters stand aslant; look where they have come to stand in the text."
        ),
        "turned": Sentence(
            "{number} letters stand upright or upside down, and come after the others of "
            "their page."
        ),
        "lost": Sentence("{number} letters have no place on their page and were left out."),
        "divided": Sentence(
            "{number} words are divided at the end of a line, and keep their hyphen."
        ),
    }
)
ONLY_PICTURES = (
    "The file holds pictures of pages and no text. Let a program recognise the letters (OCR), save "
    "what it makes as PDF or DOCX, and take that in."
)


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    return draft_told(with_turns(read(document_handed(handed)), options))


def read(document: Document) -> TextDraft:
    """Read a PDF: its lines in the order of reading, joined into paragraphs."""
    reading = _Reading(document)
    for page in reading.opened.pages():
        reading.take(page)
    return reading.draft()


class _Reading:
    """One document while it is read, page by page."""

    def __init__(self, document: Document) -> None:
        self.opened = Opened(document)
        self.name = document.name
        self.pages: list[list[list[Line]]] = []
        self.pictured: list[int] = []
        self.counts: Counter[str] = Counter()
        self.characters = 0

    def take(self, page: Any) -> None:
        seen = seen_on(page)
        self.counts.update(seen.counts)
        on_page = Counter(_kinds(page))
        self.counts.update(on_page)
        self.characters += sum(len(letter.text) for turned in seen.turned for letter in turned)
        # More than any testimony has is refused before it is put in order.
        Gathering(self.name).add(Paragraph("x" * self.characters))
        if not any(letter.text.strip() for turned in seen.turned for letter in turned):
            if on_page["pictures"]:
                self.pictured.append(len(self.pages) + 1)
            self.pages.append([])
            return
        self.counts["recognised"] += on_page["unseen"] > 0 and on_page["pictures"] > 0
        self.counts["turned"] += sum(map(len, seen.turned[1:]))
        self.pages.append([block for turned in seen.turned for block in _blocks(turned)])

    def draft(self) -> TextDraft:
        if not any(self.pages):
            if self.pictured:
                raise refusal(self.name, ONLY_PICTURES)
            raise refusal(self.name, "The file holds no text; check that the right one was saved.")
        found = paragraphs_of(self.pages)
        self.counts["numbers"], self.counts["divided"] = found.page_numbers, found.divided
        self.counts.update(self.opened.carries())
        gathering = Gathering(self.name)
        for text in found.paragraphs:
            gathering.add(Paragraph(text))
        left_out = [
            Sentence(says, number=self.counts[what])
            for what, says in SAID.items()
            if self.counts[what]
        ]
        return gathering.draft(*left_out)._replace(unsure=tuple(self._doubts()))

    def _doubts(self) -> Iterator[str]:
        yield COMPARE
        for what, says in DOUBTS.items():
            if what == "pictured" and self.pictured:
                pages = ", ".join(map(str, self.pictured[:PAGES_SAID]))
                more = " …" if len(self.pictured) > PAGES_SAID else ""
                yield Sentence(says, pages=pages + more)
            elif self.counts[what]:
                yield Sentence(says, number=self.counts[what])


def _blocks(letters: tuple[Letter, ...]) -> list[list[Line]]:
    blocks = lines_of(letters)
    return [[line for line in block if line.text] for block in blocks]


def _kinds(page: Any) -> Iterator[str]:
    """Yield what stands on a page besides its text."""
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        kind = pdfium.FPDFPageObj_GetType(thing) if thing else 0
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield "pictures"
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
            yield "unseen" if mode == INVISIBLE else "seen"
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        if note:
            yield _kind_of_note(pdfium.FPDFAnnot_GetSubtype(note))
            pdfium.FPDFPage_CloseAnnot(note)


def _kind_of_note(subtype: int) -> str:
    kinds = {
        pdfium.FPDF_ANNOT_LINK: "addresses",
        pdfium.FPDF_ANNOT_WIDGET: "fields",
        pdfium.FPDF_ANNOT_POPUP: "popups",
    }
    return kinds.get(subtype, "notes")
