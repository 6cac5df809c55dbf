"""Putting a finished report where it belongs: all of it or nothing, and nobody's file lost."""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from exeunt.errors import Refusal

MANIFEST = "report.json"


def beside(folder: Path) -> Path:
    """Return the folder in which a report is written before it gets its name."""
    return folder.with_name(f".{folder.name}.in-the-making")


def check_free(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier report of ours."""
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} is a file; name a folder for the report.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise Refusal(
            f"{folder} holds other files, which a report might overwrite; "
            "name a folder that is new or empty."
        )


def write_manifest(folder: Path, facts: Mapping[str, object], files: Iterable[Path]) -> Path:
    """Write down what a report was made from and which files belong to it."""
    names = sorted(str(path.relative_to(folder)) for path in files)
    manifest = folder / MANIFEST
    text = json.dumps({**facts, "files": names}, ensure_ascii=False, indent=2)
    manifest.write_text(text + "\n", encoding="utf-8")
    return manifest


def put_in_place(making: Path, folder: Path) -> None:
    """Replace an earlier report by a finished one; what else lies in the folder stays."""
    folder.mkdir(parents=True, exist_ok=True)
    earlier = _earlier_files(folder)
    finished = [path for path in sorted(making.rglob("*")) if path.is_file()]
    kept = {path.relative_to(making) for path in finished}
    # The manifest comes last: until then the folder is known by the earlier one.
    for path in sorted(finished, key=lambda path: path.name == MANIFEST):
        target = folder / path.relative_to(making)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)
    for name in set(earlier) - kept:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(making)


def _earlier_files(folder: Path) -> list[Path]:
    try:
        stated = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        names = [Path(str(name)) for name in stated]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [name for name in names if not name.is_absolute() and ".." not in name.parts]
