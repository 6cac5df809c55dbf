"""Which column of a foreign table is which of ours."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.stages.sources.intake.cells import clean_label
from exeunt.stages.sources.intake.problems import ProblemList

MOST_COLUMNS = 200
_BETWEEN_WORDS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True)
class Column:
    """A column that a reader expects, with the other names under which people know it.

    ``long`` columns hold prose: line breaks, leading dashes and up to five million
    characters are fine there, and nothing is trimmed.
    """

    name: str
    required: bool = True
    aliases: tuple[str, ...] = ()
    long: bool = False


class Layout(NamedTuple):
    """Where each expected column stands in the file; None where it is absent."""

    columns: tuple[Column, ...]
    places: tuple[int | None, ...]
    width: int

    @property
    def present(self) -> tuple[str, ...]:
        """Name the columns that the file has, in the order in which they were asked for."""
        pairs = zip(self.columns, self.places, strict=True)
        return tuple(column.name for column, place in pairs if place is not None)


class Names:
    """Every name by which the expected columns may be headed, and which column it means."""

    def __init__(self, columns: Sequence[Column], rename: Mapping[str, str]) -> None:
        """Take the expected columns and, from the person, header -> column."""
        self.columns = tuple(columns)
        self.renamed = tuple(rename)
        self.rename = {folded(header): name for header, name in rename.items()}
        self.meant = {
            folded(name): column.name
            for column in columns
            for name in (*column.aliases, column.name)
        }

    def column_for(self, header: str) -> str | None:
        """Return the name of the column that a header means, or None."""
        key = folded(header)
        return (
            self.meant.get(folded(self.rename[key])) if key in self.rename else self.meant.get(key)
        )

    def recognised(self, headers: Sequence[str]) -> int:
        """Count the headers that mean something."""
        return sum(self.column_for(header) is not None for header in headers)

    def nearest(self, header: str) -> str:
        """Suggest the column that was probably meant, as the end of a sentence."""
        close = get_close_matches(folded(header), list(self.meant), n=1)
        if close:
            return Sentence("Did you mean “{near}”?", near=self.meant[close[0]])
        known = ", ".join(column.name for column in self.columns)
        return Sentence("Known are {known}.", known=known)


def folded(name: str) -> str:
    """Fold a header so that case, accents, vowel marks and the kind of gap do not matter.

    >>> folded("  Numéro_de-Source ")
    'numero de source'
    """
    apart = unicodedata.normalize("NFKD", clean_label(name)).casefold()
    letters = "".join(c for c in apart if unicodedata.category(c) != "Mn" and c != "\u0640")
    return _BETWEEN_WORDS.sub(" ", letters).strip()


class _Heading(NamedTuple):
    """A header row: what stands there, which column each means, and in which row."""

    heads: list[str]
    meant: list[str | None]
    row: int

    @property
    def has(self) -> str:
        return ", ".join(f"“{head}”" for head in self.heads)


def layout_of(headers: Sequence[str], names: Names, problems: ProblemList, *, row: int) -> Layout:
    """Match a header row to the expected columns; note what is unknown, doubled or missing."""
    heads = [clean_label(header) for header in headers]
    while heads and not heads[-1]:
        heads.pop()
    if len(heads) > MOST_COLUMNS:
        says = "The header has {count:,} columns, of at most {most}; is it a header?"
        problems.add(Sentence(says, count=len(heads), most=MOST_COLUMNS), row=row)
        heads = heads[:MOST_COLUMNS]
    heading = _Heading(heads, [names.column_for(head) for head in heads], row)
    _note_misnamed(names, problems)
    _note_unknown(heading, names, problems)
    _note_doubled(heading, problems)
    _note_missing(heading, names, problems)
    place = {name: heading.meant.index(name) for name in heading.meant if name is not None}
    return Layout(names.columns, tuple(place.get(c.name) for c in names.columns), len(heads))


def _note_misnamed(names: Names, problems: ProblemList) -> None:
    for header, name in names.rename.items():
        if folded(name) not in names.meant:
            says = "“{header}” was to stand for “{name}”. {nearest}"
            problems.add(
                Sentence(says, header=header, name=name, nearest=names.nearest(name)), column=name
            )


def _note_unknown(heading: _Heading, names: Names, problems: ProblemList) -> None:
    for place, (head, name) in enumerate(zip(heading.heads, heading.meant, strict=True), 1):
        if not head:
            says = "Column {place} has no name; name it or delete it."
            problems.add(Sentence(says, place=place), row=heading.row)
        elif name is None:
            says = "This column is not known. {nearest} Rename it, or take the column out."
            problems.add(Sentence(says, nearest=names.nearest(head)), row=heading.row, column=head)


def _note_doubled(heading: _Heading, problems: ProblemList) -> None:
    pairs = list(zip(heading.heads, heading.meant, strict=True))
    for name, times in Counter(name for _, name in pairs if name is not None).items():
        if times > 1:
            listed = ", ".join(f"“{head}”" for head, meant in pairs if meant == name)
            says = "The columns {listed} all stand for “{name}”; keep one of them."
            problems.add(Sentence(says, listed=listed, name=name), row=heading.row, column=name)


def _note_missing(heading: _Heading, names: Names, problems: ProblemList) -> None:
    for column in names.columns:
        if column.required and column.name not in heading.meant:
            says = "This column is missing; the file has {has}. Add it, or rename one."
            problems.add(Sentence(says, has=heading.has), row=heading.row, column=column.name)
    there = {folded(head) for head in heading.heads}
    for head in names.renamed:
        if folded(head) not in there:
            says = "You renamed this column, but the file has {has}; check its spelling."
            problems.add(Sentence(says, has=heading.has), row=heading.row, column=head)
