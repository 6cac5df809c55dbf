"""The rules that keep the style are switched on: each refuses a sample that breaks it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source_files import ROOT

RUFF = str(Path(sys.executable).parent / "ruff")


def refusals(name: str, text: str) -> list[str]:
    """The codes of what ruff says of a text, as if it stood at that place in the checkout."""
    check = [RUFF, "check", "--output-format=json", f"--stdin-filename={ROOT / name}", "-"]
    done = subprocess.run(check, cwd=ROOT, input=text, capture_output=True, text=True, check=False)
    return [refusal["code"] for refusal in json.loads(done.stdout)]


MODULE = '"""Say what is here."""\n\n\n'
SHIPPED = "src/exeunt/methods/sample.py"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "D100"),
        (MODULE + "class Wide:\n    pass\n", "D101"),
        (MODULE + 'class Wide:\n    """Wide."""\n\n    def f(self):\n        pass\n', "D102"),
        (MODULE + "def f():\n    pass\n", "D103"),
        (MODULE + 'def f():\n    """no end"""\n', "D415"),
        (MODULE + 'def f(x):\n    """Check."""\n    assert x\n', "S101"),
        (MODULE + 'def f():\n    """Load."""\n    import json\n\n    json.loads("1")\n', "PLC0415"),
        (MODULE + 'def f(shown: bool):\n    """Show."""\n    return shown\n', "FBT001"),
        (MODULE + 'def f(a, b, c, d):\n    """Add."""\n    return a + b + c + d\n', "PLR0917"),
    ],
    ids=[
        "a module without a docstring",
        "a class without one",
        "a method without one",
        "a function without one",
        "a sentence without an end",
        "an assert",
        "an import inside a function",
        "a boolean by position",
        "a fourth argument by position",
    ],
)
def test_the_style_refuses(text, code):
    assert code in refusals(SHIPPED, text)


def test_the_style_lets_good_code_pass():
    good = MODULE + 'def double(number: int) -> int:\n    """Twice the number."""\n'
    assert refusals(SHIPPED, good + "    return number * 2\n") == []
