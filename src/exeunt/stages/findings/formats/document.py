"""A report as plain values, before any format: pages of one idea each, made of a few blocks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar, Literal, NamedTuple

from exeunt.stages.findings.formats.drawn import Chart, as_csv
from exeunt.stages.findings.formats.words import Words

FIGURE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
MASK = re.compile(r"(\[[^\[\]\n]*\w[^\[\]\n]*\])")
WIDEST_TABLE_BESIDE = 44
"""Characters a row may have if the table is to stand beside its chart on A4."""
FOLDED = 20
"""Characters to which a column of words may be folded there."""
COLUMN_GAP = 3

Direction = Literal["ltr", "rtl"]


class Align(StrEnum):
    """On which side of a column its cells are set."""

    START = "start"
    END = "end"


class Run(NamedTuple):
    """A stretch of a quotation: the narrator's own words, or a mask put in their place."""

    text: str
    is_mask: bool


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of ours."""

    text: str
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A short list."""

    items: tuple[str, ...]
    kind: ClassVar[str] = "bullets"


@dataclass(frozen=True)
class Note:
    """A remark that warns or limits, set apart from the text."""

    text: str
    kind: ClassVar[str] = "note"


@dataclass(frozen=True)
class Quotation:
    """A narrator's words, verbatim, with whose they are and an optional visible mark."""

    text: str
    language: str = "en"
    direction: Direction = "ltr"
    whose: str = ""
    mark: str = ""
    kind: ClassVar[str] = "quotation"

    def runs(self) -> tuple[Run, ...]:
        """Part the narrator's words from the masks in brackets, such as ``[Person 3]``."""
        parts = MASK.split(self.text)
        return tuple(Run(part, bool(at % 2)) for at, part in enumerate(parts) if part)


class Cell(NamedTuple):
    """One cell of a table, and on which side of its column it is set."""

    text: str
    side: Align


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    heading: str
    align: Align = Align.START


@dataclass(frozen=True)
class Table:
    """A table of words as they are to be shown; its first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    kind: ClassVar[str] = "table"

    def __post_init__(self) -> None:
        """Refuse a table without columns, and rows longer or shorter than the heading."""
        if not self.columns:
            raise ValueError("a table needs a column")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table needs one cell a column")

    def csv(self, facts: Mapping[str, str]) -> str:
        """Give the table as CSV, with these facts in every row."""
        headings = [column.heading for column in self.columns]
        rows = [{**dict(zip(headings, row, strict=True)), **facts} for row in self.rows]
        return as_csv(rows or [dict.fromkeys([*headings, *facts], "")])

    def aligned(self) -> tuple[tuple[Cell, ...], ...]:
        """Give every row's cells, each with its side."""
        sides = [column.align for column in self.columns]
        return tuple(tuple(map(Cell, row, sides)) for row in self.rows)

    def longest(self) -> tuple[int, ...]:
        """Give the length in characters of each column's longest cell, its heading included."""
        headings = tuple(column.heading for column in self.columns)
        return tuple(max(map(len, column)) for column in zip(headings, *self.rows, strict=True))

    def is_slim(self) -> bool:
        """Tell whether the table, its words folded, fits beside a chart on a printed page."""
        needed = (
            longest if column.align is Align.END else min(longest, FOLDED)
            for column, longest in zip(self.columns, self.longest(), strict=True)
        )
        return sum(needed) + COLUMN_GAP * len(self.columns) <= WIDEST_TABLE_BESIDE


@dataclass(frozen=True)
class Provenance:
    """All that is needed to compute a figure again."""

    figure_id: str
    query: str
    window: str
    codebook: str
    blanks: str
    software: str
    data_hash: str
    counted: str

    def lines(self, words: Words) -> tuple[tuple[str, str], ...]:
        """Give label and value of every part that was stated, in reading order."""
        every = (
            (words.counted, self.counted),
            (words.query, self.query),
            (words.window, self.window),
            (words.codebook, self.codebook),
            (words.blanks, self.blanks),
            (words.software, self.software),
            (words.data_hash, self.data_hash),
        )
        return tuple((label, value) for label, value in every if value)


@dataclass(frozen=True)
class Figure:
    """A chart with its words and its numbers; never one without the other."""

    id: str
    title: str
    alt: str
    chart: Chart
    table: Table
    provenance: Provenance
    note: str = ""
    kind: ClassVar[str] = "figure"

    def __post_init__(self) -> None:
        """Refuse an id that is no safe file name, and a chart that a blind reader would miss."""
        if not FIGURE_ID.fullmatch(self.id):
            raise ValueError("a figure's id is made of small letters, digits and hyphens")
        if not self.alt.strip():
            raise ValueError(f"figure {self.id} needs its content in words, as alternative text")

    def is_side_by_side(self) -> bool:
        """Tell whether chart and table fit next to each other on a printed page."""
        return self.chart.is_narrow() and self.table.is_slim()


Block = Paragraph | Bullets | Note | Quotation | Table | Figure


@dataclass(frozen=True)
class Page:
    """One idea: the plain sentence first, then what supports it."""

    title: str
    lead: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report; ``made`` is an ISO 8601 date or time, in UTC where no zone is given."""

    title: str
    subtitle: str
    made: str
    pages: tuple[Page, ...]
    about: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    direction: Direction = "ltr"
    invented: bool = False
    words: Words = field(default_factory=Words)

    def __post_init__(self) -> None:
        """Refuse a report without pages, two figures of one id, and a date that is none."""
        ids = [figure.id for figure in self.figures()]
        if len(set(ids)) != len(ids):
            raise ValueError("two figures of a report cannot have the same id")
        if not self.pages:
            raise ValueError("a report needs a page")
        self.made_at()

    def figures(self) -> tuple[Figure, ...]:
        """Give every figure in reading order."""
        return tuple(b for page in self.pages for b in page.blocks if isinstance(b, Figure))

    def number_of(self, figure_id: str) -> int:
        """Count figures from one, in reading order."""
        return [figure.id for figure in self.figures()].index(figure_id) + 1

    def made_shown(self) -> str:
        """Write the moment of making as people read it, in UTC."""
        return f"{self.made_at().astimezone(UTC):%Y-%m-%d %H:%M} UTC"

    def made_at(self) -> datetime:
        """Give the moment of making, with its zone."""
        moment = datetime.fromisoformat(self.made)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
