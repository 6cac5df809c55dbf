"""The cast as members of an archive, let in by the actions that let anybody in."""

from exeunt.members.actions import add_first_member, add_member
from exeunt.members.models import Member
from tests.people import PEOPLE, Cast


def the_cast() -> Cast:
    """Add everybody; Amina makes the archive and lets the others in."""
    first, *others = PEOPLE
    amina = add_first_member(name=first.name)
    return Cast(amina, *(_let_in(person.name, person.kind, amina) for person in others))


def _let_in(name, kind, by) -> Member:
    return add_member(name=name, kind=kind, by=by)
