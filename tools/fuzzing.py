"""Damaged files for every reader of foreign bytes: `python -m tools.fuzzing [FILES]`.

Most are read by many in one child, under all its limits, and what it says is believed as little
as ever; some have a child each, as in life.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from benchmarks.measuring.page import table
from exeunt.errors import BadInput, Problem
from exeunt.sandbox.apart import rows_apart
from exeunt.sandbox.limits import Limits
from exeunt.sandbox.readers import READERS
from exeunt.sandbox.wire import Plain, list_in, names_in, number_in, refusal_in, text_in
from exeunt.stages.coding.intake import read_codebook_file
from exeunt.stages.coding.intake.codebook_told import codebook_heard
from exeunt.stages.coding.intake.project import read_project
from exeunt.stages.coding.intake.project.telling import draft_heard as project_heard
from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.tables import read_table
from exeunt.stages.sources.intake.telling import heard
from exeunt.stages.sources.intake.texts import read_text
from exeunt.stages.sources.intake.texts.draft import draft_heard
from exeunt.stages.sources.intake.texts.finding import archived, files_in
from exeunt.stages.sources.intake.texts.pictures import picture_heard, read_page
from tools.fuzz_child import mutated
from tools.fuzz_samples import SAMPLES

CHILD = (str(Path(__file__).with_name("fuzz_child.py")),)
FILES, ALONE, AT_ONCE = 10_000, 100, 250
LIMITS = Limits(cpu=300, wall=300)
COLUMNS = (Column("code"), Column("text", required=False, long=True))


class Fuzzed(NamedTuple):
    """What came of the damaged files of one reader; ``broke`` are told as damaged files."""

    reader: str
    files: int
    alone: int
    read: int
    refused: int
    broke: int
    stopped: int
    crashed: int
    said: tuple[str, ...]


def fuzzed(reader: str, files: int, alone: int) -> Fuzzed:
    """Read so many damaged files with one reader, and so many each in a child of its own."""
    counts: Counter[str] = Counter()
    said: list[str] = []
    for number, outcome in _outcomes(reader, files):
        counts[outcome.partition(":")[0]] += 1
        if not outcome.startswith(("read", "refused")):
            said.append(f"{number} {outcome}"[:300])
    for number in range(files, files + alone):
        outcome = _alone(reader, number)
        counts[outcome.partition(":")[0]] += 1
        if outcome.startswith("crashed"):
            said.append(f"{number} {outcome}"[:300])
    return Fuzzed(
        reader=reader,
        files=files,
        alone=alone,
        read=counts["read"],
        refused=counts["refused"],
        broke=counts["broke"],
        stopped=counts["stopped"],
        crashed=counts["crashed"],
        said=tuple(said[:10]),
    )


def _outcomes(reader: str, files: int) -> Iterator[tuple[int, str]]:
    name, sound = SAMPLES[reader]
    done = 0
    while done < files:
        options: Mapping[str, Plain] = {
            "reader": reader,
            "first": done,
            "count": min(AT_ONCE, files - done),
        }
        told = rows_apart("fuzzed", sound, name=name, options=options, limits=LIMITS, child=CHILD)
        try:
            for value in told:
                yield done, _believed(reader, names_in(value))
                done += 1
        except BadInput as refused:
            yield done, f"stopped: {refused}"
            done += 1


def _believed(reader: str, told: Mapping[str, Plain]) -> str:
    """Do with it what the parent does in life: believe nothing, and never crash."""
    if "broke" in told:
        return f"broke: {told['broke']}"
    try:
        if "refused" in told:
            return f"refused: {refusal_in(told['refused'], file='f')}"
        SHAPES[reader.partition(".")[0]](list_in(told["values"]))
    except ValueError as unbelieved:
        return f"broke: not believed: {unbelieved!r}"
    except Exception as crash:
        return f"crashed: {crash!r}"
    return "read"


def _table(values: Sequence[Plain]) -> None:
    columns, *batches = values
    for column in list_in(columns):
        text_in(column)
    for batch in batches:
        for item in heard(batch, len(COLUMNS), file="f") if isinstance(batch, list) else ():
            str(item) if isinstance(item, Problem) else len(item[1])
        if not isinstance(batch, list):
            number_in(batch)


def _alone(reader: str, number: int) -> str:
    name, sound = SAMPLES[reader]
    data = mutated(sound, f"{reader} {number}")
    try:
        ALONE_READERS[reader.partition(".")[0]](data, name)
    except BadInput as refused:
        return f"refused: {refused}"
    except Exception as crash:
        return f"crashed: {crash!r}"
    return "read"


def _table_alone(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        for _ in read_table(path, COLUMNS).rows():
            pass


def _codebook_alone(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read_codebook_file(path)


def _project_alone(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read_project(path)


def _text_alone(data: bytes, name: str) -> None:
    read_text(data, name=name)


def _pack_alone(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        for found in files_in(path):
            if found.name == name and found.says:
                raise BadInput(Problem(found.says))


def _page_alone(data: bytes, name: str) -> None:
    read_page(data, name=name, number=1)


SHAPES: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "table": _table,
        "codebook": lambda values: codebook_heard(values[0]),
        "project": project_heard,
        "text": lambda values: draft_heard(values[0]),
        "pack": lambda values: [archived(value, "f.zip") for value in values],
        "page": lambda values: picture_heard(values[0]),
    }
)
ALONE_READERS: Mapping[str, Callable[[bytes, str], None]] = MappingProxyType(
    {
        "table": _table_alone,
        "codebook": _codebook_alone,
        "project": _project_alone,
        "text": _text_alone,
        "page": _page_alone,
        "pack": _pack_alone,
    }
)


def main() -> None:
    """Try every reader, and print a table."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    alone = max(1, min(ALONE, files // 100))
    rows: list[tuple[str, ...]] = [
        ("reader", "files", "alone", "read", "refused", "broke", "stopped", "crashed")
    ]
    for reader in READERS:
        found = fuzzed(reader, files, alone)
        rows.append(tuple(map(str, found[:-1])))
        print(*rows[-1], *found.said, sep="\n  ", flush=True)
    print(table(rows))


if __name__ == "__main__":
    main()
