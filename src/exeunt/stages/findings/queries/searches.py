"""Searches that were counted, as the list of them shows each."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.visibility import left_to_read
from exeunt.stages.findings.models import SOUGHT, Answer
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class CountedLine(NamedTuple):
    """One search that was counted: its title, and the sentence that it came to."""

    ref: str
    title: str
    says: str
    made: datetime
    changes: int


def counted_searches(study: Study, *, by: Member) -> list[CountedLine]:
    """Return the searches that were counted, the latest first, as far as one may see sums."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    kept = Answer.objects.filter(study=study, question__has_key=SOUGHT).order_by("-pk")
    versions = CodebookVersion.objects.filter(answer__in=kept).select_related("codebook").distinct()
    seen = [one.pk for one in versions if not left_to_read(study, one, by=by)]
    return list(_lines(study, kept.filter(version__in=seen)))


def _lines(study: Study, kept: QuerySet[Answer]) -> Iterator[CountedLine]:
    for answer in kept.only("ref", "question", "document", "made", "edition"):
        pages = answer.document["pages"]
        changes = max(0, study.edition - answer.edition)
        yield CountedLine(
            answer.ref, answer.question["title"], pages[0]["lead"], answer.made, changes
        )
