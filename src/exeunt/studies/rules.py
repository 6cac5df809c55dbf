"""May this be done in this study? Plain values in, a refusal in words out."""

import re
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from exeunt.errors import AllOf, Listed, NotYet, NotYours, OneOf, Refusal, Word
from exeunt.members.rules import clean_line
from exeunt.studies.roles import MAY, Act, Role

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60
LONGEST_TITLE = 200
LONGEST_LIMIT = 500
LONGEST_PARTS = {
    "approval_reference": 500,
    "lawful_basis": 500,
    "access_contact": 500,
    "breach_contact": 500,
    "holder_duties": 1000,
}


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
        raise NotYours(
            "You may not {act}: that is for {allowed}, and you have {mine}. "
            "A lead of this study can appoint you.",
            act=act,
            allowed=OneOf(sorted(MAY[act])),
            mine=AllOf(sorted(roles)) or Word("no role here"),
        )


def check_role_for(role: Role, *, is_machine: bool) -> None:
    """Refuse a machine anything but reading: nobody could hold it to account."""
    if is_machine and role is not Role.CODER:
        raise Refusal(
            "A machine reader can be a coder and nothing else; it cannot be {role}.",
            role=role,
        )


def roles_open_to(held: Collection[Role], *, is_machine: bool) -> list[Role]:
    """Return the roles that somebody could still be given.

    >>> [role.value for role in roles_open_to({Role.LEAD}, is_machine=True)]
    ['coder']
    """
    fit = [Role.CODER] if is_machine else list(Role)
    return [role for role in fit if role not in held]


def check_same_kind(name: str, *, is_machine: bool, said_machine: bool) -> None:
    """Refuse to make a machine of a person who is a member already."""
    if said_machine and not is_machine:
        raise Refusal(
            "“{name}” is a person here, so no machine reader can be called that; "
            "give the machine a name of its own.",
            name=name,
        )


def check_may_dismiss(role: Role, *, leads: int) -> None:
    """Refuse to leave a study without anybody who leads it."""
    if role is Role.LEAD and leads <= 1:
        raise NotYet(
            "A study needs somebody who leads it, and nobody else does; appoint another lead first."
        )


def check_may_let_in(*, oneself: bool, leads_all: bool, made_the_archive: bool) -> None:
    """Refuse a link by which a lead could enter another study under somebody else's name."""
    if oneself:
        raise NotYours(
            "You are signed in, and a new link would sign you out; change your passphrase instead."
        )
    if made_the_archive or not leads_all:
        raise NotYours(
            "This member also works where you do not lead, and whoever holds their link can sign "
            "in as them. Whoever keeps the archive draws one, with “exeunt member link”."
        )


def check_is_who_is_meant(name: str, *, let_in_by_others: bool) -> None:
    """Refuse to give a role to a name that strangers hold: they may have taken it on purpose."""
    if let_in_by_others:
        raise Refusal(
            "“{name}” was let in by somebody who leads no study of yours, so it may not be who you "
            "mean. Choose another name, or let whoever keeps the archive appoint them, with "
            "“exeunt member add”.",
            name=name,
        )


def check_slug(slug: str) -> None:
    """Refuse a study name that would be awkward to type or to put into an address."""
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Refusal(
            "A study's short name has lower-case letters, digits and hyphens, at most "
            "{longest}, such as “leaving-2014”; “{slug}” is not one.",
            longest=LONGEST_SLUG,
            slug=slug,
        )


def clean_title(title: str) -> str:
    """Return a title that a cover can carry, or refuse it."""
    return clean_line(title, "A study's title", longest=LONGEST_TITLE)


def cleaned_protocol(protocol: ProtocolFacts) -> ProtocolFacts:
    """Return the protocol with every part as it can be kept, or refuse a part by its name."""
    parts = {
        name: clean_line(getattr(protocol, name), f"The {name.replace('_', ' ')}", longest=longest)
        for name, longest in LONGEST_PARTS.items()
    }
    return protocol._replace(**parts)


def clean_limit(sentence: str) -> str:
    """Return a sentence on what a study's numbers cannot show, or refuse it."""
    cleaned = clean_line(sentence, "A limit", longest=LONGEST_LIMIT)
    if not cleaned:
        raise Refusal("Say the limit in a sentence, such as “Found through two newspapers only.”")
    return cleaned


def retention_from(words: str, *, today: date) -> date:
    """Read until when data are kept; refuse a day that is none, or that has passed."""
    try:
        until = date.fromisoformat(words)
    except ValueError:
        raise Refusal(
            "The retention date “{words}” is no date; write it as 2031-12-31.", words=words
        ) from None
    if until < today:
        raise Refusal(
            "The retention date {words} has passed; data may not be kept any more.", words=words
        )
    return until


def check_protocol_complete(protocol: ProtocolFacts | None) -> None:
    """Refuse to store anything real before the protocol says everything it must."""
    if protocol is None:
        missing = list(ProtocolFacts._fields)
    else:
        missing = [name for name, value in protocol._asdict().items() if not value.strip()]
    if missing:
        raise NotYet(
            "Nothing real is stored without the study's protocol. "
            "Still missing: {missing}. Agree it on the study's protocol page, or with "
            "“exeunt study protocol”.",
            missing=Listed(name.replace("_", " ") for name in missing),
        )
