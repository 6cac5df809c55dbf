"""The proofs of the readers of foreign files, for `tools.prove`: damaged files and bombs."""

from collections.abc import Iterator, Sequence
from typing import Any

from exeunt.sandbox.readers import READERS
from tools import bombs, fuzzing

Row = dict[str, Any]
Rows = Sequence[tuple[str, ...]]

FUZZING = (
    "Sound files are damaged and read, each by its own reader. Most are read by many in one\n"
    "child, under all the limits of a child; of every reader a hundred have a child each, as in\n"
    "life. A reader that breaks down, or is stopped, is told as one sentence."
)
BOMBS = (
    "Files that are made to break whoever reads them, each read by its reader in its child, in\n"
    "a process of its own that measures; a table of each is printed by `python -m tools.bombs`."
)


def make_fuzzed(first: int) -> Iterator[Row]:
    """Damage files for every reader; the first so many readers were tried before."""
    for reader in list(READERS)[first:]:
        found = fuzzing.fuzzed(reader, fuzzing.FILES, fuzzing.ALONE)
        yield found._asdict() | {"wrong": found.crashed}


def make_bombs(first: int) -> Iterator[Row]:
    """Read bombs; the first so many were read before."""
    for one in bombs.tried(tuple(bombs.BOMBS)[first:]):
        yield one._asdict() | {"crashed": one.crashed, "wrong": one.wrong}


def tell_fuzzed(rows: list[Row]) -> Rows:
    """Say how many damaged files were read, and what came of them."""
    each = tuple((f"… {row['reader']}", f"{row['files'] + row['alone']:,}", "") for row in rows)
    return (
        ("damaged files", f"{sum(row['files'] + row['alone'] for row in rows):,}", ""),
        *each,
        ("… that were refused", _sum(rows, "refused"), ""),
        ("… that were read all the same", _sum(rows, "read"), ""),
        ("readers that broke down, told as a damaged file", _sum(rows, "broke"), ""),
        ("readers that were stopped", _sum(rows, "stopped"), ""),
        ("crashes of the parent", _sum(rows, "crashed"), "0"),
    )


def tell_bombs(rows: list[Row]) -> Rows:
    """Say how long bombs took, and how much memory."""
    return (
        ("bombs", str(len(rows)), ""),
        ("… refused or stopped in time and memory", str(sum(not r["wrong"] for r in rows)), "all"),
        ("the longest, in seconds", f"{max(row['seconds'] for row in rows):.1f}", "≤ 30"),
        ("the most memory of a child, in MB", str(max(row["peak"] for row in rows)), "≤ 512"),
        ("crashes of the parent", _sum(rows, "crashed"), "0"),
    )


def _sum(rows: list[Row], name: str) -> str:
    return f"{sum(row[name] for row in rows):,}"
