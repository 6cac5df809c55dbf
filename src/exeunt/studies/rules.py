"""May this be done in this study? Plain values in, a refusal in words out."""

import re
from collections.abc import Collection
from typing import NamedTuple

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.studies.roles import MAY, Act, Role

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60


class ProtocolFacts(NamedTuple):
    """What must be agreed before anything about real people is stored."""

    approval_reference: str = ""
    lawful_basis: str = ""
    retention: str = ""
    access_contact: str = ""
    breach_contact: str = ""
    holder_duties: str = ""


def check_may(act: Act, roles: Collection[Role]) -> None:
    """Refuse an act that none of the member's roles in the study allows."""
    if MAY[act].isdisjoint(roles):
        allowed = " or ".join(sorted(MAY[act]))
        mine = " and ".join(sorted(roles)) or "no role here"
        raise NotYours(
            f"You may not {act}: that is for {allowed}, and you have {mine}. "
            "A lead of this study can appoint you."
        )


def check_slug(slug: str) -> None:
    """Refuse a study name that would be awkward to type or to put into an address."""
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Refusal(
            f"A study's short name has lower-case letters, digits and hyphens, at most "
            f"{LONGEST_SLUG}, such as “leaving-2014”; “{slug}” is not one."
        )


def check_protocol_complete(protocol: ProtocolFacts | None) -> None:
    """Refuse to store anything real before the protocol says everything it must."""
    if protocol is None:
        missing = list(ProtocolFacts._fields)
    else:
        missing = [name for name, value in protocol._asdict().items() if not value]
    if missing:
        named = ", ".join(name.replace("_", " ") for name in missing)
        raise NotYet(
            "Nothing real is stored without the study's protocol. "
            f"Still missing: {named}. Set it with “exeunt study protocol”."
        )
