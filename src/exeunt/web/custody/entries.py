"""The entries of the vault's ledger in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exeunt.ledger.models import Entry
from exeunt.members.models import Member
from exeunt.vault.room import Reason, Record
from exeunt.web.custody.words import ACTS, REASONS, RECORDS, Words

UNKNOWN = _("somebody who is unknown here")


class Line(NamedTuple):
    """One entry: when, who did what, of which record, and why."""

    position: int
    at: datetime
    says: str
    record: Words
    reason: Words


def told(entries: Sequence[Entry]) -> list[Line]:
    """Tell entries; whoever did something is looked up when it is read."""
    members = Member.objects.filter(ref__in={entry.by for entry in entries})
    names = dict(members.values_list("ref", "name"))
    return [_line(entry, names) for entry in entries]


def _line(entry: Entry, names: dict[str, str]) -> Line:
    said = ACTS.get(entry.act, entry.act.replace(".", " ").replace("-", " "))
    by = names.get(entry.by) or gettext(str(UNKNOWN))
    reason, record = str(entry.facts.get("reason", "")), str(entry.facts.get("record", ""))
    return Line(
        position=entry.position,
        at=entry.at,
        says=format_html("<bdi>{}</bdi> {}", by, said),
        record=RECORDS[Record(record)] if record in set(Record) else record,
        reason=REASONS[Reason(reason)] if reason in set(Reason) else reason,
    )
