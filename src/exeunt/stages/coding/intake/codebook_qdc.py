"""A codebook from REFI-QDA's exchange format (.qdc), as other coding programs write it.

Source: REFI-QDA Standard 1.5, chapter on codebook exchange, and its schema
(urn:QDA-XML:codebook:1.0). Some programs write the namespace as 1:0; both are read.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from exeunt.errors import Sentence
from exeunt.methods.codebooks import DEEPEST, GUID, Code, Codebook, Level, Scale, Unit
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.coding.intake.codebook_draft import (
    LARGEST_CODEBOOK,
    LEVELS,
    UNITS,
    WHOLE_NUMBER,
    CodebookDraft,
    draft_of,
    slug_of,
)
from exeunt.stages.coding.intake.codebook_notes import facts_in
from exeunt.stages.coding.intake.codebook_told import codebook_told
from exeunt.stages.sources.intake.problems import ProblemList, refusal

NAMESPACE = "urn:QDA-XML:codebook:1.0"
NAMESPACES = ("", NAMESPACE, "urn:QDA-XML:codebook:1:0")


@dataclass
class Element:
    """A Code or a Set as it stands in the file."""

    row: int
    attributes: Mapping[str, str]
    parent: int | None = None
    members: int = 0
    text: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return its name, without blanks around it."""
        return self.attributes.get("name", "").strip()

    @property
    def description(self) -> str:
        """Return its description."""
        return "".join(self.text)


