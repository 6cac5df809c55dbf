"""Rich Text (.rtf), read as a stream of marks: what a reader of the printed page would read.

Source: Microsoft, Rich Text Format Specification 1.9.1. Bytes are read by the code page of the
font in which they stand. Passages that were deleted with tracking are left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.draft import Gathering, Paragraph, TextDraft, draft_told
from exeunt.stages.sources.intake.texts.packed import Paragraphs
from exeunt.stages.sources.intake.texts.rtf_marks import (
    CODEPAGE_OF,
    KNOWN_STARRED,
    LEFT_OUT,
    Mark,
    marks_in,
)
from exeunt.stages.sources.intake.texts.turns import with_turns

DEEPEST_GROUP = 1_000
MOST_FONTS = 10_000
UNTOLD = "\ufffd"
# A letter beyond the first 65,536 is written as two halves.
FIRST_HIGH, FIRST_LOW, AFTER_HALVES = 0xD800, 0xDC00, 0xE000
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "tab": "\t",
        "line": "\n",
        "emdash": "—",
        "endash": "–",
        "bullet": "•",
        "lquote": "‘",
        "rquote": "’",
        "ldblquote": "“",
        "rdblquote": "”",
        "emspace": "\u2003",
        "enspace": "\u2002",
        "qmspace": "\u2005",
        "zwj": "\u200d",
        "zwnj": "\u200c",
        "ltrmark": "\u200e",
        "rtlmark": "\u200f",
        "~": "\xa0",
        "_": "\u2011",
        "\\": "\\",
        "{": "{",
        "}": "}",
    }
)
ENDS = frozenset({"par", "sect", "page", "column", "cell", "nestcell", "\n", "\r"})
SAID: Mapping[str, str] = MappingProxyType(
    {
        "deleted": Sentence("{number} passages that were deleted with tracking were left out."),
        "revised": Sentence("{number} passages that were inserted with tracking were taken in."),
        "pictures": Sentence("{number} pictures were left out."),
        "comments": Sentence("{number} comments were left out."),
        "notes": Sentence(
            "{number} footnotes and endnotes stand at the end, marked [1], [2] and so on."
        ),
        "lists": Sentence(
            "The automatic numbers or dots before {number} paragraphs were left out."
        ),
        "addresses": Sentence("The addresses behind {number} links were left out."),
        "hidden": Sentence("{number} passages that are marked as hidden were taken in."),
        "embedded": Sentence("{number} embedded files were left out."),
        "margins": Sentence("What stands in {number} headers and footers was left out."),
    }
)
UNTOLD_LETTERS = Sentence(
    "{number} letters are in an encoding that could not be told, and stand as �. Open the file "
    "where it was made and save it as .docx, or type them in."
)


class State(NamedTuple):
    """What holds inside one group, and ends with it."""

    skips: bool = False
    font: int = -1
    after_unicode: int = 1
    deleted: bool = False
    in_fonts: bool = False
    in_shape: bool = False
    note: bool = False


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    return draft_told(with_turns(read(document_handed(handed)), options))


def read(document: Document) -> TextDraft:
    """Read Rich Text: its paragraphs, tables cell by cell, text boxes, and its notes."""
    with document.open() as stream:
        data = stream.read()
    reading = _Reading(document.name)
    for mark in marks_in(data):
        if not reading.take(mark):
            break
    return reading.draft()


class _Reading:
    """One document while it is read: groups within groups, and what holds in each."""

    def __init__(self, name: str) -> None:
        self.gathering = Gathering(name)
        self.paragraphs = Paragraphs(self.gathering)
        self.paragraphs.begin()
        self.aside: list[Paragraphs] = []
        self.notes: list[Gathering] = []
        self.counts: Counter[str] = Counter()
        self.state = State()
        self.outer: list[State] = []
        self.starred = False
        self.codepage = "cp1252"
        self.fonts: dict[int, str] = {}
        self.to_skip = 0
        self.held = bytearray()
        self.high = 0

    def take(self, mark: Mark) -> bool:
        """Take one mark; False where the document has ended."""
        if mark.kind != "byte":
            self._write_bytes()
        match mark.kind:
            case "open":
                self._open()
            case "close":
                return self._close()
            case "byte":
                self._take_byte(mark.number)
            case "words":
                self._take_words(mark.word)
            case _:
                self._take_control(mark)
        return True

    def _open(self) -> None:
        if len(self.outer) >= DEEPEST_GROUP:
            says = "The document is nested more than {deepest} deep; save it anew as plain text."
            raise refusal(self.gathering.name, Sentence(says, deepest=DEEPEST_GROUP))
        self.outer.append(self.state)
        self.starred, self.to_skip = False, 0

    def _close(self) -> bool:
        self.to_skip = 0
        before = self.state
        self.state = self.outer.pop() if self.outer else State()
        if before.note and not self.state.note and self.aside:
            self.paragraphs.hand_over()
            self.paragraphs = self.aside.pop()
        return bool(self.outer)

    def _take_byte(self, byte: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif self._is_read:
            self.held.append(byte)

    def _take_words(self, words: str) -> None:
        skipped = min(self.to_skip, len(words))
        self.to_skip -= skipped
        if self.state.in_fonts or not self._is_read:
            self.counts["addresses"] += "HYPERLINK" in words and not self.state.in_fonts
            return
        # Bytes above 127 that stand as they are: no program should write them, and some do.
        rest = words[skipped:]
        self._write(rest if rest.isascii() else self._decoded(rest.encode("latin-1")))

    @property
    def _is_read(self) -> bool:
        state = self.state
        return not (state.skips or state.deleted or state.in_shape or state.in_fonts)

    def _take_control(self, mark: Mark) -> None:
        word, number = mark.word, mark.number
        if word == "*":
            self.starred = True
            return
        starred, self.starred = self.starred, False
        if self.state.skips:
            return
        if starred and word not in KNOWN_STARRED:
            self.state = self.state._replace(skips=True)
        elif word in LEFT_OUT:
            self._leave_out(word)
        elif word == "u":
            self._write_unicode(number)
        elif word in ENDS:
            self._end_paragraph()
        elif word in LETTERS:
            self._write(LETTERS[word] if self._is_read else "")
        else:
            self._set(word, number)

    def _leave_out(self, word: str) -> None:
        self.counts[LEFT_OUT[word] or "nothing"] += 1
        self.state = self.state._replace(skips=True)

    def _set(self, word: str, number: int) -> None:
        """Change what holds from here to the end of the group."""
        state = self.state
        match word:
            case "fonttbl":
                self.state = state._replace(in_fonts=True)
            case "f" | "deff":
                self.state = state._replace(font=number)
            case "fcharset" | "cpg" if state.in_fonts and len(self.fonts) < MOST_FONTS:
                self.fonts[state.font] = CODEPAGE_OF.get((word, number), "")
            case "ansicpg":
                self.codepage = CODEPAGE_OF.get(("cpg", number), self.codepage)
            case "mac" | "pc" | "pca":
                self.codepage = CODEPAGE_OF[word, 0]
            case "uc":
                self.state = state._replace(after_unicode=max(0, min(number, 16)))
            case "deleted":
                self.counts["deleted"] += number != 0 and not state.deleted
                self.state = state._replace(deleted=number != 0)
            case "plain":
                self.state = state._replace(deleted=False)
            case "revised" | "v" if number != 0:
                self.counts["hidden" if word == "v" else word] += 1
            case "object":
                self.counts["embedded"] += 1
            case "shpinst" | "shptxt":
                self.state = state._replace(in_shape=word == "shpinst")
            case "footnote":
                self._begin_note()

    def _begin_note(self) -> None:
        if self.state.note:
            return
        gathering = Gathering(self.gathering.name)
        self.notes.append(gathering)
        self.paragraphs.write(f"[{len(self.notes)}]")
        self.aside.append(self.paragraphs)
        self.paragraphs = Paragraphs(gathering)
        self.paragraphs.begin()
        self.state = self.state._replace(note=True)

    def _end_paragraph(self) -> None:
        if self._is_read:
            self.paragraphs.end()
            self.paragraphs.begin()

    def _write_unicode(self, number: int) -> None:
        self.to_skip = self.state.after_unicode
        unit = number % 0x10000
        if not self._is_read:
            return
        if FIRST_HIGH <= unit < FIRST_LOW:
            self.high = unit
        elif FIRST_LOW <= unit < AFTER_HALVES:
            pair = 0x10000 + ((self.high - FIRST_HIGH) << 10) + unit - FIRST_LOW
            self._write(chr(pair) if self.high else self._untold(1))
            self.high = 0
        else:
            self._write(chr(unit))

    def _write_bytes(self) -> None:
        if self.held:
            self._write(self._decoded(bytes(self.held)))
            self.held.clear()

    def _decoded(self, data: bytes) -> str:
        codepage = self.fonts.get(self.state.font, self.codepage)
        if not codepage:
            return self._untold(len(data))
        text = data.decode(codepage, "replace")
        self.counts["untold"] += text.count(UNTOLD)
        return text

    def _untold(self, number: int) -> str:
        self.counts["untold"] += number
        return UNTOLD * number

    def _write(self, text: str) -> None:
        if text:
            self.paragraphs.write(text)

    def draft(self) -> TextDraft:
        self._write_bytes()
        while self.aside:
            self.paragraphs.hand_over()
            self.paragraphs = self.aside.pop()
        self.paragraphs.hand_over()
        self._drop_last_empty()
        self.counts["notes"] = len(self.notes)
        for number, note in enumerate(self.notes, 1):
            texts = [part.text for part in note.paragraphs if part.text.strip()] or [""]
            for place, text in enumerate(texts):
                self.gathering.add(Paragraph(text if place else f"[{number}] {text.lstrip()}"))
        untold = self.counts["untold"]
        unsure = (Sentence(UNTOLD_LETTERS, number=untold),) if untold else ()
        left_out = [
            Sentence(says, number=self.counts[what])
            for what, says in SAID.items()
            if self.counts[what]
        ]
        return self.gathering.draft(*left_out)._replace(unsure=unsure)

    def _drop_last_empty(self) -> None:
        """Drop the paragraph that the last mark of an end has begun."""
        there = self.gathering.paragraphs
        if there and not there[-1].text.strip():
            there.pop()
