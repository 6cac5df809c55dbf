"""Nobody who was erased comes back with a backup, and none is ever half made or half restored.

A few seeded lives and kills; `make prove` makes eighty.
"""

import json
import subprocess
import sys

from benchmarks.measuring.processes import environment
from tests.house.source_files import ROOT

TRIALS = 4


def test_whoever_was_erased_stays_erased_and_nothing_is_half():
    command = [sys.executable, "-m", "tools.restores", str(TRIALS), "--seed", "1"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    trials = json.loads(done.stdout)

    assert [trial["what"] for trial in trials] == ["life", "backup", "life", "restore"]
    assert [trial["readable"] for trial in trials] == [0] * TRIALS
    assert [trial["missing"] for trial in trials] == [0] * TRIALS
    assert [trial for trial in trials if trial["state"] == "half" or trial["said"]] == []
    assert sum(trial["gone"] for trial in trials) > 0
