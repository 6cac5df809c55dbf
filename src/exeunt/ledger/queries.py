"""Reading the entries that concern one study, a leaf at a time, the latest first."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from exeunt.ledger.models import Entry


class Sought(NamedTuple):
    """Which entries somebody wants to see; what is left out narrows nothing."""

    by: str = ""
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Sought()


class EntryLeaf(NamedTuple):
    """Some entries in a row, the latest first; and from where on there are newer and older ones."""

    entries: list[Entry]
    newer_than: int | None
    older_than: int | None


def entries_about(
    concerns: str,
    sought: Sought = EVERYTHING,
    *,
    older_than: int | None = None,
    newer_than: int | None = None,
    size: int = 50,
) -> EntryLeaf:
    """Return one leaf of the entries that concern a study.

    Leaves are found by the position of an entry, and never counted: a ledger grows long.
    """
    entries = _narrowed(Entry.objects.filter(concerns=concerns), sought)
    if newer_than is not None:
        return _newer(entries, newer_than, size)
    if older_than is not None:
        entries = entries.filter(position__lt=older_than)
    found = list(entries.order_by("-position")[: size + 1])
    return EntryLeaf(
        entries=found[:size],
        newer_than=found[0].position if older_than is not None and found else None,
        older_than=found[size - 1].position if len(found) > size else None,
    )


def _newer(entries: QuerySet[Entry], than: int, size: int) -> EntryLeaf:
    """Return the leaf that comes before one, counted back from where that one begins."""
    found = list(entries.filter(position__gt=than).order_by("position")[: size + 1])
    more = len(found) > size
    shown = found[:size][::-1]
    return EntryLeaf(
        entries=shown,
        newer_than=shown[0].position if more else None,
        older_than=shown[-1].position if shown else None,
    )


def _narrowed(entries: QuerySet[Entry], sought: Sought) -> QuerySet[Entry]:
    if sought.by:
        entries = entries.filter(by=sought.by)
    if sought.act:
        entries = entries.filter(act=sought.act)
    if sought.since is not None:
        entries = entries.filter(at__gte=sought.since)
    return entries.filter(at__lt=sought.until) if sought.until is not None else entries
