"""Finding members."""

from exeunt.errors import NotThere
from exeunt.members.models import Kind, Member


def member_called(name: str) -> Member:
    """Return the member of that name, or refuse and say who there is."""
    member = Member.objects.filter(name=name).first()
    if member is None:
        known = ", ".join(m.name for m in Member.objects.all()[:12]) or "nobody yet"
        raise NotThere(f"Nobody here is called “{name}”. Members: {known}.")
    return member


def first_person() -> Member:
    """Return the person who made the archive, who acts when nobody else is named."""
    member = Member.objects.filter(kind=Kind.PERSON).first()
    if member is None:
        raise NotThere("This archive has no member yet.")
    return member
