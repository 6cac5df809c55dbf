"""Every key changed: what was sealed opens as before, what was copied opens nothing."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from exeunt.errors import NotYet
from exeunt.ledger.models import Entry
from exeunt.vault.actions import rotating
from exeunt.vault.actions.books import keep_book, open_book
from exeunt.vault.actions.custodians import admit_custodian, prepare_custodian, remove_custodian
from exeunt.vault.actions.people import open_record
from exeunt.vault.actions.rotating import rotate
from exeunt.vault.actions.texts import keep_review, open_original, open_text, seal_text
from exeunt.vault.actions.unlocking import keys_now, keys_with, open_vault
from exeunt.vault.models import Book, Person, Text, Unlocking, Vault, Wrap
from exeunt.vault.queries import Keys, unwrapped
from exeunt.vault.sealing.envelopes import NotOpenedError
from exeunt.vault.states import Purpose, Reason, Record
from tests.making.vault import OTHER_PASSPHRASE, PASSPHRASE, SESSION, a_person

NARRATORS = [f"{number:016x}" for number in range(7)]
SOURCES = [f"{number:016x}" for number in range(100, 107)]
STUDY = "5" * 16


def source_of(narrator: str) -> str:
    return SOURCES[NARRATORS.index(narrator)]


def fill(vault) -> None:
    """Seal seven people with a text and an original each, and a study's book."""
    keys = vault.keys()
    for narrator in NARRATORS:
        a_person(vault, narrator, keys=keys, name=f"Person {narrator}")
        seal_text(
            source=source_of(narrator),
            narrator=narrator,
            content={"text": f"The words of {narrator}"},
            original=f"The file of {narrator}".encode(),
            keys=keys,
            by=vault.dana,
        )
    keep_review(
        source=SOURCES[0],
        narrator=NARRATORS[0],
        review={"read": 3},
        revision=1,
        keys=keys,
    )
    keep_book(study=STUDY, content={"Person 1": "x"}, revision=0, keys=keys)


def all_that_opens(vault, keys: Keys) -> dict[str, object]:
    """Open everything there is."""
    asked = {"keys": keys, "by": vault.dana}
    found: dict[str, object] = {"book": open_book(study=STUDY, keys=keys).content}
    for narrator in NARRATORS:
        named = {"narrator": narrator, "source": source_of(narrator), **asked}
        for record in set(Record) - {Record.FILES}:
            opened = open_record(narrator=narrator, record=record, **asked)
            found[f"{narrator} {record}"] = opened
        found[f"{narrator} text"] = open_text(**named)
        found[f"{narrator} original"] = open_original(**named)
    return found


def every_key(keys: Keys) -> set[bytes]:
    """All keys that somebody could copy while they have the vault open."""
    return {unwrapped(wrap, keys=keys) for wrap in Wrap.objects.filter(holder=keys.custodian)}


def test_everything_opens_as_before_under_keys_that_nobody_had(vault):
    fill(vault)
    before, earlier = all_that_opens(vault, vault.keys()), every_key(vault.keys())

    rotated = rotate(keys=vault.keys(), by=vault.dana)

    assert rotated == (7, 7, 7, 0, 1)
    assert all_that_opens(vault, vault.keys()) == before
    now = Wrap.objects.filter(holder=vault.keys().custodian)
    kept = {Purpose.SIGNING: 1, Purpose.LINK: 1}
    for purpose in Purpose:
        under = {unwrapped(wrap, keys=vault.keys()) for wrap in now.filter(purpose=purpose)}
        assert len(under & earlier) == kept.get(purpose, 0)


def test_every_handle_and_every_files_name_is_another(vault):
    fill(vault)
    names = set(os.listdir(vault.sealed))
    handles = [set(model.objects.values_list("handle", "tie")) for model in (Person, Text, Book)]

    rotate(keys=vault.keys(), by=vault.dana)

    assert names.isdisjoint(os.listdir(vault.sealed))
    assert len(os.listdir(vault.sealed)) == len(names)
    for model, earlier in zip((Person, Text, Book), handles, strict=True):
        assert earlier.isdisjoint(model.objects.values_list("handle", "tie"))


def test_what_stands_open_is_shut(vault):
    fill(vault)
    word = open_vault(passphrase=PASSPHRASE, reason=Reason.CONTACT, session=SESSION, by=vault.dana)

    rotate(keys=vault.keys(), by=vault.dana)

    assert not Unlocking.objects.exists()
    with pytest.raises(NotYet, match="not open for you"):
        keys_now(word, session=SESSION, by=vault.dana)


def test_it_is_written_down_and_known_outside(vault):
    fill(vault)
    rotate(keys=vault.keys(), by=vault.dana)

    entry = Entry.objects.using("vault").order_by("-position").first()
    assert (entry.act, entry.by, entry.facts["people"]) == ("vault.rotated", vault.dana.ref, 7)
    assert Entry.objects.order_by("-position").first().facts["entries"] == entry.position + 1


