"""What was sent back to those who read it, for them to answer."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from exeunt.members.models import Member
from exeunt.stages.coding.models import (
    CodebookVersion,
    Pass,
    Reply,
    Sheet,
    SpanDifference,
    SpanSettlement,
)
from exeunt.stages.coding.queries.dispute import At
from exeunt.stages.coding.queries.stretches import line_of
from exeunt.stages.coding.queries.visibility import span_differences_seen
from exeunt.stages.coding.states import IN_TEXTS, Outcome, SheetState, Target
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

About = tuple[int, int, int, int]


class Asked(NamedTuple):
    """A stretch about which who asks is asked, and whether they have answered."""

    codebook: str
    ref: str
    label: str
    code: str
    at: At
    question: str
    answered: bool


def questions_to(study: Study, *, by: Member) -> list[Asked]:
    """Return what was sent back to who asks, as one of those who read it; unanswered ones first."""
    require(Act.CODE, study=study, by=by)
    return [
        asked for version in _versions_read(study, by=by) for asked in _asked(study, version, by=by)
    ]


def unanswered(study: Study, version: CodebookVersion, *, by: Member) -> int:
    """Count what was sent back to who asks and has no answer of theirs."""
    return sum(not asked.answered for asked in _asked(study, version, by=by))


def _versions_read(study: Study, *, by: Member) -> list[CodebookVersion]:
    mine = Pass.objects.filter(study=study, coder=by).select_related("version__codebook")
    return [one.version for one in mine.order_by("-pk") if Target(one.version.unit) in IN_TEXTS]


def _asked(study: Study, version: CodebookVersion, *, by: Member) -> list[Asked]:
    """Return the questions about one version, in the order of weight."""
    rows = list(_back(study, version, by=by).order_by("-weight", "pk").select_related("account"))
    sent = _sent_back(version, rows, by=by)
    places = {code.pk: (place, code) for place, code in enumerate(version.code_set.all())}
    asked = [
        Asked(version.name, line.ref, line.label, line.code, line.at, *sent[about])
        for row in rows
        for line in [line_of(row, places)]
        for about in [(row.code_id, row.text_version_id, row.start, row.end)]
        if about in sent
    ]
    return sorted(asked, key=lambda one: one.answered)


def _back(study: Study, version: CodebookVersion, *, by: Member) -> QuerySet[SpanDifference]:
    """Return the stretches that were sent back, of the accounts that who asks has completed."""
    mine = Sheet.objects.filter(
        reading__version=version,
        reading__coder=by,
        state=SheetState.COMPLETE,
        account=OuterRef("account"),
    )
    seen = span_differences_seen(study, version, by=by).filter(outcome=Outcome.SENT_BACK)
    return seen.filter(Exists(mine))


def _sent_back(
    version: CodebookVersion, rows: Sequence[SpanDifference], *, by: Member
) -> dict[About, tuple[str, bool]]:
    """Return each question, and whether who asks has answered it."""
    accounts = {row.account_id for row in rows}
    sent = SpanSettlement.objects.filter(
        code__version=version, account__in=accounts, outcome=Outcome.SENT_BACK
    ).select_related("about")
    answered = set(
        Reply.objects.filter(settlement__in=sent, by=by).values_list("settlement", flat=True)
    )
    return {
        (one.code_id, one.about.text_version_id, one.about.start, one.about.end): (
            one.question,
            one.pk in answered,
        )
        for one in sent
    }
