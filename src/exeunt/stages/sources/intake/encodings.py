"""Bytes into text: UTF-8, or UTF-16 with its byte order mark; never a guess."""

import codecs
import io
from collections.abc import Iterator

from exeunt.errors import BadInput, Sentence, Word
from exeunt.stages.sources.intake.documents import Document
from exeunt.stages.sources.intake.problems import refusal

OPENING_BYTES = 4096
BLOCK_BYTES = 65_536
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF_32 = Sentence("This is UTF-32, which is not read; save it as UTF-8.")
NOT_TEXT = (
    (
        b"PK\x03\x04",
        Sentence("This is a ZIP archive or a workbook, not text; give it its own ending."),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        Sentence("This is an old or locked Office file, not text; save it as CSV UTF-8."),
    ),
    (b"%PDF-", Sentence("This is a PDF, not text; export the table as CSV UTF-8.")),
    (codecs.BOM_UTF32_LE, UTF_32),
    (codecs.BOM_UTF32_BE, UTF_32),
)
CSV_UTF_8, PLAIN_TEXT = Word("CSV UTF-8"), Word("plain text, UTF-8")
HOLDS_NUL = (
    "The file holds NUL bytes (the first at byte {place}, counted from 0). Only UTF-8, and UTF-16 "
    "with its byte order mark, are read; others are not guessed; open the file where it was made "
    "and save it as “{save_as}”."
)
UNDECODABLE = (
    "Byte {place} (counted from 0) is not {encoding}. Only UTF-8, and UTF-16 with its byte order "
    "mark, are read; others are not guessed (not Windows-1256, for one); open the file where it "
    "was made and save it as “{save_as}”."
)


def encoding_of(document: Document, *, save_as: Word = CSV_UTF_8) -> str:
    """Tell the encoding from the first bytes, and refuse what is empty or not text."""
    with document.open() as stream:
        opening = stream.read(OPENING_BYTES)
    for mark, says in NOT_TEXT:
        if opening.startswith(mark):
            raise refusal(document.name, says)
    for mark, encoding in MARKS:
        if opening.startswith(mark):
            return encoding
    if not opening.strip():
        raise refusal(document.name, "The file is empty; check that the right one was saved.")
    if b"\0" in opening:
        raise refusal(document.name, Sentence(HOLDS_NUL, place=opening.index(0), save_as=save_as))
    return "utf-8"


def lines_of(document: Document, *, save_as: Word = CSV_UTF_8) -> Iterator[str]:
    """Yield the lines with their ends as they stand; refuse at the first byte that is not text."""
    encoding = encoding_of(document, save_as=save_as)
    with document.open() as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        try:
            yield from text
        except UnicodeError as trouble:
            raise _undecodable(document, encoding, save_as) from trouble


def text_of(document: Document) -> str:
    """Return the whole text with its line ends as LF."""
    return "".join(lines_of(document)).replace("\r\n", "\n").replace("\r", "\n")


def _undecodable(document: Document, encoding: str, save_as: Word) -> BadInput:
    place = _first_bad_byte(document, encoding)
    return refusal(
        document.name,
        Sentence(UNDECODABLE, place=place, encoding=encoding.upper(), save_as=save_as),
    )


def _first_bad_byte(document: Document, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)()
    passed = 0
    with document.open() as stream:
        while True:
            block = stream.read(BLOCK_BYTES)
            passed += len(block)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as trouble:
                # What the decoder held back from earlier blocks is part of its object.
                return passed - len(trouble.object) + trouble.start
            if not block:
                return passed
