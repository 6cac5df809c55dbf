"""Reports that were made, and their files, on behalf of somebody."""

import hashlib
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from django.conf import settings

from exeunt.errors import NotThere, Refusal
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.findings.formats import FORMATS
from exeunt.stages.findings.formats.together import zipped
from exeunt.stages.findings.models import Report
from exeunt.stages.findings.queries.answers import NOTHING, Download, check_may_see
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

MOST_REPORTS = 200


class ReportLine(NamedTuple):
    """One line of the list of reports."""

    report: Report
    formats: tuple[str, ...]
    maker: str


def reports_folder() -> Path:
    """Return where the open archive keeps its reports."""
    if settings.EXEUNT_REPORTS is None:
        raise RuntimeError("no archive is open, so there is nowhere to keep a report")
    return Path(settings.EXEUNT_REPORTS)


def reports_of(study: Study, *, by: Member) -> list[ReportLine]:
    """Return a study's latest reports, the newest first; each answers for who may see it."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    made = Report.objects.filter(study=study).order_by("-pk")
    kept = made.select_related("version__codebook", "made_by", "answer").defer("answer__document")
    return [line_of(report) for report in kept[:MOST_REPORTS]]


def report_called(ref: str, *, study: Study, by: Member) -> Report:
    """Return a report by its reference, or refuse as if there were none."""
    found = Report.objects.filter(ref=ref, study=study)
    report = found.select_related("version__codebook", "made_by", "answer", "study").first()
    if report is None:
        raise NotThere(NOTHING)
    check_may_see(study, report.version, by=by)
    return report


def line_of(report: Report) -> ReportLine:
    """Return a report with what its line in the list says."""
    return ReportLine(
        report=report,
        formats=tuple(kind for kind in FORMATS if f"report.{kind}" in report.files),
        maker=report.made_by.name if report.made_by is not None else "",
    )


def report_file(report: Report, name: str, *, by: Member) -> Download:
    """Hand out one file of a report, and write down that it was taken.

    Only a file that was made with the report has a name here, and only as it was made.
    """
    content = _as_made(report, name)
    record_alone(
        "report.downloaded", subject=report.ref, by=by.ref, study=report.study.ref, file=name
    )
    return Download(PurePosixPath(name).name, content)


def report_together(report: Report, *, by: Member) -> Download:
    """Hand out all files of a report in one archive, and write down that they were taken."""
    content = zipped((name, _as_made(report, name)) for name in sorted(report.files))
    record_alone(
        "report.downloaded", subject=report.ref, by=by.ref, study=report.study.ref, file="all"
    )
    return Download(f"report-{report.ref}.zip", content)


def _as_made(report: Report, name: str) -> bytes:
    digest = report.files.get(name)
    if digest is None:
        raise NotThere(NOTHING)
    if not report.folder:
        raise Refusal(
            "This report was written outside the archive's reports, so its files are not at hand "
            "here. Make it again to have them."
        )
    path = reports_folder() / report.folder / name
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise Refusal(
            "This file is no longer the one that was made: a later report may have taken its "
            "place. Make the report again."
        )
    return content
