"""Reports of kept answers: written among the archive's, and handed out as they were made."""

import io
import json
from zipfile import ZipFile

import pytest

from exeunt.errors import NotThere, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.actions.reports import make_report, report_on
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Report
from exeunt.stages.findings.queries.reports import (
    report_called,
    report_file,
    report_together,
    reports_of,
)
from tests.making.archive import acts, files_in, rows_everywhere
from tests.making.studies import a_study

FEW = Question(times=20)


@pytest.fixture
def kept(cast, study, read_twice, reports):
    """An answer that Amina asked for."""
    return answer(study=study, version=read_twice, question=FEW, by=cast.amina)


@pytest.fixture
def made(cast, kept):
    """A report of it, as HTML only."""
    return report_on(answer=kept, formats=["html"], by=cast.edda)


def test_a_report_of_a_kept_answer_is_written_without_counting(cast, kept, reports, monkeypatch):
    monkeypatch.setattr("exeunt.stages.findings.actions.reports.findings_of", None)
    made = report_on(answer=kept, formats=["html", "docx"], by=cast.edda)
    folder = reports / made.ref

    assert files_in(reports) == {made.ref}
    assert files_in(folder) == {"report.html", "report.docx", "report.json", "figures"}
    assert kept.data_hash in (folder / "report.html").read_text(encoding="utf-8")
    assert json.loads((folder / "report.json").read_text())["answer"] == kept.ref
    assert (made.answer, made.study, made.made_by) == (kept, kept.study, cast.edda)
    assert acts()[-1] == "report.made"


def test_asked_for_twice_by_one_form_it_is_written_once(cast, kept, reports):
    first = report_on(answer=kept, formats=["html"], ref="ab" * 8, by=cast.edda)
    before = rows_everywhere()

    assert report_on(answer=kept, formats=["html"], ref="ab" * 8, by=cast.edda) == first
    assert rows_everywhere() == before


def test_it_tells_each_file_before_it_is_made(cast, kept):
    told = []

    def tell(says, done=None, total=None, /):
        told.append((says, done, total))

    report_on(answer=kept, formats=["html"], tell=tell, by=cast.edda)

    assert [done for _, done, _ in told] == list(range(len(told)))
    assert {total for *_, total in told} == {len(told)}
    assert told[-1][0] == "report.html"


@pytest.mark.parametrize("formats", [["odt"], [], ["html", "../x"]])
def test_a_format_that_there_is_none_of_is_refused(cast, kept, reports, formats):
    with pytest.raises(Refusal, match="Reports are written as html, pdf, docx"):
        report_on(answer=kept, formats=formats, by=cast.edda)

    assert files_in(reports) == set()


def test_nobody_but_leads_and_editors_makes_a_report(cast, kept, reports):
    before = rows_everywhere()
    for member in (cast.vera, cast.boris, cast.dana, cast.lina, cast.eve):
        with pytest.raises(NotYours, match="You may not make a report"):
            report_on(answer=kept, formats=["html"], by=member)

    assert rows_everywhere() == before
    assert files_in(reports) == set()


def test_reports_are_listed_the_newest_first(cast, study, kept, made):
    second = report_on(answer=kept, formats=["html", "docx"], by=cast.amina)
    lines = reports_of(study, by=cast.vera)

    assert [(line.report, line.formats, line.maker) for line in lines] == [
        (second, ("html", "docx"), "Amina"),
        (made, ("html",), "Edda"),
    ]
    with pytest.raises(NotYours):
        reports_of(study, by=cast.eve)


def test_a_file_is_handed_out_as_it_was_made_and_that_is_written_down(cast, study, made, reports):
    report = report_called(made.ref, study=study, by=cast.vera)
    handed = report_file(report, "report.html", by=cast.vera)
    entry = Entry.objects.latest("position")

    assert handed.name == "report.html"
    assert handed.content == (reports / made.ref / "report.html").read_bytes()
    assert (entry.act, entry.subject, entry.by) == ("report.downloaded", made.ref, cast.vera.ref)
    assert entry.facts == {"study": study.ref, "file": "report.html"}
    assert report_file(report, "figures/agreement.png", by=cast.vera).name == "agreement.png"


@pytest.mark.parametrize(
    "name",
    [
        "../other/report.html",
        "/etc/passwd",
        "figures/../report.html",
        "report.pdf",
        "",
        "figures",
        "report.html\x00",
    ],
)
def test_only_a_file_that_was_made_with_the_report_has_a_name(cast, made, name):
    before = acts()
    with pytest.raises(NotThere, match=r"^There is nothing here\.$"):
        report_file(made, name, by=cast.vera)

    assert acts() == before


@pytest.mark.parametrize("change", [lambda p: p.write_text("other"), lambda p: p.unlink()])
def test_a_file_that_was_changed_since_is_not_handed_out(cast, made, reports, change):
    change(reports / made.ref / "report.html")
    for take in (report_together, lambda report, by: report_file(report, "report.html", by=by)):
        with pytest.raises(Refusal, match="no longer the one that was made"):
            take(made, by=cast.vera)


def test_a_report_of_another_study_is_not_there(cast, study, made):
    other = a_study(cast, "other")
    for where, ref in ((other, made.ref), (study, "0" * 16)):
        with pytest.raises(NotThere, match=r"^There is nothing here\.$"):
            report_called(ref, study=where, by=cast.amina)


def test_a_report_is_handed_out_whole(cast, made):
    handed = report_together(made, by=cast.vera)
    with ZipFile(io.BytesIO(handed.content)) as archive:
        assert archive.namelist() == sorted(made.files)


def test_a_report_of_the_command_line_is_at_hand_where_it_lies_in_the_archive(
    cast, study, read_twice, reports, tmp_path
):
    asked = {"study": study, "version": read_twice, "question": FEW, "formats": ["html"]}
    inside = make_report(folder=reports / study.slug, **asked, by=cast.amina).report
    outside = make_report(folder=tmp_path / "elsewhere", **asked, by=cast.amina).report

    assert (inside.folder, outside.folder) == (study.slug, "")
    assert report_file(inside, "report.html", by=cast.vera).content
    with pytest.raises(Refusal, match="outside the archive's reports"):
        report_file(outside, "report.html", by=cast.vera)
    assert Report.objects.count() == 2
