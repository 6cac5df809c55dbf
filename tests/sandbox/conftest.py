"""Children that know readers which misbehave."""

from pathlib import Path

import pytest

from exeunt.sandbox import apart
from exeunt.sandbox.limits import LIMITS
from tests.rereading import READ_APART

CHILD = (str(Path(__file__).with_name("child_for_tests.py")),)


@pytest.fixture(autouse=True)
def each_time(monkeypatch):
    """Start a child for every reading, also of what was read before."""
    monkeypatch.setattr(apart, "_values", READ_APART)


@pytest.fixture
def read():
    """Have one of the misbehaving readers read a few bytes."""

    def reading(reader, content=b"a secret testimony", *, without=(), limits=LIMITS, **options):
        return apart.read_apart(
            reader,
            content,
            name="sent.txt",
            options=options,
            limits=limits,
            child=(*CHILD, *without),
        )

    return reading
