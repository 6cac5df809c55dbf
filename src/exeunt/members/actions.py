"""Adding members, and letting them in."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from exeunt.errors import BadInput, Problem, Refusal
from exeunt.ledger.recording import record
from exeunt.ledger.references import new_reference
from exeunt.members.models import Invitation, Kind, Member
from exeunt.members.passphrases import check_passphrase
from exeunt.members.queries import digest_of, invitation_with
from exeunt.members.rules import check_may_sign_in, clean_name

LINK_HOURS = 72


class DrawnLink(NamedTuple):
    """A new link: the only moment at which its token is known."""

    invitation: Invitation
    token: str


@transaction.atomic
def add_first_member(*, name: str) -> Member:
    """Add the person who makes the archive; nobody can have let them in."""
    if Member.objects.exists():
        raise Refusal("This archive has members already; a lead adds further ones.")
    ref = new_reference()
    return _add(name=name, kind=Kind.PERSON, ref=ref, by=ref)


@transaction.atomic
def add_member(*, name: str, kind: Kind = Kind.PERSON, by: Member) -> Member:
    """Add a person or a machine reader; whether they may be let in, a study's rules decide."""
    return _add(name=name, kind=kind, ref=new_reference(), by=by.ref)


def _add(*, name: str, kind: Kind, ref: str, by: str) -> Member:
    name = clean_name(name)
    # Names that differ by capitals only would be one name to whoever signs in.
    if any(taken.casefold() == name.casefold() for taken in _names()):
        raise Refusal(
            "Somebody here is already called “{name}”; choose a name that differs.", name=name
        )
    member = Member.objects.create(ref=ref, name=name, kind=kind, since=timezone.now())
    record("member.added", subject=member.ref, by=by, kind=kind.value)
    return member


def _names() -> list[str]:
    return list(Member.objects.values_list("name", flat=True))


@transaction.atomic
def draw_link(*, member: Member, by: Member) -> DrawnLink:
    """Draw a link by which a member sets a passphrase; earlier links of theirs work no more.

    Whoever had a way in before loses it at once: passphrase, second factors and open sessions.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    check_may_sign_in(is_machine=member.is_machine)
    now = timezone.now()
    member.invitations.filter(used=None, expires__gt=now).update(expires=now)
    had_a_way_in = _shut_out(member)
    token = secrets.token_urlsafe(32)
    invitation = member.invitations.create(
        digest=digest_of(token), made=now, expires=now + timedelta(hours=LINK_HOURS), made_by=by
    )

    record(
        "member.link-drawn",
        subject=member.ref,
        by=by.ref,
        link=invitation.ref,
        hours=LINK_HOURS,
        had_a_way_in=had_a_way_in,
    )
    return DrawnLink(invitation, token)


@transaction.atomic
def accept(*, token: str, passphrase: str) -> Member:
    """Set the passphrase of whoever a link was drawn for; the link works no more.

    Raises Refusal where the link works no more, and BadInput where the passphrase is unfit.
    """
    # Whoever else draws or accepts a link for this member waits here.
    Member.objects.select_for_update().get(pk=invitation_with(token).member_id)
    invitation = invitation_with(token)
    member = invitation.member
    check_passphrase(passphrase, of=member)
    invitation.used = timezone.now()
    invitation.save(update_fields=["used"])
    member.set_password(passphrase)
    member.save(update_fields=["password"])

    record("member.link-accepted", subject=member.ref, by=member.ref, link=invitation.ref)
    return member


@transaction.atomic
def change_passphrase(*, now: str, passphrase: str, by: Member) -> Member:
    """Set another passphrase; every other session of this member ends by it."""
    member = Member.objects.select_for_update().get(pk=by.pk)
    if not member.check_password(now):
        raise BadInput(Problem("This is not your passphrase as it is now.", column="now"))
    check_passphrase(passphrase, of=member)
    member.set_password(passphrase)
    member.save(update_fields=["password"])

    record("member.passphrase-changed", subject=member.ref, by=member.ref)
    return member


@transaction.atomic
def shut_out(*, member: Member, by: Member) -> None:
    """Take away every way in, links included; somebody must draw a new link to let them in again.

    Whoever has none already stays as they are.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    now = timezone.now()
    links = member.invitations.filter(used=None, expires__gt=now).update(expires=now)
    if _shut_out(member) or links:
        record("member.shut-out", subject=member.ref, by=by.ref, links=links)


def _shut_out(member: Member) -> bool:
    """Take away every way in; a session rests on the passphrase, so it ends with it."""
    had = member.has_usable_password()
    removed, _ = Authenticator.objects.filter(user=member).delete()
    member.set_unusable_password()
    member.save(update_fields=["password"])
    return had or bool(removed)
