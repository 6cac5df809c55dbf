"""Both databases, copied without a key: nothing in them says which person a narrator is.

Sixty narrators are registered and their texts taken in, one to four each, in the order of the
archive. What a forensic reader has is then searched for whatever could join the two sides: words
in common, order, times, lengths, degrees; in the rows and in the bytes of the files. Numbers and
keys are drawn from a seed, so that the figures are the same on every run.
"""

import random
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from django.apps import apps
from django.db.models import DateField
from django.test import override_settings
from scipy.stats import spearmanr

from exeunt.archive.opening import opened
from exeunt.members.queries import member_called
from exeunt.procedures.entrusting.registering import Identity, register
from exeunt.procedures.entrusting.taking_in import Received, take_in
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.states import Gender
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.stages.testimonies.models import Account
from exeunt.studies.queries import study_called
from exeunt.vault import models
from exeunt.vault.actions.people import edit_record
from exeunt.vault.actions.unlocking import keys_with
from exeunt.vault.models import Person, Sealed, Text, Wrap
from exeunt.vault.sealing import envelopes
from exeunt.vault.states import Record
from tests.archive.folders import own_connection
from tests.conftest import NOW
from tests.making.vault import CHEAP, PASSPHRASE
from tools.keeping import STUDY, a_kept_archive

PEOPLE = 60
# Sixty pairs that have nothing to do with each other are further apart once in 200,000 times.
FAR = 0.55
WORDS = re.compile(rb"[0-9A-Za-z_-]{10,}")
INDEXES = ("sqlite_", "testimonies_searchindex_", "testimonies_passageindex_")
OF_PEOPLE = ("vault_person", "vault_sealed", "vault_text", "vault_wrap")


class Seeded:
    """Chance that is the same on every run."""

    def __init__(self) -> None:
        chance = random.Random(58)
        self.randbits, self.token_bytes = chance.getrandbits, chance.randbytes


class Taken(NamedTuple):
    """What a thief has, and the truth."""

    archive: Path
    # The truth, which the thief lacks: people by their numbers, in the order of the narrators.
    people: list[int]
    narrators: list[str]
    sources: list[str]