def test_a_removed_custodians_copied_keys_open_nothing(vault, cast):
    fill(vault)
    prepared = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    admit_custodian(custodian=prepared.custodian, name="Boris", keys=vault.keys(), by=vault.dana)
    copied = keys_with(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    had = every_key(copied)
    assert all_that_opens(vault, copied)

    remove_custodian(custodian=prepared.custodian, by=vault.dana)
    rotate(keys=vault.keys(), by=vault.dana)

    assert not Person.objects.filter(handle__in=[copied.handle("person", n) for n in NARRATORS])
    assert not Wrap.objects.filter(holder=prepared.custodian).exists()
    for wrap in Wrap.objects.filter(purpose__in=[Purpose.PERSON, Purpose.BOOK]):
        with pytest.raises(NotOpenedError):
            unwrapped(wrap, keys=copied)
    assert {unwrapped(w, keys=vault.keys()) for w in _current(vault)}.isdisjoint(had)


def _current(vault) -> list[Wrap]:
    mine = Wrap.objects.filter(holder=vault.keys().custodian)
    newest = mine.filter(purpose=Purpose.LINK, version=Vault.objects.get().link_version)
    return [*mine.filter(purpose__in=[Purpose.PERSON, Purpose.BOOK]), *newest]


@pytest.mark.parametrize("steps", range(0, 60, 3))
def test_cut_off_anywhere_everything_opens_and_it_goes_on(vault, monkeypatch, steps):
    """Killed before its nth write; what was committed stays, what was not is as if never begun."""
    fill(vault)
    before = all_that_opens(vault, vault.keys())
    monkeypatch.setattr(rotating, "SOME", 2)
    left = iter(range(steps))
    cut_in(monkeypatch, left)

    with suppress(KeyboardInterrupt):
        rotate(keys=vault.keys(), by=vault.dana)
    monkeypatch.undo()

    assert all_that_opens(vault, vault.keys()) == before
    rotate(keys=vault.keys(), by=vault.dana)
    assert all_that_opens(vault, vault.keys()) == before
    versions = set(Person.objects.values_list("key_version", flat=True))
    assert versions == {Vault.objects.get().link_version}
    assert len(os.listdir(vault.sealed)) == len(NARRATORS)


def cut_in(monkeypatch, left) -> None:
    """Interrupt when so many steps of it have been made."""

    def counted(real):
        def step(*args, **options):
            next(left, None) is not None or _interrupt()
            return real(*args, **options)

        return step

    for name in (
        "hold",
        "fresh_key",
        "write_file",
        "remove_file",
        "reseal_text",
        "as_sealed",
        "tie_under",
        "rekey_book",
        "note",
    ):
        monkeypatch.setattr(rotating, name, counted(getattr(rotating, name)))


def _interrupt() -> None:
    raise KeyboardInterrupt


def test_somebody_removed_while_it_was_cut_off_has_no_key_of_the_next(vault, cast, monkeypatch):
    fill(vault)
    prepared = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    admit_custodian(custodian=prepared.custodian, name="Boris", keys=vault.keys(), by=vault.dana)
    monkeypatch.setattr(rotating, "SOME", 2)
    cut_in(monkeypatch, iter(range(40)))
    with pytest.raises(KeyboardInterrupt):
        rotate(keys=vault.keys(), by=vault.dana)
    monkeypatch.undo()
    had = every_key(keys_with(passphrase=OTHER_PASSPHRASE, by=cast.boris))

    remove_custodian(custodian=prepared.custodian, by=vault.dana)
    rotate(keys=vault.keys(), by=vault.dana)

    assert {unwrapped(w, keys=vault.keys()) for w in _current(vault)}.isdisjoint(had)


def test_somebody_sealed_while_it_was_cut_off_is_given_new_keys_too(vault, monkeypatch):
    fill(vault)
    cut_in(monkeypatch, iter(range(30)))
    with pytest.raises(KeyboardInterrupt):
        rotate(keys=vault.keys(), by=vault.dana)
    monkeypatch.undo()
    a_person(vault, "f" * 16)

    assert rotate(keys=vault.keys(), by=vault.dana).people == len(NARRATORS) + 1
    opened = open_record(narrator="f" * 16, record=Record.NAMES, keys=vault.keys(), by=vault.dana)
    assert opened.content["name"] == "Rahma Testwell"


def test_nothing_is_sealed_under_keys_that_were_changed_meanwhile(vault):
    fill(vault)
    stale = vault.keys()
    rotate(keys=vault.keys(), by=vault.dana)

    with pytest.raises(NotYet, match="not open for you"):
        a_person(vault, "f" * 16, keys=stale)


@pytest.mark.parametrize("content", [None, b"", b"\0\0\0\5short"], ids=["gone", "empty", "cut"])
def test_a_sealed_file_that_is_damaged_does_not_stop_it_and_is_counted(vault, content):
    fill(vault)
    first = vault.sealed / sorted(os.listdir(vault.sealed))[0]
    damage = {None: Path.unlink}.get(content, lambda path: path.write_bytes(content))
    damage(first)

    assert rotate(keys=vault.keys(), by=vault.dana).damaged == 1


def test_how_far_it_is_is_told(vault, monkeypatch):
    fill(vault)
    monkeypatch.setattr(rotating, "SOME", 3)
    told = []

    rotate(keys=vault.keys(), by=vault.dana, progress=told.append)

    assert told == [3, 6, 7]
