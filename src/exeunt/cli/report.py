"""``exeunt report``."""

from pathlib import Path

import click

from exeunt.archive.folder import sentences_for
from exeunt.cli.desk import Desk, a_codebook, a_path, a_study, at_a_desk
from exeunt.cli.questions import a_question, comparable, led
from exeunt.cli.showing import say, steps
from exeunt.errors import Refusal
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.findings.actions.reports import make_report
from exeunt.stages.findings.formats import FORMATS
from exeunt.stages.findings.formats.question import Question


@click.command("report")
@a_study
@a_codebook
@click.option(
    "--format",
    "formats",
    default="html,pdf,docx",
    show_default=True,
    metavar="LIST",
    help="Which of html, pdf and docx to write.",
)
@click.option(
    "--to",
    "target",
    type=a_path,
    metavar="DIR",
    help="The folder to write into; reports/STUDY in the archive if left out.",
)
@at_a_desk
@comparable
@led
@a_question
def report_command(
    desk: Desk,
    *,
    question: Question,
    study: str | None,
    codebook: str | None,
    formats: str,
    target: Path | None,
) -> None:
    """Write the report: HTML, PDF, Word, and every figure.

    Every figure is also written as SVG, PNG, Vega-Lite and data (CSV), with the query, window,
    codebook version, software version and data hash that it takes to make it again.
    """
    chosen = desk.study(study)
    folder = target or desk.folder.reports / chosen.slug
    desk.folder.check_not_inside(folder)
    with sentences_for(folder), steps("Writing the report") as step:
        written = make_report(
            study=chosen,
            version=version_called(codebook, study=chosen),
            question=question,
            folder=folder,
            formats=formats_in(formats),
            progress=step,
            by=desk.member,
        )
    for path in written.files:
        if path.parent == folder:
            say(str(path))
    say(f"and {len(written.files)} files in all, the figures under {folder / 'figures'}")


def formats_in(words: str) -> tuple[str, ...]:
    """Read a list of formats, refusing what cannot be written."""
    asked = tuple(dict.fromkeys(word.strip().lower() for word in words.split(",") if word.strip()))
    unknown = [word for word in asked if word not in FORMATS]
    if unknown or not asked:
        named = " and ".join(f"“{word}”" for word in unknown) or "nothing"
        raise Refusal(f"Reports are written as {', '.join(FORMATS)}; {named} was asked for.")
    return asked
