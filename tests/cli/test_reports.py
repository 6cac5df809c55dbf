"""`exeunt report` and `exeunt check`: what is written, and what scripts are told."""

import json

import pytest

from tests.archive.folders import ledger_acts, rows_in, state_of
from tests.cli.terminal import done, refused, run, told


def test_a_report_is_written_and_kept(archive):
    said = done("report", "--format", "html", at=archive).splitlines()

    folder = archive / "reports" / "leaving"
    assert str(folder / "report.html") in said
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert said[-1].startswith(f"and {len(files)} files in all")
    assert rows_in(archive, "SELECT count(*) FROM findings_report") == [(1,)]
    assert ledger_acts(archive)[-1] == "report.made"


def test_a_report_may_be_written_elsewhere(archive, tmp_path):
    done("report", "--format", "html", "--to", tmp_path / "out", at=archive)

    assert (tmp_path / "out" / "report.html").is_file()


@pytest.mark.parametrize("formats", ["odt", "html,odt", "", ",", "pdf,,docx;"])
def test_a_format_that_cannot_be_written_is_refused(archive, formats):
    before = state_of(archive)

    assert "html, pdf, docx" in refused("report", "--format", formats, at=archive)
    assert state_of(archive) == before
    assert list((archive / "reports").iterdir()) == []


def test_a_report_into_a_file_is_refused(archive, tmp_path):
    (tmp_path / "out").write_text("mine")

    sentence = refused("report", "--format", "html", "--to", tmp_path / "out", at=archive)

    assert str(tmp_path / "out") in sentence
    assert (tmp_path / "out").read_text() == "mine"


def test_a_viewer_sees_findings_and_makes_no_report(archive):
    done("member", "add", "Eve", "--role", "viewer", at=archive)

    assert told("findings", "--times", "100", at=archive, as_="Eve")
    assert "You may not make a report" in refused("report", at=archive, as_="Eve")


# --- check ----------------------------------------------------------------------------------------


def test_a_check_is_told_to_scripts(archive):
    told_ = told("check", archive)

    assert list(told_) == ["captures", "problems", "remarks", "witness"]
    assert told_["captures"] == 1
    assert told_["problems"] == []
    assert told_["witness"].startswith(f"{len(ledger_acts(archive))}:")


def test_a_check_that_finds_something_tells_scripts_as_well(archive):
    next((archive / "captures").iterdir()).write_bytes(b"x")

    result = run("check", archive, "--json")

    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["problems"]) == 1


def test_a_witness_that_is_none_is_refused(archive):
    assert "it should look like 12:ab34…" in refused("check", archive, "--witness", "x")
