"""The command line as it is met by a shell: exit codes, streams, and never a traceback."""

import json
import os
import pty
import subprocess
import sys

from tests.archive.folders import exeunt
from tests.house.source_files import ROOT


def test_done_is_0(archive):
    done = exeunt("check", "--json", archive)

    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["problems"] == []


def test_refused_is_1(tmp_path):
    done = exeunt("check", tmp_path / "x")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Refused. There is no folder")
    assert "Traceback" not in done.stderr


def test_wrong_use_is_2():
    done = exeunt("reprot")

    assert done.returncode == 2
    assert done.stdout == ""
    assert "reprot" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_needs_no_archive_and_no_commands(tmp_path):
    done = exeunt("--help", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ")


def test_it_speaks_utf_8_where_the_locale_says_nothing(archive):
    done = exeunt(
        "agreement", "--times", "100", "--archive", archive,
        env={"LC_ALL": "C", "LANG": "C"}, encoding="utf-8",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "100\u00a0%" in done.stdout


def test_a_reader_that_goes_away_is_no_fault(archive):
    command = f'"{sys.executable}" -m exeunt codebook show --archive "{archive}" | head -n 1'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip

    assert "Traceback" not in done.stderr


def on_a_terminal(*words):
    """Run a command on a pseudo-terminal, and return what appeared on it."""
    near, far = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "exeunt", *map(str, words)], stdout=far, stderr=far, stdin=far,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(far)
    said = b""
    try:
        while block := os.read(near, 4096):
            said += block
    except OSError:
        pass  # Linux says so when the other end has closed
    os.close(near)
    process.wait()
    return said.decode()


def test_a_terminal_gets_colours_and_sees_what_is_going_on(archive):
    assert "\x1b[" in on_a_terminal("study", "new", "leaving", "--archive", archive)
    assert "Checking" in on_a_terminal("check", archive)


def test_a_terminal_without_colours_is_respected(archive, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    said = on_a_terminal("study", "new", "leaving", "--archive", archive)

    assert "\x1b[31m" not in said
    assert "\x1b[1;31m" not in said
