"""Foreign texts into one plain shape; each format has a reader, which runs in its own process.

A further format is one line in `READERS`, one in the sandbox's list, one file here and one test.
"""

from collections.abc import Mapping
from types import MappingProxyType

from exeunt.errors import Sentence
from exeunt.sandbox.apart import believed, read_apart
from exeunt.sandbox.nursery import Nursery
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.cells import clean_text
from exeunt.stages.sources.intake.documents import MEGABYTE, Document, document_of
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.draft import (
    LARGEST_TEXT_FILE,
    Gathering,
    Paragraph,
    TextDraft,
    draft_heard,
)

__all__ = ["TEXT_ENDINGS", "Paragraph", "TextDraft", "read_text", "typed_text"]

READERS: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text.txt",
        ".docx": "text.docx",
        ".odt": "text.odt",
        ".srt": "text.srt",
        ".vtt": "text.vtt",
        ".md": "text.md",
        ".markdown": "text.md",
        ".html": "text.html",
        ".htm": "text.html",
        ".xhtml": "text.html",
        ".rtf": "text.rtf",
        ".pdf": "text.pdf",
    }
)
TEXT_ENDINGS = tuple(READERS)
CONTAINERS = (".docx", ".odt")
# What others begin with; a PDF may have a few bytes of another program before it.
OPENINGS: Mapping[str, tuple[bytes, int]] = MappingProxyType(
    {".rtf": (b"{\\rtf", 16), ".pdf": (b"%PDF-", 1024)}
)
MACROS = (".docm", ".dotm")
ZIP_MARK, OLE_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# How a document that is locked names the part that holds it.
LOCKED = "EncryptedPackage".encode("utf-16-le")


def read_text(
    content: bytes,
    *,
    name: str,
    turns: bool = True,
    encoding: str = "",
    nursery: Nursery | None = None,
) -> TextDraft:
    """Read a testimony's text from the bytes of a file, by its ending, in a child process.

    The bytes go through a pipe and never touch the disk. Without ``turns`` the lines of a
    transcript stay as they stand; an ``encoding`` is one of CODEPAGES, where a person knows it.
    Raises BadInput in sentences that say what to do.
    """
    document = document_of(content, name=name)
    _check_not_old(content, document)
    reader = _reader_of(document)
    _check_opening(content, document)
    options: Mapping[str, Plain] = {"turns": turns, "encoding": encoding}
    told = read_apart(reader, content, name=name, options=options, nursery=nursery)
    with believed(name):
        return draft_heard(told)


def typed_text(text: str) -> TextDraft:
    """Take a text that was typed or pasted into a page, a paragraph a line."""
    gathering = Gathering("")
    for line in clean_text(text).split("\n"):
        gathering.add(Paragraph(line))
    return gathering.draft()


def _reader_of(document: Document) -> str:
    if document.ending in MACROS:
        raise refusal(
            document.name,
            "The document may carry macros, which are programs; save it as .docx without them.",
        )
    reader = READERS.get(document.ending)
    if reader is None:
        known = ", ".join(TEXT_ENDINGS)
        raise refusal(
            document.name, Sentence("Texts are read from {known}; save it as one.", known=known)
        )
    if document.size == 0:
        raise refusal(document.name, "The file is empty; check that the right one was saved.")
    if document.size > LARGEST_TEXT_FILE:
        says = "The file has {size:,.1f} MB; {limit:,.0f} MB are the most. Split it."
        size, limit = document.size / MEGABYTE, LARGEST_TEXT_FILE / MEGABYTE
        raise refusal(document.name, Sentence(says, size=size, limit=limit))
    return reader


def _check_not_old(content: bytes, document: Document) -> None:
    """Refuse what Office wrote long ago, or locked, under whatever ending."""
    if content.startswith(OLE_MARK) and LOCKED in content:
        says = (
            "The document is locked by a password. Open it, take the password off (File, Info, "
            "Protect Document, Encrypt with Password, and empty the field), and save it anew."
        )
        raise refusal(document.name, says)
    if content.startswith(OLE_MARK):
        says = "This is a Word document of before 2007; open it and save it as .docx or .odt."
        raise refusal(document.name, says)


def _check_opening(content: bytes, document: Document) -> None:
    """Refuse bytes that open otherwise than the ending says."""
    opening, within = OPENINGS.get(document.ending, (b"", 0))
    wrong = opening not in content[:within]
    if wrong or (document.ending in CONTAINERS and not content.startswith(ZIP_MARK)):
        says = "This is no {ending} document, whatever its name says; save it anew as one."
        raise refusal(document.name, Sentence(says, ending=document.ending))
