"""Signed papers from before: that one is sealed, and the consent that it proves."""

from django.db import transaction
from django.utils import timezone

from exeunt.errors import NotThere
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.consent.actions.events import give_consent
from exeunt.stages.consent.models import Event, Form
from exeunt.stages.consent.queries.facts import facts_of
from exeunt.stages.consent.rules.papers import check_may_enter, check_of_paper
from exeunt.stages.consent.rules.scope import Given
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def note_form(*, narrator: Narrator, ref: str, by: Member) -> tuple[Form, bool]:
    """Note that a signed paper of a narrator is sealed; noted twice under one reference, it is one.

    Belongs to the act that seals it. Returns the paper, and whether it is new.
    """
    require(Act.TAKE_IN, study=narrator.study, by=by)
    there = Form.objects.filter(ref=ref).first()
    if there is not None:
        if there.narrator_id != narrator.pk:
            raise NotThere("There is nothing here.")
        return there, False
    form = Form.objects.create(ref=ref, narrator=narrator, sealed=timezone.now(), by=by)
    record(
        "form.sealed",
        subject=form.ref,
        by=by.ref,
        study=narrator.study.ref,
        narrator=narrator.ref,
    )
    return form, True


@transaction.atomic
def enter_form(*, form: Form, given: Given, seen: int, by: Member) -> Event:
    """Write down the consent that a signed paper proves, as of the day on which it was signed.

    What it allows outside waits until the limits were read out: nobody knows what the narrator
    had understood.
    """
    narrator = form.narrator
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    check_of_paper(given)
    facts = facts_of(narrator)
    check_may_enter(facts.state, facts.given, day=given.day, entered=form.event_id is not None)
    event = give_consent(narrator=narrator, given=given, seen=seen, by=by)
    form.event = event
    form.save(update_fields=["event"])

    record("form.entered", subject=form.ref, by=by.ref, study=narrator.study.ref, event=event.ref)
    return event
