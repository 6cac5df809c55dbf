"""Excerpts as a table, a judgement a row: CSV for spreadsheets, JSON Lines for programs.

The columns are those by which judgements are taken in, so that a table can come back.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exeunt.methods.projects import Judgement, Project
from exeunt.stages.coding.formats.codebook_csv import guarded

ACCOUNT, EXCERPT = "account", "excerpt"


class Row(NamedTuple):
    """One judgement of an excerpt, or of a whole account where there is no place."""

    account_id: str
    coder: str
    code: str
    label: str
    value: int | str
    target: str
    start: int | None
    end: int | None
    quote: str
    note: str
    excerpt: str


def rows_of(project: Project) -> Iterator[Row]:
    """Write out every judgement of a project, in the order of its texts."""
    writing = _Writing(project)
    for text in project.texts:
        whole = Row(text.name, "", "", "", "", ACCOUNT, None, None, "", "", "")
        yield from (writing.row(whole, one) for one in text.judgements)
        for one in text.selections:
            place = whole._replace(
                target=EXCERPT,
                start=one.start,
                end=one.end,
                quote=text.text[one.start : one.end],
                excerpt=one.guid,
            )
            yield from (writing.row(place, judgement) for judgement in one.judgements)


class _Writing:
    """Knows the names of a project's people and codes."""

    def __init__(self, project: Project) -> None:
        self.people = {person.guid: person.name for person in project.people}
        codes = project.codebook or ()
        self.labels = {code.key: code.label for code in codes}

    def row(self, place: Row, one: Judgement) -> Row:
        """Fill in who said what of a place; without a value the code is simply given."""
        return place._replace(
            coder=self.people.get(one.by, ""),
            code=one.code,
            label=self.labels.get(one.code, ""),
            value=one.gap or (1 if one.value is None else one.value),
            note=one.note,
        )


def write_csv(project: Project) -> bytes:
    """Write the rows as CSV; cells that a spreadsheet would run get an apostrophe."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(_cells(row) for row in rows_of(project))
    return table.getvalue().encode()


def write_jsonl(project: Project) -> bytes:
    """Write the rows as JSON, a line each, exactly as they are."""
    lines = (json.dumps(row._asdict(), ensure_ascii=False) for row in rows_of(project))
    return "".join(f"{line}\n" for line in lines).encode()


def _cells(row: Row) -> Sequence[str]:
    return ["" if cell is None else guarded(str(cell)) for cell in row]
