"""Finding studies, and checking what somebody may do in one."""

from exeunt.errors import NotThere, Refusal
from exeunt.members.models import Member
from exeunt.studies.models import Membership, Study
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import check_may


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


def study_with_ref(ref: str, *, by: Member) -> Study:
    """Return a study in which somebody has a role; any other is not there."""
    found = Study.objects.filter(ref=ref, membership__member=by).distinct().first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


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
        raise Refusal(f"There is more than one study; say which with --study: {known}.")
    found = mine[0] if slug is None else next((s for s in mine if s.slug == slug), None)
    if found is None:
        raise NotThere(f"There is no study “{slug}”. Studies: {known}.")
    return found
