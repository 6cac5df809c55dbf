"""Answering a question once, and keeping the answer."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from exeunt.desk.progress import Tell
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.visibility import edition_of
from exeunt.stages.findings.formats.charts.screen import width_on_screen
from exeunt.stages.findings.formats.composition import compose
from exeunt.stages.findings.formats.document import Figure, Report
from exeunt.stages.findings.formats.facts import Facts
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.formats.rows import agreement_row, facets, finding_rows
from exeunt.stages.findings.formats.span_rows import span_rows
from exeunt.stages.findings.formats.stored import plain_report, plain_rows, plain_table
from exeunt.stages.findings.models import Answer, Finding
from exeunt.stages.findings.queries.answers import latest_answer
from exeunt.stages.findings.queries.narrative import findings_of, silently
from exeunt.stages.findings.rules.asking import digest_of, plain_question
from exeunt.studies.models import Study
from exeunt.version import SOFTWARE

DRAWING = "Drawing the figures"


def answer(
    *,
    study: Study,
    version: CodebookVersion,
    question: Question,
    tell: Tell = silently,
    by: Member,
) -> Answer:
    """Answer a question, unless the answer is kept already and nothing has changed since.

    Counting takes seconds in a large study, so it is done outside of any transaction, in which
    nobody else could write. A change in the meantime leaves the answer older than the study.
    """
    edition = edition_of(study)
    kept = latest_answer(study, version, question, by=by)
    if kept is not None and kept.edition >= edition and kept.software == SOFTWARE:
        return kept
    facts = findings_of(study, version, question, made=timezone.now(), tell=tell, by=by)
    return keep_answer(
        study=study,
        version=version,
        facts=facts,
        document=compose(facts),
        edition=edition,
        tell=tell,
        by=by,
    )


def keep_answer(
    *,
    study: Study,
    version: CodebookVersion,
    facts: Facts,
    document: Report,
    edition: int,
    tell: Tell = silently,
    by: Member,
) -> Answer:
    """Keep an answer with its figures; the very same answer is kept once, and counts as renewed."""
    found = {
        "study": study,
        "version": version,
        "digest": digest_of(facts.question),
        "fingerprint": fingerprint_of(facts, document),
    }
    said = _said(facts, document)
    return keep_told(found=found, said=said, document=document, edition=edition, tell=tell, by=by)


def keep_told(
    *,
    found: Mapping[str, Any],
    said: Mapping[str, Any],
    document: Report,
    edition: int,
    tell: Tell = silently,
    by: Member,
) -> Answer:
    """Keep what was told of a question; ``found`` are the fields by which it is the same answer."""
    findings = [] if Answer.objects.filter(**found).exists() else _drawn(document, tell)
    with transaction.atomic():
        kept, fresh = Answer.objects.select_for_update().get_or_create(
            **found, defaults={**said, "edition": edition, "asked_by": by}
        )
        if fresh:
            _keep_findings(kept, findings)
        elif kept.edition < edition:
            kept.edition = edition
            kept.save(update_fields=["edition"])
        _record(kept, edition, by=by)
    return kept


def _record(kept: Answer, edition: int, *, by: Member) -> None:
    record(
        "findings.answered",
        subject=kept.ref,
        by=by.ref,
        study=kept.study.ref,
        edition=edition,
        data=kept.data_hash,
    )


def fingerprint_of(facts: Facts, document: Report) -> str:
    """Return the SHA-256 of all that an answer says, whenever it was made."""
    return fingerprint_over(facts.readings.data_hash, document)


def fingerprint_over(data_hash: str, document: Report) -> str:
    """Return the SHA-256 of what was counted and of all that is said of it."""
    said = [
        data_hash,
        SOFTWARE,
        plain_report(document),
        [
            [figure.id, figure.alt, figure.note, plain_table(figure.table), figure.chart.rows]
            for figure in document.figures()
        ],
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    # The moment of making is told in the document, and is all that may differ.
    return hashlib.sha256(text.replace(document.made, "").encode()).hexdigest()


def _said(facts: Facts, document: Report) -> dict[str, Any]:
    blanks, invented = facts.question.blanks, facts.body.invented
    return {
        "question": plain_question(facts.question),
        "data_hash": facts.readings.data_hash,
        "software": SOFTWARE,
        "made": document.made_at(),
        "document": plain_report(document),
        "facets": facets(facts.readings),
        "agreements": [
            agreement_row(row, blanks, invented=invented)
            for row in (*facts.agreements, *facts.stating)
        ]
        + _span_rows(facts),
        "reasons": {
            "reading": facts.way,
            "dimension": facts.main_dimension,
            "rows": [
                row
                for told in facts.narratives
                for row in finding_rows(
                    told, blanks, ranked=told.code in facts.ranked, invented=invented
                )
            ],
        },
    }


def _span_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return agreement on marks, where it was asked for."""
    if facts.spans is None:
        return []
    codebook, invented = facts.readings.codebook, facts.body.invented
    return span_rows(facts.spans.found, codebook, invented=invented)


def _drawn(document: Report, tell: Tell) -> list[Finding]:
    """Draw every figure, which takes longest."""
    figures = document.figures()
    findings = []
    for place, figure in enumerate(figures):
        tell(DRAWING, place, len(figures))
        findings.append(_finding(place, figure))
    return findings


def _finding(place: int, figure: Figure) -> Finding:
    stated, (width, height) = figure.provenance, figure.chart.pixels()
    return Finding(
        place=place,
        figure=figure.id,
        title=figure.title,
        alt=figure.alt,
        note=figure.note,
        query=stated.query,
        window=stated.window,
        blanks=stated.blanks,
        counted=stated.counted,
        data_hash=stated.data_hash,
        table=plain_table(figure.table),
        drawn=plain_rows(figure.chart.rows),
        spec=figure.chart.spec,
        svg=figure.chart.svg(),
        width=width_on_screen(width),
        height=round(height),
    )


def _keep_findings(kept: Answer, findings: Sequence[Finding]) -> None:
    for finding in findings:
        finding.answer = kept
    Finding.objects.bulk_create(findings)
