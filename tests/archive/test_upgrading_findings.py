"""Reports that were made before answers were kept have one after the upgrade, and lose nothing."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from exeunt.archive.opening import opened
from exeunt.members.queries import first_person
from exeunt.stages.findings.models import Finding, Report
from exeunt.stages.findings.queries.answers import answer_called, told_in
from exeunt.stages.findings.queries.reports import reports_of
from exeunt.studies.models import Study

THEN = [("findings", "0001_initial")]
TABLE = {"columns": ["Reason", "Given"], "rows": [["L1", "2/5"], ["L2", "3/5"]]}


def report_then(apps, version):
    """A report as it was kept then, with two findings."""
    report = apps.get_model("findings", "Report").objects.create(
        study_id=Study.objects.get().pk,
        version_id=version,
        made="2026-03-01T09:00:00Z",
        files={"report.html": "0" * 64},
        software="Exeunt 0.1.0",
    )
    for figure in ("shares", "agreement"):
        apps.get_model("findings", "Finding").objects.create(
            report=report,
            figure=figure,
            title=figure.capitalize(),
            query="study=leaving",
            window="as coded",
            blanks="blanks are missing",
            rows=TABLE,
            data_hash="d" * 64,
        )


@pytest.fixture
def earlier(archive):
    """The archive as it was then, with one report in it."""
    with opened(archive):
        call_command("migrate", "findings", "0001", verbosity=0)
        apps = MigrationExecutor(connection).loader.project_state(THEN).apps
        (version,) = apps.get_model("coding", "CodebookVersion").objects.values_list(
            "pk", flat=True
        )
        report_then(apps, version)
    return archive


def test_an_earlier_report_has_an_answer_with_all_its_findings(earlier):
    with opened(earlier):
        study, by = Study.objects.get(), first_person()
        (line,) = reports_of(study, by=by)
        answer = answer_called(line.report.answer.ref, study=study, by=by)
        (page,) = told_in(answer)

        assert Report.objects.get().files == {"report.html": "0" * 64}
        assert (answer.edition, answer.data_hash, answer.software) == (0, "d" * 64, "Exeunt 0.1.0")
        assert [found.figure for found in page.blocks] == ["shares", "agreement"]
        assert [found.query for found in Finding.objects.all()] == ["study=leaving"] * 2
        assert page.blocks[0].shown_table().rows == (("L1", "2/5"), ("L2", "3/5"))
