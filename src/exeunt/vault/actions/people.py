"""Sealing who somebody is, opening one record of it, and correcting it."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction

from exeunt.errors import Changed, Refusal
from exeunt.members.models import Member
from exeunt.vault.actions.noting import anchor, note_of
from exeunt.vault.actions.unlocking import spend
from exeunt.vault.actions.wrapping import fresh_key
from exeunt.vault.models import Person, Sealed
from exeunt.vault.queries import (
    Keys,
    Plain,
    as_written,
    context_of_record,
    person_called,
    person_key,
    record_of,
    tie_under,
)
from exeunt.vault.routing import VAULT
from exeunt.vault.sealing.envelopes import seal
from exeunt.vault.sealing.padding import SHORTEST
from exeunt.vault.states import Purpose, Record

# As long as any record of up to some forty texts: its length must not tell how many there are.
SHORTEST_FILES = 4096


class Opened(NamedTuple):
    """One record of one person, as it was opened, and its revision."""

    content: Plain
    revision: int


def seal_person(
    *, narrator: str, records: Mapping[Record, Plain], keys: Keys, by: Member
) -> Person:
    """Seal who a narrator is, under a key of their own.

    Every person gets every record, empty or not: that one has no contacts says something too.
    """
    with transaction.atomic(using=VAULT):
        handle = keys.handle("person", narrator)
        if Person.objects.filter(handle=handle).exists():
            raise Refusal("Who this narrator is has been sealed already; open the record instead.")
        person = Person(handle=handle, key_version=keys.vault.link_version)
        person.tie = tie_under(keys.link, person, vault=keys.vault)
        person.save(force_insert=True)
        key = fresh_key(Purpose.PERSON, person.pk, person.key_version, vault=keys.vault)
        given = {**records, Record.FILES: {"narrator": narrator, "texts": [], "files": []}}
        for record in Record:
            sealed = Sealed(person=person, record=record)
            seal_record(sealed, given.get(record, {}), revision=1, key=key, keys=keys)
        note_of(person, "person.sealed", keys=keys, by=by.ref)
    anchor(by=by.ref)
    return person


def open_record(*, narrator: str, record: Record, keys: Keys, by: Member) -> Opened:
    """Open one record of one narrator; it is counted and written down before it is read."""
    with transaction.atomic(using=VAULT):
        person = person_called(narrator, keys=keys)
        spend(person.pk, keys=keys)
        note_of(
            person, "record.opened", keys=keys, by=by.ref, record=record.value, reason=_why(keys)
        )
    key = person_key(person, keys=keys)
    return Opened(*record_of(person, record, key=key, vault=keys.vault))


def edit_record(
    *, narrator: str, record: Record, content: Plain, revision: int, keys: Keys, by: Member
) -> Opened:
    """Correct one record; raises Changed where another custodian was quicker."""
    with transaction.atomic(using=VAULT):
        person = person_called(narrator, keys=keys)
        spend(person.pk, keys=keys)
        key = person_key(person, keys=keys)
        sealed = Sealed.objects.select_for_update().get(person=person, record=record)
        theirs, now = record_of(person, record, key=key, vault=keys.vault)
        if now != revision:
            raise Changed(
                "Another custodian has changed this record since you opened it.",
                revision=now,
                theirs={name: str(value) for name, value in theirs.items()},
            )
        seal_record(sealed, content, revision=now + 1, key=key, keys=keys)
        note_of(
            person, "record.edited", keys=keys, by=by.ref, record=record.value, reason=_why(keys)
        )
    anchor(by=by.ref)
    return Opened(content, now + 1)


def rewrite_files(person: Person, content: Plain, *, keys: Keys) -> None:
    """Keep which texts and files are somebody's, inside the caller's transaction."""
    sealed = Sealed.objects.select_for_update().get(person=person, record=Record.FILES)
    seal_record(sealed, content, revision=1, key=person_key(person, keys=keys), keys=keys)


def files_of(person: Person, *, keys: Keys) -> Plain:
    """Return which texts and files are somebody's: the narrator's reference, digests, names."""
    key = person_key(person, keys=keys)
    found, _ = record_of(person, Record.FILES, key=key, vault=keys.vault)
    return found


def seal_record(sealed: Sealed, content: Plain, *, revision: int, key: bytes, keys: Keys) -> None:
    """Seal one record and keep it, inside the caller's transaction."""
    sealed.content = as_sealed(sealed, content, revision=revision, key=key, keys=keys)
    sealed.save()


def as_sealed(sealed: Sealed, content: Plain, *, revision: int, key: bytes, keys: Keys) -> bytes:
    """Return what is kept of one record: how often it was changed lies inside."""
    context = context_of_record(keys.vault, sealed.person, record=str(sealed.record))
    shortest = SHORTEST_FILES if sealed.record == Record.FILES else SHORTEST
    written = as_written({"plain": content, "revision": revision})
    return seal(written, key=key, context=context, shortest=shortest)


def _why(keys: Keys) -> str:
    return str(keys.unlocking.reason) if keys.unlocking is not None else "command"
