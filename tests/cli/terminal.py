"""A terminal for tests: commands run in this process, and their answers judged alike."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from exeunt.cli.guide import exeunt


def run(
    *words: object, at: Path | None = None, as_: str | None = None, typed: str | None = None
) -> Result:
    """Give a command, in the archive `at`, as the member `as_`, with `typed` on its input."""
    environment = {"EXEUNT_ARCHIVE": None, "EXEUNT_MEMBER": as_}
    if at is not None:
        environment["EXEUNT_ARCHIVE"] = str(at)
    return CliRunner().invoke(exeunt, [str(word) for word in words], env=environment, input=typed)


def done(
    *words: object, at: Path | None = None, as_: str | None = None, typed: str | None = None
) -> str:
    """Give a command that must be done; return what it printed."""
    result = run(*words, at=at, as_=as_, typed=typed)
    assert result.exit_code == 0, result.output or result.exception
    assert result.stderr.strip() == ""
    return result.stdout


def told(*words: object, at: Path | None = None, as_: str | None = None) -> Any:
    """Give a command with --json that must be done; return what it told."""
    return json.loads(done(*words, "--json", at=at, as_=as_))


def refused(
    *words: object, at: Path | None = None, as_: str | None = None, typed: str | None = None
) -> str:
    """Give a command that must be refused; return the sentence."""
    result = run(*words, at=at, as_=as_, typed=typed)
    assert isinstance(result.exception, SystemExit), result.exception or result.output
    assert result.exit_code == 1
    assert result.stdout == ""
    said = result.stderr.strip("\n")
    assert said.startswith("Refused. ")
    assert "Traceback" not in said
    return said.removeprefix("Refused. ")


def misused(*words: object, at: Path | None = None) -> str:
    """Give a command that is put wrongly; return what click says."""
    result = run(*words, at=at)
    assert result.exit_code == 2, result.exception or result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: ")
    return result.stderr
