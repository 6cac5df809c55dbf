"""Every address x everybody x every method: how many cells were tried, and what was unexpected."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from defusedxml.ElementTree import parse

from benchmarks.measuring.page import ROOT
from benchmarks.measuring.processes import environment

TESTS = "tests/web/test_matrix.py"
LAST_WORDS = 4_000


class Tried(NamedTuple):
    """One test of the matrix: how many cells it tried, and whether any came out otherwise."""

    test: str
    cells: int
    wrong: bool
    said: str


def tried() -> Iterator[Tried]:
    """Run the matrix, and count its cells."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "matrix.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={told}", TESTS]
        done = subprocess.run(
            command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
        )
        for case in parse(told).iter("testcase"):
            cells = [p.get("value") for p in case.iter("property") if p.get("name") == "cells"]
            yield Tried(
                test=str(case.get("name")),
                cells=sum(int(cell or 0) for cell in cells),
                wrong=any(case.iter("failure")) or any(case.iter("error")),
                said=done.stdout[-LAST_WORDS:] if done.returncode else "",
            )
