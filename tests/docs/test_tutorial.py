"""Whoever types what the tutorial says sees what the tutorial shows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import blocks_of, file_named_in, is_as_shown, steps_of
from tests.house.source_files import ROOT

PAGE = (ROOT / "docs" / "tutorial" / "first-report.md").read_text(encoding="utf-8")
BLOCKS = blocks_of(PAGE)


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """A terminal of 80 columns in which `exeunt` is the one of this checkout."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("EXEUNT_")}
    programs = str(Path(sys.executable).parent)
    return {**kept, "PATH": f"{programs}{os.pathsep}{kept['PATH']}", "COLUMNS": "80"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, environment) -> Path:
    """A folder in which every shell block of the tutorial has been followed, in order."""
    start = tmp_path_factory.mktemp("tutorial")
    here = start
    for block in BLOCKS:
        if block.kind in {"yaml", "csv"}:
            (start / file_named_in(block)).write_text(block.text, encoding="utf-8")
        if block.kind == "console":
            here = _follow(block.text, here, environment)
    return start


def _follow(text: str, here: Path, environment: dict[str, str]) -> Path:
    for step in steps_of(text):
        if step.command.startswith("cd "):
            here = here / step.command.removeprefix("cd ")
            continue
        came = _run(step.command, here, environment)
        assert is_as_shown(came, step.shown), f"$ {step.command}\n{came}"
    return here


def _run(command: str, here: Path, environment: dict[str, str]) -> str:
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=here,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    ).stdout


def test_every_shell_block_prints_what_is_shown(folder):
    reports = folder / "archive" / "reports" / "tutorial"

    assert {"report.html", "report.pdf", "figures"} <= {path.name for path in reports.iterdir()}


def test_every_python_block_prints_what_is_shown(folder, environment):
    text = "\n".join(block.text for block in BLOCKS if block.kind == "pycon")
    (folder / "blocks.txt").write_text(text, encoding="utf-8")
    command = f"{sys.executable} -m doctest -o ELLIPSIS -o NORMALIZE_WHITESPACE blocks.txt"

    assert ">>> import exeunt" in text
    assert _run(command, folder, environment) == ""


def test_the_tutorial_has_no_block_that_nobody_runs():
    assert {block.kind for block in BLOCKS} == {"yaml", "csv", "console", "pycon"}


@pytest.mark.parametrize(
    ("came", "shown", "same"),
    [
        ("Whole: 12 entries \n\n", "Whole: 12 entries\n", True),
        ("Whole: 12 entries\n", "Whole: … entries\n", True),
        ("one\ntwo\nthree\n", "one\n…\n", True),
        ("Whole: 12 entries\n", "Whole: 13 entries\n", False),
        ("one\ntwo\n", "one\n", False),
        ("1x5", "1.5", False),
    ],
    ids=["spaces", "anything in a line", "any lines", "a number", "a line more", "a plain dot"],
)
def test_output_is_compared_line_by_line(came, shown, same):
    assert is_as_shown(came, shown) is same
