"""The full counts of kills, tampering and random inputs, and the page that tells them.

    python -m tools.prove [--kills N] [--edits N] [--each N] [--only PART]

Every finished trial is appended to .cache/prove/, so that a run which is broken off goes on where
it was; when the source has changed, that count begins anew. Figures are written to
docs/reference/proofs.md. Ends with 1 where any of them is not what it should be.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring.page import ROOT, machine, source_digest, table
from benchmarks.measuring.processes import environment
from exeunt.sandbox.readers import READERS
from tools import canary_lives, edits, histories, kills, matrix, reading_proofs, restores, tampering
from tools.bombs import BOMBS
from tools.editing import STEPS

CACHE = ROOT / ".cache" / "prove"
PAGE = ROOT / "docs" / "reference" / "proofs.md"
KILLS, EDITS, EACH, SEED = 200, 200, 50, 2015
RANDOM_INPUTS = re.compile(r"^from hypothesis import|pytest\.mark\.prove", re.MULTILINE)
PASSED, FAILED = re.compile(r"(\d+) passing"), re.compile(r"(\d+) failing")
LAST_WORDS = 4_000
DAMAGED = "test_mutated_"

Row = dict[str, Any]
Rows = Sequence[tuple[str, ...]]


class Part(NamedTuple):
    """One kind of proof: how much of it there is, and how to make what is still missing."""

    name: str
    whole: int
    make: Callable[[int], Iterator[Row]]
    told: Callable[[list[Row]], Rows]


class Count(NamedTuple):
    """What was counted of one part so far: of which source, begun on which day, with which rows."""

    source: str
    begun: str
    rows: list[Row]


def main() -> None:
    """Make what is still missing of every part, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--edits", type=int, default=EDITS, help="kills of a server in mid-edit")
    parser.add_argument("--each", type=int, default=EACH, help="tries of each way to tamper")
    parser.add_argument("--only", choices=[*EXPLAINED])
    asked = parser.parse_args()
    made = parts(asked.kills, asked.edits, asked.each)
    source = source_digest()
    for part in made:
        if asked.only in {None, part.name}:
            complete(part, source)
    counts = [(part, count) for part in made if (count := kept(part.name))]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(counts), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
    sys.exit(1 if any(row["wrong"] for _, count in counts for row in count.rows) else 0)


def parts(kill: int, edit: int, each: int) -> tuple[Part, ...]:
    """Name the parts, each with its full count."""
    files = files_with_random_inputs()
    tries = each * len(tampering.WAYS)
    return (
        Part("kills", kill, lambda first: make_kills(kill, first), tell_kills),
        Part("edits", edit, lambda first: make_edits(edit, first), tell_edits),
        Part("tampering", tries, lambda first: make_tamperings(each, first), tell_tamperings),
        Part("matrix", 1, lambda _first: map(matrix_row, [list(matrix.tried())]), tell_matrix),
        Part("fuzzing", len(READERS), reading_proofs.make_fuzzed, reading_proofs.tell_fuzzed),
        Part("bombs", len(BOMBS), reading_proofs.make_bombs, reading_proofs.tell_bombs),
        Part("restores", restores.WHOLE, restores.make_rows, restores.tell_rows),
        Part("canaries", canary_lives.WHOLE, canary_lives.make_rows, canary_lives.tell_rows),
        Part(
            "consent",
            histories.WHOLE // histories.CHUNK,
            histories.make_rows,
            histories.tell_rows,
        ),
        Part("inputs", len(files), lambda first: map(made_of_file, files[first:]), tell_inputs),
    )


def complete(part: Part, source: str) -> None:
    """Make the missing trials of a part; each is kept as soon as it is finished."""
    count = kept(part.name)
    path = CACHE / f"{part.name}.jsonl"
    if count is None or count.source != source:
        count = Count(source, f"{datetime.now(UTC):%Y-%m-%d}", [])
        path.parent.mkdir(parents=True, exist_ok=True)
        head = {"source": count.source, "begun": count.begun}
        path.write_text(json.dumps(head) + "\n", encoding="utf-8")
    done, wrong = len(count.rows), sum(bool(row["wrong"]) for row in count.rows)
    for row in part.make(done) if done < part.whole else ():
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        done, wrong = done + 1, wrong + bool(row["wrong"])
        print(f"\r{part.name}: {done} of {part.whole}, wrong: {wrong}", end="", flush=True)
    print(f"\r{part.name}: {done} of {part.whole}, wrong: {wrong}")


def kept(name: str) -> Count | None:
    """Read the finished trials of a part, if there are any."""
    path = CACHE / f"{name}.jsonl"
    if not path.exists():
        return None
    head, *rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return Count(head["source"], head["begun"], rows)


