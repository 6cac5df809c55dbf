"""Changing every key, after a custodian was removed or a key may have been copied.

Every person, with their texts and sealed files, is sealed anew under a key of their own, some at
a time; then, at once, the studies' books and every keyed hash. Whoever copied keys before opens
nothing of what the vault holds from then on. Cut off anywhere, it goes on where it was.

The key that signs the erasure list stays: a backup checks the list by the public half that it
holds, and a list that changed keys could not be checked by an older backup. It opens nothing. The
earlier link keys stay as well, wrapped to those who hold keys now: by them alone can be told whom
the earlier entries of the vault's ledger are about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.db.models import Max

from exeunt.members.models import Member
from exeunt.vault.actions.books import book_with_study, rekey_book
from exeunt.vault.actions.custodians import NOBODY
from exeunt.vault.actions.noting import anchor, note
from exeunt.vault.actions.packing import pack
from exeunt.vault.actions.people import as_sealed
from exeunt.vault.actions.texts import (
    FileIsMissing,
    opened_text,
    read_file,
    remove_file,
    reseal_text,
    sealed_names,
    write_file,
)
from exeunt.vault.actions.wrapping import fresh_key, hold, wraps_of
from exeunt.vault.models import Book, Person, Sealed, Text, Unlocking, Vault, Wrap
from exeunt.vault.queries import (
    Keys,
    handle_under,
    holders,
    key_of,
    keys_of_people,
    link_begun,
    opened_record,
    tie_under,
)
from exeunt.vault.routing import VAULT
from exeunt.vault.sealing.envelopes import NotOpenedError, new_key
from exeunt.vault.states import Purpose, Record

SOME = 50
MANY = 500
Progress = Callable[[int], None]
Row = TypeVar("Row", Person, Text, Book)


class Rotated(NamedTuple):
    """How much lies under new keys, and how many sealed files were missing or damaged before."""

    people: int
    texts: int
    files: int
    damaged: int
    books: int


@dataclass
class _Files:
    """Sealed files on their way to new keys: what to take away when all went well, or when not."""

    earlier: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    damaged: int = 0

    def anew(self, name: str, *, old: bytes, new: bytes) -> str:
        """Write a file under a new key; return its new name, or the old where it does not open."""
        try:
            self.written.append(write_file(read_file(name, key=old), key=new))
        except (NotOpenedError, FileIsMissing):
            self.damaged += 1
            return name
        self.earlier.append(name)
        return self.written[-1]


def rotate(*, keys: Keys, by: Member, progress: Progress = lambda _done: None) -> Rotated:
    """Give everybody new keys, or go on with that where it was cut off; shuts what stood open.

    To be called by a process that has the archive to itself. Raises NotOpenedError where a record
    was changed behind Exeunt's back; what was done until then is kept.
    """
    version = _begin(keys=keys, by=by)
    left = list(Person.objects.filter(key_version__lt=version).values_list("pk", flat=True))
    done, damaged = Person.objects.count() - len(left), 0
    for some in _in_lots(left, SOME):
        damaged += _give_new_keys(some, version, keys=keys)
        done += len(some)
        progress(done)
    rotated, known = _switch(version, damaged=damaged, keys=keys, by=by)
    anchor(by=by.ref)
    for name in sealed_names() - known:
        remove_file(name)
    pack()
    return rotated


def _begin(*, keys: Keys, by: Member) -> int:
    """Draw the next link key, unless that was done already, and shut what stands open."""
    with transaction.atomic(using=VAULT):
        hold(keys.vault)
        Unlocking.objects.all().delete()
        version = link_begun(keys.vault)
        if version is None:
            version = 1 + max(keys.vault.link_version, _latest(Person), _latest(Book))
            fresh_key(Purpose.LINK, NOBODY, version, vault=keys.vault)
            note("rotation.begun", subject=keys.vault.ref, by=by.ref, version=version)
    return version


def _latest(model: type[Person] | type[Book]) -> int:
    return model.objects.aggregate(latest=Max("key_version"))["latest"] or 0


def _give_new_keys(numbers: Sequence[int], version: int, *, keys: Keys) -> int:
    """Seal some people anew and destroy their old keys; returns how many files did not open.

    New files are written before, old ones taken away after: whatever is cut off, one of them opens.
    """
    files = _Files()
    try:
        with transaction.atomic(using=VAULT):
            hold(keys.vault)
            _seal_anew(numbers, version, files=files, keys=keys)
    except BaseException:
        _remove(files.written)
        raise
    _remove(files.earlier)
    return files.damaged


def _seal_anew(numbers: Sequence[int], version: int, *, files: _Files, keys: Keys) -> None:
    people = list(Person.objects.filter(pk__in=numbers).select_for_update())
    old = keys_of_people(people, keys=keys)
    new = {person.pk: new_key() for person in people}
    rows = list(Sealed.objects.filter(person__in=people).select_related("person"))
    opened = {
        row.pk: opened_record(row, row.person, key=old[row.person_id], vault=keys.vault)
        for row in rows
    }
    for row in rows:
        content, revision = opened[row.pk]
        before, after = old[row.person_id], new[row.person_id]
        if row.record == Record.FILES:
            _texts_anew(content["texts"], version, old=before, new=after, keys=keys)
            for file in content["files"]:
                file["name"] = files.anew(file["name"], old=before, new=after)
        row.person.key_version = version
        row.content = as_sealed(row, content, revision=revision, key=after, keys=keys)
    Sealed.objects.bulk_update(rows, ["content"], batch_size=100)
    Person.objects.filter(pk__in=numbers).update(key_version=version)
    _wrap_anew(new, version, keys=keys)


def _wrap_anew(new: Mapping[int, bytes], version: int, *, keys: Keys) -> None:
    """Give everybody's new key to all who hold keys, and destroy their old ones."""
    to = holders()
    Wrap.objects.bulk_create(
        (
            wrap
            for owner, key in new.items()
            for wrap in wraps_of(
                key, Purpose.PERSON, owner, version=version, to=to, vault=keys.vault
            )
        ),
        batch_size=MANY,
    )
    earlier = Wrap.objects.filter(purpose=Purpose.PERSON, owner__in=list(new))
    earlier.filter(version__lt=version).delete()


