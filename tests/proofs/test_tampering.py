"""Whoever changes the ledger past the program is found out, given a witness kept elsewhere.

A few tries of every way we know; `make prove` makes fifty of each.
"""

import json
import subprocess
import sys

from benchmarks.measuring.processes import environment
from tests.house.source_files import ROOT
from tools.tampering import WAYS

EACH = 2


def test_every_way_of_tampering_is_found_out():
    command = [sys.executable, "-m", "tools.tampering", str(EACH), "--seed", "1"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    tried = json.loads(done.stdout)

    assert sorted(one["way"] for one in tried) == sorted([*WAYS] * EACH)
    assert [one["way"] for one in tried if not one["detected"]] == []
