"""Writing down who came in, who left, and what protects whom."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from exeunt.ledger.recording import record, record_alone
from exeunt.members.models import Member
from exeunt.stages.testimonies.actions.care import forget_reading

# Nobody has shown who they are when a name is closed.
VISITOR = "visitor"


def came_in(member: Member, *, way: str) -> None:
    """Record that a member signed in, and by which way; what was read long ago is forgotten."""
    forget_reading()
    record_alone("member.signed-in", subject=member.ref, by=member.ref, way=way)


def went_out(member: Member) -> None:
    """Record that a member signed out."""
    record_alone("member.signed-out", subject=member.ref, by=member.ref)


def was_ended(member: Member, *, why: str) -> None:
    """Record that a session ended by itself."""
    record_alone("member.session-ended", subject=member.ref, by=member.ref, why=why)


def was_closed(subject: str) -> None:
    """Record that signing in was closed after failures, for a member or for no member's name."""
    record_alone("member.locked-out", subject=subject, by=VISITOR)


def gained_factor(member: Member, *, kind: str) -> None:
    """Record that a member added a second factor."""
    record_alone("member.factor-added", subject=member.ref, by=member.ref, kind=kind)


def lost_factor(member: Member, *, kind: str) -> None:
    """Record that a member removed a second factor."""
    record_alone("member.factor-removed", subject=member.ref, by=member.ref, kind=kind)


def renewed_codes(member: Member) -> None:
    """Record that a member drew new recovery codes."""
    record_alone("member.codes-renewed", subject=member.ref, by=member.ref)


@transaction.atomic
def keep_codes(*, codes: Authenticator, by: Member) -> None:
    """Show recovery codes never again: their owner has them."""
    codes = Authenticator.objects.select_for_update().get(pk=codes.pk)
    codes.wrap().mark_as_viewed()

    record("member.codes-kept", subject=by.ref, by=by.ref)
