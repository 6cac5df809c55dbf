"""YAML as a tree of plain text with line numbers; nothing in it is ever executed or copied.

No constructor runs: scalars stay text, so that a label “No” is not a truth value and a key
“1.10” is not a number. Anchors, aliases and tags are refused, which also ends the bombs
that are built of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from exeunt.errors import Sentence
from exeunt.stages.sources.intake.problems import ProblemList, refusal

DEEPEST = 10
_EMPTY = frozenset({"", "~", "null"})


@dataclass(frozen=True)
class Leaf:
    """A piece of text, or None where the file leaves the value out."""

    row: int
    text: str | None


@dataclass(frozen=True)
class Branch:
    """Named values, in the order of the file."""

    row: int
    values: "dict[str, Tree]"


@dataclass(frozen=True)
class Items:
    """Values one after another."""

    row: int
    values: "list[Tree]"


Tree = Leaf | Branch | Items


def tree_of(text: str, *, file: str) -> Tree:
    """Read one YAML document, and refuse whatever is more than plain text in a tree."""
    try:
        # The compiled parser, where there is one, is some twenty times as fast.
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        tree = _Builder(yaml.parse(text, Loader=loader), file).document()
    except yaml.MarkedYAMLError as trouble:
        mark = trouble.problem_mark
        says = "This is not well-formed YAML ({problem}); look at the indents and quotes."
        fault = Sentence(says, problem=trouble.problem)
        raise refusal(file, fault, row=mark.line + 1 if mark else None) from trouble
    except yaml.YAMLError as trouble:
        says = "The text holds a character that YAML does not allow; delete it and type it anew."
        raise refusal(file, says) from trouble
    return tree


class _Builder:
    """Turns parser events into a tree, one document at most."""

    def __init__(self, events: Iterator[Event], file: str) -> None:
        self.events = events
        self.file = file
        self.problems = ProblemList(file)
        self.documents = 0

    def document(self) -> Tree:
        tree: Tree | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    says = "A second document begins here; keep one codebook in one file."
                    raise refusal(self.file, says, row=_row(event))
                tree = self._value(next(self.events), depth=0)
        self.problems.refuse_if_any()
        if tree is None:
            raise refusal(self.file, "The file is empty; check that the right one was saved.")
        return tree

    def _value(self, event: Event, *, depth: int) -> Tree:
        row = _row(event)
        self._check_plain(event, row)
        if isinstance(event, ScalarEvent):
            absent = event.implicit[0] and event.value in _EMPTY
            return Leaf(row, None if absent else str(event.value))
        if depth >= DEEPEST:
            raise refusal(self.file, "The file is nested too deeply; flatten it.", row=row)
        if isinstance(event, MappingStartEvent):
            return Branch(row, self._named_values(depth))
        return Items(row, self._items(depth))

    def _named_values(self, depth: int) -> dict[str, Tree]:
        values: dict[str, Tree] = {}
        for event in self._until(MappingEndEvent):
            name = self._value(event, depth=depth + 1)
            value = self._value(next(self.events), depth=depth + 1)
            if not isinstance(name, Leaf) or name.text is None:
                self.problems.add("A name must be a piece of text.", row=name.row)
            elif name.text in values:
                says = "This name stands twice here; keep one of them."
                self.problems.add(says, row=name.row, column=name.text)
            else:
                values[name.text] = value
        return values

    def _items(self, depth: int) -> list[Tree]:
        return [self._value(event, depth=depth + 1) for event in self._until(SequenceEndEvent)]

    def _until(self, end: type[Event]) -> Iterator[Event]:
        while not isinstance(event := next(self.events), end):
            yield event

    def _check_plain(self, event: Event, row: int) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
            says = "Anchors (&) and references (*) are not read; write the value out."
            raise refusal(self.file, says, row=row)
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent) and event.tag:
            says = "The tag “{tag}” is not read; write the plain value."
            raise refusal(self.file, Sentence(says, tag=event.tag), row=row)


def _row(event: Event) -> int:
    mark: Any = event.start_mark
    return int(mark.line) + 1
