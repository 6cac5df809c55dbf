"""How it stands with somebody's reading; asked by themselves, and answered to nobody else."""

from typing import NamedTuple

from django.utils import timezone

from exeunt.members.models import Member
from exeunt.stages.testimonies.models import CareChoice, CareTerms, ReadingDay
from exeunt.stages.testimonies.rules.care import (
    MINUTE,
    Clock,
    Terms,
    clock_of_a_new_day,
    clock_seen,
    pace_of,
)
from exeunt.stages.testimonies.states import Pace
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class Care(NamedTuple):
    """What a page that shows testimony must know of whoever reads it."""

    agreed: CareTerms
    choice: CareChoice
    clock: Clock

    @property
    def terms(self) -> Terms:
        """The limits that hold for who reads: the study's, or their own lower ones."""
        return self.agreed.as_terms().with_own(self.choice.day_limit)

    @property
    def pace(self) -> Pace:
        """Whether to read on, to pause, or whether today's limit is reached."""
        return pace_of(self.clock, self.terms)

    @property
    def held(self) -> bool:
        """Whether text is held back until they choose to go on."""
        return self.pace is Pace.HELD

    @property
    def pause(self) -> bool:
        """Whether a pause is due."""
        return self.pace is Pace.PAUSE

    @property
    def opens(self) -> bool:
        """Whether they chose to have hard passages open."""
        return self.choice.opens

    @property
    def minutes(self) -> int:
        """Full minutes read today."""
        return self.clock.minutes

    @property
    def in_a_row(self) -> int:
        """Full minutes read without a pause."""
        return self.clock.in_a_row // MINUTE


def care_for(study: Study, *, by: Member) -> Care:
    """Return how it stands with the reading of who asks; counts nothing."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    clock = clock_seen(clock_today(by), at=timezone.now())
    return Care(agreed_for(study), choice_of(by), clock)


def care_terms(study: Study, *, by: Member) -> CareTerms:
    """Return what a study has agreed for those who read in it; everybody in it may know."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    return agreed_for(study)


def agreed_for(study: Study) -> CareTerms:
    """Return what was agreed, or the usual where nothing was, with 0 as its revision."""
    found = CareTerms.objects.filter(study=study).first()
    return found or CareTerms(study=study, revision=0)


def choice_of(member: Member) -> CareChoice:
    """Return what somebody has chosen, or the usual."""
    return CareChoice.objects.filter(member=member).first() or CareChoice(member=member)


def clock_today(member: Member) -> Clock:
    """Return somebody's clock of today, begun with what goes on from yesterday."""
    day = ReadingDay.objects.filter(member=member).order_by("-day").first()
    if day is None:
        return Clock()
    if day.day == timezone.localdate():
        return day.as_clock()
    return clock_of_a_new_day(day.as_clock(), at=timezone.now())
