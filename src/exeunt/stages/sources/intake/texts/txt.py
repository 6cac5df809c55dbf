"""Plain text: a line is a paragraph."""

from collections.abc import Iterator, Mapping

from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.encodings import PLAIN_TEXT, lines_of
from exeunt.stages.sources.intake.texts.draft import Gathering, Paragraph, TextDraft, draft_told

# Line ends, and what word processors write for a new line and a new page.
ENDS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})


def told(handed: Handed, _options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    return draft_told(read(document_handed(handed)))


def read(document: Document) -> TextDraft:
    """Read plain text in UTF-8, or UTF-16 with its byte order mark."""
    gathering = Gathering(document.name)
    for line in text_lines(document):
        gathering.add(Paragraph(line))
    while gathering.paragraphs and not gathering.paragraphs[-1].text.strip():
        gathering.paragraphs.pop()
    return gathering.draft()


def text_lines(document: Document) -> Iterator[str]:
    """Yield the lines of a text without their ends, whichever of the usual ends they have."""
    for line in lines_of(document, save_as=PLAIN_TEXT):
        yield from line.rstrip("\r\n").translate(ENDS).split("\n")
