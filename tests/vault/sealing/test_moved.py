"""A ciphertext that was moved opens nowhere: every one, tried in the place of every other."""

import pytest

from exeunt.vault.actions.books import keep_book, open_book
from exeunt.vault.actions.custodians import admit_custodian, prepare_custodian
from exeunt.vault.actions.people import edit_record, open_record
from exeunt.vault.actions.rotating import rotate
from exeunt.vault.actions.texts import keep_review, open_text, seal_text
from exeunt.vault.actions.unlocking import keys_on_paper, keys_with, open_vault
from exeunt.vault.models import Book, Person, Sealed, Text
from exeunt.vault.sealing.envelopes import NotOpenedError
from exeunt.vault.states import Reason, Record
from tests.making.vault import OTHER_PASSPHRASE, PASSPHRASE, SESSION, a_person
from tests.vault.places import Holder, Place, places

PEOPLE = ("a" * 16, "b" * 16)
SOURCE_OF = {"a" * 16: "c" * 16, "b" * 16: "d" * 16}


@pytest.fixture
def full(vault, cast):
    """Two people, two texts, two books, two custodians and the paper; open for Dana."""
    keys = vault.keys()
    for narrator in PEOPLE:
        a_person(vault, narrator, keys=keys)
        seal_text(
            source=SOURCE_OF[narrator],
            narrator=narrator,
            content={"text": "The same words"},
            original=b"The same file",
            keys=keys,
            by=vault.dana,
        )
        keep_book(study=narrator, content={"Person 1": "x"}, revision=0, keys=keys)
    prepared = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    admit_custodian(custodian=prepared.custodian, name="Boris", keys=keys, by=vault.dana)
    return vault


def every_place(vault, cast) -> list[Place]:
    dana = Holder(vault.keys(), PASSPHRASE)
    boris = Holder(keys_with(passphrase=OTHER_PASSPHRASE, by=cast.boris), OTHER_PASSPHRASE)
    paper = Holder(keys_on_paper(word=vault.founded.word, by=cast.amina))
    word = open_vault(passphrase=PASSPHRASE, reason=Reason.MASKING, session=SESSION, by=cast.dana)
    return places(dana, boris, paper, word=word, session=SESSION)


def opens(place: Place, content: bytes) -> bool:
    try:
        place.opens(content)
    except NotOpenedError:
        return False
    return True


def test_every_ciphertext_opens_in_its_own_place_and_in_no_other(full, cast, capsys):
    found = every_place(full, cast)
    assert all(opens(place, place.content) for place in found)

    pairs = [(one, other) for one in found for other in found if one is not other]
    accepted = [(a.name, b.name) for a, b in pairs if opens(b, a.content)]

    with capsys.disabled():
        print(f"\nmoved: {len(found)} ciphertexts, {len(pairs)} moves, {len(accepted)} accepted")
    assert len(found) >= 40
    assert accepted == []


def test_no_ciphertext_of_before_keys_were_changed_opens_after(full, cast, capsys):
    before = every_place(full, cast)
    rotate(keys=full.keys(), by=cast.dana)
    after = every_place(full, cast)

    # Passphrases, the signing key and the first link key stay, each in its own place.
    stays = {place.content for place in after} & {place.content for place in before}
    tried = [(a, b) for a in before for b in after if a.content not in stays]
    accepted = [(a.name, b.name) for a, b in tried if opens(b, a.content)]

    with capsys.disabled():
        print(f"\nof earlier keys: {len(tried)} moves, {len(accepted)} accepted")
    assert len(stays) == 2 + 2 * 3
    assert accepted == []


def test_an_earlier_revision_put_back_is_refused_where_the_number_was_not(full):
    """A book and a masking say in clear how often they were written; both must be put back."""
    keys = full.keys()
    earlier = bytes(Book.objects.get(handle=keys.handle("book", PEOPLE[0])).content)
    keep_book(study=PEOPLE[0], content={}, revision=1, keys=keys)
    Book.objects.filter(handle=keys.handle("book", PEOPLE[0])).update(content=earlier)

    with pytest.raises(NotOpenedError):
        open_book(study=PEOPLE[0], keys=keys)


def swap(model, *columns: str) -> None:
    """Exchange some columns of the first two rows of a table."""
    one, other = model.objects.order_by("pk")[:2]
    ours = {column: getattr(one, column) for column in columns}
    theirs = {column: getattr(other, column) for column in columns}
    spare = {column: f"spare {ours[column]}"[:64] for column in columns}
    for row, values in ((one, spare), (other, ours), (one, theirs)):
        model.objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("columns", [("handle",), ("handle", "tie")], ids=["alone", "with its tie"])
@pytest.mark.parametrize("model", [Person, Text, Book])
def test_a_row_that_was_given_anothers_handle_shows_nobody(full, model, columns):
    swap(model, *columns)
    asked = {"keys": full.keys(), "by": full.dana}
    source = SOURCE_OF[PEOPLE[0]]

    open_it = {
        Person: lambda: open_record(narrator=PEOPLE[0], record=Record.NAMES, **asked),
        Text: lambda: open_text(narrator=PEOPLE[0], source=source, **asked),
        Book: lambda: open_book(study=PEOPLE[0], keys=asked["keys"]),
    }[model]
    with pytest.raises(NotOpenedError, match="changed or moved"):
        open_it()


def test_a_record_that_does_not_open_is_refused_in_a_sentence(full):
    Sealed.objects.update(content=b"\0" * 1052)

    with pytest.raises(NotOpenedError, match="Restore the vault from a backup"):
        edit_record(
            narrator=PEOPLE[0],
            record=Record.NAMES,
            content={},
            revision=1,
            keys=full.keys(),
            by=full.dana,
        )


def test_a_masking_that_was_put_into_another_revision_is_refused(full):
    keys, source = full.keys(), SOURCE_OF[PEOPLE[0]]
    keep_review(source=source, narrator=PEOPLE[0], review={"read": 1}, revision=1, keys=keys)
    Text.objects.filter(handle=keys.handle("text", source)).update(revision=1)

    with pytest.raises(NotOpenedError):
        open_text(narrator=PEOPLE[0], source=source, keys=keys, by=full.dana)