def _texts_anew(
    sources: Sequence[str], version: int, *, old: bytes, new: bytes, keys: Keys
) -> None:
    handles = [keys.handle("text", source) for source in sources]
    for text in Text.objects.filter(handle__in=handles):
        raw = opened_text(text, key=old, keys=keys)
        reseal_text(text, raw, key=new, version=version, keys=keys)


def _switch(version: int, *, damaged: int, keys: Keys, by: Member) -> tuple[Rotated, set[str]]:
    """Compute every keyed hash anew, at once; return what is under new keys, and all file names."""
    known: set[str] = set()
    people = 0
    with transaction.atomic(using=VAULT):
        hold(keys.vault)
        link = key_of(Purpose.LINK, NOBODY, version, keys=keys)
        for some in _in_lots(Person.objects.values_list("pk", flat=True), MANY):
            known.update(_rename_people(some, link, keys=keys))
            people += len(some)
        books = _rename_books(version, link, keys=keys, by=by)
        Vault.objects.filter(pk=keys.vault.pk).update(link_version=version)
        Unlocking.objects.all().delete()
        rotated = Rotated(people, Text.objects.count(), len(known), damaged, books)
        note(
            "vault.rotated",
            subject=keys.vault.ref,
            by=by.ref,
            version=version,
            **rotated._asdict(),
        )
    return rotated, known


def _rename_people(numbers: Sequence[int], link: bytes, *, keys: Keys) -> Iterator[str]:
    """Find some people, and their texts, by another link key; yields the names of their files."""
    people = list(Person.objects.filter(pk__in=numbers))
    person_keys = keys_of_people(people, keys=keys)
    rows = Sealed.objects.filter(person__in=people, record=Record.FILES).select_related("person")
    named, sources = [], []
    for row in rows:
        key = person_keys[row.person_id]
        content, _ = opened_record(row, row.person, key=key, vault=keys.vault)
        named.append(_renamed(row.person, "person", content["narrator"], link=link, keys=keys))
        sources += content["texts"]
        yield from (file["name"] for file in content["files"])
    Person.objects.bulk_update(named, ["handle", "tie"], batch_size=100)
    handles = {keys.handle("text", source): source for source in sources}
    texts = [
        _renamed(text, "text", handles[text.handle], link=link, keys=keys)
        for text in Text.objects.filter(handle__in=list(handles)).defer("content", "review")
    ]
    Text.objects.bulk_update(texts, ["handle", "tie"], batch_size=100)


def _rename_books(version: int, link: bytes, *, keys: Keys, by: Member) -> int:
    books = list(Book.objects.select_for_update())
    for book in books:
        study, content = book_with_study(book, keys=keys)
        _renamed(book, "book", study, link=link, keys=keys)
        rekey_book(book, study, content, version=version, keys=keys, by=by.ref)
    return len(books)


def _renamed(row: Row, what: str, ref: str, *, link: bytes, keys: Keys) -> Row:
    row.handle = handle_under(link, what, ref, vault=keys.vault)
    row.tie = tie_under(link, row, vault=keys.vault)
    return row


def _remove(names: Sequence[str]) -> None:
    for name in names:
        remove_file(name)


def _in_lots(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    left = list(numbers)
    for at in range(0, len(left), size):
        yield left[at : at + size]
