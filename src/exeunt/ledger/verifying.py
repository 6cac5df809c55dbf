"""Reading the ledger back, and finding out whether anybody has touched it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db import connections

from exeunt.errors import Refusal
from exeunt.ledger.models import Entry, Head
from exeunt.ledger.recording import ARCHIVE, leaf_of, read, written
from exeunt.methods.hash_tree import peaks_of, root_of

GUARDS = {
    "sqlite": {f"ledger_entry_no_{act}" for act in ("update", "delete", "replace")},
    "postgresql": {"ledger_entry_no_change", "ledger_entry_no_truncate"},
}
GUARDS_THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
}
_WITNESS = re.compile(r"(?P<size>\d{1,18}):(?P<root>[0-9a-f]{64})")


class Witness(NamedTuple):
    """What somebody outside keeps, so that a shortened or rewritten ledger is found out."""

    size: int
    root: str

    def __str__(self) -> str:
        """Write it as one word, to be kept on paper or in another archive."""
        return f"{self.size}:{self.root}"


def read_witness(text: str) -> Witness:
    """Read a witness as ``exeunt check`` printed it."""
    found = _WITNESS.fullmatch(text.strip())
    if found is None:
        raise Refusal(
            "“{text}” is no witness; it should look like 12:ab34…, as “exeunt check” prints it.",
            text=text,
        )
    return Witness(int(found["size"]), found["root"])


def witness(on: str = ARCHIVE) -> Witness | None:
    """Return a ledger's present length and root, or None where its head cannot be read."""
    head = Head.objects.using(on).filter(pk=1).first()
    try:
        return Witness(head.size, root_of(read(head.peaks)).hex()) if head is not None else None
    except (ValueError, TypeError):
        return None


def holds(earlier: Witness, *, on: str = ARCHIVE) -> bool:
    """Tell whether a ledger begins with all that was witnessed earlier."""
    entries, _ = _read_all(on)
    return not any(_unlike_the_witness(entries, earlier))


def problems_of_ledger(earlier: Witness | None = None, *, on: str = ARCHIVE) -> list[str]:
    """Say what is wrong with a ledger, a sentence each; an empty list is good.

    Without an ``earlier`` witness from outside, somebody who rewrote entries *and* the tree
    over them would go unnoticed; with one, no change to what it covers can.
    """
    entries, unread = _read_all(on)
    head = Head.objects.using(on).filter(pk=1).first()
    if head is None:
        return ["The ledger has lost its head; restore the archive from a backup."]
    return [
        *unread,
        *_altered(entries),
        *_out_of_place(entries),
        *_unlike_the_tree(entries, head),
        *_unlike_the_witness(entries, earlier),
        *_unguarded(on),
    ]


def _unguarded(on: str) -> Iterator[str]:
    """Find out whether somebody took away what keeps the database from changing entries."""
    vendor = connections[on].vendor
    with connections[on].cursor() as cursor:
        cursor.execute(GUARDS_THERE[vendor])
        there = {str(name) for (name,) in cursor.fetchall()}
    for name in sorted(GUARDS[vendor] - there):
        yield f"The guard {name} was taken from the ledger: entries could be changed unseen."


def _read_all(on: str) -> tuple[list[Entry], list[str]]:
    """Return the entries that can be read, and a sentence for each that cannot."""
    try:
        return list(Entry.objects.using(on).order_by("position")), []
    except (ValueError, TypeError):
        return _read_one_by_one(on)


def _read_one_by_one(on: str) -> tuple[list[Entry], list[str]]:
    entries, unread = [], []
    there = Entry.objects.using(on).order_by("position")
    for position in there.values_list("position", flat=True):
        try:
            entries.append(there.get(position=position))
        except (ValueError, TypeError):
            unread.append(f"Ledger entry {position} cannot be read any more.")
    return entries, unread


def _digest_of(entry: Entry) -> bytes:
    """Return the entry's digest, or nothing where a value in it is not what was written."""
    try:
        return leaf_of(entry)
    except (ValueError, TypeError, AttributeError):
        return b""


def _altered(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        if _digest_of(entry).hex() != entry.leaf:
            yield f"Ledger entry {entry.position} was altered after it was written."


def _out_of_place(entries: list[Entry]) -> Iterator[str]:
    for expected, entry in enumerate(entries):
        if entry.position != expected:
            yield f"Ledger entry {expected} is missing."
            return


def _unlike_the_tree(entries: list[Entry], head: Head) -> Iterator[str]:
    if len(entries) != head.size:
        yield f"The ledger should have {head.size} entries and has {len(entries)}."
    elif written(peaks_of(_digest_of(entry) for entry in entries)) != head.peaks:
        yield "The ledger's entries do not give the tree that was kept with them."


def _unlike_the_witness(entries: list[Entry], earlier: Witness | None) -> Iterator[str]:
    if earlier is None:
        return
    if len(entries) < earlier.size:
        yield f"The ledger had {earlier.size} entries when it was witnessed and has {len(entries)}."
    elif root_of(peaks_of(_digest_of(e) for e in entries[: earlier.size])).hex() != earlier.root:
        yield f"The first {earlier.size} ledger entries are not those that were witnessed."
