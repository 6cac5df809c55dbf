"""What the accounts say and how sure the coders are, in a few lines, from what is kept."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from exeunt.errors import ExeuntError, why_not
from exeunt.members.models import Member
from exeunt.methods.proportions import Share
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.findings.formats.composition.wording import slug
from exeunt.stages.findings.formats.lines import AgreementLine, SaidLine, agreement_line, said_line
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Answer
from exeunt.stages.findings.queries.answers import (
    changes_since,
    check_may_see,
    latest_answer,
    versions_read,
)
from exeunt.studies.models import Study

FEW_LINES = 6


class Standing(NamedTuple):
    """Where a study's findings stand; ``why`` says why they are not shown to who asks.

    ``said`` are the main reasons that may be ranked, commonest first; ``sure`` the agreement on
    the codes of the same dimension, in the codebook's order. ``figure`` draws what is said.
    """

    version: CodebookVersion | None = None
    answer: Answer | None = None
    changes: int | None = 0
    dimension: str = ""
    figure: str = ""
    said: Sequence[SaidLine] = ()
    sure: Sequence[AgreementLine] = ()
    why: ExeuntError | None = None


def standing_of(study: Study, *, by: Member) -> Standing:
    """Return where a study stands; nothing is counted, and nothing is said to a blind coder."""
    versions = versions_read(study)
    if not versions:
        return Standing()
    version = versions[0]
    why = why_not(lambda: check_may_see(study, version, by=by))
    if why is not None:
        return Standing(version, why=why)
    answer = latest_answer(study, version, Question(), by=by)
    if answer is None:
        return Standing(version)
    dimension = answer.reasons["dimension"]
    return Standing(
        version=version,
        answer=answer,
        changes=changes_since(study, answer, versions, by=by),
        dimension=dimension,
        figure=f"reasons-{slug(dimension)}",
        said=said_in(answer)[:FEW_LINES],
        sure=sure_in(answer)[:FEW_LINES],
    )


def answers_kept(study: Study) -> int:
    """Count the answers that are kept of a study."""
    return Answer.objects.filter(study=study).count()


def said_in(answer: Answer) -> list[SaidLine]:
    """Return the main reasons that may be ranked, commonest first."""
    rows = [row for row in _main(answer) if row["ranked"] and row["denominator"]]
    rows.sort(key=lambda row: (-row["numerator"] / row["denominator"], row["code"]))
    return [
        said_line(row["code"], row["label"], Share(row["numerator"], row["denominator"]))
        for row in rows
    ]


def sure_in(answer: Answer) -> list[AgreementLine]:
    """Return the agreement on each code of the main dimension."""
    main = [row["code"] for row in _main(answer)]
    of_accounts = [row for row in answer.agreements if "unit" not in row]
    return [agreement_line(row) for row in of_accounts if row["code"] in main]


def _main(answer: Answer) -> list[Mapping[str, Any]]:
    """Return the rows of the leading reading among those with a stated reason."""
    reasons = answer.reasons
    return [
        row
        for row in reasons.get("rows", ())
        if row["reading"] == reasons["reading"]
        and row["dimension"] == reasons["dimension"]
        and row["among"] == "stated"
    ]
