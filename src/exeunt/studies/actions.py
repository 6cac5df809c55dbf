"""Beginning studies, agreeing their protocol, appointing members."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.studies.models import Membership, Protocol, Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import ProtocolFacts, check_protocol_complete, check_slug


@transaction.atomic
def begin_study(*, slug: str, title: str = "", by: Member) -> Study:
    """Begin a study; whoever begins it leads it."""
    check_slug(slug)
    if Study.objects.filter(slug=slug).exists():
        raise Refusal(f"There is a study “{slug}” already; choose another short name.")
    study = Study.objects.create(slug=slug, title=title or slug, begun=timezone.now())
    Membership.objects.create(study=study, member=by, role=Role.LEAD)

    record("study.begun", subject=study.ref, by=by.ref)
    return study


@transaction.atomic
def agree_protocol(*, study: Study, facts: ProtocolFacts, by: Member) -> Protocol:
    """Set what was approved; every part must be said."""
    require(Act.EDIT_PROTOCOL, study=study, by=by)
    check_protocol_complete(facts)
    try:
        retention = date.fromisoformat(facts.retention)
    except ValueError:
        raise Refusal(
            f"The retention date “{facts.retention}” is no date; write it as 2031-12-31."
        ) from None
    parts = {**facts._asdict(), "retention": retention}
    protocol, _ = Protocol.objects.update_or_create(study=study, defaults=parts)

    record("protocol.agreed", subject=study.ref, by=by.ref, retention=facts.retention)
    return protocol


@transaction.atomic
def appoint(*, study: Study, member: Member, role: Role, by: Member) -> Membership:
    """Give a member a role in a study."""
    require(Act.APPOINT, study=study, by=by)
    membership, fresh = Membership.objects.get_or_create(study=study, member=member, role=role)
    if fresh:
        record(
            "member.appointed",
            subject=study.ref,
            by=by.ref,
            member=member.ref,
            role=role.value.replace(" ", "-"),
        )
    return membership
