"""Random histories of consent: nothing is read without scope, nothing within it is refused.

A thousand here; `make prove` walks a hundred thousand.
"""

import pytest

from exeunt.errors import Sentence
from exeunt.methods.conditions import Condition
from exeunt.stages.consent.rules.standing import OPEN
from tools import histories

HISTORIES = 1_000
STANDING = "exeunt.stages.consent.rules.standing"
LEAVING = "exeunt.procedures.leaving"


def test_no_history_lets_anything_be_read_without_scope():
    tried = histories.walk(1, HISTORIES)

    assert (tried.violations, tried.refused) == (0, 0)
    assert tried.histories == HISTORIES
    assert tried.allowed > tried.reads / 20


MET = Condition("any", met=True, says=Sentence("So."), changes=Sentence("Nothing."))


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        (f"{STANDING}._kept", lambda facts: OPEN),
        (f"{STANDING}._known", lambda facts, day: day),
        (f"{STANDING}._granted", lambda facts: OPEN),
        (f"{LEAVING}.safety_condition", lambda facts, **how: MET),
        (f"{LEAVING}.law_condition", lambda facts, **how: MET),
    ],
    ids=[
        "a withdrawal keeps all",
        "a clock set back is believed",
        "a scope is not looked at",
        "risk is not looked at",
        "the law is not looked at",
    ],
)
def test_the_walk_would_find_a_fault(monkeypatch, place, fault):
    monkeypatch.setattr(place, fault)
    assert histories.walk(1, HISTORIES).violations > 0
