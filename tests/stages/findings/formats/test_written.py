"""A report written into a folder."""

import json
import os

import pytest
import vl_convert

from exeunt.stages.findings.formats import charts
from exeunt.stages.findings.formats.document import Page
from exeunt.stages.findings.formats.written import write_report
from tests.stages.findings.formats.making import figure, report, shares


def short_report():
    bars = figure("share-bars", "Bars", "Bars", chart=charts.share_bars(shares()))
    return report(pages=(Page("Title", "Lead", (bars,)),))


def test_all_formats_and_all_forms_of_every_figure_are_written(tmp_path):
    written = write_report(short_report(), tmp_path / "new")
    assert [str(path.relative_to(tmp_path / "new")) for path in written] == [
        "figures/share-bars.svg",
        "figures/share-bars.png",
        "figures/share-bars.csv",
        "figures/share-bars-table.csv",
        "figures/share-bars.vl.json",
        "report.html",
        "report.pdf",
        "report.docx",
    ]
    assert all(path.stat().st_size for path in written)


def test_only_what_was_asked_for_is_written(tmp_path):
    write_report(short_report(), tmp_path, ["html"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures", "report.html"]


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(ValueError, match="no such format: odt; there are html, pdf, docx"):
        write_report(short_report(), tmp_path, ["html", "odt"])
    assert list(tmp_path.iterdir()) == []


def test_progress_names_each_file_in_turn(tmp_path):
    told = []
    written = write_report(short_report(), tmp_path, ["html"], progress=told.append)
    assert told == [str(path.relative_to(tmp_path)) for path in written]


def test_a_file_that_fails_leaves_the_former_one_and_no_draft(tmp_path, monkeypatch):
    former = tmp_path / "figures" / "share-bars.svg"
    former.parent.mkdir()
    former.write_text("the former one")

    def fails(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="the disk is full"):
        write_report(short_report(), tmp_path, ["html"])
    assert former.read_text() == "the former one"
    assert list(tmp_path.rglob(".*")) == []


def test_each_picture_is_drawn_once(tmp_path, monkeypatch):
    drawn = []
    draw = vl_convert.vegalite_to_svg
    monkeypatch.setattr(
        vl_convert,
        "vegalite_to_svg",
        lambda spec: drawn.append(spec) or draw(spec),
    )
    write_report(short_report(), tmp_path)
    assert len(drawn) == 1


def test_the_vega_lite_form_that_is_written_is_the_one_that_was_drawn(tmp_path):
    one = short_report()
    write_report(one, tmp_path, [])
    text = (tmp_path / "figures/share-bars.vl.json").read_text(encoding="utf-8")
    written = json.loads(text)
    stated = written.pop("usermeta")
    assert written == one.figures()[0].chart.spec
    assert stated["data_sha256"] == one.figures()[0].provenance.data_hash


def test_every_row_of_the_data_says_what_it_was_made_from(tmp_path):
    write_report(short_report(), tmp_path, [])
    for name in ("share-bars.csv", "share-bars-table.csv"):
        head, *rows = (tmp_path / "figures" / name).read_text(encoding="utf-8").splitlines()
        assert "query,codebook,blanks,data_sha256" in head
        assert rows
        assert all(short_report().figures()[0].provenance.data_hash in row for row in rows)


def test_the_same_report_gives_the_same_files(tmp_path):
    first = write_report(short_report(), tmp_path / "a")
    second = write_report(short_report(), tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
