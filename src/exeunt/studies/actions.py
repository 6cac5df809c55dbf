"""Beginning studies, agreeing their protocol, appointing members."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.members.actions import add_member
from exeunt.members.models import Kind, Member
from exeunt.members.rules import clean_name
from exeunt.studies.models import Membership, Protocol, Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import (
    ProtocolFacts,
    check_protocol_complete,
    check_role_for,
    check_same_kind,
    check_slug,
    clean_limit,
    clean_title,
    cleaned_protocol,
    retention_from,
)


@transaction.atomic
def begin_study(*, slug: str, title: str = "", by: Member) -> Study:
    """Begin a study; whoever begins it leads it."""
    check_slug(slug)
    title = clean_title(title)
    if Study.objects.filter(slug=slug).exists():
        raise Refusal(f"There is a study “{slug}” already; choose another short name.")
    study = Study.objects.create(slug=slug, title=title or slug, begun=timezone.now())
    Membership.objects.create(study=study, member=by, role=Role.LEAD)

    record("study.begun", subject=study.ref, by=by.ref)
    return study


@transaction.atomic
def agree_protocol(*, study: Study, facts: ProtocolFacts, by: Member) -> Protocol:
    """Set what was approved; every part must be said."""
    require(Act.EDIT_PROTOCOL, study=study, by=by)
    check_protocol_complete(facts)
    facts = cleaned_protocol(facts)
    retention = retention_from(facts.retention, today=timezone.localdate())
    parts = {**facts._asdict(), "retention": retention}
    protocol, _ = Protocol.objects.update_or_create(study=study, defaults=parts)

    record("protocol.agreed", subject=study.ref, by=by.ref, retention=facts.retention)
    return protocol


@transaction.atomic
def state_limits(*, study: Study, limits: Sequence[str], by: Member) -> Study:
    """Say what a study's numbers cannot show; every report prints these sentences."""
    require(Act.EDIT_PROTOCOL, study=study, by=by)
    study = Study.objects.select_for_update().get(pk=study.pk)
    study.limits = [clean_limit(sentence) for sentence in limits]
    study.save(update_fields=["limits"])

    record("limits.stated", subject=study.ref, by=by.ref, sentences=len(study.limits))
    return study


@transaction.atomic
def appoint(*, study: Study, member: Member, role: Role, by: Member) -> Membership:
    """Give a member a role in a study."""
    require(Act.APPOINT, study=study, by=by)
    check_role_for(role, is_machine=member.is_machine)
    membership, fresh = Membership.objects.get_or_create(study=study, member=member, role=role)
    if fresh:
        record(
            "member.appointed",
            subject=study.ref,
            by=by.ref,
            member=member.ref,
            role=role.value.replace(" ", "-"),
        )
    return membership


@transaction.atomic
def invite(
    *, study: Study, name: str, role: Role, kind: Kind = Kind.PERSON, by: Member
) -> Membership:
    """Give a role to whoever is called that; a new name becomes a member first."""
    require(Act.APPOINT, study=study, by=by)
    member = Member.objects.filter(name=clean_name(name)).first()
    if member is None:
        member = add_member(name=name, kind=kind, by=by)
    check_same_kind(name, is_machine=member.is_machine, said_machine=kind is Kind.MACHINE)
    return appoint(study=study, member=member, role=role, by=by)


def moved_on(study: Study) -> None:
    """Count a change of a study's material, so that no answer or count outlives it.

    To be called inside the transaction of the change.
    """
    Study.objects.filter(pk=study.pk).update(edition=F("edition") + 1)
