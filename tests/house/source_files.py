"""The files of this checkout as the house tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "exeunt"


class Module(NamedTuple):
    """One Python file: its name from the checkout's root, its text, and what the text means."""

    name: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """The packages it lies in and its own name, without the ending."""
        return Path(self.name).with_suffix("").parts


def module(name: str, text: str) -> Module:
    """Read a module from its text, as a test's bad sample does."""
    return Module(name, text, ast.parse(text))


@cache
def modules(folder: str) -> tuple[Module, ...]:
    """Every Python file below a folder of the checkout."""
    return tuple(_read(sorted((ROOT / folder).rglob("*.py"))))


def _read(paths: list[Path]) -> Iterator[Module]:
    for path in paths:
        yield module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that is committed or would be, that is, all that .gitignore does not name."""
    # The checkout may belong to another user than the one who runs the tests.
    git = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())
