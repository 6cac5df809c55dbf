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
)
from exeunt.vault.routing import VAULT
from exeunt.vault.sealing.envelopes import seal
from exeunt.vault.states import Purpose, Record


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
        person = Person.objects.create(handle=handle, key_version=keys.vault.link_version)
        key = fresh_key(Purpose.PERSON, person.pk, person.key_version, vault=keys.vault)
        given = {**records, Record.FILES: {"narrator": narrator, "texts": [], "files": []}}
        for record in Record:
            _seal(Sealed(person=person, record=record), given.get(record, {}), key=key, keys=keys)
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
        sealed.revision += 1
        _seal(sealed, content, key=key, keys=keys)
        note_of(
            person, "record.edited", keys=keys, by=by.ref, record=record.value, reason=_why(keys)
        )
    anchor(by=by.ref)
    return Opened(content, sealed.revision)


def rewrite_files(person: Person, content: Plain, *, keys: Keys) -> None:
    """Keep which texts and files are somebody's, inside the caller's transaction."""
    sealed = Sealed.objects.select_for_update().get(person=person, record=Record.FILES)
    sealed.revision += 1
    _seal(sealed, content, key=person_key(person, keys=keys), keys=keys)


def files_of(person: Person, *, keys: Keys) -> Plain:
    """Return which texts and files are somebody's: the narrator's reference, digests, names."""
    key = person_key(person, keys=keys)
    found, _ = record_of(person, Record.FILES, key=key, vault=keys.vault)
    return found


def _seal(sealed: Sealed, content: Plain, *, key: bytes, keys: Keys) -> None:
    context = context_of_record(
        keys.vault, sealed.person, record=str(sealed.record), revision=sealed.revision
    )
    sealed.content = seal(as_written(content), key=key, context=context)
    sealed.save()


def _why(keys: Keys) -> str:
    return str(keys.unlocking.reason) if keys.unlocking is not None else "command"
