"""Limit files, not only functions."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source_files import Module, module, modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 30
FOLDERS = ["src", "tests", "tools", "benchmarks"]

TABLE = (ast.Dict, ast.List, ast.Set, ast.Tuple)
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _lines(node: ast.stmt | ast.expr) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _docstring(function: Function) -> set[int]:
    return _lines(function.body[0]) if ast.get_docstring(function) is not None else set()


def _tables(function: Function) -> Iterator[set[int]]:
    """The inner lines of every list, tuple, set or dictionary that is written out, line by line."""
    for node in ast.walk(function):
        if isinstance(node, TABLE) and not any(isinstance(n, ast.Lambda) for n in ast.walk(node)):
            yield set(range(node.lineno + 1, node.end_lineno or node.lineno))


def length(function: Function) -> int:
    """Count a function's lines, leaving out its docstring and the rows of its tables."""
    return len(_lines(function) - _docstring(function) - set().union(*_tables(function)))


def too_long(found: Module) -> list[str]:
    """What in a module passes the house's limits."""
    lines = len(found.text.splitlines())
    module_too = [f"{found.name} has {lines} lines"] if lines > LONGEST_MODULE else []
    functions = [node for node in ast.walk(found.tree) if isinstance(node, FUNCTION)]
    return module_too + [
        f"{found.name}:{node.lineno} {node.name} has {length(node)} lines"
        for node in functions
        if length(node) > LONGEST_FUNCTION
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_module_and_no_function_is_too_long(folder):
    assert [line for found in modules(folder) for line in too_long(found)] == []


def function_of(lines: int) -> str:
    """Write a function of so many lines."""
    return "def f():\n" + "    pass\n" * (lines - 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1\n" * 400, []),
        ("x = 1\n" * 401, ["m.py has 401 lines"]),
        (function_of(30), []),
        (function_of(31), ["m.py:1 f has 31 lines"]),
        ("async " + function_of(31), ["m.py:1 f has 31 lines"]),
        # def, opening bracket and closing bracket count: 3 lines.
        ("def f():\n    return [\n" + "        1,\n" * 60 + "    ]\n", []),
        ('def f():\n    """Say\n' + "\n" * 40 + '    much."""\n', []),
        (
            "def f():\n    return [\n" + "        lambda: 1,\n" * 28 + "    ]\n",
            ["m.py:1 f has 31 lines"],
        ),
    ],
    ids=[
        "a module at the limit",
        "a module above it",
        "a function at the limit",
        "a function above it",
        "an asynchronous one",
        "a table",
        "a long docstring",
        "functions dressed as a table",
    ],
)
def test_only_what_is_too_long_is_found(text, found):
    assert too_long(module("m.py", text)) == found
