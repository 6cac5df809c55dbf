"""Every place of a vault where a ciphertext lies, and how it is opened there."""

import copy
from collections.abc import Callable, Iterator
from typing import NamedTuple

from exeunt.vault.actions import unlocking
from exeunt.vault.actions.custodians import context_of_secret
from exeunt.vault.actions.texts import FILE_KEY, opened_text, sealed_folder
from exeunt.vault.models import Book, Custodian, Person, Sealed, Text, Unlocking, Wrap
from exeunt.vault.queries import (
    Keys,
    context_of_book,
    key_of,
    opened_record,
    person_key,
    unwrapped,
)
from exeunt.vault.sealing.envelopes import derived, unseal
from exeunt.vault.sealing.files import blocks_in, opened_blocks
from exeunt.vault.sealing.passphrases import Locked, cost_from, unlock
from exeunt.vault.states import HolderKind, Purpose, Record


class Place(NamedTuple):
    """A column of a row, or a file: what lies there, and what opens it."""

    name: str
    content: bytes
    opens: Callable[[bytes], object]


class Holder(NamedTuple):
    """Somebody who holds keys, and by what."""

    keys: Keys
    passphrase: str = ""


def places(*holders: Holder, word: str, session: str) -> list[Place]:
    """Return every place; each is opened as its own holder would."""
    first = holders[0].keys
    return [
        *(place for holder in holders for place in _wraps(holder.keys)),
        *(place for holder in holders if holder.passphrase for place in _secret(holder)),
        *_records(first),
        *_texts(first),
        *_books(first),
        *_files(first),
        *_halves(first, word=word, session=session),
    ]


def _with(row, **columns):
    """Return a row as it would be with something else in a column."""
    other = copy.copy(row)
    for name, value in columns.items():
        setattr(other, name, value)
    return other


def _wraps(keys: Keys) -> Iterator[Place]:
    for wrap in Wrap.objects.filter(holder=keys.custodian):
        yield Place(
            f"wrap {wrap.pk}",
            bytes(wrap.wrapped),
            lambda put, wrap=wrap: unwrapped(_with(wrap, wrapped=put), keys=keys),
        )


def _secret(holder: Holder) -> Iterator[Place]:
    keys, passphrase = holder
    row = Custodian.objects.get(pk=keys.custodian.pk, kind=HolderKind.CUSTODIAN)
    yield Place(
        f"secret {row.pk}",
        bytes(row.locked),
        lambda put: unlock(
            Locked(bytes(row.salt), cost_from(row.cost), put),
            passphrase=passphrase,
            context=context_of_secret(keys.vault, row),
        ),
    )


def _records(keys: Keys) -> Iterator[Place]:
    for person in Person.objects.all():
        key = person_key(person, keys=keys)
        for row in Sealed.objects.filter(person=person):
            yield Place(
                f"record {row.pk}",
                bytes(row.content),
                lambda put, row=row, person=person, key=key: opened_record(
                    _with(row, content=put), person, key=key, vault=keys.vault
                ),
            )


def _texts(keys: Keys) -> Iterator[Place]:
    for person, files in _files_of_all(keys):
        handles = [keys.handle("text", source) for source in files["texts"]]
        key = person_key(person, keys=keys)
        for text in Text.objects.filter(handle__in=handles):
            for column in ("content", "review"):
                yield Place(
                    f"{column} {text.pk}",
                    bytes(getattr(text, column)),
                    lambda put, text=text, column=column, key=key: opened_text(
                        _with(text, **{column: put}), key=key, keys=keys
                    ),
                )


def _books(keys: Keys) -> Iterator[Place]:
    for book in Book.objects.all():
        key = key_of(Purpose.BOOK, book.pk, book.key_version, keys=keys)
        yield Place(
            f"book {book.pk}",
            bytes(book.content),
            lambda put, book=book, key=key: unseal(
                put, key=key, context=context_of_book(keys.vault, book)
            ),
        )


def _files(keys: Keys) -> Iterator[Place]:
    for person, files in _files_of_all(keys):
        key = derived(person_key(person, keys=keys), FILE_KEY)
        for file in files["files"]:
            name = file["name"]
            yield Place(
                f"file {name}",
                (sealed_folder() / name).read_bytes(),
                lambda put, key=key, name=name: opened_blocks(blocks_in(put), key=key, name=name),
            )


def _halves(keys: Keys, *, word: str, session: str) -> Iterator[Place]:
    for row in Unlocking.objects.all():
        yield Place(
            f"half {row.pk}",
            bytes(row.half),
            lambda put, row=row: unseal(
                put,
                key=unlocking._half_key(word),
                context=unlocking._context(keys.vault, row, session),
            ),
        )


def _files_of_all(keys: Keys) -> Iterator[tuple[Person, dict]]:
    for person in Person.objects.all():
        row = Sealed.objects.get(person=person, record=Record.FILES)
        key = person_key(person, keys=keys)
        yield person, opened_record(row, person, key=key, vault=keys.vault)[0]
