"""OpenDocument texts (.odt), read as a stream: what a reader of the printed page would read.

Source: OASIS, Open Document Format for Office Applications 1.3, part 3. Passages that were
deleted with tracking are kept apart by the format, and are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.draft import Gathering, Paragraph, TextDraft, draft_told
from exeunt.stages.sources.intake.texts.packed import Packed, Paragraphs
from exeunt.stages.sources.intake.texts.turns import with_turns
from exeunt.stages.sources.intake.texts.xml_events import local

CONTENT, MANIFEST, STYLES = "content.xml", "META-INF/manifest.xml", "styles.xml"
MACROS = ("basic/", "scripts/")
PASSED_OVER = frozenset(
    {"forms", "note-citation", "ruby-text", "title", "desc", "script", "object", "tracked-changes"}
)
SAID: Mapping[str, str] = MappingProxyType(
    {
        "deletion": Sentence("{number} passages that were deleted with tracking were left out."),
        "insertion": Sentence("{number} passages that were inserted with tracking were taken in."),
        "image": Sentence("{number} pictures were left out."),
        "annotation": Sentence("{number} comments were left out."),
        "note": Sentence(
            "{number} footnotes and endnotes stand at the end, marked [1], [2] and so on."
        ),
        "list-item": Sentence(
            "The automatic numbers or dots before {number} paragraphs were left out."
        ),
        "a": Sentence("The addresses behind {number} links were left out."),
        "object": Sentence("{number} embedded files were left out."),
        "margins": Sentence("What stands in {number} headers and footers was left out."),
    }
)
_COUNT = re.compile(r"\d{1,3}")
_BLANK = re.compile(r"[ \t\n]+")


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    return draft_told(with_turns(read(document_handed(handed)), options))


def read(document: Document) -> TextDraft:
    """Read an OpenDocument text: its paragraphs, tables cell by cell, text boxes, and its notes."""
    with document.open() as stream:
        packed = Packed(stream, document.name)
        if any(part.casefold().startswith(MACROS) for part in packed.parts):
            packed.refuse_macros()
        _refuse_locked(packed)
        body = _Body(Gathering(document.name))
        packed.listen(CONTENT, body)
        body.paragraphs.hand_over()
        if STYLES in packed.parts:
            margins = _Margins()
            packed.listen(STYLES, margins)
            body.counts["margins"] = margins.number
    return body.draft()


def _refuse_locked(packed: Packed) -> None:
    if MANIFEST not in packed.parts:
        return
    locked = _Locked()
    packed.listen(MANIFEST, locked)
    if locked.found:
        says = (
            "The document is locked by a password. Open it, save it under another name with "
            "“Save with password” switched off, and take that one."
        )
        raise refusal(packed.name, says)


class _Body:
    """Listens to running text, and to what is not text."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.paragraphs = Paragraphs(gathering)
        self.aside: list[Paragraphs] = []
        self.notes: list[Gathering] = []
        self.counts: Counter[str] = Counter()
        self.skipping = 0
        self.spaced = True  # blanks run together, and mean nothing where a paragraph begins

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self.counts[name] += 1
        if self.skipping:
            self.skipping += 1
        elif name in PASSED_OVER or name == "annotation":
            self.skipping = 1
        elif name in {"p", "h"}:
            self.paragraphs.begin()
            self.spaced = True
        elif name == "note":
            self._begin_note()
        elif name in {"s", "tab", "line-break"}:
            self._write_blank(name, attributes)

    def _write_blank(self, name: str, attributes: dict[str, str]) -> None:
        counts = [value for key, value in attributes.items() if local(key) == "c"]
        asked = int(counts[0]) if counts and _COUNT.fullmatch(counts[0]) else 1
        blank = {"tab": "\t", "line-break": "\n"}.get(name, " " * asked)
        self.paragraphs.write(blank)
        self.spaced = name == "line-break"

    def _begin_note(self) -> None:
        gathering = Gathering(self.gathering.name)
        self.notes.append(gathering)
        self.paragraphs.write(f"[{len(self.notes)}]")
        self.aside.append(self.paragraphs)
        self.paragraphs = Paragraphs(gathering)

    def text(self, text: str) -> None:
        if self.skipping or not self.paragraphs.inside:
            return
        run = _BLANK.sub(" ", text)
        self.paragraphs.write(run.removeprefix(" ") if self.spaced else run)
        self.spaced = run.endswith(" ")

    def end(self, tag: str) -> None:
        name = local(tag)
        if self.skipping:
            self.skipping -= 1
        elif name in {"p", "h"}:
            self.paragraphs.end()
        elif name == "note" and self.aside:
            self.paragraphs.hand_over()
            self.paragraphs = self.aside.pop()
            self.spaced = False

    def draft(self) -> TextDraft:
        for number, note in enumerate(self.notes, 1):
            texts = [paragraph.text for paragraph in note.paragraphs] or [""]
            for place, text in enumerate(texts):
                self.gathering.add(Paragraph(text if place else f"[{number}] {text}"))
        left_out = [
            Sentence(says, number=self.counts[what])
            for what, says in SAID.items()
            if self.counts[what]
        ]
        return self.gathering.draft(*left_out)


class _Locked:
    """Listens for a part that is encrypted."""

    def __init__(self) -> None:
        self.found = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.found |= local(tag) == "encryption-data"

    def text(self, text: str) -> None:
        """Hold no text."""

    def end(self, tag: str) -> None:
        """Need no end."""


class _Margins:
    """Counts the headers and footers of pages that say something."""

    def __init__(self) -> None:
        self.number = 0
        self.inside = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.inside |= local(tag) in {"header", "footer"}

    def text(self, text: str) -> None:
        if self.inside and text.strip():
            self.number += 1
            self.inside = False

    def end(self, tag: str) -> None:
        self.inside &= local(tag) not in {"header", "footer"}
