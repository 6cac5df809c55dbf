"""Counting what somebody reads, for themselves alone; and what is agreed and chosen about it.

What a member reads and chooses is not in the ledger: a lead may read the ledger.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exeunt.errors import Changed
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.members.rules import clean_line
from exeunt.stages.testimonies.models import CareChoice, CareTerms, ReadingDay
from exeunt.stages.testimonies.queries.care import Care, agreed_for, choice_of
from exeunt.stages.testimonies.rules.care import (
    DAYS_KEPT,
    LONGEST_BEAT,
    LONGEST_CONTACT,
    LONGEST_READ,
    MINUTE,
    Clock,
    Terms,
    check_day_limit,
    check_terms,
    clock_after,
    clock_going_on,
    clock_of_a_new_day,
)
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

A_DAY = timedelta(days=1)
NOTHING_BEFORE_THEM = 0


def count_page(study: Study, *, by: Member) -> Care:
    """Count that a page with testimony was asked for, and say how it stands.

    Where text is held back there is none on the page, and so nothing goes on being counted.
    """
    care = _count(study, longest=LONGEST_READ, by=by)
    return _count(study, longest=NOTHING_BEFORE_THEM, by=by) if care.held else care


def count_page_of(study: Study, texts: Iterable[str], *, by: Member) -> Care | None:
    """Count that a page was asked for, if there is any text on it; None where there is not."""
    return count_page(study, by=by) if any(texts) else None


def count_beat(study: Study, *, by: Member) -> Care:
    """Count that a page with testimony is looked at still, and say how it stands."""
    return _count(study, longest=LONGEST_BEAT, by=by)


def count_away(study: Study, *, by: Member) -> Care:
    """Count up to the moment at which somebody looked away from a page with testimony."""
    return _count(study, longest=NOTHING_BEFORE_THEM, by=by)


@transaction.atomic
def go_on(*, study: Study, by: Member) -> Care:
    """Let somebody read for a quarter of an hour beyond the limit; before it, nothing changes."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    day = _today(by)
    care = Care(agreed_for(study), choice_of(by), day.as_clock())
    if not care.held:
        return care
    day.went_on += 1
    return care._replace(clock=_kept(day, clock_going_on(care.clock)))


@transaction.atomic
def choose_care(*, opens: bool, day_limit: int | None, by: Member) -> CareChoice:
    """Keep what somebody chooses for themselves, in whatever study they read."""
    if day_limit is not None:
        check_day_limit(day_limit)
    chosen, _ = CareChoice.objects.update_or_create(
        member=by, defaults={"opens": opens, "day_limit": day_limit}
    )
    return chosen


@transaction.atomic
def agree_care(
    *, study: Study, terms: Terms, support_contact: str, revision: int, by: Member
) -> CareTerms:
    """Agree how long people read in a study, and to whom they can talk.

    ``revision`` is the number of what was read before it was changed, 0 where nothing was agreed.
    """
    require(Act.EDIT_PROTOCOL, study=study, by=by)
    check_terms(terms)
    contact = clean_line(support_contact, "The support contact", longest=LONGEST_CONTACT)
    Study.objects.select_for_update().get(pk=study.pk)
    known = agreed_for(study)
    if revision != known.revision:
        raise Changed(
            "Somebody else has changed this since you opened this page.",
            revision=known.revision,
            theirs=care_words(known),
        )
    known.pause_after, known.day_limit = terms
    known.support_contact = contact
    known.revision += 1
    known.save()

    record("care.agreed", subject=study.ref, by=by.ref, **terms._asdict())
    return known


def care_words(terms: CareTerms) -> dict[str, str]:
    """Return what is agreed as a form shows it."""
    return {
        "pause_after": str(terms.pause_after),
        "day_limit": str(terms.day_limit),
        "support_contact": terms.support_contact,
    }


@transaction.atomic
def forget_reading() -> None:
    """Forget what was read more than 30 days ago, and of past days all but the minutes."""
    today = timezone.localdate()
    ReadingDay.objects.filter(day__lt=today - DAYS_KEPT * A_DAY).delete()
    # Whoever reads past midnight goes on from yesterday.
    past = ReadingDay.objects.filter(day__lt=today - A_DAY, latest__isnull=False)
    past.update(
        seconds=F("seconds") - F("seconds") % MINUTE,
        in_a_row=0,
        latest=None,
        longest=0,
        allowed=0,
    )


@transaction.atomic
def _count(study: Study, *, longest: int, by: Member) -> Care:
    require(Act.SEE_FINDINGS, study=study, by=by)
    day = _today(by)
    clock = clock_after(day.as_clock(), at=timezone.now(), longest=longest)
    return Care(agreed_for(study), choice_of(by), _kept(day, clock))


def _today(member: Member) -> ReadingDay:
    """Return the row in which somebody's day is counted, held until the transaction is over."""
    today = timezone.localdate()
    days = ReadingDay.objects.select_for_update().filter(member=member)
    latest = days.order_by("-day").first()
    if latest is not None and latest.day == today:
        return latest
    clock = clock_of_a_new_day(latest.as_clock(), at=timezone.now()) if latest else Clock()
    day, is_new = days.get_or_create(member=member, day=today, defaults=clock._asdict())
    if is_new:
        forget_reading()
    return day


def _kept(day: ReadingDay, clock: Clock) -> Clock:
    for name, value in clock._asdict().items():
        setattr(day, name, value)
    day.save()
    return clock
