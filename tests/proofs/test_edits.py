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
LOOKED = "account.read"


def rows(*said):
    """The rows of a table of accounts: a reference drawn at random, and a group."""
    return {"account": [{"ref": ref, "group": group} for ref, group in said]}


BEFORE = rows(("a1", "Group A"))
AFTER = rows(("b2", "Group A"), ("c3", "Group B"))


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
    return Course(
        desk=Desk(Path(), {}),
        archives=(),
        held=(Held(BEFORE, ("study.begun",)), Held(AFTER, ("study.begun", "account.added"))),
        seconds=(1.0,),
        drawn=frozenset({("account", "ref")}),
        looking=frozenset({LOOKED}),
    )


@pytest.mark.parametrize(
    ("said", "acts", "left"),
    [
        ((("x", "Group A"),), (), Left("absent", 0, 0)),
        (
            (("x", "Group A"), ("y", "Group B")),
            (LOOKED, "account.added"),
            Left("whole", 0, 0),
        ),
        # The row is there, and not the one entry that tells of it.
        ((("x", "Group A"), ("y", "Group B")), (), Left("whole", 1, 0)),
        # The entry is there, and not the row that it tells of.
        ((("x", "Group A"),), ("account.added",), Left("absent", 0, 1)),
        ((("x", "Group A"), ("y", "")), ("account.added",), Left("half", 0, 0)),
        # A reference that is missing is not one that differs.
        ((("x", "Group A"), ("", "Group B")), ("account.added",), Left("half", 0, 0)),
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
def test_what_is_left_is_judged_by_every_cell(course, said, acts, left):
    found = Held(rows(*said), ("study.begun", *acts))

    assert judged(found, 0, of=course) == left


def test_an_earlier_edit_that_is_gone_is_lost(course):
    last = Held(rows(("d", "Group A"), ("e", "Group B"), ("f", "Group C")), ("study.begun",))
    longer = course._replace(held=(*course.held, last))

    assert judged(course.held[0], 1, of=longer).state == "lost"
