"""``exeunt findings``."""

import click
from django.utils import timezone

from exeunt.cli.desk import Desk, a_codebook, a_study, as_json, at_a_desk
from exeunt.cli.questions import a_question, comparable, led
from exeunt.cli.showing import show_json
from exeunt.cli.tables import show_comparisons, show_mark, show_narratives, show_slices
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.findings.formats.facts import Facts
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.formats.rows import comparison_row, finding_rows
from exeunt.stages.findings.queries.narrative import read_findings


@click.command("findings")
@a_study
@a_codebook
@click.option(
    "--by",
    "attribute",
    type=click.Choice(["period", "group", "setting"]),
    help="Also count within each value of an attribute.",
)
@as_json
@at_a_desk
@comparable
@led
@a_question
def findings_command(
    desk: Desk,
    *,
    question: Question,
    study: str | None,
    codebook: str | None,
    attribute: str | None,
    machine: bool,
) -> None:
    """How often was each reason given, and by whose reading?

    Shares among those with a stated reason, with their counts and intervals; codes whose
    agreement is under .667, or read twice in too few accounts, are shown and not ranked.
    """
    chosen = desk.study(study)
    version = version_called(codebook, study=chosen)
    facts = read_findings(chosen, version, question, made=timezone.now(), by=desk.member)
    if machine:
        show_json({"findings": flat(facts), "comparisons": flat_comparisons(facts)})
        return
    show_mark(invented=facts.body.invented)
    show_narratives(facts)
    if attribute is not None:
        show_slices(facts, attribute)
    if facts.comparisons:
        show_comparisons(facts)


def flat_comparisons(facts: Facts) -> list[dict[str, object]]:
    """Return a row for each odds ratio that was asked for."""
    return [comparison_row(row, invented=facts.body.invented) for row in facts.comparisons]


def flat(facts: Facts) -> list[dict[str, object]]:
    """Return a row for each reason, way of reading and denominator."""
    return [
        row
        for narrative in facts.narratives
        for row in finding_rows(
            narrative,
            facts.question.blanks,
            ranked=narrative.code in facts.ranked,
            invented=facts.body.invented,
        )
    ]
