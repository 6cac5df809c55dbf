"""Word documents (.docx), read as a stream: what a reader of the printed page would read.

Source: ECMA-376, Office Open XML, part 1, WordprocessingML. Tracked insertions are taken in and
deletions are not, as if all changes were accepted; a text box stands in the file twice, for new
and for old programs, and is read once.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.texts.draft import Gathering, Paragraph, TextDraft, draft_told
from exeunt.stages.sources.intake.texts.packed import Packed, Paragraphs
from exeunt.stages.sources.intake.texts.turns import with_turns
from exeunt.stages.sources.intake.texts.xml_events import BETWEEN, local

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
LETTERS: Mapping[str, str] = MappingProxyType(
    {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
)
# Whole branches that hold no text of the document, or text that was taken out of it.
PASSED_OVER = frozenset({"pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr", "instrText"})
TAKEN_OUT = frozenset({"del", "moveFrom"})
SAID: Mapping[str, str] = MappingProxyType(
    {
        "del": Sentence("{number} passages that were deleted with tracking were left out."),
        "ins": Sentence("{number} passages that were inserted with tracking were taken in."),
        "pictures": Sentence("{number} pictures were left out."),
        "comments": Sentence("{number} comments were left out."),
        "notes": Sentence(
            "{number} footnotes and endnotes stand at the end, marked [1], [2] and so on."
        ),
        "lists": Sentence(
            "The automatic numbers or dots before {number} paragraphs were left out."
        ),
        "addresses": Sentence("The addresses behind {number} links were left out."),
        "symbols": Sentence("{number} symbols of a special font were left out."),
        "formulas": Sentence("{number} formulas were left out."),
        "hidden": Sentence("{number} passages that are marked as hidden were taken in."),
        "embedded": Sentence("{number} embedded files were left out."),
        "margins": Sentence("What stands in {number} headers and footers was left out."),
    }
)


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    return draft_told(with_turns(read(document_handed(handed)), options))


def read(document: Document) -> TextDraft:
    """Read a Word document: its paragraphs, tables cell by cell, text boxes, and its notes."""
    with document.open() as stream:
        packed = Packed(stream, document.name)
        if any(part.casefold().endswith("vbaproject.bin") for part in packed.parts):
            packed.refuse_macros()
        return _Reading(packed).draft()


class _Reading:
    """One document while it is read: the main part first, then what it points to."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.gathering = Gathering(packed.name)
        self.counts: Counter[str] = Counter()

    def draft(self) -> TextDraft:
        main = self._related("", "officeDocument")[:1] or ["word/document.xml"]
        body = _Body(self.gathering, self.counts)
        self.packed.listen(main[0], body)
        body.paragraphs.hand_over()
        self._add_notes(main[0], body.references)
        comments = _Counting("comment")
        for part in self._related(main[0], "comments"):
            self.packed.listen(part, comments)
        self.counts["comments"] = comments.number
        self.counts["margins"] = sum(
            self._has_text(part)
            for kind in ("header", "footer")
            for part in self._related(main[0], kind)
        )
        embedded = (part for part in self.packed.parts if "/embeddings/" in part)
        self.counts["embedded"] = len(list(embedded)) + len(self._related(main[0], "aFChunk"))
        left_out = [
            Sentence(says, number=self.counts[what])
            for what, says in SAID.items()
            if self.counts[what]
        ]
        return self.gathering.draft(*left_out)

    def _related(self, part: str, kind: str) -> list[str]:
        """Name the parts that a part points to as being of one kind."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self.packed.parts:
            return []
        relations = _Relations(kind, folder)
        self.packed.listen(listed, relations)
        return [found for found in relations.found if found in self.packed.parts]

    def _add_notes(self, main: str, references: list[tuple[str, str]]) -> None:
        notes: dict[tuple[str, str], list[str]] = {}
        for kind in ("footnote", "endnote"):
            for part in self._related(main, f"{kind}s"):
                reading = _Notes(kind, Gathering(self.packed.name), self.counts)
                self.packed.listen(part, reading)
                notes.update(reading.notes)
        for number, reference in enumerate(references, 1):
            for place, text in enumerate(notes.get(reference, [""])):
                mark = f"[{number}] " if place == 0 else ""
                self.gathering.add(Paragraph(mark + text.lstrip()))
        self.counts["notes"] = len(references)

    def _has_text(self, part: str) -> bool:
        gathering = Gathering(self.packed.name)
        self.packed.listen(part, _Body(gathering, Counter()))
        return any(paragraph.text.strip() for paragraph in gathering.paragraphs)


class _Body:
    """Listens to running text, and to what is not text."""

    def __init__(self, gathering: Gathering, counts: Counter[str]) -> None:
        self.gathering = gathering
        self.paragraphs = Paragraphs(gathering)
        self.counts = counts
        self.references: list[tuple[str, str]] = []
        self.path: list[str] = []
        self.skipping = 0
        self.in_text = False
        self.choices: list[bool] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(BETWEEN)
        self.path.append(name)
        if self.skipping:
            self.skipping += 1
            self._note_property(name)
        elif name == "AlternateContent":
            self.choices.append(False)
        elif name in {"Choice", "Fallback"} and self.choices:
            # The same content for newer and for older programs: only the first is read.
            self.skipping = int(self.choices[-1])
            self.choices[-1] = True
        elif space in WORD:
            self._start_word(name, {local(key): value for key, value in attributes.items()})
        elif name in {"blip", "imagedata"}:
            self.counts["pictures"] += 1
        elif name == "oMath":
            self.counts["formulas"] += 1

    def _start_word(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in TAKEN_OUT or name in PASSED_OVER:
            self.skipping = 1
            self.counts["del"] += name in TAKEN_OUT
        elif name == "p":
            self.paragraphs.begin()
        elif name == "t":
            self.in_text = True
        elif name in LETTERS:
            self.paragraphs.write(LETTERS[name])
        elif name == "br" and attributes.get("type", "textWrapping") == "textWrapping":
            self.paragraphs.write("\n")
        elif name in {"footnoteReference", "endnoteReference"}:
            self.references.append((name.removesuffix("Reference"), attributes.get("id", "")))
            self.paragraphs.write(f"[{len(self.references)}]")
        elif name == "sym":
            self.counts["symbols"] += 1
        elif name in {"ins", "moveTo"}:
            self.counts["ins"] += 1
        elif name == "hyperlink" and "id" in attributes:
            self.counts["addresses"] += 1

    def _note_property(self, name: str) -> None:
        if self.path[-2:] == ["pPr", "numPr"]:
            self.counts["lists"] += 1
        elif self.path[-3:] == ["r", "rPr", "vanish"]:
            self.counts["hidden"] += 1
        elif self.path[-4:-1] == ["p", "pPr", "rPr"] and name in TAKEN_OUT:
            self.paragraphs.joins = True

    def text(self, text: str) -> None:
        if self.in_text and not self.skipping:
            self.paragraphs.write(text)

    def end(self, tag: str) -> None:
        name = self.path.pop()
        if self.skipping:
            self.skipping -= 1
        elif name == "AlternateContent" and self.choices:
            self.choices.pop()
        elif tag.rpartition(BETWEEN)[0] in WORD:
            if name == "p":
                self.paragraphs.end()
            self.in_text = False


class _Notes(_Body):
    """Listens to footnotes or endnotes, and keeps each apart."""

    def __init__(self, kind: str, gathering: Gathering, counts: Counter[str]) -> None:
        super().__init__(gathering, counts)
        self.kind = kind
        self.notes: dict[tuple[str, str], list[str]] = {}
        self.id = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == self.kind:
            ids = [value for key, value in attributes.items() if local(key) == "id"]
            self.id = ids[0] if ids else ""
        super().start(tag, attributes)

    def end(self, tag: str) -> None:
        super().end(tag)
        if local(tag) == self.kind:
            texts = [paragraph.text for paragraph in self.gathering.paragraphs]
            self.notes[self.kind, self.id] = texts
            self.gathering.paragraphs.clear()


class _Relations:
    """Listens to the list of what a part points to."""

    def __init__(self, kind: str, folder: str) -> None:
        self.kind = kind
        self.folder = folder
        self.found: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        of_kind = attributes.get("Type", "").rpartition("/")[2] == self.kind
        if local(tag) == "Relationship" and of_kind and "TargetMode" not in attributes:
            target = posixpath.join("/", self.folder, attributes.get("Target", ""))
            self.found.append(posixpath.normpath(target).lstrip("/"))

    def text(self, text: str) -> None:
        """Hold no text."""

    def end(self, tag: str) -> None:
        """Need no end."""


class _Counting:
    """Counts the elements of one name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.number = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.number += local(tag) == self.name

    def text(self, text: str) -> None:
        """Hold no text."""

    def end(self, tag: str) -> None:
        """Need no end."""
