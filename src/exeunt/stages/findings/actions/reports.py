"""Writing reports, and keeping what their files hashed to."""

import hashlib
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exeunt.desk.progress import Tell
from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.visibility import edition_of
from exeunt.stages.findings.actions.answers import keep_answer
from exeunt.stages.findings.formats import FORMATS
from exeunt.stages.findings.formats.composition import compose
from exeunt.stages.findings.formats.document import Report as Document
from exeunt.stages.findings.formats.facts import Facts
from exeunt.stages.findings.formats.place import beside, check_free, put_in_place, write_manifest
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.formats.written import file_names, write_report
from exeunt.stages.findings.models import Answer, Report
from exeunt.stages.findings.queries.answers import check_may_see, document_of
from exeunt.stages.findings.queries.narrative import findings_of, silently
from exeunt.stages.findings.queries.reports import reports_folder
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.version import SOFTWARE

Progress = Callable[[str], None]


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
    progress: Progress | None = None,
    by: Member,
) -> Written:
    """Answer a question, keep the answer, and write the report of it into a folder.

    Raises Refusal where the question asks for what the data cannot bear, and where the
    folder holds other files. The report is written beside the folder and takes the place of
    an earlier one when it is whole and recorded.
    """
    require(Act.MAKE_REPORT, study=study, by=by)
    check_free(folder)
    check_formats(formats)
    edition = edition_of(study)
    facts = findings_of(study, version, question, made=timezone.now(), by=by)
    document = compose(facts)
    answer = keep_answer(
        study=study, version=version, facts=facts, document=document, edition=edition, by=by
    )
    report = Report(ref=new_reference(), answer=answer, folder=_within_reports(folder))
    files = _write(report, document, folder, formats=formats, progress=progress, by=by)
    return Written(report, files, facts)


def report_on(
    *,
    answer: Answer,
    formats: Collection[str],
    tell: Tell = silently,
    ref: str | None = None,
    by: Member,
) -> Report:
    """Write the report of an answer that is kept, among the archive's reports; nothing is counted.

    Asked for twice under one reference, it is written once.
    """
    require(Act.MAKE_REPORT, study=answer.study, by=by)
    check_may_see(answer.study, answer.version, by=by)
    check_formats(formats)
    ref = ref or new_reference()
    earlier = Report.objects.filter(ref=ref, study=answer.study, made_by=by).first()
    if earlier is not None:
        return earlier
    document = document_of(answer)
    report = Report(ref=ref, answer=answer, folder=ref)
    names = file_names(document, formats)
    _write(
        report,
        document,
        reports_folder() / ref,
        formats=formats,
        progress=lambda name: tell(name, names.index(name), len(names)),
        by=by,
    )
    return report


def check_formats(formats: Collection[str]) -> None:
    """Refuse a format that reports are not written in, and none at all."""
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown or not formats:
        raise Refusal(
            "Reports are written as {known}; {asked} was asked for.",
            known=", ".join(FORMATS),
            asked=", ".join(unknown) or "nothing",
        )


def _write(
    report: Report,
    document: Document,
    folder: Path,
    *,
    formats: Collection[str],
    progress: Progress | None,
    by: Member,
) -> tuple[Path, ...]:
    """Write beside the folder, and put all in place when it is whole and recorded."""
    making = beside(folder)
    shutil.rmtree(making, ignore_errors=True)
    try:
        files = write_report(document, making, formats, progress=progress)
        files = (*files, write_manifest(making, _stated(report.answer, document), files))
        with transaction.atomic():
            _keep(report, document, _digests(files, making), by=by)
            _record(report, document, formats=formats, by=by)
            put_in_place(making, folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return tuple(folder / path.relative_to(making) for path in files)


def _digests(files: Collection[Path], folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def _keep(report: Report, document: Document, files: dict[str, str], *, by: Member) -> None:
    report.study = report.answer.study
    report.version = report.answer.version
    report.made = document.made_at()
    report.made_by = by
    report.files = files
    report.software = SOFTWARE
    report.save(force_insert=True)


def _record(report: Report, document: Document, *, formats: Collection[str], by: Member) -> None:
    record(
        "report.made",
        subject=report.ref,
        by=by.ref,
        study=report.study.ref,
        figures=len(document.figures()),
        formats="+".join(sorted(formats)),
        data=report.answer.data_hash,
    )


def _stated(answer: Answer, document: Document) -> dict[str, object]:
    """Return what it takes to make the report again."""
    return {
        "study": answer.study.slug,
        "question": str(answer.asked()),
        "codebook": answer.version.name,
        "software": SOFTWARE,
        "data": answer.data_hash,
        "made": document.made,
        "invented": document.invented,
        "answer": answer.ref,
    }


def _within_reports(folder: Path) -> str:
    """Return where a folder lies among the archive's reports, or nothing if it does not."""
    if settings.EXEUNT_REPORTS is None:
        return ""
    reports, place = reports_folder().resolve(), folder.resolve()
    return place.relative_to(reports).as_posix() if place.is_relative_to(reports) else ""
