"""Measure handing a project over, and taking one in, beside Taguette's own export.

    python benchmarks/projects.py [--full] [--peer PYTHON] [--write]

Makes texts with excerpts, exports them by the real command as QDPX, CSV and JSON-LD, and takes the
QDPX into an empty study. ``--peer`` names the Python of an environment with Taguette, which copies
a project of the same texts into a file and writes its highlights as XLSX, as its pages do.
"""

import argparse
import json
import tempfile
from pathlib import Path

from measuring import taguette_text
from measuring.page import dated, renew, table, verdict
from measuring.processes import BENCHMARKS, Cost, cost_of, cost_of_exeunt, cost_of_module

COMMAND = "python benchmarks/projects.py"
QUICK, FULL = 10, 100
WORDS, MARKED = 5_000, 100
GOAL = 1.0
EXPORTS = {"project": "qdpx", "excerpts": "csv", "annotations": "jsonld"}


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"{FULL} texts, not {QUICK}")
    parser.add_argument("--peer", type=Path, help="the Python in which Taguette is installed")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    number = FULL if asked.full else QUICK
    with tempfile.TemporaryDirectory() as folder:
        body = measure(Path(folder), number, asked.peer)
    print(body)
    if asked.write:
        command = f"{COMMAND} --full" if asked.full else COMMAND
        renew("Exchange of projects", f"{dated(f'{command} --peer PYTHON')}\n\n{body}")


def measure(folder: Path, number: int, peer: Path | None) -> str:
    """Export and import so many texts, here and at the peer."""
    wanted = [(WORDS, MARKED)] * number
    archive = folder / "archive"
    what = json.dumps({"texts": wanted, "coders": 1, "complete": True})
    cost_of_module("measuring.long_texts", archive, what)
    still = cost_of_exeunt("check", archive=archive).seconds
    start = cost_of_exeunt("--version", archive=archive).seconds
    rows = [("what", "seconds", "of which starting", "processor", "MB", "goal")]
    full = number == FULL
    for name, ending in EXPORTS.items():
        cost = exported(folder, archive, name, ending=ending, rows=number * MARKED)
        rows.append(row(f"{name}, .{ending}", cost, start, full=full))
    other = folder / "other"
    cost_of_module("measuring.archive", other)
    asked = ("import", "project", folder / "project.qdpx", "--provenance", "invented")
    came = cost_of_exeunt(*asked, "--coder", "*=first-reader", archive=other)
    rows.append(row("the project taken in", came, start, full=False))
    return "\n\n".join(
        (
            f"{number} texts of {WORDS:,} words, {MARKED} excerpts each; whole commands.",
            table(rows),
            theirs(folder, wanted, peer),
            f"`exeunt check` of the archive takes {still:.1f} s.",
        )
    )


def exported(folder: Path, archive: Path, name: str, *, ending: str, rows: int) -> Cost:
    """Export by the real command."""
    path = folder / f"{name}.{ending}"
    asked = ("export", name, "--to", path, "--for", "Coder 0", "--rows", str(rows))
    return cost_of_exeunt(*asked, archive=archive)


def row(name: str, cost: Cost, start: float, *, full: bool) -> tuple[str, ...]:
    """Say what a command took."""
    goal = verdict(cost.seconds - start, GOAL, counts=full) if full else ""
    return (
        name,
        f"{cost.seconds:.2f}",
        f"{start:.2f}",
        f"{cost.cpu:.2f}",
        f"{cost.megabytes:.0f}",
        goal,
    )


def theirs(folder: Path, wanted: list[tuple[int, int]], python: Path | None) -> str:
    """Export at the peer, and say what it took."""
    if python is None:
        return "Taguette: not tried; name its Python with --peer."
    database = folder / "taguette.sqlite3"
    taguette_text.fill(python, database, wanted)
    command = [str(python), str(BENCHMARKS / "measuring" / "taguette_exporting.py")]
    said = cost_of([*command, str(database), str(folder)]).said
    told = json.loads(said.splitlines()[-1])
    return (
        f"Taguette, within its process: its project as SQLite in {told['project']:.2f} s, all "
        f"highlights as XLSX in {told['highlights']:.2f} s."
    )


if __name__ == "__main__":
    main()
