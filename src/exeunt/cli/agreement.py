"""``exeunt agreement``."""

import click

from exeunt.cli.desk import Desk, a_codebook, a_study, as_json, at_a_desk
from exeunt.cli.questions import a_question, unitised
from exeunt.cli.showing import show_json
from exeunt.cli.span_tables import show_span_agreement
from exeunt.cli.tables import show_agreement, show_mark
from exeunt.methods.span_agreement import SpanAgreements
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.formats.rows import agreement_row
from exeunt.stages.findings.formats.span_rows import span_rows
from exeunt.stages.findings.queries.narrative import Agreed, read_agreement


@click.command("agreement")
@a_study
@a_codebook
@as_json
@at_a_desk
@unitised
@a_question
def agreement_command(
    desk: Desk, *, question: Question, study: str | None, codebook: str | None, machine: bool
) -> None:
    """How far do the coders agree, code by code?

    Krippendorff's alpha with its interval, prevalence, percent, kappa and AC1, and what each
    alpha permits; then agreement on whether anything was stated at all. With --unit, the same of
    what was marked in the texts, and Krippendorff's family for stretches.
    """
    chosen = desk.study(study)
    version = version_called(codebook, study=chosen)
    agreed = read_agreement(chosen, version, question, by=desk.member)
    if agreed.spans is not None:
        _show_spans(agreed, agreed.spans.found, machine=machine)
        return
    if machine:
        rows = [*agreed.codes, *agreed.stating]
        show_json([agreement_row(row, question.blanks, invented=agreed.invented) for row in rows])
        return
    show_mark(invented=agreed.invented)
    show_agreement(agreed.codes, agreed.stating, question.blanks.wording)


def _show_spans(agreed: Agreed, found: SpanAgreements, *, machine: bool) -> None:
    """Print agreement on marks, or hand it out as rows."""
    if machine:
        show_json(span_rows(found, agreed.readings.codebook, invented=agreed.invented))
        return
    show_mark(invented=agreed.invented)
    show_span_agreement(found)
