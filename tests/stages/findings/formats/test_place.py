"""A report takes its place whole, and nobody's file is lost."""

import json

import pytest

from exeunt.errors import Refusal
from exeunt.stages.findings.formats.place import (
    beside,
    check_free,
    put_in_place,
    write_manifest,
)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "report"


def made(folder, *names):
    """Write a report of these files beside its folder, as it is before it takes its place."""
    making = beside(folder)
    for name in names:
        path = making / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"new {name}")
    write_manifest(making, {"study": "leaving"}, [making / name for name in names])
    return making


def names_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_finished_report_stands_in_its_folder_with_its_manifest(folder):
    put_in_place(made(folder, "report.html", "figures/a.svg"), folder)

    assert names_in(folder) == {"report.html", "figures/a.svg", "report.json"}
    assert json.loads((folder / "report.json").read_text())["files"] == [
        "figures/a.svg",
        "report.html",
    ]
    assert not beside(folder).exists()


def test_what_an_earlier_report_had_and_this_one_has_not_is_taken_away(folder):
    put_in_place(made(folder, "report.html", "report.pdf", "figures/old.svg"), folder)
    put_in_place(made(folder, "report.html", "figures/new.svg"), folder)

    assert names_in(folder) == {"report.html", "figures/new.svg", "report.json"}


def test_what_somebody_laid_beside_a_report_stays(folder):
    put_in_place(made(folder, "report.html"), folder)
    (folder / "mine.txt").write_text("mine")
    put_in_place(made(folder, "report.html"), folder)

    assert (folder / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("outside", ["../mine.txt", "/tmp/mine.txt"])
def test_a_manifest_cannot_have_files_outside_the_folder_taken_away(folder, outside):
    mine = folder.parent / "mine.txt"
    mine.write_text("mine")
    folder.mkdir()
    (folder / "report.json").write_text(json.dumps({"files": [outside]}))
    put_in_place(made(folder, "report.html"), folder)

    assert mine.read_text() == "mine"


@pytest.mark.parametrize("damage", ["", "[]", '{"files": 3}', "{"])
def test_a_damaged_manifest_takes_nothing_away(folder, damage):
    folder.mkdir()
    (folder / "report.json").write_text(damage)
    (folder / "mine.txt").write_text("mine")
    put_in_place(made(folder, "report.html"), folder)

    assert names_in(folder) == {"mine.txt", "report.html", "report.json"}


def test_a_folder_with_other_files_is_refused(folder):
    folder.mkdir()
    check_free(folder)
    (folder / "mine.txt").touch()
    with pytest.raises(Refusal, match="holds other files"):
        check_free(folder)


def test_a_file_is_no_folder_for_a_report(folder):
    folder.write_text("mine")
    with pytest.raises(Refusal, match="is a file"):
        check_free(folder)
