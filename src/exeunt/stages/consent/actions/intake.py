"""An intake from its first question to the consent that it gives."""

from django.db import transaction
from django.utils import timezone

from exeunt.errors import NotYet
from exeunt.members.models import Member
from exeunt.stages.consent.actions.events import give_consent, refuse_consent
from exeunt.stages.consent.models import Event, Intake
from exeunt.stages.consent.queries.facts import number_of
from exeunt.stages.consent.rules.intake import (
    BY_NAME,
    answer_to,
    fault_of,
    first_unanswered,
    given_by,
    says_no,
)
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.queries import kept_until, require
from exeunt.studies.roles import Act


@transaction.atomic
def begin_intake(*, narrator: Narrator, language: str, by: Member) -> Intake:
    """Begin an intake; one that the same member had begun with the narrator is begun anew."""
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    Intake.objects.filter(narrator=narrator, by=by).delete()
    return Intake.objects.create(
        narrator=narrator,
        by=by,
        language=language,
        seen=number_of(narrator),
        begun=timezone.now(),
    )


@transaction.atomic
def answer(*, intake: Intake, name: str, sent: list[str], by: Member) -> str | None:
    """Keep the answer to a question; returns the name of what is wrong with it, or None.

    An answer that is wrong by itself is not kept; one that clashes with others is, so that it
    stands there to be changed.
    """
    require(Act.RECORD_CONSENT, study=intake.narrator.study, by=by)
    intake = Intake.objects.select_for_update(of=["self"]).get(pk=intake.pk)
    question = BY_NAME[name]
    try:
        answered = answer_to(question, sent)
    except ValueError as fault:
        return str(fault)
    intake.answers[name] = answered
    intake.save(update_fields=["answers"])
    return fault_of(
        question,
        intake.answers,
        today=timezone.localdate(),
        retention=kept_until(intake.narrator.study),
    )


@transaction.atomic
def finish_intake(*, intake: Intake, by: Member) -> Event:
    """Write down what was agreed to, or that the narrator said no; the intake is over."""
    narrator, answers = intake.narrator, intake.answers
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    if says_no(answers):
        event = refuse_consent(narrator=narrator, seen=intake.seen, by=by)
    elif (left := first_unanswered(answers)) is not None:
        raise NotYet("The question “{left}” is not answered yet.", left=left)
    else:
        given = given_by(answers, language=intake.language, today=timezone.localdate())
        event = give_consent(narrator=narrator, given=given, seen=intake.seen, by=by)
    intake.delete()
    return event


@transaction.atomic
def stop_intake(*, intake: Intake, by: Member) -> None:
    """Throw away what was answered so far; nothing is written down."""
    require(Act.RECORD_CONSENT, study=intake.narrator.study, by=by)
    intake.delete()
