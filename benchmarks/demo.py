"""Measure `make demo` in a fresh clone: cold, with every cache empty, and warm.

    python benchmarks/demo.py [--with-tests] [--write]

A clone holds what is committed, so the page names the commit. `make test` is timed only when it is
asked for: it may install Chromium and PostgreSQL.
"""

import argparse
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measuring.page import ROOT, dated, renew, table, verdict
from measuring.processes import cost_of, environment

COLD, WARM = 60, 10
COMMAND = "python benchmarks/demo.py"


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--with-tests", action="store_true", help="time `make test` as well")
    parser.add_argument(
        "--full", action="store_true", help="the same as without: there is one size"
    )
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = list(measure(Path(folder), with_tests=asked.with_tests))
    head = ("command", "state", "seconds", "goal", "processor")
    body = f"{table([head, *rows])}\n\nCommit {git('rev-parse', '--short', 'HEAD')}."
    print(body)
    if asked.write:
        command = f"{COMMAND} --with-tests" if asked.with_tests else COMMAND
        renew("make demo and make test", f"{dated(command)}\n\n{body}")


def measure(folder: Path, *, with_tests: bool) -> Iterator[tuple[str, ...]]:
    """Clone, and time each command with empty caches and again with full ones."""
    clone = folder / "clone"
    git("clone", "--quiet", str(ROOT), str(clone))
    empty = environment(
        UV_CACHE_DIR=str(folder / "uv"),
        PIP_CACHE_DIR=str(folder / "pip"),
        XDG_CACHE_HOME=str(folder / "caches"),
    )
    targets = {"demo": (COLD, WARM), "test": (None, None)} if with_tests else {"demo": (COLD, WARM)}
    for target, goals in targets.items():
        for state, goal in zip(("cold", "warm"), goals, strict=True):
            cost = cost_of(["make", target], cwd=clone, env=empty)
            said = verdict(cost.seconds, goal, counts=True) if goal else ""
            yield f"make {target}", state, f"{cost.seconds:.1f}", said, f"{cost.cpu:.1f}"


def git(*words: str) -> str:
    """Run git in the checkout, whoever it belongs to, and return what it says."""
    safe = ["git", "-c", "safe.directory=*", *words]
    return subprocess.run(safe, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