def make_kills(count: int, first: int) -> Iterator[Row]:
    """Kill imports; the first so many were killed before."""
    with tempfile.TemporaryDirectory() as folder:
        both = kills.stages(Path(folder))
        for one in kills.trials(both, count, SEED, first=first):
            yield one._asdict() | {"lost": one.lost, "wrong": not one.sound}


def make_edits(count: int, first: int) -> Iterator[Row]:
    """Kill servers that are edited on; the first so many were killed before."""
    with tempfile.TemporaryDirectory() as folder:
        for one in edits.trials(edits.course(Path(folder)), count, SEED, first=first):
            yield one._asdict() | {"lost": one.lost, "wrong": not one.sound}


def make_tamperings(each: int, first: int) -> Iterator[Row]:
    """Tamper with ledgers; the first so many were tried before."""
    with tempfile.TemporaryDirectory() as folder:
        of = tampering.victim(Path(folder))
        for one in tampering.tamperings(of, each, SEED, first=first):
            yield one._asdict() | {"wrong": not one.detected or one.crashed}


def matrix_row(tests: Sequence[matrix.Tried]) -> Row:
    """Sum the matrix up in one row."""
    said = [test.said for test in tests if test.said]
    return {
        "cells": sum(test.cells for test in tests),
        "tests": len(tests),
        "wrong": sum(test.wrong for test in tests),
        "said": said[0] if said else "",
    }


def files_with_random_inputs() -> list[Path]:
    """Find the tests that Hypothesis draws inputs for, and those meant for these counts only.

    The damaged files come first, as the more is learnt from them.
    """
    found = sorted((ROOT / "tests").rglob("test_*.py"), key=lambda path: (not _damaged(path), path))
    return [path for path in found if RANDOM_INPUTS.search(path.read_text(encoding="utf-8"))]


def made_of_file(path: Path) -> Row:
    """Run one file of tests with the full number of drawn inputs, and count them."""
    name = path.relative_to(ROOT).as_posix()
    command = [sys.executable, "-m", "pytest", "-q", "--hypothesis-show-statistics", name]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(EXEUNT_PROVE="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "file": name,
        "inputs": _sum(PASSED, done.stdout),
        "wrong": _sum(FAILED, done.stdout) or int(done.returncode != 0),
        "said": done.stdout[-LAST_WORDS:] if done.returncode else "",
    }


def tell_kills(rows: list[Row]) -> Rows:
    """Say what two hundred kills left."""
    return (
        ("kill -9 of an import, at moments spread over it", str(len(rows)), ""),
        *(
            (f"… of which {what}", str(sum(row["what"] == what for row in rows)), "")
            for what in ("accounts", "codings")
        ),
        ("… it was not there at all", _count(rows, "state", "absent"), ""),
        ("… it was whole", _count(rows, "state", "whole"), ""),
        ("half imports", _count(rows, "state", "half"), "0"),
        ("imports that were acknowledged", _true(row["acknowledged"] for row in rows), ""),
        ("… and lost", _true(row["lost"] for row in rows), "0"),
        ("acts without a ledger entry", str(sum(row["acts_without_entry"] for row in rows)), "0"),
        ("archives that `exeunt check` found damaged", _true(row["check"] for row in rows), "0"),
        ("imports that could not be repeated", _true(not row["repeated"] for row in rows), "0"),
    )


def tell_edits(rows: list[Row]) -> Rows:
    """Say what two hundred kills in mid-edit left."""
    steps = [step.name for step in STEPS]
    return (
        ("kill -9 of a server in mid-edit, at moments spread over it", str(len(rows)), ""),
        *((f"… of which {step}", _count(rows, "edit", step), "") for step in steps),
        ("… it was not there at all", _count(rows, "state", "absent"), ""),
        ("… it was whole", _count(rows, "state", "whole"), ""),
        ("half edits", _count(rows, "state", "half"), "0"),
        ("edits that were acknowledged", _acknowledged(rows), ""),
        ("… and lost", str(sum(row["lost"] for row in rows)), "0"),
        ("edits without a ledger entry", _sum_of(rows, "acts_without_entry"), "0"),
        ("ledger entries without an edit", _sum_of(rows, "entries_without_act"), "0"),
        ("archives that `exeunt check` found damaged", _true(row["check"] for row in rows), "0"),
        ("forms that, sent again, did more or less than once", _not_once(rows), "0"),
    )


