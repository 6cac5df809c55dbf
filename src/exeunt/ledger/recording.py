"""Writing an act down, in the transaction of the act itself."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from exeunt.ledger.models import Entry, Head
from exeunt.methods.hash_tree import Peak, leaf_digest, with_leaf

Fact = str | int | bool | None
Plain = int | bool | None

# The database of the archive's own ledger; the vault keeps another in its own.
ARCHIVE = "default"
# References, digests, states and format names; never prose, so that no name can slip in.
_PLAIN = re.compile(r"[A-Za-z0-9_.:@/+-]{0,80}")


def record(act: str, *, subject: str, by: str, on: str = ARCHIVE, **facts: Fact) -> Entry:
    """Append one act to the ledger, inside the caller's transaction.

    ``subject`` and ``by`` are references; ``facts`` are counts, states, digests and references.
    ``on`` names the database whose ledger it is.
    Raises ValueError where a fact could hold a name or a sentence, and RuntimeError outside a
    transaction, where an act could be kept without its entry.
    """
    if not transaction.get_connection(on).in_atomic_block:
        raise RuntimeError("an act and its ledger entry belong in one transaction")
    _refuse_prose({"act": act, "subject": subject, "by": by, **facts})
    head = Head.objects.using(on).select_for_update().get(pk=1)
    entry = Entry(
        position=head.size, at=timezone.now(), by=by, act=act, subject=subject, facts=facts
    )
    leaf = leaf_of(entry)
    entry.leaf = leaf.hex()
    entry.save(force_insert=True, using=on)
    head.peaks = written(with_leaf(read(head.peaks), leaf))
    head.size += 1
    head.save(update_fields=["size", "peaks"])
    return entry


@transaction.atomic
def record_alone(act: str, *, subject: str, by: str, **facts: Fact) -> Entry:
    """Record an act that changes nothing else, such as a reading."""
    return record(act, subject=subject, by=by, on=ARCHIVE, **facts)


def leaf_of(entry: Entry) -> bytes:
    """Return the digest of one entry's canonical form (sorted keys, UTC, no spaces)."""
    return leaf_digest(canonical(entry))


def canonical(entry: Entry) -> bytes:
    """Write an entry as the one sequence of bytes that its digest speaks for."""
    event = {
        "position": entry.position,
        "at": _moment(entry.at),
        "by": entry.by,
        "act": entry.act,
        "subject": entry.subject,
        "facts": entry.facts,
    }
    return json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read(peaks: list[list[int | str]]) -> tuple[Peak, ...]:
    """Read peaks as they are stored: [height, hexadecimal digest] each."""
    return tuple(Peak(int(height), bytes.fromhex(str(digest))) for height, digest in peaks)


def written(peaks: tuple[Peak, ...]) -> list[list[int | str]]:
    """Write peaks as they are stored."""
    return [[peak.height, peak.digest.hex()] for peak in peaks]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _refuse_prose(facts: Mapping[str, Fact]) -> None:
    for name, fact in facts.items():
        plain = _PLAIN.fullmatch(fact) if isinstance(fact, str) else isinstance(fact, Plain)
        if not plain:
            raise ValueError(f"the ledger holds references only, and “{name}” could hold more")
