"""What conftest promises holds: the network is closed and the clock stands."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.house.source_files import ROOT

NOWHERE = "192.0.2.1"  # reserved for documentation: no such machine exists


def test_no_test_reaches_the_network():
    with socket.socket() as sock, pytest.raises(RuntimeError, match="tried to reach"):
        sock.connect((NOWHERE, 80))


def test_no_test_sends_a_message_out():
    with (
        socket.socket(type=socket.SOCK_DGRAM) as sock,
        pytest.raises(RuntimeError, match="tried to reach"),
    ):
        sock.sendto(b"x", (NOWHERE, 53))


def test_no_test_asks_for_an_address():
    with pytest.raises(RuntimeError, match="tried to look up"):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_test_may_talk_to_its_own_machine(host):
    with socket.create_server((host, 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_the_clock_stands():
    assert datetime.now(UTC) == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_warning_fails(tmp_path):
    (tmp_path / "test_it.py").write_text(
        "import warnings\n\ndef test_it():\n    warnings.warn('x')\n", encoding="utf-8"
    )
    pytest_here = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    ours = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}", str(tmp_path)]
    # As its own run, not as a worker of this one.
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [*pytest_here, *ours], cwd=ROOT, env=own, capture_output=True, text=True, check=False
    )

    assert "1 failed" in done.stdout


@pytest.mark.django_db
def test_a_test_of_the_database_runs_again_on_postgresql(request):
    assert request.node.get_closest_marker("database")


def test_a_test_without_the_database_runs_once(request):
    assert not request.node.get_closest_marker("database")


@pytest.mark.database
def test_the_database_under_test_is_the_one_that_was_asked_for():
    asked = os.environ.get("EXEUNT_DATABASE_URL", "sqlite")

    assert asked.startswith(connection.vendor[:8])
