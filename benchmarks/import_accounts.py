"""Measure the import of accounts and of their codings, beside the obvious way of doing it.

    python benchmarks/import_accounts.py [--full] [--write]

Makes up the tables, imports them through the real commands, and does the same with pandas and
Django's bulk_create into the same tables, without any check. --full takes the promised size.
"""

import argparse
import tempfile
from pathlib import Path

from measuring.page import dated, renew, table, verdict
from measuring.processes import Cost, cost_of_exeunt, cost_of_module
from measuring.tables import write_accounts, write_codings

QUICK, FULL = 10_000, 100_000
SECONDS, MEGABYTES = 60, 500
COMMAND = "python benchmarks/import_accounts.py"


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
        renew("Import of accounts and codings", f"{dated(command)}\n\n{body}")


def measure(folder: Path, accounts: int) -> str:
    """Import so many accounts, with twelve codings each, in both ways."""
    first = write_accounts(folder / "accounts.csv", accounts)
    second = write_codings(folder / "codings.csv", accounts)
    for name in ("own", "obvious"):
        cost_of_module("measuring.archive", folder / name)
    own = folder / "own"
    told = cost_of_exeunt("import", "accounts", first, "--provenance", "invented", archive=own)
    coded = cost_of_exeunt("import", "codings", second, archive=own)
    obvious = cost_of_module("measuring.obvious", folder / "obvious", first, second)
    both = Cost(
        told.seconds + coded.seconds,
        told.cpu + coded.cpu,
        max(told.megabytes, coded.megabytes),
    )
    rows = [
        ("", "rows", "seconds", "goal", "processor", "peak MB", "goal"),
        _row(f"accounts, {_size(first)}", told, accounts, full=None),
        _row(f"codings, {_size(second)}", coded, 12 * accounts, full=None),
        _row("both", both, 13 * accounts, full=accounts == FULL),
        _row("pandas and bulk_create, no checks", obvious, 13 * accounts, full=None),
    ]
    return f"{table(rows)}\n\n{_ratio(both, obvious)}"


def _row(what: str, cost: Cost, rows: int, *, full: bool | None) -> tuple[str, ...]:
    goals = ("", "")
    if full is not None:
        goals = (
            verdict(cost.seconds, SECONDS, counts=full),
            verdict(cost.megabytes, MEGABYTES, counts=full),
        )
    return (
        what,
        f"{rows:,}",
        f"{cost.seconds:.1f}",
        goals[0],
        f"{cost.cpu:.1f}",
        f"{cost.megabytes:.0f}",
        goals[1],
    )


def _ratio(own: Cost, obvious: Cost) -> str:
    time, memory = own.cpu / obvious.cpu, own.megabytes / obvious.megabytes
    return (
        f"Checked, kept and recorded, the import takes {time:.2f} times the processor time of the "
        f"obvious way without checks, and {memory:.2f} times its memory."
    )


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
