"""Writing a report, and keeping what it said."""

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.findings.formats import write_report
from exeunt.stages.findings.formats.composition import compose
from exeunt.stages.findings.formats.document import Figure
from exeunt.stages.findings.formats.document import Report as Document
from exeunt.stages.findings.formats.facts import Question
from exeunt.stages.findings.models import Finding, Report
from exeunt.stages.findings.queries.narrative import findings_of
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.version import SOFTWARE


class Written(NamedTuple):
    """A report that was written, and its files."""

    report: Report
    files: tuple[Path, ...]


def make_report(
    *,
    study: Study,
    version: CodebookVersion,
    question: Question,
    folder: Path,
    formats: Collection[str],
    progress: Callable[[str], None] | None = None,
    by: Member,
) -> Written:
    """Answer a question, write the report into a folder, and keep every finding in it.

    Raises Refusal where the question asks for what the data cannot bear; files of an
    earlier report in the folder are replaced one by one, each whole.
    """
    require(Act.MAKE_REPORT, study=study, by=by)
    facts = findings_of(study, version, question, made=timezone.now(), by=by)
    document = compose(facts)
    files = write_report(document, folder, formats, progress=progress)
    with transaction.atomic():
        report = _keep(study, version, document, files=files)
        record(
            "report.made",
            subject=report.ref,
            by=by.ref,
            study=study.ref,
            figures=len(document.figures()),
            formats="+".join(sorted(formats)),
            data=facts.readings.data_hash,
        )
    return Written(report, files)


def _keep(
    study: Study, version: CodebookVersion, document: Document, *, files: Collection[Path]
) -> Report:
    report = Report.objects.create(
        study=study,
        version=version,
        made=document.made_at(),
        files={path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        software=SOFTWARE,
    )
    Finding.objects.bulk_create(_finding(report, figure) for figure in document.figures())
    return report


def _finding(report: Report, figure: Figure) -> Finding:
    stated = figure.provenance
    return Finding(
        report=report,
        figure=figure.id,
        title=figure.title,
        query=stated.query,
        window=stated.window,
        blanks=stated.blanks,
        rows={
            "columns": [column.heading for column in figure.table.columns],
            "rows": [list(row) for row in figure.table.rows],
        },
        data_hash=stated.data_hash,
    )
