"""Placing a legal hold, so that nobody is erased while a court may ask, and lifting it."""

from django.db import transaction
from django.utils import timezone

from exeunt.errors import BadInput, Problem, Sentence
from exeunt.ledger.recording import record
from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.stages.narrators.models import LegalHold, Narrator
from exeunt.stages.narrators.rules import check_may_lift, clean_reference
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def place_hold(
    *,
    study: Study,
    narrator: Narrator | None,
    reference: str,
    ref: str | None = None,
    by: Member,
) -> LegalHold:
    """Place a hold on one narrator, or on the whole study where none is named.

    ``reference`` says what orders it, such as a court's file number. Sent twice under one
    ``ref``, it is one hold.
    """
    require(Act.HOLD, study=study, by=by)
    # Whoever erases somebody of this study is done first, or waits.
    Study.objects.select_for_update().get(pk=study.pk)
    there = LegalHold.objects.filter(study=study, ref=ref).first() if ref else None
    if there is not None:
        return there
    hold = LegalHold.objects.create(
        ref=ref or new_reference(),
        study=study,
        narrator=narrator,
        reference=clean_reference(reference),
        placed=timezone.now(),
        placed_by=by,
    )

    on = {"narrator": narrator.ref} if narrator is not None else {}
    record("hold.placed", subject=hold.ref, by=by.ref, study=study.ref, **on)
    return hold


def place_hold_on(
    *, study: Study, label: str, reference: str, ref: str | None = None, by: Member
) -> LegalHold:
    """Place a hold on the narrator of a label, or on the whole study where none is typed."""
    require(Act.HOLD, study=study, by=by)
    narrator = Narrator.objects.filter(study=study, label=label).first() if label else None
    if label and narrator is None:
        says = "Nobody in this study has that label; leave it empty for the whole study."
        raise BadInput(Problem(Sentence(says), column="label"))
    return place_hold(study=study, narrator=narrator, reference=reference, ref=ref, by=by)


@transaction.atomic
def lift_hold(*, hold: LegalHold, by: Member) -> LegalHold:
    """Lift a hold; who lifted it when is kept."""
    require(Act.HOLD, study=hold.study, by=by)
    hold = LegalHold.objects.select_for_update(of=["self"]).get(pk=hold.pk)
    check_may_lift(lifted=hold.lifted is not None)
    hold.lifted, hold.lifted_by = timezone.now(), by
    hold.save(update_fields=["lifted", "lifted_by"])

    record("hold.lifted", subject=hold.ref, by=by.ref, study=hold.study.ref)
    return hold
