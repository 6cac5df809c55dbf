"""An import that is killed at any moment is whole or not there at all.

A few seeded kills of the real process; `make prove` makes two hundred.
"""

import json
import subprocess
import sys

import pytest

from benchmarks.measuring.processes import environment
from tests.house.source_files import ROOT
from tools.kills import judged

KILLS = 6
BEFORE = {"account": 0, "telling": 0, "ledger_entry": 4}
AFTER = {"account": 3, "telling": 3, "ledger_entry": 6}


def test_a_killed_import_is_whole_or_absent_and_can_be_repeated():
    command = [sys.executable, "-m", "tools.kills", str(KILLS), "--seed", "1"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    trials = json.loads(done.stdout)

    assert len(trials) == KILLS
    assert [trial for trial in trials if trial["state"] == "half"] == []
    assert [trial for trial in trials if trial["acknowledged"] and trial["state"] != "whole"] == []
    assert [trial for trial in trials if trial["acts_without_entry"]] == []
    assert [trial["check"] for trial in trials if trial["check"]] == []
    assert [trial for trial in trials if not trial["repeated"]] == []


@pytest.mark.parametrize(
    ("left", "state", "unrecorded"),
    [
        (BEFORE, "absent", 0),
        (AFTER, "whole", 0),
        ({"account": 2, "telling": 2, "ledger_entry": 4}, "half", 0),
        ({"account": 3, "telling": 2, "ledger_entry": 6}, "half", 0),
        # Both acts of the import are done, and one of the two entries is missing: 6 - 5.
        ({"account": 3, "telling": 3, "ledger_entry": 5}, "whole", 1),
        # Nothing was done, and an entry that was there is gone: 4 - 3.
        ({"account": 0, "telling": 0, "ledger_entry": 3}, "absent", 1),
    ],
    ids=[
        "nothing happened",
        "all happened",
        "a row of each is missing",
        "a row of one is missing",
        "an act is not written down",
        "an older act is not written down",
    ],
)
def test_what_is_left_is_judged_by_the_rows_of_every_table(left, state, unrecorded):
    assert judged(left, before=BEFORE, after=AFTER) == (state, unrecorded)
