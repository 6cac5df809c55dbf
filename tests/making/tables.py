"""Small files as people bring them."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from exeunt.stages.sources.intake import csv_rows, jsonl_rows, xlsx_rows
from exeunt.stages.sources.intake.columns import Column, Names
from exeunt.stages.sources.intake.documents import Document
from exeunt.stages.sources.intake.grid import Table
from exeunt.stages.sources.intake.tables import READERS

Row = Mapping[str, object]

HERE = MappingProxyType(
    {
        "table.csv": csv_rows.table_of,
        "table.jsonl": jsonl_rows.table_of,
        "table.xlsx": xlsx_rows.table_of,
    }
)


def table_here(
    document: Document, columns: Sequence[Column], *, rename: Mapping[str, str] | None = None
) -> Table:
    """Read a table in this very process, where what its reader makes of it is the subject."""
    return HERE[READERS[document.ending]](document, Names(columns, rename or {}))


def write_csv(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows as a CSV file; its columns are the keys of all rows, a missing cell is empty."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_jsonl(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows as JSON Lines, the form for long texts."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
