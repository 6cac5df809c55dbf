"""Beginning studies, agreeing their protocol, appointing members."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from exeunt.errors import Changed, NotThere, Refusal
from exeunt.ledger.recording import record
from exeunt.ledger.references import new_reference
from exeunt.members.actions import add_member, draw_link
from exeunt.members.models import Kind, Member
from exeunt.members.queries import first_person
from exeunt.members.rules import clean_name
from exeunt.studies.models import Membership, Protocol, Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import (
    ProtocolFacts,
    check_is_who_is_meant,
    check_may_dismiss,
    check_may_let_in,
    check_protocol_complete,
    check_role_for,
    check_same_kind,
    check_slug,
    clean_limit,
    clean_title,
    cleaned_protocol,
    retention_from,
)


class Invited(NamedTuple):
    """Somebody who was invited, and the word in their link; none for whoever needs no link."""

    member: Member
    token: str


@transaction.atomic
def begin_study(*, slug: str, title: str = "", ref: str | None = None, by: Member) -> Study:
    """Begin a study; whoever begins it leads it.

    ``ref`` is the reference that a form gave it; sent twice, the form begins one study.
    """
    begun = Study.objects.filter(ref=ref, membership__member=by, membership__role=Role.LEAD)
    if ref is not None and (known := begun.first()) is not None:
        return known
    check_slug(slug)
    title = clean_title(title)
    if Study.objects.filter(slug=slug).exists():
        raise Refusal("There is a study “{slug}” already; choose another short name.", slug=slug)
    now = timezone.now()
    study = Study.objects.create(
        ref=ref or new_reference(), slug=slug, title=title or slug, begun=now
    )
    Membership.objects.create(study=study, member=by, role=Role.LEAD, since=now)

    record("study.begun", subject=study.ref, by=by.ref)
    return study


@transaction.atomic
def agree_protocol(
    *, study: Study, facts: ProtocolFacts, revision: int | None = None, by: Member
) -> Protocol:
    """Agree what must be agreed before anything real is stored; every version is kept.

    ``revision`` is the number of the version that was read before it was changed, 0 for none.
    Agreeing what holds already changes nothing.
    """
    require(Act.EDIT_PROTOCOL, study=study, by=by)
    facts = cleaned_protocol(facts)
    check_protocol_complete(facts)
    retention = retention_from(facts.retention, today=timezone.localdate())
    study = Study.objects.select_for_update().get(pk=study.pk)
    known = Protocol.objects.filter(study=study).first()
    if known is not None and known.as_facts() == facts and not known.lapsed:
        return known
    _refuse_stale(known, revision)
    number = known.revision + 1 if known is not None else 1
    parts = {**facts._asdict(), "retention": retention}
    protocol, _ = Protocol.objects.update_or_create(
        study=study, defaults={**parts, "revision": number, "lapsed": False}
    )
    study.protocolversion_set.create(number=number, agreed=timezone.now(), agreed_by=by, **parts)
    moved_on(study)

    record("protocol.agreed", subject=study.ref, by=by.ref, retention=facts.retention)
    return protocol


@transaction.atomic
def lapse_protocol(*, study: Study, by: Member) -> bool:
    """Let a protocol lapse whose people leave: nothing real comes in before it is agreed anew.

    Returns whether there was one that held.
    """
    require(Act.HAND_OVER, study=study, by=by)
    lapsed = Protocol.objects.filter(study=study, lapsed=False).update(lapsed=True)
    if lapsed:
        record("protocol.lapsed", subject=study.ref, by=by.ref)
    return bool(lapsed)


def _refuse_stale(known: Protocol | None, revision: int | None) -> None:
    now = known.revision if known is not None else 0
    if revision is not None and revision != now:
        raise Changed(
            "Somebody else has agreed another protocol since you opened this page.",
            revision=now,
            theirs=(known.as_facts() if known is not None else ProtocolFacts())._asdict(),
        )


@transaction.atomic
def state_limits(
    *, study: Study, limits: Sequence[str], revision: int | None = None, by: Member
) -> Study:
    """Say what a study's numbers cannot show; every report prints these sentences."""
    require(Act.EDIT_PROTOCOL, study=study, by=by)
    study = Study.objects.select_for_update().get(pk=study.pk)
    limits = [clean_limit(sentence) for sentence in limits]
    if revision is not None and limits == study.limits:
        return study
    if revision is not None and revision != study.limits_revision:
        raise Changed(
            "Somebody else has changed the limits since you opened this page.",
            revision=study.limits_revision,
            theirs={"limits": "\n".join(study.limits)},
        )
    study.limits = limits
    study.limits_revision += 1
    study.save(update_fields=["limits", "limits_revision"])
    moved_on(study)

    record("limits.stated", subject=study.ref, by=by.ref, sentences=len(study.limits))
    return study


