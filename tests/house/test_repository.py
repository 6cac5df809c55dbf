"""What may lie in the repository, and what of it is shipped."""

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.source_files import ROOT, kept_files, module, modules

LARGEST_FILE = 1_000_000  # bytes; a font of the reports is the largest thing we have reason to keep

# Written so that no pattern matches this file.
FORBIDDEN = {
    "a home folder": re.compile(r"(?<![\w.])/(?:home|Users|root)/[a-z.][\w.-]*"),
    "a Windows home folder": re.compile(r"[A-Z]:\\Users\\\w"),
    "a package registry": re.compile(
        r"(?:py[p]i\.org|pythonhosted\.[o]rg|npm[j]s\.(?:org|com)|deb\.[d]ebian\.org)"
    ),
    "an index option": re.compile(r"--(?:extra-)?index[-]url|--find[-]links"),
}


def strays(text: str, checkout: Path = ROOT) -> list[str]:
    """What in a text belongs to one machine or to one registry."""
    found = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    # A checkout right under / has a name too short to tell from an ordinary word.
    deep_enough = len(checkout.parts) > 2
    if deep_enough and re.search(re.escape(str(checkout)) + r"(?![\w-])", text):
        found.append("the path of this checkout")
    return found


def as_text(path: Path) -> str:
    """Read a file as text; what is not text has nothing to say here."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def too_large(paths: Iterable[Path]) -> list[Path]:
    """The files that are larger than anything the repository has reason to keep."""
    return [path for path in paths if path.stat().st_size > LARGEST_FILE]


def marks_safe(text: str, *, template: bool) -> bool:
    """Whether a text switches Django's escaping off."""
    if template:
        return bool(re.search(r"\|\s*safe(?:seq)?\b|\{%-?\s*autoescape\s+(?:off|false)", text))
    nodes = ast.walk(module("m.py", text).tree)
    names = {getattr(node, said, None) for node in nodes for said in ("id", "attr", "name")}
    return bool(names & {"mark_safe", "SafeString", "SafeText"})


def foreign_to_the_package(names: list[str]) -> list[str]:
    """What a wheel ships besides the package and its metadata."""
    ours = re.compile(r"exeunt/|exeunt-[\d.]+\.dist-info/")
    return [name for name in names if not ours.match(name)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> list[str]:
    """Build the wheel and list what is in it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_no_file_names_a_machine_or_a_registry():
    found = {path.relative_to(ROOT).as_posix(): strays(as_text(path)) for path in kept_files()}

    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/ho" + "me/amina/exeunt", ["a home folder"]),
        ("C:" + r"\Users\amina", ["a Windows home folder"]),
        ("https://py" + "pi.org/simple", ["a package registry"]),
        ("--index" + "-url x", ["an index option"]),
        ("in /srv/checkout/src", ["the path of this checkout"]),
        ("https://example.org/home/amina and /srv/checkout-2", []),
    ],
    ids=["home", "Windows", "registry", "index", "checkout", "nothing"],
)
def test_what_belongs_to_a_machine_is_found(text, found):
    assert strays(text, Path("/srv/checkout")) == found


def test_no_file_is_too_large():
    assert too_large(kept_files()) == []


def test_a_file_above_the_limit_is_found(tmp_path):
    at_the_limit, above = tmp_path / "at", tmp_path / "above"
    at_the_limit.write_bytes(bytes(LARGEST_FILE))
    above.write_bytes(bytes(LARGEST_FILE + 1))

    assert too_large([at_the_limit, above]) == [above]


def test_nothing_switches_the_escaping_off():
    code = [found.name for found in modules("src") if marks_safe(found.text, template=False)]
    pages = [path for path in (ROOT / "src").rglob("*") if path.suffix in {".html", ".txt", ".svg"}]

    assert code == []
    assert [page for page in pages if marks_safe(as_text(page), template=True)] == []


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("from django.utils.safestring import mark_safe", False),
        ("safestring.mark_safe('x')", False),
        ("{{ text|safe }}", True),
        ("{{ text | safeseq }}", True),
        ("{% autoescape off %}", True),
    ],
)
def test_switching_the_escaping_off_is_found(text, template):
    assert marks_safe(text, template=template)
    assert not marks_safe("{{ text|safer }}" if template else "mark(text)", template=template)


def test_the_wheel_ships_the_package_and_nothing_else(wheel):
    assert foreign_to_the_package(wheel) == []
    assert {"exeunt/__init__.py", "exeunt/py.typed"} <= set(wheel)


def test_an_example_in_a_wheel_is_found():
    shipped = ["exeunt/errors.py", "exeunt-0.1.0.dist-info/METADATA"]

    assert foreign_to_the_package([*shipped, "examples/a.txt"]) == ["examples/a.txt"]
