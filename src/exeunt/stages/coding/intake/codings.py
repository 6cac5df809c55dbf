"""A table of codings, one judgement each, as it stands in the file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.intake.tables import read_table

COLUMNS = (
    Column("account_id", aliases=("رقم الرواية", "رواية", "récit")),
    Column("coder", aliases=("المرمز", "القارئ", "codeur")),
    Column("code", aliases=("الرمز",)),
    Column("value", aliases=("القيمة", "valeur")),
    Column("target", required=False, aliases=("الهدف", "cible")),
    Column("start", required=False, aliases=("البداية", "début")),
    Column("end", required=False, aliases=("النهاية", "fin")),
    Column("quote", required=False, long=True, aliases=("الاقتباس", "citation")),
    Column("note", required=False, long=True, aliases=("ملاحظة", "remarque")),
)


class CodingRow(NamedTuple):
    """One row of the file, unjudged."""

    account: str
    coder: str
    code: str
    value: str
    target: str
    start: str
    end: str
    quote: str
    note: str


class CodingTable:
    """A table of codings; problems are gathered while it is read and raised at its end."""

    def __init__(self, path: Path, *, rename: Mapping[str, str] | None) -> None:
        """Open the table; raises BadInput where it cannot be read or lacks a column."""
        self._table = read_table(path, COLUMNS, rename=rename)
        self.problems = ProblemList(path.name)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file."""
        return self._table.digest

    def rows(self) -> Iterator[tuple[int, CodingRow]]:
        """Yield each row's number and its cells, then raise BadInput if any was wrong."""
        for number, cells in self._table.rows(self.problems):
            yield number, CodingRow._make(cells)