@transaction.atomic
def appoint(*, study: Study, member: Member, role: Role, by: Member) -> Membership:
    """Give a member a role in a study."""
    require(Act.APPOINT, study=study, by=by)
    check_role_for(role, is_machine=member.is_machine)
    _ask(settings.EXEUNT_BEFORE_A_ROLE_IS_GIVEN, study=study, member=member, role=role, by=by)
    membership, fresh = Membership.objects.get_or_create(
        study=study, member=member, role=role, defaults={"since": timezone.now()}
    )
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
def dismiss(*, study: Study, member: Member, role: Role, by: Member) -> None:
    """Take a role away from a member; what they did stays, and stays theirs.

    A role that they do not have, or not any more, is taken away already.
    """
    require(Act.APPOINT, study=study, by=by)
    study = Study.objects.select_for_update().get(pk=study.pk)
    held = study.membership_set.filter(member=member, role=role)
    if not held.exists():
        return
    check_may_dismiss(role, leads=study.membership_set.filter(role=Role.LEAD).count())
    _ask(settings.EXEUNT_BEFORE_A_ROLE_IS_TAKEN, study=study, member=member, role=role, by=by)
    held.delete()

    record(
        "member.dismissed",
        subject=study.ref,
        by=by.ref,
        member=member.ref,
        role=role.value.replace(" ", "-"),
    )


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


@transaction.atomic
def invite_in(
    *, study: Study, name: str, role: Role, kind: Kind = Kind.PERSON, by: Member
) -> Invited:
    """Invite somebody, and draw the link by which a person who is new comes in."""
    require(Act.APPOINT, study=study, by=by)
    known = Member.objects.filter(name=clean_name(name)).first()
    if known is not None:
        led = Membership.objects.filter(member=by, role=Role.LEAD).values("study")
        check_is_who_is_meant(known.name, let_in_by_others=_let_in_by_others(known, led))
    membership = invite(study=study, name=name, role=role, kind=kind, by=by)
    member = membership.member
    token = "" if known or member.is_machine else draw_link(member=member, by=by).token
    return Invited(member, token)


@transaction.atomic
def let_in_again(*, study: Study, member: Member, by: Member) -> Invited:
    """Draw a new link for somebody who lost theirs, or their passphrase."""
    require(Act.APPOINT, study=study, by=by)
    if not study.membership_set.filter(member=member).exists():
        raise NotThere("There is nothing here.")
    led = Membership.objects.filter(member=by, role=Role.LEAD).values("study")
    elsewhere = Membership.objects.filter(member=member).exclude(study__in=led)
    check_may_let_in(
        oneself=member == by,
        leads_all=not elsewhere.exists() and not _let_in_by_others(member, led),
        made_the_archive=member == first_person(),
    )
    token = draw_link(member=member, by=by).token
    record("member.let-in-again", subject=study.ref, by=by.ref, member=member.ref)
    return Invited(member, token)


def _let_in_by_others(member: Member, led: QuerySet[Membership, Any]) -> bool:
    """Whether somebody let them in who leads none of these studies, where they may work again."""
    leads = Membership.objects.filter(study__in=led, role=Role.LEAD).values("member")
    return member.invitations.exclude(made_by__in=leads).exists()


def _ask(checks: Sequence[str], **facts: object) -> None:
    """Let the stages above refuse what only they can judge."""
    for name in checks:
        import_string(name)(**facts)


def moved_on(study: Study) -> None:
    """Count a change of what a study's answers are made of or print, so that none outlives it.

    To be called inside the transaction of the change.
    """
    Study.objects.filter(pk=study.pk).update(edition=F("edition") + 1)
