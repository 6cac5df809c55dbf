"""The architecture runs: the contracts of the house hold, and each of them can fail."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source_files import PACKAGE, ROOT

LINT_IMPORTS = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]


# The least that the contracts name without brackets.
LEAST = (
    "__init__.py",
    "settings.py",
    "errors.py",
    "version.py",
    "ledger/__init__.py",
    "methods/__init__.py",
    "sandbox/__init__.py",
    "stages/__init__.py",
    "stages/sources/__init__.py",
    "stages/coding/__init__.py",
    "stages/findings/__init__.py",
    "vault/__init__.py",
    "vault/door.py",
    "vault/room.py",
)


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Hold a checkout against its contracts."""
    source = os.environ | {"PYTHONPATH": str(checkout / "src"), "COLUMNS": "200"}
    return subprocess.run(
        LINT_IMPORTS, cwd=checkout, env=source, capture_output=True, text=True, check=False
    )


def unguarded(package: Path, contracts: list[dict[str, object]]) -> list[str]:
    """The wings that exist and that no contract gives one door."""
    protected = {
        name
        for contract in contracts
        if contract["type"] == "protected"
        for name in contract["protected_modules"]
    }
    wings = [name for name in ("vault", "contact") if (package / name).exists()]
    return [name for name in wings if f"exeunt.{name}" not in protected]


def test_every_contract_of_the_house_is_kept():
    held = lint_imports(ROOT)

    assert held.returncode == 0, held.stdout


@pytest.mark.parametrize(
    ("files", "broken"),
    [
        ({"helpers.py": ""}, "1 Floors"),
        ({"ledger/__init__.py": "import exeunt.settings"}, "1 Floors"),
        (
            {
                "stages/sources/__init__.py": "import exeunt.stages.coding",
                "stages/coding/__init__.py": "",
            },
            "2 One way",
        ),
        (
            {
                "stages/coding/__init__.py": "",
                "stages/coding/rules.py": "import exeunt.stages.coding.actions",
                "stages/coding/actions.py": "",
            },
            "3 Built alike",
        ),
        (
            {
                "stages/coding/__init__.py": "",
                "stages/coding/misc.py": "",
            },
            "3 Built alike",
        ),
        (
            {"errors.py": "import django", "methods/__init__.py": "import exeunt.errors"},
            "4 No framework: methods, states",
        ),
        ({"methods/__init__.py": "import pandas"}, "4 No framework: methods need"),
        ({"stages/sources/__init__.py": "import exeunt.vault.room"}, "5 One door"),
        ({"stages/findings/__init__.py": "import exeunt.vault.door"}, "6 Never knocks"),
    ],
    ids=[
        "a package without a floor",
        "a lower floor that looks up",
        "an early stage that looks ahead",
        "a rule that acts",
        "a file no stage has",
        "a method that meets Django by way of others",
        "a method that needs pandas",
        "a stage that enters the custodians' room",
        "a stage that has no business with identities",
    ],
)
def test_a_contract_that_is_broken_is_named(tmp_path, files, broken):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in (dict.fromkeys(LEAST, "") | files).items():
        path = tmp_path / "src" / "exeunt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    held = lint_imports(tmp_path)

    assert held.returncode == 1, held.stdout + held.stderr
    broken_ones = [line for line in held.stdout.splitlines() if line.endswith("BROKEN")]
    assert [line.startswith(broken) for line in broken_ones] == [True]


def test_a_wing_has_one_door_as_soon_as_it_exists():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert unguarded(PACKAGE, declared["tool"]["importlinter"]["contracts"]) == []


def test_a_wing_without_a_door_is_found(tmp_path):
    (tmp_path / "vault").mkdir()

    assert unguarded(tmp_path, [{"type": "layers"}]) == ["vault"]
    guarded = {"type": "protected", "protected_modules": ["exeunt.vault"]}
    assert unguarded(tmp_path, [guarded]) == []
