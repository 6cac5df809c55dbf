"""The elements of a REFI-QDA project file (.qde), told one after another.

Source: REFI-QDA Standard 1.5, chapter on project exchange, and its schema
(urn:QDA-XML:project:1.0). Each element becomes a small plain value as it ends, so that no tree
of the whole file is ever held.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from exeunt.errors import Sentence
from exeunt.stages.coding.intake.codebook_qdc import Target
from exeunt.stages.coding.intake.project.raw import (
    Attributes,
    RawCoding,
    RawLink,
    RawPerson,
    RawProject,
    RawSelection,
    RawText,
    bare,
)
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.xml_events import BETWEEN, local

NAMESPACE = "urn:QDA-XML:project:"
VERSIONS = frozenset({"1.0", "1:0", "0:4", "0.4"})
PROSE = frozenset({"Description", "PlainTextContent"})
CODEBOOK = frozenset({"CodeBook", "Sets"})
SELECTIONS = frozenset({"PlainTextSelection", "TranscriptSelection"})
MOST_SELECTIONS = 200_000
PLACE = re.compile(r"\s*-?\d{1,12}\s*")
# What is only counted, and under which name.
COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "PictureSource": "pictures",
        "PictureSelection": "pictures",
        "PDFSource": "pdf files",
        "PDFSelection": "marks on pages",
        "AudioSource": "recordings",
        "VideoSource": "recordings",
        "AudioSelection": "marks in recordings",
        "VideoSelection": "marks in recordings",
        "SyncPoint": "times",
        "Case": "cases",
        "Variable": "variables",
        "Graph": "graphs",
    }
)
# Known, and neither kept by itself nor worth a word.
PASSED = frozenset(
    {
        *(
            "Project",
            "Users",
            "CodeBook",
            "Codes",
            "Code",
            "Sources",
            "Notes",
            "Links",
            "Sets",
            "Set",
        ),
        *("Cases", "Variables", "Graphs", "Vertex", "Edge", "VariableValue", "VariableRef"),
        *("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue"),
        *("DateTimeValue", "SourceRef", "SelectionRef", "MemberCode", "MemberSource"),
        *("MemberNote", "TextDescription"),
    }
)


class Node:
    """One element that has begun, with what has ended inside it."""

    __slots__ = ("attributes", "inside", "name", "prose")

    def __init__(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""
        self.name = name
        self.attributes = attributes
        self.prose: list[str] = []
        self.inside: list[tuple[str, Any]] = []

    def all(self, name: str) -> Iterator[Any]:
        """Walk what has ended inside, of one name."""
        return (value for called, value in self.inside if called == name)

    def one(self, name: str) -> Any:
        """Return the first that has ended inside, of one name, or None."""
        return next(self.all(name), None)

    def get(self, *names: str) -> str:
        """Return the first of these attributes that is not empty."""
        return next((self.attributes[name] for name in names if self.attributes.get(name)), "")

    @property
    def guid(self) -> str:
        """Return its GUID."""
        return bare(self.get("guid"))

    @property
    def by(self) -> str:
        """Return the GUID of who made it, or of who changed it last."""
        return bare(self.get("creatingUser", "modifyingUser"))

    @property
    def when(self) -> str:
        """Return when it was made, or changed last."""
        return self.get("creationDateTime", "modifiedDateTime")


class Elements:
    """Receives a parser's events and gathers a project; the codebook goes to its own reader."""

    def __init__(self, file: str) -> None:
        """Begin with the file of that name."""
        self.file = file
        self.path: list[Node] = []
        self.project = RawProject()
        self.codebook = Target(file)
        self.codebook.start("CodeBook", {})
        self.selections = 0
        self.within = 0  # how many elements deep inside the codebook or the sets

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Be told that an element begins."""
        name = local(tag)
        if not self.path:
            self._check_root(tag)
            self.project.name = attributes.get("name", "").strip()
            self.project.origin = attributes.get("origin", "").strip()
        if name in SELECTIONS:
            self._count_selection()
        if self.within or name in CODEBOOK:
            self.within += 1
            self._tell_codebook(name, attributes)
        self.path.append(Node(name, attributes))

    def text(self, text: str) -> None:
        """Be told a piece of text."""
        if self.path and self.path[-1].name in PROSE:
            self.path[-1].prose.append(text)
            if self.within:
                self.codebook.data(text)

    def end(self, _tag: str) -> None:
        """Be told that an element ends."""
        node = self.path.pop()
        if self.within:
            self.within -= 1
            if node.name in CODEBOOK_ELEMENTS:
                self.codebook.end(node.name)
        above = self.path[-1] if self.path else None
        kept = KEPT.get((above.name if above else "", node.name))
        if kept is not None:
            kept(self.project, node)
        elif above is not None and node.name in MADE:
            above.inside.append((node.name, MADE[node.name](self, node)))
        elif node.name in COUNTED:
            self._count(node)
        elif node.name not in PASSED:
            self.project.left["others"] += 1
        if node.name == "NoteRef" and above is not None and above.name == "Code":
            self.project.notes_of_codes.append((above.guid, _target(self, node)))

    def place(self, node: Node, name: str) -> int:
        """Read a place; refuse what is no whole number."""
        written = node.attributes.get(name, "")
        if not PLACE.fullmatch(written):
            says = "The {name} “{written}” of a selection is no whole number; export anew."
            raise refusal(self.file, Sentence(says, name=name, written=written[:40]))
        return int(written)

    def _check_root(self, tag: str) -> None:
        space, _, name = tag.rpartition(BETWEEN)
        if name != "Project":
            says = "The file holds “{name}” and no project; export the whole project, as .qdpx."
            raise refusal(self.file, Sentence(says, name=name[:80]))
        version = space.removeprefix(NAMESPACE)
        if space and version not in VERSIONS:
            says = (
                "The project is written after “{version}” of the format; version 1.0 is read. "
                "Export it as a REFI-QDA project 1.0."
            )
            raise refusal(self.file, Sentence(says, version=version[:80]))

    def _count_selection(self) -> None:
        self.selections += 1
        if self.selections > MOST_SELECTIONS:
            says = "The project holds more than {most:,} selections; export a part at a time."
            raise refusal(self.file, Sentence(says, most=MOST_SELECTIONS))

    def _tell_codebook(self, name: str, attributes: dict[str, str]) -> None:
        if name in CODEBOOK_ELEMENTS:
            self.codebook.start(name, attributes)

    def _count(self, node: Node) -> None:
        self.project.left[COUNTED[node.name]] += 1
        if node.name.endswith("Source"):
            texts = [*node.all("Transcript"), *node.all("Representation")]
            self.project.texts += [_for_the_whole(node, text) for text in texts[:1]] + texts[1:]


CODEBOOK_ELEMENTS = frozenset({"Codes", "Code", "Description", "Sets", "Set", "MemberCode"})
Made = TypeVar("Made")


def _target(_elements: Elements, node: Node) -> str:
    return bare(node.get("targetGUID", "guid"))


def _prose(_elements: Elements, node: Node) -> str:
    return "".join(node.prose)


def _coding(_elements: Elements, node: Node) -> RawCoding:
    notes = tuple(node.all("NoteRef"))
    return RawCoding(node.guid, node.one("CodeRef") or "", node.by, node.when, notes)


def _selection(elements: Elements, node: Node) -> RawSelection:
    start = elements.place(node, "startPosition")
    return _selected(node, start, elements.place(node, "endPosition"))


def _selected(node: Node, start: int, end: int) -> RawSelection:
    return RawSelection(
        node.guid,
        start,
        end,
        node.attributes.get("name", ""),
        node.one("Description") or "",
        node.by,
        node.when,
        tuple(node.all("Coding")),
        tuple(node.all("NoteRef")),
    )


def _text(_elements: Elements, node: Node) -> RawText:
    return _written(node, tuple(node.all("PlainTextSelection")))


def _written(node: Node, selections: tuple[RawSelection, ...]) -> RawText:
    return RawText(
        node.guid,
        node.attributes.get("name", "").strip(),
        node.one("Description") or "",
        node.attributes.get("plainTextPath"),
        node.attributes.get("richTextPath"),
        node.one("PlainTextContent"),
        node.by,
        node.when,
        selections,
        tuple(node.all("Coding")),
        tuple(node.all("NoteRef")),
    )


def _transcript(elements: Elements, node: Node) -> RawText:
    """Make a text of a transcript; its selections lie between points that carry a place."""
    places = dict(node.all("SyncPoint"))
    elements.project.left["times"] += len(places)
    selections = []
    for picked in node.all("TranscriptSelection"):
        start, end = (places.get(bare(picked.get(point)).casefold()) for point in SYNCED)
        if start is None or end is None:
            elements.project.left["marks in recordings"] += 1
        else:
            selections.append(_selected(picked, start, end))
    return _written(node, tuple(selections))


def _for_the_whole(node: Node, text: RawText) -> RawText:
    """Let the text of a recording or a PDF file take what was said of the whole file."""
    return text._replace(
        name=node.get("name") or text.name,
        description=node.one("Description") or text.description,
        codings=(*text.codings, *node.all("Coding")),
        notes=(*text.notes, *node.all("NoteRef")),
    )


SYNCED = ("fromSyncPoint", "toSyncPoint")


def _sync_point(elements: Elements, node: Node) -> tuple[str, int | None]:
    placed = "position" in node.attributes
    return node.guid.casefold(), elements.place(node, "position") if placed else None


def _itself(_elements: Elements, node: Node) -> Node:
    return node


MADE: Mapping[str, Callable[[Elements, Node], Any]] = MappingProxyType(
    {
        "Description": _prose,
        "PlainTextContent": _prose,
        "CodeRef": _target,
        "NoteRef": _target,
        "Coding": _coding,
        "PlainTextSelection": _selection,
        "TranscriptSelection": _itself,
        "SyncPoint": _sync_point,
        "Transcript": _transcript,
        "Representation": _text,
    }
)


def _keep_person(project: RawProject, node: Node) -> None:
    project.people.append(RawPerson(node.guid, node.get("name", "id").strip()))


def _keep_text(project: RawProject, node: Node) -> None:
    project.texts.append(_written(node, tuple(node.all("PlainTextSelection"))))


def _keep_note(project: RawProject, node: Node) -> None:
    project.notes.append(_written(node, tuple(node.all("PlainTextSelection"))))


def _keep_link(project: RawProject, node: Node) -> None:
    project.links.append(RawLink(bare(node.get("originGUID")), bare(node.get("targetGUID"))))


def _keep_description(project: RawProject, node: Node) -> None:
    project.description = "".join(node.prose).strip()


def _keep_reference(project: RawProject, node: Node) -> None:
    project.note_refs.append(bare(node.get("targetGUID")))


KEPT: Mapping[tuple[str, str], Callable[[RawProject, Node], None]] = MappingProxyType(
    {
        ("Users", "User"): _keep_person,
        ("Sources", "TextSource"): _keep_text,
        ("Notes", "Note"): _keep_note,
        ("Links", "Link"): _keep_link,
        ("Project", "Description"): _keep_description,
        ("Project", "NoteRef"): _keep_reference,
    }
)
