"""A question as a page shows it: what is kept of it, and what else may be chosen."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Answer
from exeunt.stages.findings.queries.answers import (
    changes_since,
    check_may_see,
    latest_answer,
    version_asked,
    versions_read,
)
from exeunt.stages.findings.rules.asking import Asking, address_of, digest_of
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

WHOLE = digest_of(Question())
Facets = Mapping[str, Sequence[tuple[str, int]]]


class Posed(NamedTuple):
    """A question put to a study, and the answer that is kept to it, if any.

    ``versions`` are those that the study was coded with; without any there is nothing to ask.
    ``changes`` counts those of the study since the answer, and is None where there are some
    and who asks must not know how many. ``facets`` are the values by which
    accounts can be narrowed, known as soon as the usual question was answered once.
    """

    asking: Asking
    versions: Sequence[CodebookVersion]
    answer: Answer | None = None
    changes: int | None = 0
    facets: Facets = {}

    @property
    def version(self) -> CodebookVersion:
        """The codebook version that is asked about."""
        return version_asked(self.asking.codebook, self.versions)

    @property
    def address(self) -> str:
        """The query string that asks this."""
        return address_of(self.asking)


def posed_to(study: Study, asking: Asking, *, by: Member) -> Posed:
    """Return what is kept of a question, and what else may be asked."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    versions = versions_read(study)
    if not versions:
        return Posed(asking, versions)
    version = version_asked(asking.codebook, versions)
    answer = latest_answer(study, version, asking.question, by=by)
    asking = asking._replace(codebook=version.name)
    return _with_choices(study, Posed(asking, versions, answer), by=by)


def posed_by(study: Study, answer: Answer, *, by: Member) -> Posed:
    """Return an answer that is called by its reference as the page of its question shows it."""
    check_may_see(study, answer.version, by=by)
    asking = Asking(answer.asked(), answer.version.name)
    return _with_choices(study, Posed(asking, versions_read(study), answer), by=by)


def _with_choices(study: Study, posed: Posed, *, by: Member) -> Posed:
    answer = posed.answer
    return posed._replace(
        changes=changes_since(study, answer, posed.versions, by=by) if answer is not None else 0,
        facets=_facets(study, posed.version),
    )


def _facets(study: Study, version: CodebookVersion) -> Facets:
    """Return the values of every attribute in the newest answer about all accounts."""
    every = Answer.objects.filter(study=study, version=version, digest=WHOLE)
    kept = every.order_by("-edition", "-pk").values_list("facets", flat=True).first()
    return kept or {}
