"""A foreign table as a stream of rows, whatever its format, with every fault named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from exeunt.errors import BadInput, Sentence
from exeunt.stages.sources.intake.cells import (
    are_plain,
    clean_label,
    clean_text,
    faults_of_label,
    faults_of_text,
)
from exeunt.stages.sources.intake.columns import Layout, Names, layout_of
from exeunt.stages.sources.intake.documents import Document
from exeunt.stages.sources.intake.problems import ProblemList, refusal

Row = tuple[int, tuple[str, ...]]
RawRows = Iterator[tuple[int, list[str]]]
RowsOf = Callable[[Document, Names, ProblemList], RawRows]


@dataclass(frozen=True)
class Table:
    """One table whose header has been understood; its rows are read as they are asked for."""

    document: Document
    names: Names
    layout: Layout
    rows_of: RowsOf
    pads: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns that the file has, in the order in which they were asked for."""
        return self.layout.present

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes."""
        return self.document.digest

    def rows(self, problems: ProblemList | None = None) -> Iterator[Row]:
        """Yield each row's number and its cells in the order of the columns asked for.

        The header is row 1 (in JSON Lines, a row's number is its line). A column that the
        file does not have comes as "". BadInput is raised after the last row if anything
        was wrong, so nothing may be kept before the end is reached; whoever judges the rows
        further gives the list of ``problems``, adds to it, and refuses the file themselves.
        """
        gathered = ProblemList(self.document.name) if problems is None else problems
        found = False
        try:
            for row in self._sound_rows(gathered):
                found = True
                yield row
        except BadInput as refused:
            gathered.take(refused)
        if not found and not gathered:
            says = "The file has a header and no rows; check that all of it was saved."
            gathered.add(Sentence(says))
        if problems is None:
            gathered.refuse_if_any()

    def _sound_rows(self, problems: ProblemList) -> Iterator[Row]:
        rows = self.rows_of(self.document, self.names, problems)
        next((row for row in rows if any(row[1])), None)
        return _checked(rows, self.layout, problems, pads=self.pads)


def table_by(rows_of: RowsOf, document: Document, names: Names, *, pads: bool) -> Table:
    """Understand the header of a table, of which a reader makes rows.

    ``pads``: a short row has left out empty cells, as in a workbook; elsewhere it has lost some.
    """
    if document.size == 0:
        raise refusal(document.name, "The file is empty; check that the right one was saved.")
    problems = ProblemList(document.name)
    rows = rows_of(document, names, problems)
    header = next((row for row in rows if any(row[1])), None)
    if header is None:
        raise refusal(document.name, "The file is empty; check that the right one was saved.")
    layout = layout_of(header[1], names, problems, row=max(header[0], 1))
    problems.refuse_if_any()
    return Table(document, names, layout, rows_of, pads)


def _checked(
    rows: Iterator[tuple[int, list[str]]], layout: Layout, problems: ProblemList, *, pads: bool
) -> Iterator[Row]:
    # An absent column points at the blank that is added behind the last cell.
    places = [layout.width if place is None else place for place in layout.places]
    pick = itemgetter(*places, layout.width)
    has_prose = any(column.long and column.name in layout.present for column in layout.columns)
    width = layout.width
    for number, cells in rows:
        if len(cells) != width and not _fits(cells, width, pads=pads):
            if any(map(str.strip, cells)):
                problems.add(_ragged(cells, width), row=number)
            continue
        cells.append("")
        picked = pick(cells)[:-1]
        trimmed = tuple(map(str.strip, picked))
        if are_plain(trimmed):
            if any(trimmed):
                yield number, _with_prose(picked, trimmed, layout) if has_prose else trimmed
            continue
        before = len(problems)
        cleaned = _looked_at(picked, layout, problems, row=number)
        if len(problems) == before and any(map(str.strip, cleaned)):
            yield number, cleaned


def _with_prose(
    picked: tuple[str, ...], trimmed: tuple[str, ...], layout: Layout
) -> tuple[str, ...]:
    """Give prose back the spaces around it; in labels they mean nothing."""
    if picked == trimmed:
        return picked
    cells = zip(layout.columns, picked, trimmed, strict=True)
    return tuple(whole if column.long else label for column, whole, label in cells)


def _fits(cells: list[str], width: int, *, pads: bool) -> bool:
    """Trim or pad a row to the header's width where nothing is lost by it."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if pads and len(cells) < width:
        cells.extend([""] * (width - len(cells)))
    return len(cells) == width


def _ragged(cells: list[str], width: int) -> str:
    return Sentence(
        "The row has {count} cells where the header has {width}; put cells that contain the "
        "separator in quotation marks.",
        count=len(cells),
        width=width,
    )


def _looked_at(
    picked: tuple[str, ...], layout: Layout, problems: ProblemList, *, row: int
) -> tuple[str, ...]:
    cleaned = []
    for column, cell in zip(layout.columns, picked, strict=True):
        clean, faults_of = (
            (clean_text, faults_of_text) if column.long else (clean_label, faults_of_label)
        )
        cleaned.append(clean(cell))
        for says in faults_of(cleaned[-1]):
            problems.add(says, row=row, column=column.name)
    return tuple(cleaned)