def told(handed: Handed, _options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the codebook to the parent: what a child is started for."""
    return codebook_told(read_codebook, handed)


def read_codebook(data: bytes, *, file: str = "") -> CodebookDraft:
    """Read a codebook from the bytes of a .qdc file, keeping its GUIDs.

    Colours, notes, sets and “not codable” have no place in a codebook here and are
    reported. Problems carry the line as their row.
    """
    if len(data) > LARGEST_CODEBOOK:
        says = "The file has {size:,} bytes; {most:,} are the most. Split it."
        raise refusal(file, Sentence(says, size=len(data), most=LARGEST_CODEBOOK))
    target = Target(file)
    parser: Any = XMLParser(target=target, forbid_dtd=True)
    target.line = lambda: int(parser.parser.CurrentLineNumber)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as trouble:
        says = "The file declares a document type or entities, which are not read; take them out."
        raise refusal(file, says, row=target.line()) from trouble
    except (ParseError, ValueError, LookupError) as trouble:
        row, _ = getattr(trouble, "position", (None, None))
        says = "The file is damaged or is not XML; export the codebook anew."
        raise refusal(file, says, row=row) from trouble
    return target.draft()


class Target:
    """Receives the parser's events; keeps codes and sets in a flat list, however deep they nest."""

    def __init__(self, file: str) -> None:
        """Begin with the file of that name."""
        self.file = file
        self.line: Callable[[], int] = lambda: 0
        self.path: list[str] = []
        self.open_codes: list[int] = []
        self.codes: list[Element] = []
        self.sets: list[Element] = []
        self.left: Counter[str] = Counter()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Be told that an element begins."""
        space, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
        if not self.path and (name != "CodeBook" or space not in NAMESPACES):
            says = "The file holds “{name}” and no codebook; export the codebook alone, as .qdc."
            raise refusal(self.file, Sentence(says, name=name), row=self.line())
        inside = self.path[-1] if self.path else ""
        self.path.append(name)
        if name == "Code" and inside in {"Codes", "Code"}:
            self._open_code(attributes)
        elif name == "Set" and inside == "Sets":
            self.sets.append(Element(self.line(), attributes))
        elif name == "MemberCode" and inside == "Set" and self.sets:
            self.sets[-1].members += 1
        elif name not in {"CodeBook", "Codes", "Sets", "Description"}:
            self.left[name] += 1

    def _open_code(self, attributes: dict[str, str]) -> None:
        if len(self.open_codes) > DEEPEST:
            says = "The codes are nested more than {deepest} deep; flatten them."
            raise refusal(self.file, Sentence(says, deepest=DEEPEST), row=self.line())
        parent = self.open_codes[-1] if self.open_codes else None
        self.open_codes.append(len(self.codes))
        self.codes.append(Element(self.line(), attributes, parent))

    def data(self, text: str) -> None:
        """Be told a piece of text."""
        if self.path[-2:] == ["Code", "Description"] and self.open_codes:
            self.codes[self.open_codes[-1]].text.append(text)
        elif self.path[-2:] == ["Set", "Description"] and self.sets:
            self.sets[-1].text.append(text)

    def end(self, _tag: str) -> None:
        """Be told that an element ends."""
        name = self.path.pop()
        if name == "Code" and self.path[-1] in {"Codes", "Code"} and self.open_codes:
            self.open_codes.pop()

    def close(self) -> None:
        """Be told that the file ends."""

    def draft(self) -> CodebookDraft:
        """Make a codebook of what was told, or refuse the file."""
        return _Assembly(self).draft()


class _Assembly:
    """Makes codes of elements, and sentences of what has no place."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.problems = ProblemList(target.file)
        self.dropped: list[str] = []

    def draft(self) -> CodebookDraft:
        elements = self.target.codes
        facts = [facts_in(element.description) for element in elements]
        keys = self._keys([fact.get("Key", "") for _, fact in facts])
        codes = [
            Code(
                key=keys[place],
                label=element.name,
                definition=text,
                dimension=fact.get("Dimension", ""),
                parent=None if element.parent is None else keys[element.parent],
                use_when=fact.get("Use when", ""),
                not_when=fact.get("Not when", ""),
                note=fact.get("Note", ""),
                guid=_guid_of(element),
            )
            for place, (element, (text, fact)) in enumerate(zip(elements, facts, strict=True))
        ]
        codebook = self._book(tuple(codes))
        self._report(elements)
        rows = [element.row for element in elements]
        return draft_of(codebook, self.problems, rows=rows, dropped=self.dropped)

    def _keys(self, given: list[str]) -> list[str]:
        taken = set(given)
        keys = []
        for place, (key, element) in enumerate(zip(given, self.target.codes, strict=True), 1):
            keys.append(key or _new_key(slug_of(element.name) or f"code-{place}", taken))
            taken.add(keys[-1])
        if made := sum(not key for key in given):
            says = "{made} codes had no key; their keys were made from their names."
            self.dropped.append(Sentence(says, made=made))
        return keys

    def _book(self, codes: tuple[Code, ...]) -> Codebook:
        facts: dict[str, str] = {}
        for found in self.target.sets:
            text, of_set = facts_in(found.description)
            if "Id" in of_set and not facts and not text:
                facts = of_set
            else:
                says = (
                    "The set “{name}” of {count} codes was left behind: "
                    "a codebook has no sets here."
                )
                self.dropped.append(Sentence(says, name=found.name, count=found.members))
        stem = self.target.file.rpartition(".")[0]
        return Codebook(
            slug=facts.get("Id") or slug_of(stem) or "codebook",
            title=facts.get("Title", "") if facts else stem,
            codes=codes,
            unit=UNITS.get(facts.get("Unit", ""), Unit.ACCOUNT),
            scale=_scale_of(facts),
            source=facts.get("Source", ""),
        )

    def _report(self, elements: list[Element]) -> None:
        colours = sum("color" in element.attributes for element in elements)
        groups = sum(element.attributes.get("isCodable") in {"false", "0"} for element in elements)
        lost = sum(not _guid_of(element) for element in elements)
        if colours:
            says = "The colours of {number} codes were left behind."
            self.dropped.append(Sentence(says, number=colours))
        if groups:
            says = "{number} codes were only headings (not codable); here any code can be used."
            self.dropped.append(Sentence(says, number=groups))
        if lost:
            says = "{number} codes had no valid GUID; they get one when the codebook is exported."
            self.dropped.append(Sentence(says, number=lost))
        says = "{number} elements “{name}” were left behind: a codebook has no place for them."
        self.dropped += [
            Sentence(says, number=number, name=name)
            for name, number in sorted(self.target.left.items())
        ]


def _new_key(wanted: str, taken: set[str]) -> str:
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted[:50]}-{number}"
    return key


def _guid_of(element: Element) -> str:
    guid = element.attributes.get("guid", "").strip().removeprefix("{").removesuffix("}")
    return guid if GUID.fullmatch(guid) else ""


def _scale_of(facts: Mapping[str, str]) -> Scale:
    pairs = (line.partition("=") for line in facts.get("Values", "").splitlines())
    values = {
        int(number): meaning.strip()
        for number, _, meaning in pairs
        if WHOLE_NUMBER.fullmatch(number.strip())
    }
    return Scale(
        level=LEVELS.get(facts.get("Scale", ""), Level.BINARY),
        values=MappingProxyType(values) if values else Scale().values,
        unknown=_number_of(facts.get("Unknown", "")),
        not_applicable=_number_of(facts.get("Not applicable", "")),
        blank=facts.get("Blank", ""),
    )


def _number_of(text: str) -> int | None:
    return int(text) if WHOLE_NUMBER.fullmatch(text) else None
