"""What waits for a member, how far each reading has come, and what to read next."""

from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Exists, OuterRef

from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion, Pass, Sheet
from exeunt.stages.coding.queries.codebooks import current_versions
from exeunt.stages.coding.queries.giving import given_to, is_shared_out, left_of
from exeunt.stages.coding.queries.questions import unanswered
from exeunt.stages.coding.queries.things import thing_called, things_of, unit_of
from exeunt.stages.coding.queries.visibility import (
    ONE_DAY,
    differences_seen,
    edition_of,
    span_differences_seen,
)
from exeunt.stages.coding.rules.blindness import codes
from exeunt.stages.coding.states import SheetState, Target
from exeunt.studies.models import Study
from exeunt.studies.queries import require, roles_of
from exeunt.studies.roles import Act, Role


class Waiting(NamedTuple):
    """What waits for somebody with the current version of one codebook.

    ``stretches`` are to be settled in texts, ``questions`` are asked about some that were not.
    """

    codebook: str
    title: str
    unit: Target
    to_code: int
    to_settle: int
    stretches: int = 0
    questions: int = 0

    @property
    def is_something(self) -> bool:
        """Whether anything waits."""
        return any((self.to_code, self.to_settle, self.stretches, self.questions))


class Progress(NamedTuple):
    """How much of a study one coder has read with one version."""

    reading: str
    coder: str
    is_machine: bool
    done: int
    total: int


def waiting_for(study: Study, *, by: Member) -> list[Waiting]:
    """Return what waits for a member, a line for each codebook with which something does.

    Counted once for every edition of the study.
    """
    roles = roles_of(by, study)
    if not {Role.CODER, Role.LEAD} & roles:
        return []
    mark = "+".join(sorted(roles))
    key = f"waiting:{study.ref}:{edition_of(study)}:{by.ref}:{mark.replace(' ', '-')}"
    kept: list[tuple[str, str, str, int, int, int, int]] | None = cache.get(key)
    if kept is None:
        kept = [tuple(_line(study, version, by=by)) for version in current_versions(study)]  # type: ignore[misc]
        cache.set(key, kept, timeout=ONE_DAY)
    lines = [Waiting(name, title, Target(unit), *counts) for name, title, unit, *counts in kept]
    return [line for line in lines if line.is_something]


def progress_of(study: Study, version: CodebookVersion, *, by: Member) -> list[Progress]:
    """Say how far each reading with one version has come; numbers only, no judgement."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    key = f"progress:{study.ref}:{edition_of(study)}:{version.pk}"
    kept: list[tuple[str, str, bool, int, int]] | None = cache.get(key)
    if kept is None:
        passes = Pass.objects.filter(study=study, version=version).select_related("coder")
        kept = [
            (read.ref, read.coder.name, read.coder.is_machine, *_how_far(study, version, read))
            for read in passes.order_by("pk")
        ]
        cache.set(key, kept, timeout=ONE_DAY)
    return [Progress(*line) for line in kept]


def next_to_code(
    study: Study, version: CodebookVersion, *, after: str | None = None, by: Member
) -> str | None:
    """Return the reference of what a coder should read next, or None where all is read.

    It is the first after the one named, and then from the beginning again; where work is given
    out, in the order that was drawn.
    """
    require(Act.CODE, study=study, by=by)
    if is_shared_out(version):
        return _next_given(study, version, after=after, by=by)
    unit = unit_of(version)
    mine = Pass.objects.filter(study=study, version=version, coder=by).first()
    left = things_of(study, version)
    if mine is not None:
        done = Sheet.objects.filter(
            reading=mine, state=SheetState.COMPLETE, **{unit.value: OuterRef("pk")}
        )
        left = left.filter(~Exists(done))
    refs = left.values_list("ref", flat=True)
    if after is not None:
        here = thing_called(study, version, after).number
        found: str | None = refs.filter(pk__gt=here).first()
        if found is not None:
            return found
    first: str | None = refs.first()
    return first


def _line(study: Study, version: CodebookVersion, *, by: Member) -> Waiting:
    unit = unit_of(version)
    return Waiting(
        codebook=version.name,
        title=version.title,
        unit=unit,
        to_code=_to_code(study, version, by=by),
        to_settle=differences_seen(study, version, by=by).filter(unsettled__gt=0).count(),
        stretches=span_differences_seen(study, version, by=by).filter(outcome="").count(),
        questions=unanswered(study, version, by=by),
    )


def _to_code(study: Study, version: CodebookVersion, *, by: Member) -> int:
    if by.is_machine or not codes(roles_of(by, study)):
        return 0
    if is_shared_out(version):
        return left_of(study, version, by).count()
    mine = Pass.objects.filter(study=study, version=version, coder=by).first()
    return things_of(study, version).count() - (_done(mine) if mine is not None else 0)


def _next_given(
    study: Study, version: CodebookVersion, *, after: str | None, by: Member
) -> str | None:
    path = f"{unit_of(version)}__ref"
    left = left_of(study, version, by).values_list(path, flat=True)
    here = given_to(version, by).filter(**{path: after}).values_list("position", flat=True).first()
    found: str | None = left.filter(position__gt=here).first() if here is not None else None
    first: str | None = found or left.first()
    return first


def _how_far(study: Study, version: CodebookVersion, reading: Pass) -> tuple[int, int]:
    """Return how much is done of a reading, and of how much: of all, or of what was given."""
    done = _done(reading)
    if is_shared_out(version):
        return done, done + left_of(study, version, reading.coder).count()
    return done, things_of(study, version).count()


def _done(reading: Pass) -> int:
    return Sheet.objects.filter(reading=reading, state=SheetState.COMPLETE).count()
