"""The cast of every test: invented people, and what each is in the study."""

from typing import NamedTuple

from exeunt.members.models import Kind, Member
from exeunt.studies.roles import Role

LEAD = "Amina"
OUTSIDER = "Eve"


class Person(NamedTuple):
    """Somebody of the cast before they are a member: a name, and their role in the study."""

    name: str
    role: Role | None
    kind: Kind = Kind.PERSON


PEOPLE = (
    Person(LEAD, Role.LEAD),
    Person("Boris", Role.CODER),
    Person("Chidi", Role.CODER),
    Person("Dana", Role.CUSTODIAN),
    Person("Lina", Role.LEGAL_REVIEWER),
    Person("Edda", Role.EDITOR),
    Person("Vera", Role.VIEWER),
    Person(OUTSIDER, None),
)


class Cast(NamedTuple):
    """Amina leads, Boris and Chidi code, Dana keeps the vault, Lina reviews the law, Edda edits.

    Vera may look at findings only. Eve is an outsider who must see nothing.
    """

    amina: Member
    boris: Member
    chidi: Member
    dana: Member
    lina: Member
    edda: Member
    vera: Member
    eve: Member

    def with_role(self, role: Role) -> Member:
        """Return the first of the cast with that role in the study."""
        return next(
            member for member, person in zip(self, PEOPLE, strict=True) if person.role is role
        )
