"""Answers that were kept: found, shown, and handed out, on behalf of somebody."""

from collections.abc import Sequence
from typing import NamedTuple

from exeunt.errors import BadInput, NotThere, NotYet, Problem, Sentence
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion, Pass
from exeunt.stages.coding.queries.visibility import check_not_blind, counts_changes
from exeunt.stages.findings.formats.charts.screen import for_screen
from exeunt.stages.findings.formats.document import Block, Report
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.formats.stored import block_from, report_from
from exeunt.stages.findings.formats.together import zipped
from exeunt.stages.findings.formats.written import figure_files
from exeunt.stages.findings.models import Answer, Finding
from exeunt.stages.findings.rules.asking import digest_of
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

HEAVY = ("spec", "drawn", "svg")
NOTHING = "There is nothing here."
EARLIER = (
    "This answer was kept by an earlier version of Exeunt, with its tables only. "
    "Ask the question again to have its figures drawn."
)
KINDS = {
    "svg": ".svg",
    "png": ".png",
    "csv": ".csv",
    "table": "-table.csv",
    "vega-lite": ".vl.json",
}
"""The files of a figure, by the word for each in an address."""


class ToldPage(NamedTuple):
    """A page of an answer as it is shown; its figures are findings, their drawings not loaded."""

    title: str
    lead: str
    blocks: tuple[Block | Finding, ...]


class Download(NamedTuple):
    """A file that is handed out."""

    name: str
    content: bytes


def check_may_see(study: Study, version: CodebookVersion, *, by: Member) -> None:
    """Refuse whoever may not see findings, and coders who must not know yet what others said.

    Kept answers go through here as fresh ones do through ``readings_of``.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    check_not_blind(study, version, by=by)


def versions_read(study: Study) -> list[CodebookVersion]:
    """Return the codebook versions that a study was coded with, the one begun last first."""
    begun = Pass.objects.filter(study=study).order_by("-pk").select_related("version__codebook")
    return list(dict.fromkeys(reading.version for reading in begun))


def version_asked(name: str, read: Sequence[CodebookVersion]) -> CodebookVersion:
    """Return the version of that name; without one, the version that was coded last."""
    if not read:
        raise NotYet("Nobody has coded this study yet, so there is nothing to count.")
    found = next((version for version in read if name in {"", version.name}), None)
    if found is None:
        known = ", ".join(version.name for version in read)
        says = Sentence(
            "Nobody has coded this study with “{name}”. It has been coded with: {known}.",
            name=name,
            known=known,
        )
        raise BadInput(Problem(says))
    return found


def latest_answer(
    study: Study, version: CodebookVersion, question: Question, *, by: Member
) -> Answer | None:
    """Return the newest answer that is kept to a question, or None where none is."""
    check_may_see(study, version, by=by)
    kept = Answer.objects.filter(study=study, version=version, digest=digest_of(question))
    return kept.select_related("version__codebook").order_by("-edition", "-pk").first()


def answer_called(ref: str, *, study: Study, by: Member) -> Answer:
    """Return an answer by its reference, or refuse as if there were none."""
    kept = Answer.objects.filter(ref=ref, study=study).select_related("version__codebook", "study")
    answer = kept.first()
    if answer is None:
        raise NotThere(NOTHING)
    check_may_see(study, answer.version, by=by)
    return answer


def changes_since(
    study: Study, answer: Answer, versions: Sequence[CodebookVersion], *, by: Member
) -> int | None:
    """Count how often a study changed since an answer; None where who asks must not know it."""
    changes = study.edition - answer.edition
    may = not changes or counts_changes(study, versions, by=by)
    return changes if may else None


def read_answer(answer: Answer, act: str = "findings.read", *, by: Member) -> Answer:
    """Hand an answer to somebody who asks, and write down that they were told."""
    record_alone(
        act,
        subject=answer.study.ref,
        by=by.ref,
        codebook=answer.version.codebook.slug,
        answer=answer.ref,
    )
    return answer


def told_in(answer: Answer) -> tuple[ToldPage, ...]:
    """Return what an answer says, page by page; the drawings are not loaded."""
    found = {finding.figure: finding for finding in answer.finding_set.defer(*HEAVY)}
    if not answer.document:
        return (ToldPage("", "", tuple(found.values())),) if found else ()
    return tuple(
        ToldPage(
            page["title"],
            page["lead"],
            tuple(
                found[block["id"]] if block["kind"] == Finding.kind else block_from(block)
                for block in page["blocks"]
            ),
        )
        for page in answer.document["pages"]
    )


def figure_of(answer: Answer, figure: str) -> Finding:
    """Return one figure of an answer, or refuse as if there were none."""
    found = answer.finding_set.filter(figure=figure).first()
    if found is None:
        raise NotThere(NOTHING)
    return found


def drawing_of(answer: Answer, figure: str) -> str:
    """Return a figure's drawing for a page; reading it belongs to reading the page."""
    svg = answer.finding_set.filter(figure=figure).values_list("svg", flat=True).first()
    if not svg:
        raise NotThere(NOTHING)
    return for_screen(svg)


def figure_file(answer: Answer, figure: str, kind: str, *, by: Member) -> Download:
    """Hand out a figure as a file of some kind, and write down that it was taken."""
    found = figure_of(answer, figure)
    if not found.svg or kind not in KINDS:
        raise NotThere(NOTHING)
    name = f"{figure}{KINDS[kind]}"
    making = dict(figure_files(found.as_figure(), invented=answer.document["invented"]))
    record_alone(
        "figure.downloaded", subject=answer.ref, by=by.ref, study=answer.study.ref, file=name
    )
    return Download(name, making[f"figures/{name}"]())


def figures_together(answer: Answer, *, by: Member) -> Download:
    """Hand out every figure of an answer in one archive, but its PNGs, which take long to draw."""
    content = zipped(
        (name, make())
        for figure in document_of(answer).figures()
        for name, make in figure_files(figure, invented=answer.document["invented"])
        if not name.endswith(KINDS["png"])
    )
    record_alone("figures.downloaded", subject=answer.ref, by=by.ref, study=answer.study.ref)
    return Download(f"figures-{answer.ref}.zip", content)


def document_of(answer: Answer) -> Report:
    """Return an answer as the report that it was composed as, figures and all."""
    if not answer.document:
        raise NotYet(EARLIER)
    figures = {found.figure: found.as_figure() for found in answer.finding_set.all()}
    return report_from(answer.document, figures)
