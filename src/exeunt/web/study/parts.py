"""The parts of a protocol in words, and what each version changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.studies.models import ProtocolParts, ProtocolVersion
from exeunt.studies.rules import ProtocolFacts

WORDS: dict[str, str | Promise] = {
    "approval_reference": _("Approval reference"),
    "lawful_basis": _("Lawful basis"),
    "retention": _("Kept until"),
    "access_contact": _("Who answers requests for access"),
    "breach_contact": _("Who acts on a breach"),
    "holder_duties": _("What the law asks of those who hold the data"),
}


class Part(NamedTuple):
    """One part, and what is said in it; nothing where it is not agreed yet."""

    label: str | Promise
    says: str


class Change(NamedTuple):
    """One part that a version changed."""

    label: str | Promise
    before: str
    after: str


class Told(NamedTuple):
    """One version: its number, who agreed it when, and what it changed."""

    number: int
    agreed: datetime | None
    by: str
    parts: list[Part]
    changes: list[Change]


def parts_of(protocol: ProtocolParts | None) -> list[Part]:
    """Return every part in words."""
    facts = protocol.as_facts() if protocol is not None else ProtocolFacts()
    return [Part(label, getattr(facts, name)) for name, label in WORDS.items()]


def versions_told(versions: Sequence[ProtocolVersion]) -> list[Told]:
    """Tell versions, the latest first, each beside the one before it."""
    earlier = [*versions[1:], None]
    return [_told(one, before) for one, before in zip(versions, earlier, strict=False)]


def _told(version: ProtocolVersion, before: ProtocolVersion | None) -> Told:
    changed = zip(parts_of(before), parts_of(version), strict=True) if before else []
    return Told(
        number=version.number,
        agreed=version.agreed,
        by=version.agreed_by.name if version.agreed_by is not None else "",
        parts=parts_of(version),
        changes=[
            Change(now.label, was.says, now.says) for was, now in changed if was.says != now.says
        ],
    )
