"""Small files as people bring them."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = Mapping[str, object]


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
