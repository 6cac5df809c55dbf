"""Writing a report, and keeping what it said."""

import hashlib
import shutil
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
from exeunt.stages.findings.formats.facts import Facts, Question
from exeunt.stages.findings.formats.place import beside, check_free, put_in_place, write_manifest
from exeunt.stages.findings.models import Finding, Report
from exeunt.stages.findings.queries.narrative import findings_of
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.version import SOFTWARE


class Written(NamedTuple):
    """A report that was written, its files, and the facts that it tells."""

    report: Report
    files: tuple[Path, ...]
    facts: Facts


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

    Raises Refusal where the question asks for what the data cannot bear, and where the
    folder holds other files. The report is written beside the folder and takes the place of
    an earlier one when it is whole and recorded.
    """
    require(Act.MAKE_REPORT, study=study, by=by)
    check_free(folder)
    facts = findings_of(study, version, question, made=timezone.now(), by=by)
    document = compose(facts)
    making = beside(folder)
    shutil.rmtree(making, ignore_errors=True)
    try:
        files = write_report(document, making, formats, progress=progress)
        files = (*files, write_manifest(making, _stated(facts), files))
        with transaction.atomic():
            report = _keep(study, version, document, files=files)
            _record(report, document, facts, formats=formats, by=by)
            put_in_place(making, folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Written(report, tuple(folder / path.relative_to(making) for path in files), facts)


def _record(
    report: Report, document: Document, facts: Facts, *, formats: Collection[str], by: Member
) -> None:
    record(
        "report.made",
        subject=report.ref,
        by=by.ref,
        study=report.study.ref,
        figures=len(document.figures()),
        formats="+".join(sorted(formats)),
        data=facts.readings.data_hash,
    )


def _stated(facts: Facts) -> dict[str, object]:
    """Return what it takes to make the report again."""
    return {
        "study": facts.body.study,
        "question": str(facts.question),
        "codebook": facts.body.codebook,
        "software": facts.body.software,
        "data": facts.readings.data_hash,
        "made": facts.body.made,
        "invented": facts.body.invented,
    }


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
