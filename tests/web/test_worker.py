"""Once a minute the worker writes down whose consent has ended."""

import logging
from threading import Event

import pytest
from django.db import OperationalError

from exeunt.web import worker


@pytest.fixture
def noted(monkeypatch):
    """The days on which lapses were noted; the database is left alone."""
    days = []
    monkeypatch.setattr(worker, "note_lapses", lambda *, today, by: days.append((today, by)))
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    return days


class Rounds(Event):
    """Over after so many rounds."""

    def __init__(self, rounds):
        super().__init__()
        self.left = rounds

    def wait(self, timeout=None):
        self.left -= 1
        return self.left < 0


def test_it_is_written_down_again_and_again_until_it_is_over(noted):
    worker.watch_the_day(Rounds(3), every=0)
    assert [by for _, by in noted] == ["exeunt"] * 3


def test_a_database_that_is_busy_is_asked_again(monkeypatch, noted, caplog):
    def busy(**_):
        noted.append("tried")
        raise OperationalError("database is locked")

    caplog.set_level(logging.WARNING, worker.logger.name)
    monkeypatch.setattr(worker, "note_lapses", busy)
    worker.watch_the_day(Rounds(2), every=0)
    assert noted == ["tried", "tried"]
    assert "OperationalError" in caplog.text
    assert "locked" not in caplog.text
