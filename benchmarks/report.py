"""Measure how long a report takes: the demonstration's study, and one of many accounts.

    python benchmarks/report.py [--full] [--write]

Each report is HTML, PDF, Word and every figure as SVG, PNG, Vega-Lite and CSV. There is no peer
that writes such a report; the agreement inside it has its own, in agreement.py.
"""

import argparse
import tempfile
from pathlib import Path

from measuring.filling import PUBLISHED, demonstrate, fill
from measuring.page import dated, renew, table, verdict
from measuring.processes import Cost, cost_of_exeunt, cost_of_module
from measuring.tables import STUDY

QUICK, FULL = 10_000, 100_000
DEMO_SECONDS, FULL_SECONDS = 3, 60
COMMAND = "python benchmarks/report.py"


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} accounts, not {QUICK:,}")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        body = measure(Path(folder), FULL if asked.full else QUICK)
    print(body)
    if asked.write:
        command = f"{COMMAND} --full" if asked.full else COMMAND
        renew("Report", f"{dated(command)}\n\n{body}")


def measure(folder: Path, accounts: int) -> str:
    """Write the reports of both studies."""
    demo, many = folder / "demo", folder / "many"
    demonstrate(demo)
    said = cost_of_module("measuring.warm", demo, PUBLISHED).said
    warm, processor = map(float, said.splitlines()[-1].split())
    whole = cost_of_exeunt("report", "--study", PUBLISHED, archive=demo)
    fill(many, accounts)
    large = cost_of_exeunt("report", "--study", STUDY, archive=many)
    full = accounts == FULL
    rows = [
        ("report of", "seconds", "goal", "processor", "peak MB"),
        (
            "the demonstration's published study, in a warm process",
            f"{warm:.2f}",
            verdict(warm, DEMO_SECONDS, counts=True),
            f"{processor:.2f}",
            "",
        ),
        _row("the same, the whole command", whole, "none of its own"),
        _row(
            f"{accounts:,} accounts with {12 * accounts:,} codings, the whole command",
            large,
            verdict(large.seconds, FULL_SECONDS, counts=full),
        ),
    ]
    return f"{table(rows)}\n\nPeer: none; no program that we know of writes such a report."


def _row(what: str, cost: Cost, goal: str) -> tuple[str, ...]:
    return what, f"{cost.seconds:.2f}", goal, f"{cost.cpu:.2f}", f"{cost.megabytes:.0f}"


if __name__ == "__main__":
    main()
