"""Imports stand at the top, except where an archive must prepare Django first."""

import ast

import pytest

from tests.house.source_files import Module, module, modules

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
IMPORT = (ast.Import, ast.ImportFrom)


def hidden_imports(found: Module) -> list[str]:
    """The imports that stand inside a function."""
    if found.parts[:3] == ("src", "exeunt", "archive"):
        return []
    functions = [node for node in ast.walk(found.tree) if isinstance(node, FUNCTION)]
    hidden = {node for function in functions for node in ast.walk(function)}
    return [f"{found.name}:{node.lineno}" for node in hidden if isinstance(node, IMPORT)]


@pytest.mark.parametrize("folder", ["src", "tests", "tools", "benchmarks"])
def test_no_function_imports(folder):
    assert [place for found in modules(folder) for place in hidden_imports(found)] == []


@pytest.mark.parametrize("line", ["import json", "from json import loads"])
def test_an_import_inside_a_function_is_found_outside_the_archive(line):
    text = f"class C:\n    def f(self):\n        if self:\n            {line}\n"

    assert hidden_imports(module("src/exeunt/studies/models.py", text)) == [
        "src/exeunt/studies/models.py:4"
    ]
    assert hidden_imports(module("src/exeunt/archive/__init__.py", text)) == []
    assert hidden_imports(module("src/exeunt/archive.py", text)) == []


def test_an_import_at_the_top_is_no_hidden_one():
    assert hidden_imports(module("src/exeunt/studies/models.py", "import json\n")) == []
