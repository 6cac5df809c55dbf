"""Reading the ledger back, and finding out whether anybody has touched it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from exeunt.errors import Refusal
from exeunt.ledger.models import Entry, Head
from exeunt.ledger.recording import leaf_of, read
from exeunt.methods.hash_tree import peaks_of, root_of

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
            f"“{text}” is no witness; it should look like 12:ab34…, as “exeunt check” prints it."
        )
    return Witness(int(found["size"]), found["root"])


def witness() -> Witness:
    """Return the ledger's present length and root."""
    head = Head.objects.get(pk=1)
    return Witness(head.size, root_of(read(head.peaks)).hex())


def problems_of_ledger(earlier: Witness | None = None) -> list[str]:
    """Say what is wrong with the ledger, a sentence each; an empty list is good.

    Without an ``earlier`` witness from outside, somebody who rewrote entries *and* the tree
    over them would go unnoticed; with one, no change to what it covers can.
    """
    entries = list(Entry.objects.order_by("position"))
    head = Head.objects.filter(pk=1).first()
    if head is None:
        return ["The ledger has lost its head; restore the archive from a backup."]
    return [
        *_altered(entries),
        *_out_of_place(entries),
        *_unlike_the_tree(entries, head),
        *_unlike_the_witness(entries, earlier),
    ]


def _altered(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        if leaf_of(entry).hex() != entry.leaf:
            yield f"Ledger entry {entry.position} was altered after it was written."


def _out_of_place(entries: list[Entry]) -> Iterator[str]:
    for expected, entry in enumerate(entries):
        if entry.position != expected:
            yield f"Ledger entry {expected} is missing."
            return


def _unlike_the_tree(entries: list[Entry], head: Head) -> Iterator[str]:
    if len(entries) != head.size:
        yield f"The ledger should have {head.size} entries and has {len(entries)}."
    elif root_of(peaks_of(leaf_of(entry) for entry in entries)) != root_of(read(head.peaks)):
        yield "The ledger's entries do not give the root that was kept with them."


def _unlike_the_witness(entries: list[Entry], earlier: Witness | None) -> Iterator[str]:
    if earlier is None:
        return
    if len(entries) < earlier.size:
        yield f"The ledger had {earlier.size} entries when it was witnessed and has {len(entries)}."
    elif root_of(peaks_of(leaf_of(e) for e in entries[: earlier.size])).hex() != earlier.root:
        yield f"The first {earlier.size} ledger entries are not those that were witnessed."
