"""Finding members, and the links by which they come in."""

import hashlib

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from exeunt.errors import NotThere
from exeunt.members.models import Invitation, Kind, Member
from exeunt.members.rules import check_link_holds

# Recovery codes stand in for one of these, and are nothing by themselves.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def member_called(name: str) -> Member:
    """Return the member of that name, or refuse and say who there is."""
    member = Member.objects.filter(name=name).first()
    if member is None:
        known = ", ".join(m.name for m in Member.objects.all()[:12]) or "nobody yet"
        raise NotThere("Nobody here is called “{name}”. Members: {known}.", name=name, known=known)
    return member


def first_person() -> Member:
    """Return the person who made the archive, who acts when nobody else is named."""
    member = Member.objects.filter(kind=Kind.PERSON).first()
    if member is None:
        raise NotThere("This archive has no member yet.")
    return member


def digest_of(token: str) -> str:
    """Return what is kept of a link's token; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_with(token: str) -> Invitation:
    """Return the invitation of a link that still works, or refuse."""
    open_ones = Invitation.objects.filter(used=None, expires__gt=timezone.now())
    found = open_ones.filter(digest=digest_of(token)).select_related("member").first()
    check_link_holds(known=found is not None)
    return found  # type: ignore[return-value]


def anybody_can_sign_in() -> bool:
    """Tell whether any person has set a passphrase yet."""
    people = Member.objects.filter(kind=Kind.PERSON)
    return people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


def members_with_factors() -> QuerySet[Member]:
    """Return all members, each knowing whether they are ``protected`` by a second factor."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    return Member.objects.annotate(protected=Exists(factors))
