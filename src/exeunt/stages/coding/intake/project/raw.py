"""What stands in a project file, element by element, before it is put together."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class RawCoding(NamedTuple):
    """A code given to something, by the GUIDs of both."""

    guid: str
    code: str
    by: str
    when: str
    notes: tuple[str, ...]


class RawSelection(NamedTuple):
    """A span as its program counted it; of a transcript, from one point in time to another."""

    guid: str
    start: int
    end: int
    words: str
    description: str
    by: str
    when: str
    codings: tuple[RawCoding, ...]
    notes: tuple[str, ...]


class RawText(NamedTuple):
    """A text, a transcript or a note: where its words are, and what was said of them."""

    guid: str
    name: str
    description: str
    plain: str | None
    rich: str | None
    content: str | None
    by: str
    when: str
    selections: tuple[RawSelection, ...]
    codings: tuple[RawCoding, ...]
    notes: tuple[str, ...]


class RawPerson(NamedTuple):
    """A user of the other program."""

    guid: str
    name: str


class RawLink(NamedTuple):
    """A link between two things, by their GUIDs."""

    origin: str
    target: str


@dataclass
class RawProject:
    """All that a project file holds, in its order."""

    name: str = ""
    origin: str = ""
    description: str = ""
    people: list[RawPerson] = field(default_factory=list)
    texts: list[RawText] = field(default_factory=list)
    notes: list[RawText] = field(default_factory=list)
    links: list[RawLink] = field(default_factory=list)
    note_refs: list[str] = field(default_factory=list)
    notes_of_codes: list[tuple[str, str]] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def key_of(guid: str) -> str:
    """Return a GUID as it is compared: without braces, in small letters.

    >>> key_of("{3F2504E0-4F89-11D3-9A0C-0305E82C3301}")
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301'
    """
    return bare(guid).casefold()


def bare(guid: str) -> str:
    """Return a GUID without spaces and braces."""
    return guid.strip().removeprefix("{").removesuffix("}")


Attributes = Mapping[str, str]
