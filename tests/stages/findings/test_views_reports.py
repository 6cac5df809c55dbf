"""The pages of reports: the list, making one, and taking its files away."""

import pytest
from django.urls import reverse

from exeunt.desk.actions import carry_out
from exeunt.desk.models import Job
from exeunt.desk.states import JobState
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.actions.reports import report_on
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Report
from tests.making.archive import acts, rows_everywhere
from tests.making.studies import a_study
from tests.making.web import browser_of

__all__ = ["browser_of"]

FEW = Question(times=100)


@pytest.fixture
def made(cast, study, read_twice, reports):
    """A report that Edda made."""
    kept = answer(study=study, version=read_twice, question=FEW, by=cast.amina)
    return report_on(answer=kept, formats=["html"], by=cast.edda)


def at(study, name, **where):
    return reverse(f"findings:{name}", kwargs={"study_ref": study.ref, **where})


def test_a_report_is_asked_for_made_and_listed(cast, study, read_twice, reports, browser_of):
    browser = browser_of(cast.edda)
    form = browser.get(at(study, "make-report"), {"times": "100", "only-period": "2014"})
    fields = form.context["form"]
    typed = {
        "once": fields["once"].value(),
        "codebook": "reasons@1",
        "blanks": "missing",
        "only-period": "2014",
        "times": "100",
        "formats": ["html", "docx"],
    }
    address = f"{at(study, 'make-report')}?times=100&only-period=2014"
    sent = browser.post(address, typed)
    job = Job.objects.get()
    carry_out.func(job.ref)
    job.refresh_from_db()
    report = Report.objects.get()

    assert (sent.status_code, job.state) == (302, JobState.DONE)
    assert job.result == {"url": "findings:report", "kwargs": {"ref": report.ref}}
    assert report.answer.question["only"] == {"period": "2014"}
    listed = browser.get(at(study, "reports")).content.decode()
    assert at(study, "report", ref=report.ref) in listed
    assert "HTML, DOCX" in listed
    page = browser.get(at(study, "report", ref=report.ref)).content.decode()
    assert at(study, "report-file", ref=report.ref, part="report.docx") in page
    assert at(study, "report-file", ref=report.ref, part="figures/agreement.png") in page


def test_without_a_format_the_form_says_so_and_keeps_what_was_chosen(
    cast, study, read_twice, browser_of
):
    browser = browser_of(cast.edda)
    once = browser.get(at(study, "make-report")).context["form"]["once"].value()
    sent = browser.post(
        at(study, "make-report"), {"once": once, "codebook": "reasons@1", "blanks": "zero"}
    )

    assert (sent.status_code, Job.objects.count()) == (422, 0)
    assert sent.context["form"]["blanks"].value() == "zero"


def test_nobody_but_leads_and_editors_asks_for_a_report(cast, study, read_twice, browser_of):
    typed = {"codebook": "reasons@1", "blanks": "missing", "formats": ["html"]}
    for member in (cast.vera, cast.boris, cast.dana, cast.lina):
        browser = browser_of(member)
        asked = browser.get(at(study, "make-report")), browser.post(at(study, "make-report"), typed)

        assert [refused.status_code for refused in asked] == [403, 403]
        assert all("You may not make a report" in page.content.decode() for page in asked)
    assert Job.objects.count() == 0


def test_no_report_yet_says_what_to_do_next(cast, study, read_twice, browser_of):
    for member, says in ((cast.edda, "Make a report"), (cast.vera, "A lead or an editor")):
        page = browser_of(member).get(at(study, "reports")).content.decode()

        assert "No report has been made yet" in page
        assert says in page


@pytest.mark.parametrize("name", ["report.html", "figures/agreement-table.csv"])
def test_a_file_is_handed_out_to_be_kept_and_never_opened_here(cast, study, made, browser_of, name):
    handed = browser_of(cast.vera).get(at(study, "report-file", ref=made.ref, part=name))

    assert handed.status_code == 200
    assert handed.headers["Content-Disposition"].startswith("attachment;")
    assert handed.headers["Content-Type"] == "application/octet-stream"
    assert acts()[-1] == "report.downloaded"


@pytest.mark.parametrize(
    "name", ["../report.html", "..%2f..%2farchive.sqlite3", "report.pdf", "figures/", "x"]
)
def test_no_other_file_can_be_had(cast, study, made, browser_of, name):
    before = rows_everywhere()
    refused = browser_of(cast.vera).get(f"/studies/{study.ref}/reports/{made.ref}/files/{name}")

    assert refused.status_code == 404
    assert rows_everywhere()["ledger.Entry"] == before["ledger.Entry"]


@pytest.mark.parametrize(
    ("name", "more"), [("report", {}), ("report-zip", {}), ("report-file", {"part": "report.html"})]
)
def test_a_report_of_another_study_is_not_there(cast, study, made, browser_of, name, more):
    other = a_study(cast, "other")
    browser = browser_of(cast.amina)

    assert browser.get(at(study, name, ref=made.ref, **more)).status_code == 200
    assert browser.get(at(other, name, ref=made.ref, **more)).status_code == 404
    assert browser_of(cast.eve).get(at(study, name, ref=made.ref, **more)).status_code == 404
