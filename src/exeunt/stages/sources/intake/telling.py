"""A table as a child tells it: the header's columns, then rows and problems as they are found."""

from collections.abc import Callable, Iterator, Mapping

from exeunt.errors import Problem
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import (
    Plain,
    list_in,
    names_in,
    number_in,
    problem_in,
    problem_written,
    text_in,
)
from exeunt.stages.sources.intake.columns import Column, Names
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.grid import Row, Table
from exeunt.stages.sources.intake.problems import ProblemList

ROWS_AT_ONCE = 500
CHARACTERS_AT_ONCE = 200_000
# More are never listed by anybody who reads a table; the rest are counted.
MOST_TOLD = 1_000

TableOf = Callable[[Document, Names], Table]


class Told(ProblemList):
    """Problems that take their place among the rows, so that their order is kept."""

    def __init__(self, file: str) -> None:
        """Begin with nothing to tell."""
        super().__init__(file, most=MOST_TOLD)
        self.waiting: list[Plain] = []

    def add(self, says: str, *, row: int | None = None, column: str | None = None) -> None:
        """Note one fault, and tell it after the rows before it."""
        before = len(self.listed)
        super().add(says, row=row, column=column)
        self.waiting += [problem_written(problem) for problem in self.listed[before:]]


def options_for(columns: tuple[Column, ...], rename: Mapping[str, str]) -> Mapping[str, Plain]:
    """Write down which columns a reader is to look for."""
    plain: list[Plain] = [
        [column.name, column.required, list(column.aliases), column.long] for column in columns
    ]
    return {"columns": plain, "rename": dict(rename)}


def table_told(table_of: TableOf, handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the columns of a table, then its rows and problems, then how many were not listed."""
    table = table_of(document_handed(handed), _names(options))
    yield list(table.columns)
    told, characters = Told(handed.name), 0
    for number, cells in table.rows(told):
        told.waiting.append((number, cells))
        characters += sum(map(len, cells))
        if len(told.waiting) >= ROWS_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            yield told.waiting
            told.waiting, characters = [], 0
    yield told.waiting
    yield told.unlisted


def heard(told: Plain, width: int, *, file: str) -> Iterator[Row | Problem]:
    """Take rows and problems from what a child told; raises ValueError where it is neither."""
    for item in list_in(told):
        if isinstance(item, dict):
            yield problem_in(item, file=file)
            continue
        number, cells = list_in(item)
        texts = tuple(list_in(cells))
        if len(texts) != width:
            raise ValueError("a row of another width")
        "".join(texts)  # type: ignore[arg-type]  # raises where a cell is no text
        yield number_in(number), texts  # type: ignore[misc]


def _names(options: Mapping[str, Plain]) -> Names:
    columns = [
        Column(text_in(name), bool(required), tuple(map(text_in, list_in(aliases))), bool(long))
        for name, required, aliases, long in map(list_in, list_in(options["columns"]))
    ]
    rename = names_in(options["rename"])
    return Names(columns, {header: text_in(name) for header, name in rename.items()})
