"""A codebook as plain data: codes in a tree, one scale, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from exeunt.errors import Sentence

# Characters that files of one kind or another cannot hold, and those that reorder a line.
_NOT_IN_PROSE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_NOT_IN_A_LINE = re.compile("[\t\n\r\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")
GUID = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DEEPEST = 50
# What opens the facts written below a description, in formats that have no place for them.
FACTS_HEAD = "[Exeunt]"
FACTS_INDENT = "    "
LONGEST: Mapping[str, int] = MappingProxyType(
    {"id": 60, "title": 300, "source": 2000, "key": 60, "label": 300, "dimension": 60}
)


class Level(StrEnum):
    """The level of measurement, which decides how far apart two values are."""

    BINARY = "binary"
    ORDINAL = "ordinal"


class Unit(StrEnum):
    """What a code of this codebook is normally said of."""

    ACCOUNT = "account"
    EXIT = "exit"
    SPELL = "spell"
    EXCERPT = "excerpt"


@dataclass(frozen=True)
class Scale:
    """The values a coder may give, what each means, and how gaps were written in files.

    ``unknown`` and ``not_applicable`` are the numbers by which files mark those two
    gaps (-99 and -88 in the published schemes); None where words are used instead.
    """

    level: Level = Level.BINARY
    values: Mapping[int, str] = field(
        default_factory=lambda: MappingProxyType({0: "not given", 1: "given"})
    )
    unknown: int | None = None
    not_applicable: int | None = None
    blank: str = ""


@dataclass(frozen=True)
class Code:
    """A label with a definition; ``parent`` is the key of the code it narrows.

    ``guid`` is the identifier by which another program knows the code, if one gave it any.
    """

    key: str
    label: str
    definition: str = ""
    dimension: str = ""
    parent: str | None = None
    use_when: str = ""
    not_when: str = ""
    note: str = ""
    guid: str = ""


@dataclass(frozen=True)
class Codebook:
    """A set of codes with one scale, in the order in which coders see them."""

    slug: str
    title: str
    codes: tuple[Code, ...]
    unit: Unit = Unit.ACCOUNT
    scale: Scale = field(default_factory=Scale)
    source: str = ""

    def __iter__(self) -> Iterator[Code]:
        """Walk the codes in their order."""
        return iter(self.codes)

    def code(self, key: str) -> Code | None:
        """Return the code of that key, or None."""
        return next((code for code in self.codes if code.key == key), None)

    def dimension_of(self, code: Code) -> str:
        """Return the code's dimension, or the one it inherits from its parents."""
        seen: set[str] = set()
        current: Code | None = code
        while current is not None and not current.dimension and current.parent:
            if current.key in seen:
                return ""
            seen.add(current.key)
            current = self.code(current.parent)
        return current.dimension if current is not None else ""

    def top_codes(self, dimension: str) -> tuple[Code, ...]:
        """Return the codes without a parent in one dimension."""
        return tuple(c for c in self.codes if c.parent is None and c.dimension == dimension)

    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions in the order in which they first appear."""
        return tuple(dict.fromkeys(c.dimension for c in self.codes if c.dimension))


class Fault(NamedTuple):
    """What keeps a codebook from being used; ``place`` counts its codes from 0."""

    says: str
    place: int | None = None


def problems_of(codebook: Codebook) -> list[str]:
    """Say what keeps a codebook from being used, a sentence each; an empty list is good."""
    return [fault.says for fault in faults_of(codebook)]


def faults_of(codebook: Codebook) -> list[Fault]:
    """Find what keeps a codebook from being used, and at which of its codes."""
    found = [] if codebook.codes else [Fault(Sentence("It has no codes."))]
    if not codebook.slug.strip():
        found.append(Fault(Sentence("It has no id; give it a short one that stays.")))
    if not codebook.scale.values:
        found.append(Fault(Sentence("Its scale has no values; list them, lowest first.")))
    for value in (value for value in codebook.scale.values if value < 0):
        says = "Its scale has the value {value}; 0 is “not given”, so start at 0."
        found.append(Fault(Sentence(says, value=value)))
    found += [Fault(says) for says in _unfit(_lines_of_book(codebook), {})]
    found += _faults_of_codes(codebook)
    found += _faults_of_tree(codebook)
    return found


def _faults_of_codes(codebook: Codebook) -> Iterator[Fault]:
    keys = {code.key for code in codebook.codes}
    seen: set[str] = set()
    guids: set[str] = set()
    for place, code in enumerate(codebook.codes):
        if not code.key.strip() or not code.label.strip():
            says = "A code needs a key and a label (key “{key}”, label “{label}”)."
            yield Fault(Sentence(says, key=code.key, label=code.label), place)
        if code.key in seen:
            says = "The code {key} stands twice; a key may stand once."
            yield Fault(Sentence(says, key=code.key), place)
        if code.guid and not GUID.fullmatch(code.guid):
            says = "{key} has the GUID “{guid}”, which is not one."
            yield Fault(Sentence(says, key=code.key, guid=code.guid), place)
        if code.guid and code.guid.lower() in guids:
            says = "{key} has the GUID of another code; a GUID may stand once."
            yield Fault(Sentence(says, key=code.key), place)
        if code.parent is not None and code.parent not in keys:
            says = "{key} has the parent {parent}, which is not in this codebook."
            yield Fault(Sentence(says, key=code.key, parent=code.parent), place)
        for unfit in _unfit(_lines_of_code(code), _prose_of_code(code)):
            yield Fault(Sentence("{key}: {unfit}", key=code.key, unfit=unfit), place)
        seen.add(code.key)
        guids.add(code.guid.lower())


def _lines_of_book(codebook: Codebook) -> dict[str, str]:
    values = codebook.scale.values.items()
    return {
        "id": codebook.slug,
        "title": codebook.title,
        "source": codebook.source,
        "blank": codebook.scale.blank,
        **{f"meaning of {number}": meaning for number, meaning in values},
    }


def _lines_of_code(code: Code) -> dict[str, str]:
    return {"key": code.key, "label": code.label, "dimension": code.dimension}


def _prose_of_code(code: Code) -> dict[str, str]:
    return {
        "definition": code.definition,
        "use_when": code.use_when,
        "not_when": code.not_when,
        "note": code.note,
    }


def _unfit(lines: Mapping[str, str], prose: Mapping[str, str]) -> Iterator[str]:
    for name, text in lines.items():
        if text != text.strip():
            yield Sentence("The {name} has spaces around it; take them away.", name=name)
        if len(text) > LONGEST.get(name, len(text)):
            says = "The {name} has {count} characters; {most} are the most."
            yield Sentence(says, name=name, count=len(text), most=LONGEST[name])
        if _NOT_IN_A_LINE.search(text) or _NOT_IN_PROSE.search(text):
            says = "The {name} holds a line break or a hidden character; write it on one line."
            yield Sentence(says, name=name)
    for name, text in prose.items():
        if found := _NOT_IN_PROSE.search(text):
            says = "The {name} holds the hidden character U+{number:04X}; delete it."
            yield Sentence(says, name=name, number=ord(found.group()))


def _faults_of_tree(codebook: Codebook) -> Iterator[Fault]:
    circle = _in_a_cycle(codebook)
    depth = _depths(codebook)
    for place, code in enumerate(codebook.codes):
        if code.key in circle:
            says = "{key} is its own ancestor; a code cannot narrow itself."
            yield Fault(Sentence(says, key=code.key), place)
        elif depth[code.key] > DEEPEST:
            says = "{key} stands more than {deepest} steps below the top."
            yield Fault(Sentence(says, key=code.key, deepest=DEEPEST), place)


def _depths(codebook: Codebook) -> dict[str, int]:
    """Count the steps from each code to the top, giving up one beyond the deepest allowed."""
    parent = {code.key: code.parent for code in codebook.codes}
    return {key: _steps_up(key, parent) for key in parent}


def _steps_up(key: str, parent: Mapping[str, str | None]) -> int:
    above, steps = parent[key], 0
    while above is not None and steps <= DEEPEST:
        above, steps = parent.get(above), steps + 1
    return steps


def _in_a_cycle(codebook: Codebook) -> set[str]:
    parent = {code.key: code.parent for code in codebook.codes}
    circles: set[str] = set()
    done: set[str] = set()
    for start in parent:
        path: list[str] = []
        on_path: set[str] = set()
        current: str | None = start
        while (
            current is not None
            and current in parent
            and not (current in done or current in on_path)
        ):
            path.append(current)
            on_path.add(current)
            current = parent[current]
        if current is not None and current in on_path:
            circles.update(path[path.index(current) :])
        done |= on_path
    return circles
