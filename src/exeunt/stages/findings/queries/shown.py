"""Answers as pages show them; that they were shown is written down."""

from collections.abc import Sequence
from typing import NamedTuple

from exeunt.members.models import Member
from exeunt.methods.agreement import Standing
from exeunt.stages.findings.formats.lines import (
    AgreementLine,
    FamilyLine,
    SpanLine,
    agreement_line,
    family_line,
    span_line,
)
from exeunt.stages.findings.formats.span_rows import ANYTHING, CODE, FAMILY
from exeunt.stages.findings.models import Answer, Finding
from exeunt.stages.findings.queries.answers import HEAVY, ToldPage, read_answer, told_in
from exeunt.stages.findings.queries.posed import Posed

DOTS = "agreement"
SLICES = "by-"
REACHED = frozenset({Standing.FIRM, Standing.TENTATIVE})


class AgreementShown(NamedTuple):
    """The table of agreement, code by code and on stating anything, with its drawing."""

    codes: Sequence[AgreementLine]
    stating: Sequence[AgreementLine]
    reached: int
    dots: Finding | None
    spans: "SpansShown | None" = None


class SpansShown(NamedTuple):
    """Agreement on marks: code by code, on marking anything, and over all codes."""

    unit: str
    texts: int
    codes: Sequence[SpanLine]
    anything: Sequence[SpanLine]
    family: Sequence[FamilyLine]
    dots: Finding | None


def findings_shown(posed: Posed, *, by: Member) -> Sequence[ToldPage]:
    """Return what the answer says, page by page; nothing where none is kept."""
    if posed.answer is None:
        return ()
    read_answer(posed.answer, by=by)
    pages = told_in(posed.answer)
    return [page for page in pages if _is_wanted(page, posed.asking.by)]


def agreement_shown(posed: Posed, *, by: Member) -> AgreementShown | None:
    """Return the table of agreement, or None where no answer is kept."""
    if posed.answer is None:
        return None
    read_answer(posed.answer, "agreement.read", by=by)
    lines = [agreement_line(row) for row in posed.answer.agreements if "unit" not in row]
    codes = [line for line in lines if line.code]
    return AgreementShown(
        codes=codes,
        stating=[line for line in lines if not line.code],
        reached=sum(line.standing in REACHED for line in codes),
        dots=posed.answer.finding_set.defer(*HEAVY).filter(figure=DOTS).first(),
        spans=_spans_shown(posed.answer),
    )


def _spans_shown(answer: Answer) -> SpansShown | None:
    rows = [row for row in answer.agreements if "unit" in row]
    if not rows:
        return None
    unit = rows[0]["unit"]
    dots = answer.finding_set.defer(*HEAVY).filter(figure=f"{DOTS}-by-{unit}").first()
    return SpansShown(
        unit=unit,
        texts=rows[0]["texts"],
        codes=[span_line(row) for row in rows if row["kind"] == CODE],
        anything=[span_line(row) for row in rows if row["kind"] == ANYTHING],
        family=[family_line(row) for row in rows if row["kind"] == FAMILY],
        dots=dots,
    )


def _is_wanted(page: ToldPage, by: str) -> bool:
    """Tell whether a page is shown: of the slices, where one was asked for, only that one."""
    slices = [
        block.figure
        for block in page.blocks
        if isinstance(block, Finding) and block.figure.startswith(SLICES)
    ]
    return not by or not slices or f"{SLICES}{by}" in slices
