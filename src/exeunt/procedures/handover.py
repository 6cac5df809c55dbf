"""Handing an archive over to other hands: who comes, who goes, and what nobody keeps a way into."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from django.contrib.sessions.models import Session
from django.db import transaction

from exeunt.errors import AllOf, NotYet, Refusal
from exeunt.ledger.recording import record
from exeunt.ledger.verifying import Witness, witness
from exeunt.members.actions import shut_out
from exeunt.members.models import Kind, Member
from exeunt.stages.narrators.queries import standing_holds
from exeunt.studies.actions import appoint, dismiss, lapse_protocol
from exeunt.studies.models import Membership, Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act, Role
from exeunt.vault import door, room

VAULT = "vault"


class Hands(NamedTuple):
    """Who takes over as leads and as custodians, and who leaves."""

    leads: tuple[Member, ...]
    custodians: tuple[Member, ...]
    leaving: tuple[Member, ...]


class Change(NamedTuple):
    """A role in a study that somebody gets, or loses."""

    study: Study
    member: Member
    role: Role


class Changes(NamedTuple):
    """The roles that are given, and those that are taken away."""

    given: tuple[Change, ...]
    taken: tuple[Change, ...]

    def leave_somebody(self, role: Role, study: Study) -> bool:
        """Tell whether somebody has a role in a study afterwards, or nobody had it before."""
        held = Membership.objects.filter(study=study, role=role)
        before = set(held.values_list("member", flat=True))
        going = {one.member.pk for one in self.taken if (one.study, one.role) == (study, role)}
        coming = {one.member.pk for one in self.given if (one.study, one.role) == (study, role)}
        return not before or bool(before - going | coming)


class Plan(NamedTuple):
    """All that a handover touches, in the order in which it is done.

    ``shut_out`` are all people: the server's key is renewed, so nobody's second factor holds.
    """

    admitted: tuple[Member, ...]
    removed: tuple[Member, ...]
    changes: Changes
    lapsing: tuple[Study, ...]
    shut_out: tuple[Member, ...]


class HandedOver(NamedTuple):
    """What was done, and the witnesses of both ledgers, to be kept by both sides."""

    plan: Plan
    archive: Witness | None
    vault: Witness | None


def what_handover_touches(*, hands: Hands, by: Member) -> Plan:
    """List what handing over touches, and change nothing.

    Refuses what would leave a study without a lead or the vault without a custodian. Only who leads
    every study in which somebody leaves may hand it over.
    """
    studies = _studies_of(hands.leaving)
    for study in studies:
        require(Act.HAND_OVER, study=study, by=by)
    _check_hands(hands, studies)
    changes = _changes(hands, studies, by=by)
    for study in studies:
        _check_is_led(study, changes)
        _check_holds_can_be_lifted(study, changes)
    admitted, removed = _vault_changes(hands) if door.has_been_made() else ((), ())
    return Plan(
        admitted=admitted,
        removed=removed,
        changes=changes,
        lapsing=tuple(s for s in studies if s.protocol_facts() is not None),
        shut_out=tuple(Member.objects.filter(kind=Kind.PERSON)),
    )


def hand_over(*, hands: Hands, keys: room.Keys | None, by: Member) -> HandedOver:
    """Hand an archive over; the vault first, so that who is interrupted may do it again.

    ``keys`` are needed where a new custodian is let in. Afterwards the new hands take the server's
    key away, draw their links, change every key of the vault and agree the protocols anew.
    """
    plan = what_handover_touches(hands=hands, by=by)
    _change_custodians(plan, keys=keys, by=by)
    with transaction.atomic():
        for change in plan.changes.given:
            appoint(study=change.study, member=change.member, role=change.role, by=by)
        for study in plan.lapsing:
            lapse_protocol(study=study, by=by)
        for change in plan.changes.taken:
            dismiss(study=change.study, member=change.member, role=change.role, by=by)
        for member in plan.shut_out:
            shut_out(member=member, by=by)
        Session.objects.all().delete()
        seen = witness(VAULT) if door.is_there() else None
        _record(plan, archive=witness(), vault=seen, by=by)
    return HandedOver(plan, witness(), seen)


def _record(plan: Plan, *, archive: Witness | None, vault: Witness | None, by: Member) -> None:
    said = {
        f"{name}_{part}": value
        for name, one in (("archive", archive), (VAULT, vault))
        if one is not None
        for part, value in (("entries", str(one.size)), ("root", one.root))
    }
    studies = {change.study.ref for change in plan.changes.taken}
    record("archive.handed-over", subject=by.ref, by=by.ref, studies=str(len(studies)), **said)


def _studies_of(leaving: tuple[Member, ...]) -> list[Study]:
    return list(Study.objects.filter(membership__member__in=leaving).distinct())


def _check_hands(hands: Hands, studies: list[Study]) -> None:
    both = set(hands.leaving) & {*hands.leads, *hands.custodians}
    if both:
        raise Refusal(
            "{names} cannot both leave and take over.",
            names=AllOf(sorted(one.name for one in both)),
        )
    if not studies:
        raise Refusal("Nobody of those who leave has a role here; say with --from who leaves.")


def _changes(hands: Hands, studies: list[Study], *, by: Member) -> Changes:
    given, taken = list[Change](), list[Change]()
    for study in studies:
        held = Membership.objects.filter(study=study, member__in=hands.leaving)
        gone = [Change(study, one.member, Role(one.role)) for one in held.select_related("member")]
        # Who does this goes last, and as a lead: until then they may.
        taken += sorted(gone, key=lambda one: (one.member == by, one.role is Role.LEAD))
        roles = {change.role for change in gone}
        for role, members in ((Role.LEAD, hands.leads), (Role.CUSTODIAN, hands.custodians)):
            given += [Change(study, member, role) for member in members if role in roles]
    return Changes(tuple(given), tuple(taken))


def _check_is_led(study: Study, changes: Changes) -> None:
    if not changes.leave_somebody(Role.LEAD, study):
        raise NotYet(
            "Nobody would lead “{study}” any more; name with --to who will.", study=study.slug
        )
    if not changes.leave_somebody(Role.CUSTODIAN, study):
        raise NotYet(
            "“{study}” would have no custodian any more; name with --custodian who will be.",
            study=study.slug,
        )


def _check_holds_can_be_lifted(study: Study, changes: Changes) -> None:
    stands = standing_holds().filter(study=study).exists()
    if stands and not changes.leave_somebody(Role.LEGAL_REVIEWER, study):
        raise NotYet(
            "A legal hold stands in “{study}”, and nobody who stays could lift it. Appoint another "
            "legal reviewer first.",
            study=study.slug,
        )


def _vault_changes(hands: Hands) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    """Return who is let into the vault and who is shut out of it, or refuse."""
    room.the_vault()
    states = {one.member: one.state for one in room.custodians()}
    for member in hands.custodians:
        if member.ref not in states:
            raise NotYet(
                "{name} has no key to the vault yet. They make one first, with “exeunt vault "
                "custodian prepare”.",
                name=member.name,
            )
    active = {ref for ref, state in states.items() if state == room.CustodianState.ACTIVE}
    coming = {member.ref for member in hands.custodians}
    if not (active - {member.ref for member in hands.leaving}) | coming:
        raise NotYet(
            "Nobody would hold a key to the vault any more; name with --custodian who will."
        )
    return (
        tuple(member for member in hands.custodians if member.ref not in active),
        tuple(member for member in hands.leaving if member.ref in states),
    )


def _change_custodians(plan: Plan, *, keys: room.Keys | None, by: Member) -> None:
    if plan.admitted and keys is None:
        raise NotYet(
            "To let {names} into the vault, a custodian opens it.",
            names=AllOf(member.name for member in plan.admitted),
        )
    for member in plan.admitted:
        custodian = room.custodian_with(member.ref)
        if custodian is not None and keys is not None:
            room.admit_custodian(custodian=custodian, name=member.name, keys=keys, by=by)
    for member in plan.removed:
        custodian = room.custodian_with(member.ref)
        if custodian is not None:
            room.remove_custodian(custodian=custodian, by=by)


def told(plan: Plan) -> Iterator[str]:
    """Say what a handover does, a line each."""
    yield from (f"{one.name} gets every key of the vault." for one in plan.admitted)
    yield from (f"{one.name} loses every key of the vault." for one in plan.removed)
    for says, changes in (("becomes", plan.changes.given), ("is no longer", plan.changes.taken)):
        yield from (f"{c.member.name} {says} {c.role} of {c.study.slug}." for c in changes)
    yield from (
        f"The protocol of {study.slug} lapses: a new lead agrees it before anything more comes in."
        for study in plan.lapsing
    )
    names = ", ".join(one.name for one in plan.shut_out)
    yield from chain(
        (f"Signed out, with passphrase and second factors gone: {names}.",),
        ("Every session ends, and every link that was drawn and not used.",),
    )
