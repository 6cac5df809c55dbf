"""Rows of a CSV file, whichever of the usual separators its maker used."""

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import chain, count, islice

from exeunt.errors import BadInput, Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.cells import LONGEST_TEXT
from exeunt.stages.sources.intake.columns import Names
from exeunt.stages.sources.intake.documents import Document
from exeunt.stages.sources.intake.encodings import lines_of
from exeunt.stages.sources.intake.grid import Table, table_by
from exeunt.stages.sources.intake.problems import ProblemList, refusal
from exeunt.stages.sources.intake.telling import table_told

SEPARATORS = (",", ";", "\t")
HEAD_LINES = 50
# A spreadsheet's own hint, which it writes or reads as the first line and never shows.
_HINT = re.compile(r'"?sep=([,;\t|])"?[\r\n]*', re.IGNORECASE)


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the rows to the parent: what a child is started for."""
    return table_told(table_of, handed, options)


def table_of(document: Document, names: Names) -> Table:
    """Understand the header of a table that is already at hand."""
    return table_by(rows_of, document, names, pads=False)


def rows_of(
    document: Document, names: Names, _problems: ProblemList
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number, the header being the first; blank lines count too.

    The separator is the one of the ``sep=`` line, or else the one by which most header
    cells are recognised.
    """
    lines = lines_of(document)
    head = list(islice(lines, HEAD_LINES))
    hint = _HINT.fullmatch(head[0]) if head else None
    if hint:
        head = head[1:]
    separator = hint.group(1) if hint else _separator_of(head, names)
    # The limit is the process's own, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_TEXT))
    reader = csv.reader(chain(head, lines), delimiter=separator, strict=True)
    numbers = count(1)
    try:
        yield from zip(numbers, reader, strict=False)
    except csv.Error as trouble:
        raise _unreadable(document.name, next(numbers) - 1, str(trouble)) from trouble


def _separator_of(head: list[str], names: Names) -> str:
    def fit(separator: str) -> tuple[int, int]:
        rows = csv.reader(iter(head), delimiter=separator)
        header = next((row for row in rows if any(row)), [])
        return names.recognised(header), len(header)

    return max(SEPARATORS, key=fit)


def _unreadable(file: str, row: int, trouble: str) -> BadInput:
    if "field limit" in trouble:
        says = (
            "A cell has more than {most:,} characters; most often a quotation mark opens and is "
            "never closed. Close it."
        )
        return refusal(file, Sentence(says, most=LONGEST_TEXT), row=row)
    if "unexpected end" in trouble:
        says = "A quotation mark opens in this row and is never closed; close it, or delete it."
        return refusal(file, says, row=row)
    says = 'A quotation mark stands inside a quoted cell; write it twice ("") or delete it.'
    return refusal(file, says, row=row)
