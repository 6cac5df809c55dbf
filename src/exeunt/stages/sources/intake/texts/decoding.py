"""Which encoding a text is in: told by its bytes, named by a person, or guessed and said so."""

import codecs
import io
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from charset_normalizer import CharsetMatch, from_bytes

from exeunt.errors import BadInput, Sentence
from exeunt.sandbox.wire import Plain, text_in
from exeunt.stages.sources.intake.documents import Document
from exeunt.stages.sources.intake.encodings import (
    BLOCK_BYTES,
    MARKS,
    NOT_TEXT,
    OPENING_BYTES,
    PLAIN_TEXT,
    encoding_of,
)
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.codepages import CODEPAGES, GUESSED

# Line ends, and what word processors write for a new line and a new page.
ENDS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})
SAMPLE_BYTES = 262_144
# How much worse than the best a guess may look and still be the likelier one.
CHAOS, COHERENCE = 0.02, 0.1
GUESS = Sentence(
    "The letters are read as {encoding}, which is a guess: the file does not say it, and it is no "
    "UTF-8. Where words look wrong, choose another encoding."
)
NO_GUESS = Sentence(
    "Byte {place} (counted from 0) is not UTF-8, and no other encoding fits. Open the file where "
    "it was made and save it as “{save_as}”, or say its encoding."
)
NOT_AS_ASKED = Sentence(
    "Byte {place} (counted from 0) is not {encoding}. Choose another encoding, or save the file as "
    "“{save_as}”."
)
HOLDS_NUL = Sentence(
    "The file holds NUL bytes (the first at byte {place}, counted from 0). If it is text, it is "
    "UTF-16 without its mark: say so, as UTF-16 LE or UTF-16 BE, or save it as “{save_as}”."
)
UNKNOWN = "“{encoding}” is no encoding that is read here; choose one of {known}."


class Decoding(NamedTuple):
    """How bytes become letters; and a sentence where that was guessed."""

    encoding: str
    unsure: tuple[str, ...] = ()


def decoding_of(document: Document, asked: str = "") -> Decoding:
    """Tell how to read a text: as a person asked, as its bytes say, or by a guess.

    Raises BadInput where the bytes fit nothing, or not what was asked for.
    """
    if asked:
        return _as_asked(document, asked)
    _refuse_nul(document)
    encoding = encoding_of(document, save_as=PLAIN_TEXT)
    wrong = _first_wrong_byte(document, encoding)
    if wrong is None:
        return Decoding(encoding)
    if encoding != "utf-8":
        raise _refused(document, NOT_AS_ASKED, place=wrong, encoding=encoding.upper())
    guess = _guess(document)
    if guess is None or _first_wrong_byte(document, guess) is not None:
        raise _refused(document, NO_GUESS, place=wrong)
    return Decoding(guess, (Sentence(GUESS, encoding=CODEPAGES[guess]),))


def encoding_asked(options: Mapping[str, Plain]) -> str:
    """Return the encoding that a person named, if any."""
    return text_in(options.get("encoding", ""))


def text_lines(document: Document, decoding: Decoding) -> Iterator[str]:
    """Yield the lines of a text without their ends, whichever of the usual ends they have."""
    with (
        document.open() as stream,
        io.TextIOWrapper(stream, decoding.encoding, newline="") as text,
    ):
        for line in text:
            yield from line.rstrip("\r\n").translate(ENDS).split("\n")


def _refuse_nul(document: Document) -> None:
    with document.open() as stream:
        opening = stream.read(OPENING_BYTES)
    marked = any(opening.startswith(mark) for mark, _ in MARKS)
    named = any(opening.startswith(mark) for mark, _ in NOT_TEXT)
    if b"\0" in opening and not marked and not named:
        raise _refused(document, HOLDS_NUL, place=opening.index(0))


def _as_asked(document: Document, asked: str) -> Decoding:
    if asked not in CODEPAGES:
        known = ", ".join(CODEPAGES)
        raise refusal(document.name, Sentence(UNKNOWN, encoding=asked, known=known))
    wrong = _first_wrong_byte(document, asked)
    if wrong is not None:
        raise _refused(document, NOT_AS_ASKED, place=wrong, encoding=CODEPAGES[asked])
    return Decoding(asked)


def _guess(document: Document) -> str | None:
    """Guess from a sample; among guesses as good as the best, the commoner encoding wins."""
    with document.open() as stream:
        sample = stream.read(SAMPLE_BYTES)
    found = list(from_bytes(sample, cp_isolation=list(GUESSED)))
    if not found:
        return None
    calmest = min(match.chaos for match in found)
    fit = [match for match in found if match.chaos <= calmest + CHAOS]
    clearest = max(match.coherence for match in fit)
    fit = [match for match in fit if match.coherence >= clearest - COHERENCE]
    likely = set(chain.from_iterable(map(_names, fit)))
    return next((encoding for encoding in GUESSED if encoding in likely), None)


def _names(match: CharsetMatch) -> list[str]:
    return [match.encoding, *match.could_be_from_charset]


def _first_wrong_byte(document: Document, encoding: str) -> int | None:
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
            except UnicodeError:
                return passed - len(block)
            if not block:
                return None


def _refused(document: Document, says: str, **facts: object) -> BadInput:
    return refusal(document.name, Sentence(says, save_as=PLAIN_TEXT, **facts))
