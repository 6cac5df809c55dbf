"""Random histories of consent: nothing is read without scope, nothing within it is refused.

A thousand here; `make prove` walks a hundred thousand.
"""

import pytest

from exeunt.stages.consent.rules import standing
from exeunt.stages.consent.rules.standing import OPEN
from tools import histories

HISTORIES = 1_000


def test_no_history_lets_anything_be_read_without_scope():
    tried = histories.walk(1, HISTORIES)

    assert (tried.violations, tried.refused) == (0, 0)
    assert tried.histories == HISTORIES
    assert tried.allowed > tried.reads / 20


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("_kept", lambda facts: OPEN),
        ("_known", lambda facts, day: day),
        ("_granted", lambda facts: OPEN),
    ],
    ids=["a withdrawal keeps all", "a clock set back is believed", "a scope is not looked at"],
)
def test_the_walk_would_find_a_fault(monkeypatch, name, fault):
    monkeypatch.setattr(standing, name, fault)
    assert histories.walk(1, HISTORIES // 4).violations > 0
