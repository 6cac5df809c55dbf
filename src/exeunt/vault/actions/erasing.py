"""Destroying what is sealed of somebody: the keys first, then the rows and files under them."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.ledger.models import Entry
from exeunt.vault.actions.books import book_with_study, rekey_book
from exeunt.vault.actions.custodians import NOBODY
from exeunt.vault.actions.noting import anchor, note_of
from exeunt.vault.actions.people import files_of
from exeunt.vault.actions.texts import remove_file
from exeunt.vault.actions.unlocking import spend
from exeunt.vault.actions.wrapping import destroy_keys, hold
from exeunt.vault.erasures import (
    Checkpoint,
    Line,
    LineKind,
    add_line,
    check_holds,
    checkpoint_of,
    erased_in,
    read_list,
    tag_of,
)
from exeunt.vault.models import Book, Person, Sealed, Text, Wrap
from exeunt.vault.queries import Keys, Plain, check_tied, key_of, people
from exeunt.vault.routing import VAULT
from exeunt.vault.sealing.envelopes import NotOpenedError
from exeunt.vault.states import Purpose

ERASED = "person.erased"


class Forgotten(NamedTuple):
    """A study's book without what came from certain documents only, and how much that was."""

    content: Plain
    entries: int


# What a book holds is known above the vault; so is how to take documents out of it.
Forget = Callable[[Plain, frozenset[str]], Forgotten]


class Destroyed(NamedTuple):
    """What was sealed of somebody, by kind; all of it nothing where nothing was."""

    keys: int = 0
    records: int = 0
    texts: int = 0
    files: int = 0
    entries: int = 0


class _Held(NamedTuple):
    """Which texts and files are somebody's: the references of their sources, and names."""

    texts: frozenset[str]
    files: tuple[str, ...]
    is_whole: bool


def what_is_sealed(
    *, narrator: str, texts: Collection[str], forget: Forget, keys: Keys, by: str
) -> Destroyed:
    """Count what erasing somebody would destroy here; refuses where the list cannot be written."""
    _lines(keys)
    with transaction.atomic(using=VAULT):
        person = _person(narrator, keys=keys)
        if person is None:
            return Destroyed()
        spend(person.pk, keys=keys)
        note_of(person, "erasure.looked-at", keys=keys, by=by)
        held = _held_by(person, texts, keys=keys)
        return Destroyed(
            keys=Wrap.objects.filter(purpose=Purpose.PERSON, owner=person.pk).count(),
            records=Sealed.objects.filter(person=person).count(),
            texts=Text.objects.filter(handle__in=_handles(held.texts, keys)).count(),
            files=len(held.files),
            entries=sum(forget(content, held.texts).entries for _, _, content in _books(keys)),
        )


def enter_in_list(*, narrator: str, keys: Keys) -> Checkpoint:
    """Write somebody into the erasure list, once, and bring it to the disk.

    Refuses a list that is missing, changed, or older than the last erasure that is known here.
    """
    lines = _lines(keys)
    tag = tag_of(keys.vault.ref, narrator)
    if tag in erased_in(lines):
        return checkpoint_of(lines)
    return add_line(
        Path(keys.vault.erasures),
        kind=LineKind.ERASED,
        tag=tag,
        day=timezone.localdate(),
        key=key_of(Purpose.SIGNING, NOBODY, 1, keys=keys),
    )


def narrators_in(tags: Collection[str], *, narrators: Collection[str], keys: Keys) -> list[str]:
    """Return who of these narrators, and of everybody sealed here, stands in the erasure list."""
    handles = {keys.handle("person", narrator) for narrator in narrators}
    others = (person for person in people() if person.handle not in handles)
    known = [*narrators, *(files_of(person, keys=keys)["narrator"] for person in others)]
    return [narrator for narrator in known if tag_of(keys.vault.ref, narrator) in tags]


def destroy(
    *,
    narrator: str,
    texts: Collection[str],
    forget: Forget,
    checkpoint: Checkpoint | None,
    keys: Keys,
    by: str,
) -> Destroyed:
    """Destroy the keys of somebody, then all that lay under them; nothing is left to open.

    ``texts`` are the sources of their accounts, for when their own list of them is damaged.
    """
    with transaction.atomic(using=VAULT):
        hold(keys.vault)
        person = _person(narrator, keys=keys)
        if person is None:
            return Destroyed()
        spend(person.pk, keys=keys)
        held = _held_by(person, texts, keys=keys)
        listed = {"list": str(checkpoint)} if checkpoint is not None else {}
        counted = {"files": len(held.files)} if held.is_whole else {}
        note_of(person, ERASED, keys=keys, by=by, **counted, **listed)
        gone = _destroyed(person, held, forget, keys=keys, by=by)
        # Before the transaction ends: what it leaves behind would be named nowhere any more.
        for name in held.files:
            remove_file(name)
    anchor(by=by)
    return gone


def _destroyed(person: Person, held: _Held, forget: Forget, *, keys: Keys, by: str) -> Destroyed:
    keys_gone = destroy_keys(Purpose.PERSON, [person.pk])
    records, _ = Sealed.objects.filter(person=person).delete()
    texts, _ = Text.objects.filter(handle__in=_handles(held.texts, keys)).delete()
    person.delete()
    entries = _forget_in_books(held.texts, forget, keys=keys, by=by)
    return Destroyed(keys_gone, records, texts, len(held.files), entries)


def _forget_in_books(texts: frozenset[str], forget: Forget, *, keys: Keys, by: str) -> int:
    """Take texts out of every book; a book that held any gets another key."""
    gone = 0
    for book, study, content in _books(keys):
        kept = forget(content, texts)
        if kept.content != content:
            rekey_book(book, study, kept.content, keys=keys, by=by)
            gone += kept.entries
    return gone


def _books(keys: Keys) -> list[tuple[Book, str, Plain]]:
    books = Book.objects.select_for_update().order_by("pk")
    return [(book, *book_with_study(book, keys=keys)) for book in books]


def _lines(keys: Keys) -> list[Line]:
    lines = read_list(Path(keys.vault.erasures), public=bytes(keys.vault.signs_with))
    last = Entry.objects.using(VAULT).filter(act=ERASED, facts__has_key="list")
    known = last.order_by("-position").first()
    if known is not None:
        length, _, digest = known.facts["list"].partition(":")
        check_holds(lines, Checkpoint(int(length), digest))
    return lines


def _person(narrator: str, *, keys: Keys) -> Person | None:
    handle = keys.handle("person", narrator)
    found = Person.objects.select_for_update().filter(handle=handle).first()
    if found is not None:
        check_tied(found, keys=keys)
    return found


def _held_by(person: Person, texts: Collection[str], *, keys: Keys) -> _Held:
    try:
        found = files_of(person, keys=keys)
    except NotOpenedError:
        # What cannot be opened is erased all the same; a sealed file left over opens to nobody.
        return _Held(frozenset(texts), (), is_whole=False)
    names = tuple(one["name"] for one in found["files"])
    return _Held(frozenset([*found["texts"], *texts]), names, is_whole=True)


def _handles(texts: frozenset[str], keys: Keys) -> list[str]:
    return [keys.handle("text", source) for source in texts]
