"""What was given to whom to read, for whoever asks within this stage; pages ask `rounds`."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from exeunt.members.models import Member
from exeunt.stages.coding.models import Assignment, CodebookVersion, Round, Sheet
from exeunt.stages.coding.queries.things import things_of, unit_of
from exeunt.stages.coding.rules.rounds import check_is_given
from exeunt.stages.coding.states import SheetState, Target
from exeunt.studies.models import Membership, Study
from exeunt.studies.roles import Role


def is_shared_out(version: CodebookVersion) -> bool:
    """Whether coders read what they are given with a version; else each reads everything.

    Once a round was opened it stays so: what was given out must not open to all by its closing.
    """
    return Round.objects.filter(version=version).exists()


def given_to(version: CodebookVersion, coder: Member) -> QuerySet[Assignment]:
    """Return what one coder was given with a version, in the order that was drawn."""
    return Assignment.objects.filter(version=version, coder=coder).order_by("position")


def left_of(study: Study, version: CodebookVersion, coder: Member) -> QuerySet[Assignment]:
    """Return what one coder was given and has not completed, in the order that was drawn."""
    unit = unit_of(version)
    there = things_of(study, version).order_by().filter(pk=OuterRef(unit.value))
    done = sheets_on(unit, complete=True)
    return given_to(version, coder).filter(~Exists(done), Exists(there))


def awaited(study: Study, version: CodebookVersion) -> QuerySet[Assignment]:
    """Return what was given to those who still code here, and they have not completed."""
    given = Assignment.objects.filter(version=version, coder__in=coders_of(study))
    return given.filter(~Exists(sheets_on(unit_of(version), complete=True)))


def sheets_on(unit: Target, *, complete: bool = False) -> QuerySet[Sheet]:
    """Return the sheets that stand for the assignments of an outer query, coder by coder.

    ``unit`` is what all of these assignments are about.
    """
    same = {
        unit.value: OuterRef(unit.value),
        "reading__coder": OuterRef("coder"),
        "reading__version": OuterRef("version"),
    }
    found = Sheet.objects.filter(**same)
    return found.filter(state=SheetState.COMPLETE) if complete else found


def check_given(version: CodebookVersion, thing: int, *, begun: bool, by: Member) -> None:
    """Refuse a coder's own reading of something that was given to others and not to them."""
    if begun:
        return
    check_is_given(
        shared_out=is_shared_out(version),
        given=given_to(version, by).filter(**{unit_of(version).value: thing}).exists(),
        begun=begun,
        codebook=version.name,
    )


def judged_by_others(
    study: Study, version: CodebookVersion, things: Sequence[int], *, coder: Member
) -> int:
    """Count those of some things that others have completed and this coder has not."""
    unit = unit_of(version).value
    here = {"state": SheetState.COMPLETE, "reading__version": version, "reading__study": study}
    done = Sheet.objects.filter(**here, **{f"{unit}__in": things})
    own = set(done.filter(reading__coder=coder).values_list(unit, flat=True))
    return len(set(done.values_list(unit, flat=True)) - own)


def coders_of(study: Study) -> QuerySet[Membership, Any]:
    """Return the numbers of those who code in a study."""
    return Membership.objects.filter(study=study, role=Role.CODER).values_list("member", flat=True)
