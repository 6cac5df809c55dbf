"""What holds for every test: no network, no real clock, and the database only by asking for it.

Any warning fails (`filterwarnings` in `pyproject.toml`).
"""

import ipaddress
import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import settings

from exeunt.sandbox import apart
from tests.rereading import read_once
from tools import chromium

# A Monday morning. Nothing may depend on the day the tests are run.
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}

# The gate's examples are the same on every run; the proofs seek new ones.
settings.register_profile(
    "gate", max_examples=50, derandomize=True, deadline=None, database=None, print_blob=True
)
settings.register_profile("prove", max_examples=5_000, deadline=None, print_blob=True)
PROVING = bool(os.environ.get("EXEUNT_PROVE"))
settings.load_profile("prove" if PROVING else "gate")


class NetworkIsClosedError(RuntimeError):
    """A test reached for the network; not an OSError, so that no code mistakes it for an outage."""


def _is_this_machine(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _refuse_the_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse, from below all libraries, to connect, send or look up anything but this machine."""
    if event in ("socket.connect", "socket.sendto"):
        sock, address = arguments
        if sock.family == socket.AF_UNIX or (address and _is_this_machine(address[0])):
            return
        raise NetworkIsClosedError(f"A test tried to reach {address}.")
    if event == "socket.getaddrinfo" and not _is_this_machine(arguments[0]):
        raise NetworkIsClosedError(f"A test tried to look up {arguments[0]}.")


def pytest_configure() -> None:
    """Close the network before the first module is collected, and let servers be interrupted.

    The same small file is read apart once.
    """
    # What runs in the background ignores Ctrl-C, and so would every server that it starts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.addaudithook(_refuse_the_network)
    apart._values = read_once


# A long file that begins last leaves one worker waiting for the other.
LONGEST_FIRST = (
    "web/test_matrix.py",
    "web/test_languages.py",
    "proofs/",
    "vault/test_canary.py",
    "browser/",
    "cli/test_vault.py",
    "vault/",
    "archive/",
)


# What addresses answer, what pages say and draw, in which language, and what they keep from
# somebody, is the same on every database: the queries and actions beneath are tried on both. So is
# what is sealed, what is cut off at each of its steps, and where random walks lead.
ON_ONE = re.compile(
    r"web/|test_views|test_(?:\w+_)?pages?\.py$|findings/test_(?!queries)"
    r"|test_visibility|test_blindness|test_rotating|test_moved|test_erasure_interrupted"
)


def _when(item: pytest.Item) -> int:
    """Return where a test's file stands in the order: among the longest, or after them."""
    path = _place(item)
    places = (at for at, named in enumerate(LONGEST_FIRST) if path.startswith(named))
    return next(places, len(LONGEST_FIRST))


def _place(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).as_posix()


# First, for pytest's own hook takes out what "-m database" does not name.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses Django's database, so that it runs again on PostgreSQL.

    Leave the full counts to `make prove`.
    """
    for item in items:
        if "vault" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases=["default", "vault"]))
        fixtures = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
        on_one = ON_ONE.search(_place(item)) is not None and not PROVING
        if not on_one and (fixtures or item.get_closest_marker("django_db")):
            item.add_marker("database")
    items.sort(key=_when)
    if not PROVING:
        items[:] = [item for item in items if not item.get_closest_marker("prove")]


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; in a browser's journey let it run on from there."""
    runs_on = request.node.get_closest_marker("browser") is not None
    with time_machine.travel(NOW, tick=runs_on) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Where Chromium is; a journey without a browser fails, and is never passed over in silence."""
    found = chromium.installed()
    if found is None:
        pytest.fail("There is no Chromium here: run `.venv/bin/python -m tools.chromium`.")
    return found
