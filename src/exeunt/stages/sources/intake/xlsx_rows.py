"""Rows of the first sheet of a workbook, after a look at what it would unpack to."""

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import count, islice
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils import get_column_letter

from exeunt.errors import Sentence, Word
from exeunt.stages.sources.intake.cells import moment_as_text, number_as_text
from exeunt.stages.sources.intake.columns import MOST_COLUMNS
from exeunt.stages.sources.intake.documents import MEGABYTE, Document
from exeunt.stages.sources.intake.problems import ProblemList, refusal

MOST_MEMBERS = 2_000
LARGEST_UNPACKED = 500 * MEGABYTE
LARGEST_RATIO = 200
SMALL_MEMBER = 1 * MEGABYTE
MOST_ROWS = 1_048_576
ROWS_AT_ONCE = 500
ROWS_LOOKED_AT = 100
SAVE_ANEW = Word("open it in a spreadsheet and save it anew as .xlsx or as CSV UTF-8")


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


def rows_of(document: Document, problems: ProblemList) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number, cells as text; blank rows count and may be left out.

    Formulas and error values are noted as problems and come as "".
    """
    with document.open() as stream:
        check_zip(stream, document.name)
        rows = _guarded(_cells_of(stream), document.name)
        for number, row in zip(count(1), rows, strict=False):
            if row or number > MOST_ROWS:
                _check_place(number, len(row), document.name)
                yield number, _texts_of(row, number, problems)


def check_zip(stream: BinaryIO, name: str) -> None:
    """Refuse an archive by its table of contents, before anything is unpacked."""
    try:
        members = zipfile.ZipFile(stream).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as trouble:
        says = "This is not a readable .xlsx workbook, or it is locked by a password; {anew}."
        raise refusal(name, Sentence(says, anew=SAVE_ANEW)) from trouble
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > LARGEST_UNPACKED:
        says = (
            "The workbook unpacks to {parts:,} parts and {size:,.0f} MB, which is too much; {anew}."
        )
        size = unpacked / MEGABYTE
        raise refusal(name, Sentence(says, parts=len(members), size=size, anew=SAVE_ANEW))
    for member in members:
        _check_member(member, name)


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    path = member.filename.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/"):
        says = "The workbook holds a part that points outside it; {anew}."
        raise refusal(name, Sentence(says, anew=SAVE_ANEW))
    if member.flag_bits & 1:
        says = "The workbook is locked by a password; take it off, {anew}."
        raise refusal(name, Sentence(says, anew=SAVE_ANEW))
    small = member.file_size <= SMALL_MEMBER
    if not small and member.file_size > LARGEST_RATIO * max(member.compress_size, 1):
        says = "A part unpacks to over {times} times its size; {anew}."
        raise refusal(name, Sentence(says, times=LARGEST_RATIO, anew=SAVE_ANEW))


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
