"""A log says where something failed; a name in an exception's words does not reach it."""

import io
import logging

import pytest

from exeunt.desk.logs import PlacesOnly


@pytest.fixture
def written():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlacesOnly("%(levelname)s %(message)s"))
    logger = logging.getLogger("exeunt.test_logs")
    logger.addHandler(handler)
    logger.propagate = False
    yield lambda: (logger, stream)
    logger.removeHandler(handler)


def fail_with(words):
    try:
        raise KeyError(words)
    except KeyError as fault:
        raise ValueError(f"this row is wrong: {words}") from fault


def test_an_exception_is_written_by_kind_and_place_without_its_words(written):
    logger, stream = written()
    try:
        fail_with("Rahma Testwell")
    except ValueError:
        logger.exception("work %s stopped", "ab12")

    log = stream.getvalue()
    assert "work ab12 stopped" in log
    assert "builtins.KeyError" in log
    assert "builtins.ValueError" in log
    assert "in fail_with" in log
    assert "Rahma" not in log


def test_every_handler_of_the_server_writes_this_way(settings):
    formatters = settings.LOGGING["formatters"].values()

    assert {formatter["()"] for formatter in formatters} == {"exeunt.desk.logs.PlacesOnly"}
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"plain"}