@pytest.fixture(scope="module")
def taken(tmp_path_factory, django_db_blocker):
    """Sixty narrators, taken in."""
    folder = tmp_path_factory.mktemp("joins")
    cheaply = override_settings(EXEUNT_GUESSING_COST=CHEAP)
    with (
        own_connection(django_db_blocker),
        time_machine.travel(NOW) as clock,
        cheaply,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(models, "secrets", Seeded())
        patched.setattr(envelopes, "secrets", Seeded())
        archive = a_kept_archive(folder).archive
        with opened(archive):
            people = [one_person(number, clock) for number in range(PEOPLE)]
            narrators = list(Narrator.objects.order_by("pk").values_list("ref", flat=True))
            sources = list(Account.objects.values_list("source__ref", flat=True))
    return Taken(archive, people, narrators, sources)


def one_person(number: int, clock) -> int:
    """Register somebody, take one to four texts in, write about the risk of some of them."""
    clock.shift(3607)
    dana = member_called("Dana")
    keys = keys_with(passphrase=PASSPHRASE, by=dana)
    by = {"keys": keys, "by": dana}
    narrator = register(
        study=study_called(STUDY, by=dana),
        label=f"N-{number}",
        gender=Gender.UNKNOWN,
        identity=Identity(f"Somebody {number}" * (number % 5 + 1)),
        ref=f"{random.Random(number).getrandbits(64):016x}",
        **by,
    )
    for text in range(number % 4 + 1):
        take_in(
            narrator=narrator,
            received=Received(b"Words that were told. " * (number * 7 + text + 1)),
            words=dict.fromkeys(AccountRow._fields, ""),
            ref=f"{random.Random(1000 + number * 4 + text).getrandbits(64):016x}",
            **by,
        )
    for revision in range(1, number % 3 + 1):
        edit_record(
            narrator=narrator.ref,
            record=Record.RISKS,
            content={"words": "They were followed. " * (number % 7)},
            revision=revision,
            **by,
        )
    return Person.objects.get(handle=keys.handle("person", narrator.ref)).pk


def rows(folder: Path, base: str, table: str) -> list[dict[str, Any]]:
    """The rows of a table as SQLite keeps them, with the number under which it does."""
    copied = sqlite3.connect(f"file:{folder / base}?immutable=1", uri=True)
    with closing(copied) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(f"SELECT rowid AS hidden, * FROM {table} ORDER BY 1")  # noqa: S608
        return [dict(row) for row in found]


def words_in(values) -> set[bytes]:
    """Every word, long number and beginning of a blob that stands in some rows."""
    found: set[bytes] = set()
    for value in values:
        raw = bytes(value) if isinstance(value, bytes) else str(value).encode()
        found.update(WORDS.findall(raw), [raw[:16]] if isinstance(value, bytes) else [])
    return found


def tables(folder: Path, base: str) -> list[str]:
    with closing(sqlite3.connect(f"file:{folder / base}?immutable=1", uri=True)) as connection:
        there = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [name for (name,) in there]


def test_no_word_of_a_persons_rows_stands_in_the_archive(taken, capsys):
    sealed = words_in(
        v for table in OF_PEOPLE for row in rows(*_vault(taken), table) for v in row.values()
    )
    archive = words_in(
        value
        for table in tables(taken.archive, "archive.sqlite3")
        # What makes up the indexes of words is sought in the bytes below.
        if not table.startswith(INDEXES)
        for row in rows(taken.archive, "archive.sqlite3", table)
        for value in row.values()
    )
    raw = (taken.archive / "archive.sqlite3").read_bytes()

    shared = {word for word in sealed if word in archive or word in raw}
    with capsys.disabled():
        print(f"\njoins: {len(sealed):,} words of people's rows, {len(shared)} in the archive")
    assert len(sealed) > 1000
    assert shared == set()


def test_no_reference_of_the_archive_stands_in_the_vaults_bytes(taken):
    raw = (taken.archive / "vault.sqlite3").read_bytes()
    labels = [f"N-{number}" for number in range(PEOPLE)]
    sought = [word.encode() for word in (*taken.narrators, *taken.sources, *labels)]

    assert len(taken.narrators) == PEOPLE
    assert [word for word in sought if word in raw] == []


def test_the_vaults_ledger_and_its_people_share_no_word(taken):
    people = words_in(
        v for table in OF_PEOPLE for row in rows(*_vault(taken), table) for v in row.values()
    )
    entries = words_in(
        value for row in rows(*_vault(taken), "ledger_entry") for value in row.values()
    )

    assert people & entries == set()


def test_every_entry_calls_a_person_something_else(taken):
    entries = rows(*_vault(taken), "ledger_entry")
    subjects = Counter(entry["subject"] for entry in entries if "nonce" in entry["facts"])

    assert len(subjects) > 2 * PEOPLE
    assert set(subjects.values()) == {1}


def test_no_row_of_a_person_says_when_it_was_made():
    for model in (Person, Sealed, Text, Wrap):
        assert not [field for field in model._meta.fields if isinstance(field, DateField)]
    tables_of_people = {model._meta.db_table for model in apps.get_app_config("vault").get_models()}
    assert set(OF_PEOPLE) < tables_of_people


def ranks(taken: Taken, order: list[int]) -> float:
    """How far an order of people follows that of the archive: 1 entirely, 0 not at all."""
    places = {person: place for place, person in enumerate(order)}
    found = spearmanr(range(PEOPLE), [places[person] for person in taken.people])
    return abs(float(found.statistic))


def first_seen(content: bytes, marks: dict[int, bytes]) -> list[int]:
    """People in the order in which something of theirs stands in a file."""
    return sorted(marks, key=lambda person: content.index(marks[person]))


def last_seen(content: bytes, marks: dict[int, bytes]) -> list[int]:
    return sorted(marks, key=lambda person: content.rindex(marks[person]))


def marks_of(taken: Taken) -> dict[str, dict[int, bytes]]:
    """By what a person's rows are found in the bytes of a file."""
    people = {row["id"]: row["handle"].encode() for row in rows(*_vault(taken), "vault_person")}
    marks = {"handle": people}
    for row in rows(*_vault(taken), "vault_sealed"):
        marks.setdefault(row["record"], {})[row["person_id"]] = row["content"][:24]
    for row in rows(*_vault(taken), "vault_wrap"):
        of_people = marks.setdefault(f"wrap {row['holder_id']}", {})
        of_people.update({row["owner"]: row["wrapped"][:24]} if row["owner"] in people else {})
    return marks


def _vault(taken: Taken) -> tuple[Path, str]:
    return taken.archive, "vault.sqlite3"


def test_no_order_of_rows_or_bytes_follows_the_order_of_the_narrators(taken, capsys):
    raw = (taken.archive / "vault.sqlite3").read_bytes()
    found = {}
    for name, marks in marks_of(taken).items():
        found[f"{name}: by number"] = ranks(taken, sorted(marks))
        found[f"{name}: first in the file"] = ranks(taken, first_seen(raw, marks))
        found[f"{name}: last in the file"] = ranks(taken, last_seen(raw, marks))

    with capsys.disabled():
        print(f"\njoins: {len(found)} orders, the furthest from chance {max(found.values()):.2f}")
    assert {name: far for name, far in found.items() if far >= FAR} == {}


def test_the_rows_own_numbers_are_those_drawn_by_lot(taken):
    """SQLite keeps a hidden number that counts up beside any other kind of key."""
    for table in OF_PEOPLE:
        hidden = [row["hidden"] for row in rows(*_vault(taken), table)]
        assert hidden == sorted(row["id"] for row in rows(*_vault(taken), table))


def test_the_measure_finds_an_order_where_there_is_one(taken):
    assert ranks(taken, taken.people) == pytest.approx(1)
    assert ranks(taken, taken.people[::-1]) == pytest.approx(1)


def test_a_closed_vault_leaves_no_log_and_no_free_pages(taken):
    beside = [path.name for path in taken.archive.glob("vault.sqlite3-*") if path.stat().st_size]
    whole = f"file:{taken.archive / 'vault.sqlite3'}?immutable=1"
    with closing(sqlite3.connect(whole, uri=True)) as connection:
        free = connection.execute("PRAGMA freelist_count").fetchone()

    assert (beside, free) == ([], (0,))


def test_everybody_looks_alike_however_much_is_kept_of_them(taken, capsys):
    """Lengths and degrees: texts from one to four, records that were changed or not."""
    looks: dict[int, list] = {person: [] for person in taken.people}
    for row in rows(*_vault(taken), "vault_person"):
        looks[row["id"]].append(row["key_version"])
    for row in rows(*_vault(taken), "vault_sealed"):
        seen = {name: row[name] for name in row.keys() - {"id", "hidden", "person_id", "content"}}
        looks[row["person_id"]].append((sorted(seen.items()), len(row["content"])))
    for row in rows(*_vault(taken), "vault_wrap"):
        look = (row["purpose"], row["version"], len(row["wrapped"]), row["holder_id"])
        looks.get(row["owner"], []).append(look)

    alike = Counter(tuple(sorted(map(str, look))) for look in looks.values())
    alone = sum(count for count in alike.values() if count < PEOPLE)
    with capsys.disabled():
        print(f"\njoins: {PEOPLE} people look {len(alike)} way(s); joinable pairs {alone}")
    assert list(alike.values()) == [PEOPLE]


def test_no_row_of_a_text_says_whose_it_is(taken):
    assert [field.name for field in Text._meta.fields if field.is_relation] == []
    people = {str(person).encode() for person in taken.people}
    texts = b" ".join(str(row).encode() for row in rows(*_vault(taken), "vault_text"))
    assert [person for person in people if person in texts] == []


def test_sealed_files_say_by_no_time_when_they_were_sealed(taken):
    assert {path.stat().st_mtime for path in (taken.archive / "sealed").iterdir()} <= {0.0}
