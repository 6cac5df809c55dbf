"""Measure what it costs to seal people, to open them and to change every key.

    python benchmarks/vault.py [--full] [--write]

Everybody is sealed to five holders: four custodians and the paper. The peer, timed in the same
run, is ``age`` (by pyrage): each of a person's six records encrypted to five recipients, and
opened by one. It has no post-quantum exchange, no ledger, no database and no budget.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from django.conf import settings
from measuring.page import dated, renew, table
from pyrage import decrypt, encrypt, x25519

from exeunt.archive.folder import ArchiveFolder
from exeunt.archive.keeping import make_vault
from exeunt.archive.opening import make_archive, opened
from exeunt.members.actions import add_member
from exeunt.members.models import Member
from exeunt.members.queries import first_person
from exeunt.vault.room import (
    Keys,
    Record,
    admit_custodian,
    keys_with,
    open_record,
    prepare_custodian,
    rotate,
    seal_person,
)

SMALL, FULL = 200, 10_000
CUSTODIANS = ("Dana", "Boris", "Chidi", "Edda")
PASSPHRASE = "four lamps beside the quiet river of {name}"  # noqa: S105 - an invented one
COMMAND = "python benchmarks/vault.py"
# As long as a record of some lines.
RECORD = b"x" * 1024


class Took(NamedTuple):
    """What some work took, in seconds on the wall and of the processor."""

    wall: float
    cpu: float


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} people, not {SMALL}")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    count = FULL if asked.full else SMALL
    with tempfile.TemporaryDirectory() as folder:
        body = measure(Path(folder), count)
    print(body)
    if asked.write:
        command = f"{COMMAND} --full" if asked.full else COMMAND
        renew("The vault", f"{dated(command)}\n\n{body}")


def measure(folder: Path, count: int) -> str:
    """Seal, open and rotate so many people; time the peer beside it."""
    make_archive(folder / "archive", lead="Amina")
    with opened(folder / "archive") as archive:
        custodians = _custodians(archive, folder)
        unlocking = took(lambda: keys_with(passphrase=_words("Dana"), by=custodians[0]))
        keys = keys_with(passphrase=_words("Dana"), by=custodians[0])
        narrators = [f"{number:016x}" for number in range(count)]
        sealing = took(lambda: _seal(narrators, keys, custodians[0]))
        opening = took(lambda: _open(narrators, keys, custodians[0]))
        rotating = took(lambda: rotate(keys=keys, by=custodians[0]))
    size = (folder / "archive" / "vault.sqlite3").stat().st_size
    sealed_by_age, opened_by_age = _age(min(count, 1000))
    return "\n\n".join(
        (
            f"{count:,} people of six records each, to five holders; one guess costs "
            f"{settings.EXEUNT_GUESSING_COST} (rounds, lanes, KiB). Each act is one transaction "
            "that is on the disk, with its entry in the vault's ledger; sealing is also known in "
            "the archive's.",
            table(
                [
                    ("what", "seconds", "processor", "a person, ms", "age, ms", "times age"),
                    _row("seal", sealing, count, peer=sealed_by_age),
                    _row("open one record", opening, count, peer=opened_by_age),
                    _row("change every key", rotating, count, peer=sealed_by_age),
                ]
            ),
            f"Unlocking: {unlocking.wall:.2f} s, {unlocking.cpu:.2f} s of processor. Database: "
            f"{size / 1e6:,.1f} MB, {size / count / 1e3:,.1f} kB a person.",
        )
    )


def _row(what: str, took: Took, count: int, *, peer: float) -> tuple[str, ...]:
    own = took.cpu / count
    return (
        what,
        f"{took.wall:,.1f}",
        f"{took.cpu:,.1f}",
        f"{own * 1e3:,.2f}",
        f"{peer * 1e3:,.2f}",
        f"{own / peer:,.1f}",
    )


def _custodians(archive: ArchiveFolder, folder: Path) -> list[Member]:
    """Make the vault, and let four custodians in."""
    amina = first_person()
    members = [add_member(name=name, by=amina) for name in CUSTODIANS]
    first, *others = members
    make_vault(
        archive,
        erasures=folder / "erasures.jsonl",
        first=first,
        passphrase=_words(first.name),
        by=amina,
    )
    for member in others:
        made = prepare_custodian(passphrase=_words(member.name), by=member)
        keys = keys_with(passphrase=_words(first.name), by=first)
        admit_custodian(custodian=made.custodian, name=member.name, keys=keys, by=first)
    return members


def _words(name: str) -> str:
    return PASSPHRASE.format(name=name)


def _seal(narrators: Sequence[str], keys: Keys, by: Member) -> None:
    records = {
        Record.NAMES: {"name": "Rahma Testwell", "aliases": ["Umm Zayn"]},
        Record.CONTACTS: {"ways": [{"kind": "phone", "value": "+44 7700 900123", "safe": True}]},
        Record.RISKS: {"words": "Two lines about what may happen to somebody invented. " * 4},
    }
    for narrator in narrators:
        seal_person(narrator=narrator, records=records, keys=keys, by=by)


def _open(narrators: Sequence[str], keys: Keys, by: Member) -> None:
    for narrator in narrators:
        open_record(narrator=narrator, record=Record.NAMES, keys=keys, by=by)


def _age(count: int) -> tuple[float, float]:
    """Return what a person costs age: six records to five recipients, and one opened."""
    identities = [x25519.Identity.generate() for _ in range(len(CUSTODIANS) + 1)]
    recipients = [identity.to_public() for identity in identities]
    sealed = [encrypt(RECORD, recipients) for _ in range(len(Record))]

    def seal() -> None:
        for _ in range(count * len(Record)):
            encrypt(RECORD, recipients)

    def unseal() -> None:
        for _ in range(count):
            decrypt(sealed[0], identities[:1])

    return took(seal).cpu / count, took(unseal).cpu / count


def took(work: Callable[[], object]) -> Took:
    """Time some work."""
    wall, cpu = perf_counter(), process_time()
    work()
    return Took(perf_counter() - wall, process_time() - cpu)


if __name__ == "__main__":
    main()