def tell_tamperings(rows: list[Row]) -> Rows:
    """Say how many of each way of tampering were found out."""
    each = tuple(
        (
            f"… {way}",
            f"{sum(row['detected'] for row in rows if row['way'] == way)} of "
            f"{sum(row['way'] == way for row in rows)}",
            "all",
        )
        for way in tampering.WAYS
    )
    crashed = ("checks that crashed on it", _true(row["crashed"] for row in rows), "0")
    return (("tampering with the ledger, found out", _ratio(rows), "all"), *each, crashed)


def tell_matrix(rows: list[Row]) -> Rows:
    """Say how many cells of the matrix were tried."""
    return (
        ("cells: an address x a person x a method x own or other study", _of(rows, "cells"), ""),
        (
            "tests in which a cell, a body, a header, the log or the ledger was unexpected",
            _sum_of(rows, "wrong"),
            "0",
        ),
    )


def tell_inputs(rows: list[Row]) -> Rows:
    """Say how many inputs were drawn, and how many of them broke something."""
    damaged = [row for row in rows if _damaged(Path(row["file"]))]
    drawn = [row for row in rows if row not in damaged]
    return (
        ("damaged tables and codebooks read", _inputs(damaged), ""),
        ("… that crashed", str(sum(row["wrong"] for row in damaged)), "0"),
        ("inputs drawn for methods, formats and charts", _inputs(drawn), ""),
        ("… that broke a property", str(sum(row["wrong"] for row in drawn)), "0"),
    )


def page(counts: Sequence[tuple[Part, Count]]) -> str:
    """Write the page: what was tried, what came of it, what it should be."""
    return OPENING.format(machine=machine()) + "".join(section(*each) for each in counts)


def section(part: Part, count: Count) -> str:
    """Write what one part found, and with which source."""
    made = len(count.rows)
    state = "all" if made >= part.whole else f"{made} of {part.whole}, not finished"
    head = f"{count.begun}, {state}; source {count.source}.\n"
    rows = [("tried", "figure", "should be"), *(part.told(count.rows) if made else ())]
    return f"\n## {part.name.capitalize()}\n\n{head}{EXPLAINED[part.name]}\n\n{table(rows)}\n"


OPENING = """# Proofs

Written by `make prove` on {machine}. A count that was broken off goes on where it was; *source* is
the SHA-256 over every file in `src` when that count was begun.
"""
EXPLAINED = {
    "kills": "An import is killed at a moment between its opening of the archive and a bit after\n"
    "its usual end. What is left is judged by the rows of every table; *acknowledged* means that\n"
    "the process had said that it took them in. A kill is no power cut: the operating system\n"
    "survives it, and with it what was written and not yet synced.",
    "edits": "A form is sent to `exeunt serve`, and all its processes are killed\n"
    "at a moment between its sending and a bit after its usual answer; up to two edits were\n"
    "acknowledged just before. What is left is compared, cell by cell, with what the same edits\n"
    "leave undisturbed. Then the same form is sent again, as one does who saw no answer.",
    "tampering": "Ledgers are changed past the program; triggers and constraints are taken away\n"
    "and put back. Each check is given a witness that was kept outside; without one, a ledger cut\n"
    "or rewritten with its whole tree cannot be told from a true one.",
    "matrix": "Made from the URL resolver; a route without a row fails. Both studies are full of\n"
    "planted words, sought in every body, header and file, in the log and in the ledger.",
    "fuzzing": reading_proofs.FUZZING,
    "bombs": reading_proofs.BOMBS,
    "restores": restores.EXPLAINED,
    "canaries": canary_lives.EXPLAINED,
    "consent": histories.EXPLAINED,
    "inputs": "Files of tests are run with 5,000 drawn inputs for each property.",
}


def _damaged(path: Path) -> bool:
    return path.name.startswith(DAMAGED)


def _sum(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(int, pattern.findall(text)))


def _inputs(rows: list[Row]) -> str:
    return f"{sum(row['inputs'] for row in rows):,}"


def _count(rows: list[Row], name: str, value: str) -> str:
    return str(sum(row[name] == value for row in rows))


def _of(rows: list[Row], name: str) -> str:
    return f"{sum(row[name] for row in rows):,}"


def _sum_of(rows: list[Row], name: str) -> str:
    return str(sum(row[name] for row in rows))


def _acknowledged(rows: list[Row]) -> str:
    return str(sum(row["before"] + row["acknowledged"] for row in rows))


def _not_once(rows: list[Row]) -> str:
    return _true(not row["again"] for row in rows)


def _true(values: Iterable[object]) -> str:
    return str(sum(map(bool, values)))


def _ratio(rows: list[Row]) -> str:
    return f"{sum(row['detected'] for row in rows)} of {len(rows)}"


if __name__ == "__main__":
    main()
