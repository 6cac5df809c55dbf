"""Tamper with the ledger in every way we know, past the program, and see whether it is found out.

    python -m tools.tampering [EACH] [--seed SEED]

The tamperer has the files: triggers are taken away, and put back. Those who rewrite the whole
tree as well are found out only by a witness that was kept elsewhere; every check is given one.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from click.testing import CliRunner
from django.db import connection
from numpy.random import Generator

from benchmarks.measuring.archive import prepare
from exeunt.archive.opening import opened
from exeunt.cli.guide import exeunt
from exeunt.ledger.models import Entry, Head
from exeunt.ledger.recording import leaf_of, written
from exeunt.ledger.verifying import witness
from exeunt.members.queries import first_person
from exeunt.methods.hash_tree import peaks_of
from exeunt.studies.actions import begin_study

STUDIES = 30
FIELDS = ("at", "by", "act", "subject", "facts", "leaf")
ASIDE = -1


class Tampering(NamedTuple):
    """One try, and whether the check found it out; a crash of the check is told apart."""

    way: str
    detected: bool
    crashed: bool


class Victim(NamedTuple):
    """An untouched archive, and the witness that somebody outside keeps of it."""

    archive: Path
    witness: str


def victim(folder: Path) -> Victim:
    """Make an archive with a few dozen acts."""
    archive = prepare(folder / "archive")
    with opened(archive):
        amina = first_person()
        for number in range(STUDIES):
            begin_study(slug=f"study-{number}", title="Invented", by=amina)
        return Victim(archive, str(witness()))


def tamperings(of: Victim, each: int, seed: int, *, first: int = 0) -> Iterator[Tampering]:
    """Try every way so many times; ``first`` leaves out what was tried before."""
    tries = [(way, number) for number in range(each) for way in WAYS]
    for way, number in tries[first:]:
        chance = np.random.default_rng([seed, number])
        yield _tried(of, way, chance)


def _tried(of: Victim, way: str, chance: Generator) -> Tampering:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "archive"
        shutil.copytree(of.archive, copy)
        with opened(copy), _unguarded():
            WAYS[way](chance)
        done = CliRunner().invoke(exeunt, ["check", str(copy), "--witness", of.witness])
    crashed = done.exception is not None and not isinstance(done.exception, SystemExit)
    return Tampering(way, detected=done.exit_code != 0, crashed=crashed)


def _change_a_character(chance: Generator) -> None:
    """Change one character of one field, as an editor of the file would.

    A change that reads the same (another sign between a day and its hour) is none.
    """
    position = _one(chance).position
    before = _read(position)
    while _read(position) == before:
        field = FIELDS[chance.integers(len(FIELDS))]
        # As text, so that nothing is read and written as what it means.
        look = f"SELECT CAST({field} AS TEXT) FROM ledger_entry WHERE position = %s"  # noqa: S608
        change = f"UPDATE ledger_entry SET {field} = %s WHERE position = %s"  # noqa: S608
        with connection.cursor() as cursor:
            (text,) = cursor.execute(look, [position]).fetchone()
            place = int(chance.integers(len(text)))
            other = "0" if text[place] != "0" else "1"
            cursor.execute(change, [text[:place] + other + text[place + 1 :], position])


def _read(position: int) -> tuple[object, ...]:
    return tuple(Entry.objects.values_list(*FIELDS).get(position=position))


def _delete_an_entry(chance: Generator) -> None:
    Entry.objects.filter(position=_one(chance).position).delete()


def _close_the_gap(chance: Generator) -> None:
    """Delete an entry, and move up all that came after it."""
    gone = _one(chance).position
    Entry.objects.filter(position=gone).delete()
    for entry in Entry.objects.filter(position__gt=gone).order_by("position"):
        Entry.objects.filter(position=entry.position).update(position=entry.position - 1)


def _swap_two_entries(chance: Generator) -> None:
    one, other = map(int, chance.choice(Entry.objects.count(), size=2, replace=False))
    for place, to in ((one, ASIDE), (other, one), (ASIDE, other)):
        Entry.objects.filter(position=place).update(position=to)


def _cut_the_end(chance: Generator) -> None:
    """Delete the last entries, and make the tree anew as if they had never been."""
    size = Entry.objects.count()
    Entry.objects.filter(position__gte=int(chance.integers(1, size))).delete()
    _make_the_tree_anew()


def _rewrite_history(chance: Generator) -> None:
    """Say that somebody else did it, and make every hash anew."""
    entry = _one(chance)
    entry.by = "0" * 16
    Entry.objects.filter(position=entry.position).update(by=entry.by, leaf=leaf_of(entry).hex())
    _make_the_tree_anew()


def _add_to_the_head(chance: Generator) -> None:
    Head.objects.filter(pk=1).update(size=Entry.objects.count() + int(chance.integers(1, 9)))


WAYS: Mapping[str, Callable[[Generator], None]] = {
    "a character changed": _change_a_character,
    "an entry deleted": _delete_an_entry,
    "an entry deleted, the gap closed": _close_the_gap,
    "two entries swapped": _swap_two_entries,
    "the end cut off, the tree made anew": _cut_the_end,
    "an entry rewritten, the tree made anew": _rewrite_history,
    "the head's length changed": _add_to_the_head,
}


def _one(chance: Generator) -> Entry:
    return Entry.objects.get(position=int(chance.integers(Entry.objects.count())))


def _make_the_tree_anew() -> None:
    entries = list(Entry.objects.order_by("position"))
    peaks = written(peaks_of(leaf_of(entry) for entry in entries))
    Head.objects.filter(pk=1).update(size=len(entries), peaks=peaks)


@contextmanager
def _unguarded() -> Iterator[None]:
    """Take triggers away and suspend constraints, as who has the files can, and put them back."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in guards:
            cursor.execute(statement)


def main() -> None:
    """Tamper, and print what was found out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("each", type=int, nargs="?", default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = list(tamperings(victim(Path(folder)), asked.each, asked.seed))
    print(json.dumps([one._asdict() for one in made], indent=1))


if __name__ == "__main__":
    main()
