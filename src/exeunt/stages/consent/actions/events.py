"""Writing down what happens to somebody's consent, and closing what it no longer allows."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from exeunt.errors import BadInput, Changed, Problem, Sentence
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.consent.models import Event, Grant, GrantedCell, Review, Standing
from exeunt.stages.consent.queries.facts import facts_of, lapsed, latest_of, number_of
from exeunt.stages.consent.rules.events import (
    Chosen,
    check_chosen,
    check_clock,
    check_given,
    check_may_follow,
    check_may_review,
    check_narrowed,
    check_reason,
    check_renewed,
)
from exeunt.stages.consent.rules.scope import Given, Scope
from exeunt.stages.consent.rules.standing import open_inside
from exeunt.stages.consent.states import STANDING, State
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import kept_until, require
from exeunt.studies.roles import Act

# By whom it is written down that a last day has passed: by nobody.
THE_DAY = "exeunt"


@transaction.atomic
def await_consent(*, narrator: Narrator, by: Member) -> Standing:
    """Shut somebody who entrusts a testimony until they have agreed to its being read.

    Belongs to the act that takes them in, which writes it down.
    """
    require(Act.TAKE_IN, study=narrator.study, by=by)
    standing, _ = Standing.objects.update_or_create(narrator=narrator, defaults={"entrusted": True})
    return standing


@transaction.atomic
def request_consent(*, narrator: Narrator, seen: int, by: Member) -> Event:
    """Note that a narrator has been asked; ``seen`` numbers the last event that was known."""
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    return _happened(narrator, State.REQUESTED, seen=seen, by=by)


@transaction.atomic
def refuse_consent(*, narrator: Narrator, seen: int, by: Member) -> Event:
    """Note that a narrator has said no."""
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    return _happened(narrator, State.REFUSED, seen=seen, by=by)


@transaction.atomic
def give_consent(*, narrator: Narrator, given: Given, seen: int, by: Member) -> Event:
    """Write down what a narrator has agreed to in an intake.

    Where consent stands already, it is superseded: the intake asked for everything anew.
    """
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    check_given(given, today=timezone.localdate(), retention=kept_until(narrator.study))
    if latest_of(narrator).state in STANDING:
        _happened(narrator, State.SUPERSEDED, seen=seen, by=by)
        seen += 1
    return _happened(narrator, State.GIVEN, given=given, seen=seen, by=by)


@transaction.atomic
def renew_consent(*, narrator: Narrator, given: Given, seen: int, by: Member) -> Event:
    """Make consent last longer, never wider; what was suspended or had expired stands again."""
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    check_given(given, today=timezone.localdate(), retention=kept_until(narrator.study))
    check_renewed(given.scope, latest_of(narrator))
    return _happened(narrator, State.RENEWED, given=given, seen=seen, by=by)


@transaction.atomic
def narrow_consent(*, narrator: Narrator, scope: Scope, seen: int, by: Member) -> Event:
    """Take away a part of what stands: the wider consent is superseded by the narrower one."""
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    check_narrowed(scope, latest_of(narrator))
    before = facts_of(narrator).given
    if before is None:
        raise ValueError("consent stands without a grant")
    given = before._replace(scope=scope, day=timezone.localdate())
    check_given(given, today=given.day, retention=kept_until(narrator.study))
    _happened(narrator, State.SUPERSEDED, seen=seen, by=by)
    return _happened(narrator, State.GIVEN, given=given, seen=seen + 1, by=by)


@transaction.atomic
def suspend_consent(*, narrator: Narrator, by: Member) -> Event | None:
    """Stop everything of a narrator at once; anybody of the study may, and it asks for no reason.

    Returns None where it is stopped already.
    """
    require(Act.SUSPEND, study=narrator.study, by=by)
    _hold(narrator)
    if latest_of(narrator).state in (State.SUSPENDED, State.WITHDRAWN):
        return None
    return _happened(narrator, State.SUSPENDED, seen=number_of(narrator), by=by)


def suspend_called(*, study: Study, label: str, by: Member) -> Narrator:
    """Stop everything of whoever has a label; raises BadInput where nobody has it."""
    require(Act.SUSPEND, study=study, by=by)
    narrator = Narrator.objects.filter(study=study, label=label).first()
    if narrator is None:
        says = Sentence("Nobody in this study has that label; check how it is written.")
        raise BadInput(Problem(says, column="label"))
    suspend_consent(narrator=narrator, by=by)
    return narrator


@transaction.atomic
def withdraw_consent(*, narrator: Narrator, chosen: Chosen | None = None, by: Member) -> Event:
    """Write a withdrawal down; a word is enough for it, and nothing that went before is against it.

    Without ``chosen`` becomes of everything what was chosen in advance, or it is to be erased.
    """
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    _hold(narrator)
    scope = facts_of(narrator).scope
    chosen = chosen or Chosen(scope.outcome, scope.seal_until, scope.timing)
    check_chosen(chosen, today=timezone.localdate())
    return _happened(narrator, State.WITHDRAWN, chosen=chosen, seen=number_of(narrator), by=by)


@transaction.atomic
def invalidate_consent(*, narrator: Narrator, seen: int, by: Member) -> Event:
    """Note that consent was never valid, such as after a false interpreter came to light."""
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    return _happened(narrator, State.INVALIDATED, seen=seen, by=by)


@transaction.atomic
def review_freedom(*, narrator: Narrator, reason: str, by: Member) -> Review:
    """Say, as a named reviewer, why consent given under legal process is free beyond doubt."""
    require(Act.REVIEW_FREEDOM, study=narrator.study, by=by)
    reason = check_reason(reason)
    event = Event.objects.filter(narrator=narrator).select_related("grant").last()
    facts = facts_of(narrator)
    check_may_review(
        facts.state, facts.given, recorded_it=event is not None and event.by_id == by.pk
    )
    review, _ = Review.objects.update_or_create(
        grant=Grant.objects.get(event=event),
        defaults={"reviewer": by, "reason": reason, "at": timezone.now()},
    )

    record("consent.reviewed", subject=str(event), by=by.ref, study=narrator.study.ref)
    return review


def note_lapses(*, today: date, by: str) -> int:
    """Write down whose consent has ended before today; returns how many.

    What had ended was shut before this: it makes the event that everybody can read, counts anew
    what was kept, and keeps a clock that is set back from opening anything again.
    """
    return sum(_lapse(narrator, today, by) for narrator in lapsed(today))


@transaction.atomic
def _lapse(narrator: Narrator, today: date, by: str) -> bool:
    _hold(narrator)
    if narrator.pk not in {one.pk for one in lapsed(today)}:
        return False
    _write(narrator, State.EXPIRED, by=by)
    return True


def _happened(
    narrator: Narrator,
    state: State,
    *,
    seen: int,
    given: Given | None = None,
    chosen: Chosen | None = None,
    by: Member,
) -> Event:
    _hold(narrator)
    latest, number = latest_of(narrator), number_of(narrator)
    if number != seen:
        raise Changed(
            "Something happened to this consent since you opened the page. Look at it, then "
            "record what is still to be recorded.",
            revision=number,
            theirs={"state": str(latest.state or "")},
        )
    check_clock(timezone.now(), latest)
    check_may_follow(state, latest)
    return _write(narrator, state, given=given, chosen=chosen, member=by, by=by.ref)


def _write(
    narrator: Narrator,
    state: State,
    *,
    given: Given | None = None,
    chosen: Chosen | None = None,
    member: Member | None = None,
    by: str,
) -> Event:
    of_withdrawal = chosen._asdict() if chosen is not None else {}
    event = Event.objects.create(
        narrator=narrator,
        number=number_of(narrator) + 1,
        state=state,
        at=timezone.now(),
        by=member,
        **of_withdrawal,
    )
    if given is not None:
        _grant(event, given)
    _stand(narrator, event)
    moved_on(narrator.study)

    study, ref, number = narrator.study.ref, narrator.ref, event.number
    record(f"consent.{state}", subject=event.ref, by=by, study=study, narrator=ref, number=number)
    return event


def _grant(event: Event, given: Given) -> None:
    scope, freely, proxy = given.scope, given.freely, given.proxy
    grant = Grant.objects.create(
        event=event,
        day=given.day,
        language=given.language,
        limits=given.limits,
        understood=given.understood,
        age=given.age,
        witnessed=given.witnessed,
        proxy=proxy.relation if proxy is not None else "",
        proof=proxy.proof if proxy is not None else "",
        **freely._asdict(),
        **{name: value for name, value in scope._asdict().items() if name != "cells"},
    )
    cells = [GrantedCell(grant=grant, **cell._asdict()) for cell in sorted(scope.cells)]
    GrantedCell.objects.bulk_create(cells)


def _stand(narrator: Narrator, event: Event) -> None:
    """Work out anew what may be read of a narrator, now that something happened."""
    standing, _ = Standing.objects.update_or_create(
        narrator=narrator, defaults={"event": event, "state": event.state}
    )
    facts = facts_of(narrator)
    open_ = open_inside(facts)
    standing.until = facts.scope.until if facts.state in STANDING else None
    standing.text_until, standing.data_until = open_.text, open_.coded
    standing.save(update_fields=["until", "text_until", "data_until"])


def _hold(narrator: Narrator) -> None:
    """Let whoever records something of the same narrator at the same moment wait."""
    Narrator.objects.select_for_update(of=["self"]).get(pk=narrator.pk)
