"""A report is written, kept with every finding in it, and written down once."""

import hashlib
from pathlib import Path

import pytest

from exeunt import __version__
from exeunt.errors import NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.ledger.verifying import problems_of_ledger
from exeunt.methods.readings import Blanks
from exeunt.stages.coding.queries.readings import readings_of
from exeunt.stages.findings.actions.reports import Written, make_report
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Finding, Report
from tests.making.archive import acts, rows_everywhere
from tests.making.coding import a_codebook, code, judgement
from tests.making.testimonies import row, take_in

FEW = Question(times=20)


def made(study, version, folder, by, **how) -> Written:
    asked = {"question": FEW, "formats": ["html"], **how}
    return make_report(study=study, version=version, folder=folder, by=by, **asked)


def test_a_report_is_kept_with_its_findings_and_what_each_rests_on(
    cast, study, read_twice, tmp_path
):
    before, folder = acts(), tmp_path / "reports"
    written = made(study, read_twice, folder, cast.edda)
    report, entry = Report.objects.get(), Entry.objects.latest("position")
    data = readings_of(study, read_twice, by=cast.amina).data_hash

    assert written.report == report
    assert (report.study, report.version) == (study, read_twice)
    assert report.software == f"Exeunt {__version__}"
    check_findings(data)
    check_files(written, folder)
    for stated in (data, "reasons@1", f"Exeunt {__version__}", "blanks are missing"):
        assert stated in (folder / "report.html").read_text(encoding="utf-8")

    assert acts() == [*before, "findings.answered", "report.made"]
    assert (entry.subject, entry.by) == (report.ref, cast.edda.ref)
    assert entry.facts == {
        "study": study.ref,
        "figures": Finding.objects.count(),
        "formats": "html",
        "data": data,
    }
    assert problems_of_ledger() == []


def check_findings(data: str) -> None:
    assert Finding.objects.exists()
    for finding in Finding.objects.all():
        assert str(FEW) in finding.query
        assert finding.window
        assert finding.blanks == "blanks are missing"
        assert finding.data_hash == data
        assert finding.table["columns"]
        assert finding.table["rows"]


def check_files(written: Written, folder: Path) -> None:
    assert folder / "report.html" in written.files
    written_as = {path.relative_to(folder).as_posix(): path for path in written.files}
    assert set(written_as) == set(written.report.files)
    for name, path in written_as.items():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert written.report.files[name] == digest


def test_nobody_but_leads_and_editors_makes_a_report(cast, study, read_twice, tmp_path):
    before, folder = rows_everywhere(), tmp_path / "reports"
    for member in (cast.vera, cast.boris, cast.chidi, cast.dana, cast.lina, cast.eve):
        with pytest.raises(NotYours, match="You may not make a report"):
            made(study, read_twice, folder, member)

    assert rows_everywhere() == before
    assert not folder.exists()


def test_a_question_that_is_refused_writes_nothing(cast, study, read_twice, tmp_path):
    before, folder = rows_everywhere(), tmp_path / "reports"
    question = Question(times=20, complete=(("setting", "free"),))
    with pytest.raises(Refusal, match="“setting” is"):
        made(study, read_twice, folder, cast.amina, question=question)

    assert rows_everywhere() == before
    assert not folder.exists()


def test_an_unknown_format_writes_nothing(cast, study, read_twice, tmp_path):
    before, folder = rows_everywhere(), tmp_path / "reports"
    with pytest.raises(Refusal, match="html, pdf, docx; odt was asked for"):
        made(study, read_twice, folder, cast.amina, formats=["odt"])

    assert rows_everywhere() == before
    assert not folder.exists()


@pytest.mark.parametrize("other", ["2014", "2015"], ids=["the same", "another value"])
def test_two_comparisons_over_one_attribute_stand_in_one_report(
    cast, study, read_twice, tmp_path, other
):
    question = Question(times=2, complete=(("period", "2014"), ("period", other)))
    made(study, read_twice, tmp_path / "reports", cast.amina, question=question)
    figures = list(Finding.objects.values_list("figure", flat=True))

    assert Report.objects.count() == 1
    assert len(figures) == len(set(figures))


def test_the_longest_question_is_kept_whole(cast, study, captures, tmp_path):
    """Whatever was asked must be repeatable, and PostgreSQL keeps no more than a column holds."""
    period, group = "p" * 80, "g" * 80
    rows = [row(f"A{n}", period=period, group_left=group, setting="free") for n in range(4)]
    take_in(rows, tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast)
    codings = [
        judgement(f"A{n}", "L1", n % 2, coder=coder)
        for n in range(4)
        for coder in ("Boris", "Chidi")
    ]
    code(codings, tmp_path, study=study, cast=cast)
    only = {"period": period, "group": group, "setting": "free"}
    question = Question(
        times=1000, only=only, complete=tuple(only.items()), blanks=Blanks.NOT_MENTIONED
    )
    made(study, version, tmp_path / "reports", cast.amina, question=question)

    for field in ("query", "title", "window", "blanks"):
        longest = Finding._meta.get_field(field).max_length
        kept = [getattr(finding, field) for finding in Finding.objects.all()]
        assert all(longest is None or len(text) <= longest for text in kept), field
    assert all(str(question) in finding.query for finding in Finding.objects.all())
