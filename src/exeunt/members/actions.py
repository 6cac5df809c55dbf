"""Adding members."""

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.ledger.references import new_reference
from exeunt.members.models import Kind, Member
from exeunt.members.rules import clean_name


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
    if Member.objects.filter(name=name).exists():
        raise Refusal(f"Somebody here is already called “{name}”; choose a name that differs.")
    member = Member.objects.create(ref=ref, name=name, kind=kind, since=timezone.now())
    record("member.added", subject=member.ref, by=by, kind=kind.value)
    return member
