"""An edit on whose way the server is killed is whole or not there at all, and is made once.

A few seeded kills of the real server; `make prove` makes two hundred.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measuring.processes import environment
from tests.house.source_files import ROOT
from tools.editing import Desk
from tools.edits import Course, Held, Left, judged

KILLS = 3
ROWS = {"account": (("a1", "Group A"),)}
MORE = {"account": (("b2", "Group A"), ("c3", "Group B"))}
LOOKED = "account.read"


def test_an_edit_is_whole_or_absent_and_made_once():
    command = [sys.executable, "-m", "tools.edits", str(KILLS), "--seed", "1"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    trials = json.loads(done.stdout)

    assert len(trials) == KILLS
    assert [trial for trial in trials if not trial["sound"]] == []


@pytest.fixture
def course():
    """One edit, undisturbed: it adds a row; references are drawn anew in each run."""
    held = (Held(ROWS, ("study.begun",)), Held(MORE, ("study.begun", "account.added")))
    return Course(
        desk=Desk(Path(), {}),
        archives=(),
        held=held,
        seconds=(1.0,),
        drawn=frozenset({("account", 0)}),
        looking=frozenset({LOOKED}),
    )


@pytest.mark.parametrize(
    ("rows", "acts", "left"),
    [
        ((("x", "Group A"),), ("study.begun",), Left("absent", 0, 0)),
        (
            (("x", "Group A"), ("y", "Group B")),
            ("study.begun", LOOKED, "account.added"),
            Left("whole", 0, 0),
        ),
        # The row is there, and not the one entry that tells of it.
        ((("x", "Group A"), ("y", "Group B")), ("study.begun",), Left("whole", 1, 0)),
        # The entry is there, and not the row that it tells of.
        ((("x", "Group A"),), ("study.begun", "account.added"), Left("absent", 0, 1)),
        ((("x", "Group A"), ("y", "")), ("study.begun", "account.added"), Left("half", 0, 0)),
        # A reference that is missing is not one that differs.
        (
            (("x", "Group A"), ("", "Group B")),
            ("study.begun", "account.added"),
            Left("half", 0, 0),
        ),
    ],
    ids=[
        "nothing happened",
        "all happened",
        "an edit is not written down",
        "what was written down did not happen",
        "a cell is missing",
        "a reference is missing",
    ],
)
def test_what_is_left_is_judged_by_every_cell(course, rows, acts, left):
    assert judged(Held({"account": rows}, acts), 0, of=course) == left


def test_an_earlier_edit_that_is_gone_is_lost(course):
    last = Held({"account": (*MORE["account"], ("d4", "Group C"))}, ("study.begun",))
    longer = course._replace(held=(*course.held, last))

    left = Held(ROWS, ("study.begun",))

    assert judged(left, 1, of=longer).state == "lost"
