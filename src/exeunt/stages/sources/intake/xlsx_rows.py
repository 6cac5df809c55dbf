"""Rows of the first sheet of a workbook, after a look at what it would unpack to."""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from itertools import count, islice
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils import get_column_letter

from exeunt.errors import Sentence, Word
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.cells import moment_as_text, number_as_text
from exeunt.stages.sources.intake.columns import MOST_COLUMNS, Names
from exeunt.stages.sources.intake.containers import Kind, check_container
from exeunt.stages.sources.intake.documents import MEGABYTE, Document
from exeunt.stages.sources.intake.grid import Table, table_by
from exeunt.stages.sources.intake.problems import ProblemList, refusal
from exeunt.stages.sources.intake.telling import table_told

MOST_ROWS = 1_048_576
ROWS_AT_ONCE = 500
ROWS_LOOKED_AT = 100
SAVE_ANEW = Word("open it in a spreadsheet and save it anew as .xlsx or as CSV UTF-8")
WORKBOOK = Kind(
    what=Word("workbook"),
    unreadable="This is not a readable .xlsx workbook, or it is locked by a password; {anew}.",
    anew=SAVE_ANEW,
    largest=500 * MEGABYTE,
)
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([A-Z0-9:]+)[\"']")
LONGEST_TAG = 500


class SheetsError(Exception):
    """A workbook of which it cannot be told which sheet was meant."""

    def __init__(self, hidden: list[str], filled: list[str]) -> None:
        """Take the names of the hidden sheets, and of the others that hold anything."""
        says = (
            "The workbook has hidden sheets ({sheets}); show them or delete them."
            if hidden
            else "The workbook has data on several sheets ({sheets}); keep the one that is meant, "
            "or save each as a file of its own."
        )
        self.says = Sentence(says, sheets=", ".join(hidden or filled))
        super().__init__(self.says)


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the rows to the parent: what a child is started for."""
    return table_told(table_of, handed, options)


def table_of(document: Document, names: Names) -> Table:
    """Understand the header of a table that is already at hand."""
    return table_by(rows_of, document, names, pads=True)


def rows_of(
    document: Document, _names: Names, problems: ProblemList
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number, cells as text; blank rows count and may be left out.

    Formulas and error values are noted as problems and come as "".
    """
    with document.open() as stream:
        check_workbook(stream, document.name)
        rows = _guarded(_cells_of(stream), document.name)
        for number, row in zip(count(1), rows, strict=False):
            if row or number > MOST_ROWS:
                _check_place(number, len(row), document.name)
                yield number, _texts_of(row, number, problems)


def check_workbook(stream: BinaryIO, name: str) -> None:
    """Refuse a workbook for what it would unpack to, or for cells that are merged."""
    merged = _Merged()
    check_container(stream, name, WORKBOOK, look=merged.look)
    if merged.first:
        says = (
            "Cells are merged ({cells} first); all but the first of them are empty in the file. "
            "Unmerge them and fill each."
        )
        raise refusal(name, Sentence(says, cells=merged.first))


class _Merged:
    """Looks for merged cells in the sheets of a workbook, which its reader passes over."""

    def __init__(self) -> None:
        self.first = ""
        self.before = b""
        self.part = ""

    def look(self, part: str, piece: bytes) -> None:
        if self.first or not SHEET.match(part):
            return
        known = self.before if part == self.part else b""
        found = MERGED.search(known + piece)
        if found:
            self.first = found.group(1).decode("ascii")
        self.part, self.before = part, piece[-LONGEST_TAG:]


def _cells_of(stream: BinaryIO) -> Iterator[tuple[Any, ...]]:
    with warnings.catch_warnings():
        # Charts, print areas and the like, which the reader drops, are no loss here.
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
    sheet = the_sheet_of(workbook)
    # Some exporters note a wrong size; believing it would drop rows without a word.
    sheet.reset_dimensions()
    rows = sheet.iter_rows()
    while True:
        # The filter is the whole process's, so it is set for a batch and put back.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            batch = list(islice(rows, ROWS_AT_ONCE))
        if not batch:
            return
        yield from batch


def the_sheet_of(workbook: Any) -> Any:
    """Return the one sheet that holds data; raises SheetsError where it cannot be told which."""
    hidden = [s.title for s in workbook.worksheets if s.sheet_state != "visible"]
    shown = [s for s in workbook.worksheets if s.sheet_state == "visible"]
    filled = [s for s in shown if any(s.iter_rows(max_row=ROWS_LOOKED_AT, values_only=True))]
    if hidden or len(filled) > 1:
        raise SheetsError(hidden, [s.title for s in filled])
    return (filled or shown)[0]


def _guarded(rows: Iterable[tuple[Any, ...]], name: str) -> Iterator[tuple[Any, ...]]:
    # The library raises whatever its parts raise (KeyError, zlib.error, ParseError …) on
    # a damaged workbook; to the person all of these are the same.
    try:
        yield from rows
    except SheetsError as sheets:
        raise refusal(name, sheets.says) from sheets
    except MemoryError:
        raise
    except Exception as trouble:
        says = "The workbook is damaged or is not what its name says; {anew}."
        raise refusal(name, Sentence(says, anew=SAVE_ANEW)) from trouble


def _check_place(row: int, width: int, name: str) -> None:
    if row > MOST_ROWS:
        says = "The sheet goes beyond row {most:,}, which no spreadsheet has; {anew}."
        raise refusal(name, Sentence(says, most=MOST_ROWS, anew=SAVE_ANEW))
    if width > MOST_COLUMNS + 1:
        says = (
            "The row reaches to column {last}; {most} are the most. "
            "Delete the columns to the right."
        )
        last = get_column_letter(width)
        raise refusal(name, Sentence(says, last=last, most=MOST_COLUMNS), row=row)


def _texts_of(row: tuple[Any, ...], number: int, problems: ProblemList) -> list[str]:
    texts: list[str] = []
    for place, cell in enumerate(row, 1):
        if cell.value is None:
            texts.append("")
        elif cell.data_type in {"f", "e"}:
            problems.add(_not_a_value(cell), row=number, column=get_column_letter(place))
            texts.append("")
        else:
            texts.append(_text_of(cell.value))
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _not_a_value(cell: Any) -> str:
    if cell.data_type == "e":
        says = "The cell shows the error {error}; write the value, or leave it empty."
        return Sentence(says, error=cell.value)
    return Sentence("The cell holds a formula; copy the column and paste it as values.")


def _text_of(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_as_text(value)
    if isinstance(value, date | time | timedelta):
        return moment_as_text(value)
    # Spreadsheets write a carriage return inside a cell as this escape.
    return str(value).replace("_x000D_", "")
