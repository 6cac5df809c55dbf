"""Finding studies, and checking what somebody may do in one."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from exeunt.errors import NotThere, Refusal
from exeunt.ledger.queries import EVERYTHING, EntryLeaf, Sought, entries_about
from exeunt.ledger.recording import record_alone
from exeunt.ledger.verifying import Witness, witness
from exeunt.members.models import Member
from exeunt.studies.models import Membership, Protocol, ProtocolVersion, Study
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import check_may


class Held(NamedTuple):
    """A role, and since when somebody has it, where that was written down."""

    role: Role
    since: datetime | None


class Colleague(NamedTuple):
    """Somebody who works in a study, and as what."""

    member: Member
    roles: list[Held]

    @property
    def has_come_in(self) -> bool:
        """Whether they have ever signed in, or set a passphrase by which they can."""
        return self.member.last_login is not None or self.member.has_usable_password()


class Named(NamedTuple):
    """A leaf of the ledger, and who the members are whom its entries name by reference."""

    leaf: EntryLeaf
    names: dict[str, str]


def roles_of(member: Member, study: Study) -> frozenset[Role]:
    """Return every role that a member has in a study."""
    roles = Membership.objects.filter(study=study, member=member).values_list("role", flat=True)
    return frozenset(Role(role) for role in roles)


def require(act: Act, *, study: Study, by: Member) -> None:
    """Refuse unless one of the member's roles in the study allows the act."""
    check_may(act, roles_of(by, study))


def studies_of(by: Member) -> list[Study]:
    """Return the studies in which somebody has a role."""
    return list(Study.objects.filter(membership__member=by).distinct())


def roles_in_studies(*, by: Member) -> list[tuple[Study, list[Role]]]:
    """Return the studies in which somebody has a role, and which."""
    held = Membership.objects.filter(member=by).select_related("study").order_by("study_id")
    return [
        (study, [role for role in Role if role in {one.role for one in ones}])
        for study, ones in ((s, list(group)) for s, group in groupby(held, key=lambda m: m.study))
    ]


def study_with_ref(ref: str, *, by: Member) -> Study:
    """Return a study in which somebody has a role; any other is not there."""
    return study_and_roles(ref, by=by)[0]


def study_and_roles(ref: str, *, by: Member) -> tuple[Study, frozenset[Role]]:
    """Return a study and every role that somebody has in it, by one statement: each page asks."""
    held = list(Membership.objects.filter(study__ref=ref, member=by).select_related("study"))
    if not held:
        raise NotThere("There is nothing here.")
    return held[0].study, frozenset(Role(one.role) for one in held)


def colleagues_in(study: Study, *, by: Member) -> list[Colleague]:
    """Return who works in a study; everybody who does may know."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    held = Membership.objects.filter(study=study).select_related("member")
    ordered = sorted(held, key=lambda one: (one.member_id, list(Role).index(Role(one.role))))
    return [
        Colleague(member, [Held(Role(one.role), one.since) for one in theirs])
        for member, theirs in groupby(ordered, key=lambda one: one.member)
    ]


def colleague_called(ref: str, *, study: Study, by: Member) -> Member:
    """Return somebody who works in a study, by their reference."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    found = Member.objects.filter(ref=ref, membership__study=study).distinct().first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def protocol_of(study: Study, *, by: Member) -> Protocol | None:
    """Return the protocol that holds; everybody in a study may read it."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    return Protocol.objects.filter(study=study).first()


def protocol_versions(study: Study, *, by: Member) -> list[ProtocolVersion]:
    """Return every version of a protocol, the latest first, with who agreed it."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    return list(ProtocolVersion.objects.filter(study=study).select_related("agreed_by"))


def kept_until(study: Study) -> date | None:
    """Return until when a study's protocol lets it keep data, where it says so."""
    return Protocol.objects.filter(study=study).values_list("retention", flat=True).first()


def ledger_of(
    study: Study,
    sought: Sought = EVERYTHING,
    *,
    older_than: int | None = None,
    newer_than: int | None = None,
    by: Member,
) -> Named:
    """Return one leaf of the entries that concern a study; that it was read is an entry too."""
    require(Act.READ_LEDGER, study=study, by=by)
    leaf = entries_about(study.ref, sought, older_than=older_than, newer_than=newer_than)
    for name in settings.EXEUNT_BEFORE_ENTRIES_ARE_READ:
        import_string(name)(entries=leaf.entries, study=study, by=by)
    record_alone("ledger.read", subject=study.ref, by=by.ref, rows=len(leaf.entries))
    return Named(leaf, _names(leaf))


def witness_for(study: Study, *, by: Member) -> Witness | None:
    """Return what somebody outside can keep, by which every later change is found out."""
    require(Act.READ_LEDGER, study=study, by=by)
    record_alone("ledger.witnessed", subject=study.ref, by=by.ref)
    return witness()


def _names(leaf: EntryLeaf) -> dict[str, str]:
    named: Iterable[object] = (
        ref for entry in leaf.entries for ref in (entry.by, entry.facts.get("member"))
    )
    members = Member.objects.filter(ref__in={ref for ref in named if isinstance(ref, str)})
    return dict(members.values_list("ref", "name"))


def slugs_of_all() -> list[str]:
    """Return the short names of all studies, for acts upon the archive as a whole."""
    return list(Study.objects.values_list("slug", flat=True))


def study_called(slug: str | None, *, by: Member) -> Study:
    """Return the study of that short name, or the only one there is.

    A study in which one has no role is answered exactly like one that does not exist.
    """
    mine = studies_of(by)
    if not mine:
        raise NotThere("You have no study yet. Begin one with “exeunt study new NAME”.")
    known = ", ".join(study.slug for study in mine)
    if slug is None and len(mine) > 1:
        raise Refusal("There is more than one study; say which with --study: {known}.", known=known)
    found = mine[0] if slug is None else next((s for s in mine if s.slug == slug), None)
    if found is None:
        raise NotThere("There is no study “{slug}”. Studies: {known}.", slug=slug, known=known)
    return found
