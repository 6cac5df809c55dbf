"""A foreign table as a stream of rows: CSV, XLSX or JSON Lines, read in a process of its own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from exeunt.errors import BadInput, Problem, Sentence
from exeunt.sandbox.apart import believed, rows_apart
from exeunt.sandbox.limits import LIMITS, Limits
from exeunt.sandbox.wire import Plain, list_in, number_in, text_in
from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.documents import LARGEST_FILE, Document, document_at
from exeunt.stages.sources.intake.grid import Row
from exeunt.stages.sources.intake.problems import ProblemList, refusal
from exeunt.stages.sources.intake.telling import heard, options_for

READERS: Mapping[str, str] = MappingProxyType(
    {
        ".csv": "table.csv",
        ".tsv": "table.csv",
        ".txt": "table.csv",
        ".xlsx": "table.xlsx",
        ".jsonl": "table.jsonl",
        ".ndjson": "table.jsonl",
    }
)
TABLE_ENDINGS = tuple(READERS)


class Table:
    """One table whose header has been understood; its rows are read as they are asked for.

    Its reader runs in a child process, which ends with the rows or with this object.
    """

    def __init__(
        self, document: Document, columns: tuple[Column, ...], told: Iterator[Plain]
    ) -> None:
        """Take a file, the columns that were asked for, and what its reader tells."""
        self.document = document
        self.asked = columns
        self.told = told
        known = {column.name for column in columns}
        with believed(document.name):
            self.columns = tuple(map(text_in, list_in(next(told, None))))
            if not known.issuperset(self.columns):
                raise ValueError("a column that nobody asked for")

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes."""
        return self.document.digest

    def rows(self, problems: ProblemList | None = None) -> Iterator[Row]:
        """Yield each row's number and its cells in the order of the columns asked for, once.

        The header is row 1 (in JSON Lines, a row's number is its line). A column that the
        file does not have comes as "". BadInput is raised after the last row if anything
        was wrong, so nothing may be kept before the end is reached; whoever judges the rows
        further gives the list of ``problems``, adds to it, and refuses the file themselves.
        """
        gathered = ProblemList(self.document.name) if problems is None else problems
        try:
            yield from self._rows(gathered)
        except BadInput as refused:
            gathered.take(refused)
        if problems is None:
            gathered.refuse_if_any()

    def _rows(self, problems: ProblemList) -> Iterator[Row]:
        for told in self.told:
            if not isinstance(told, list):
                with believed(self.document.name):
                    problems.unlisted += number_in(told)
                continue
            yield from self._heard(told, problems)
        # Opening it again finds out whether it was changed meanwhile.
        self.document.open().close()

    def _heard(self, told: Plain, problems: ProblemList) -> Iterator[Row]:
        name = self.document.name
        with believed(name):
            items = list(heard(told, len(self.asked), file=name))
        for item in items:
            if isinstance(item, Problem):
                problems.add(item.says, row=item.row, column=item.column)
            else:
                yield item


def read_table(
    path: Path,
    columns: Sequence[Column],
    *,
    rename: Mapping[str, str] | None = None,
    limit: int = LARGEST_FILE,
    limits: Limits = LIMITS,
) -> Table:
    """Open a table by its ending and understand its header; ``rename`` maps header to column.

    Raises BadInput where the file cannot be opened, is larger than ``limit`` bytes, takes more
    than its reader's ``limits``, or has a header that does not fit the columns.
    """
    document = document_at(path, limit=limit)
    asked = tuple(columns)
    told = _told(document, _reader_of(document), options_for(asked, rename or {}), limits=limits)
    return Table(document, asked, told)


def _reader_of(document: Document) -> str:
    if document.size == 0:
        raise refusal(document.name, "The file is empty; check that the right one was saved.")
    reader = READERS.get(document.ending)
    if reader is None:
        known = ", ".join(TABLE_ENDINGS)
        says = "Tables are read from {known}; save it as one of these."
        raise refusal(document.name, Sentence(says, known=known))
    return reader


def _told(
    document: Document, reader: str, options: Mapping[str, Plain], *, limits: Limits
) -> Iterator[Plain]:
    with document.open() as stream:
        told = rows_apart(reader, stream, name=document.name, options=options, limits=limits)
        with closing(told):
            yield from told
