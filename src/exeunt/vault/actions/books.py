"""A study's book: which replacement each masked entity has, the same in every document."""

from typing import NamedTuple

from django.db import transaction

from exeunt.errors import Changed
from exeunt.vault.actions.noting import note
from exeunt.vault.actions.wrapping import destroy_keys, fresh_key, hold
from exeunt.vault.models import Book
from exeunt.vault.queries import (
    Keys,
    Plain,
    as_written,
    check_tied,
    context_of_book,
    key_of,
    read_plain,
    tie_under,
)
from exeunt.vault.routing import VAULT
from exeunt.vault.sealing.envelopes import seal, unseal
from exeunt.vault.states import Purpose


class OpenBook(NamedTuple):
    """A book as it was opened, and its revision; 0 where nothing was ever written into it."""

    content: Plain
    revision: int


def open_book(*, study: str, keys: Keys) -> OpenBook:
    """Open a study's book; an empty one where there is none yet."""
    book = Book.objects.filter(handle=keys.handle("book", study)).first()
    if book is None:
        return OpenBook({}, 0)
    check_tied(book, keys=keys)
    key = key_of(Purpose.BOOK, book.pk, book.key_version, keys=keys)
    content = unseal(bytes(book.content), key=key, context=context_of_book(keys.vault, book))
    found = read_plain(content)
    return OpenBook(found["entries"], book.revision)


def keep_book(*, study: str, content: Plain, revision: int, keys: Keys) -> int:
    """Keep a study's book; raises Changed where another custodian wrote into it meanwhile."""
    with transaction.atomic(using=VAULT):
        hold(keys.vault)
        handle = keys.handle("book", study)
        book = Book.objects.select_for_update().filter(handle=handle).first()
        if (book.revision if book is not None else 0) != revision:
            raise Changed(
                "Another custodian has masked another text of this study meanwhile; do this step "
                "again.",
                revision=book.revision if book is not None else 0,
                theirs={},
            )
        if book is None:
            book = Book(handle=handle, key_version=keys.vault.link_version, revision=0)
            book.tie = tie_under(keys.link, book, vault=keys.vault)
            key = fresh_key(Purpose.BOOK, book.pk, book.key_version, vault=keys.vault)
        else:
            key = key_of(Purpose.BOOK, book.pk, book.key_version, keys=keys)
        book.revision += 1
        _write(book, study, content, key=key, keys=keys)
    return book.revision


def rekey_book(
    book: Book,
    study: str,
    content: Plain,
    *,
    keys: Keys,
    by: str,
    version: int | None = None,
) -> None:
    """Write a book under a new key and destroy the old one, inside the caller's transaction."""
    destroy_keys(Purpose.BOOK, [book.pk])
    book.key_version = version if version is not None else book.key_version + 1
    book.revision += 1
    key = fresh_key(Purpose.BOOK, book.pk, book.key_version, vault=keys.vault)
    _write(book, study, content, key=key, keys=keys)
    note("book.rekeyed", subject=keys.vault.ref, by=by)


def book_with_study(book: Book, *, keys: Keys) -> tuple[str, Plain]:
    """Return of which study a book is, and what it holds."""
    key = key_of(Purpose.BOOK, book.pk, book.key_version, keys=keys)
    content = unseal(bytes(book.content), key=key, context=context_of_book(keys.vault, book))
    found = read_plain(content)
    return found["study"], found["entries"]


def _write(book: Book, study: str, content: Plain, *, key: bytes, keys: Keys) -> None:
    plain = {"study": study, "entries": content}
    book.content = seal(as_written(plain), key=key, context=context_of_book(keys.vault, book))
    book.save()
