"""Who holds keys: making one, being let in, leaving; and the paper in the safe."""

import pytest

from exeunt.errors import NotYet, Refusal
from exeunt.ledger.models import Entry
from exeunt.vault.actions.custodians import (
    admit_custodian,
    prepare_custodian,
    remove_custodian,
    renew_paper,
)
from exeunt.vault.actions.people import open_record
from exeunt.vault.actions.unlocking import identity_again, keys_on_paper, keys_with
from exeunt.vault.models import Custodian, Wrap
from exeunt.vault.rules.custodians import check_may_keep
from exeunt.vault.sealing.secrets_on_paper import decrypt_with, encrypt_to
from exeunt.vault.states import CustodianState, Record
from tests.making.vault import OTHER_PASSPHRASE, PASSPHRASE, a_person

NARRATOR = "a" * 16


def let_in(vault, member):
    prepared = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=member)
    return admit_custodian(
        custodian=prepared.custodian, name=member.name, keys=vault.keys(), by=vault.dana
    )


def name_of(vault, keys) -> str:
    opened = open_record(narrator=NARRATOR, record=Record.NAMES, keys=keys, by=vault.dana)
    return opened.content["name"]


def test_who_was_let_in_opens_what_was_sealed_before_and_after(vault, cast):
    a_person(vault, NARRATOR)
    let_in(vault, cast.boris)
    a_person(vault, "b" * 16)
    keys = keys_with(passphrase=OTHER_PASSPHRASE, by=cast.boris)

    assert name_of(vault, keys) == "Rahma Testwell"
    assert open_record(narrator="b" * 16, record=Record.NAMES, keys=keys, by=cast.boris)


def test_every_holder_has_every_key_once(vault, cast):
    a_person(vault, NARRATOR)
    let_in(vault, cast.boris)

    # The link, the signing key and one person's, for Dana, Boris and the paper.
    assert Wrap.objects.count() == 3 * 3
    assert len(set(Wrap.objects.values_list("holder", "purpose", "owner"))) == 9


def test_a_key_that_was_only_prepared_opens_nothing(vault, cast):
    prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    with pytest.raises(Refusal, match="did not open"):
        keys_with(passphrase=OTHER_PASSPHRASE, by=cast.boris)


def test_nobody_makes_a_second_key(vault, cast):
    let_in(vault, cast.boris)
    for member in (cast.dana, cast.boris):
        with pytest.raises(Refusal, match="has a key already"):
            prepare_custodian(passphrase=OTHER_PASSPHRASE, by=member)


@pytest.mark.parametrize(
    ("passphrase", "says"),
    [
        ("short", "at least 12 characters"),
        ("", "at least 12 characters"),
        ("1234567890123", "attackers try first"),
        ("x" * 257, "at most 256"),
        ("four lamps beside \udc80", "cannot be typed again"),
    ],
)
def test_an_easy_passphrase_is_refused(vault, cast, passphrase, says):
    before = Custodian.objects.count()
    with pytest.raises(Refusal, match=says):
        prepare_custodian(passphrase=passphrase, by=cast.boris)

    assert Custodian.objects.count() == before


def test_the_passphrase_that_signs_in_is_refused(vault, cast):
    cast.boris.set_password(OTHER_PASSPHRASE)
    cast.boris.save()
    with pytest.raises(Refusal, match="signs you in already"):
        prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)


def test_nobody_is_let_in_twice(vault, cast):
    boris = let_in(vault, cast.boris)
    with pytest.raises(Refusal, match="no key waiting"):
        admit_custodian(custodian=boris, name="Boris", keys=vault.keys(), by=vault.dana)


def test_who_was_removed_is_not_let_in_again_by_the_old_key(vault, cast):
    boris = let_in(vault, cast.boris)
    remove_custodian(custodian=boris, by=vault.dana)
    with pytest.raises(Refusal, match="no key waiting"):
        admit_custodian(custodian=boris, name="Boris", keys=vault.keys(), by=vault.dana)

    assert let_in(vault, cast.boris).state == CustodianState.ACTIVE


def test_who_was_removed_holds_nothing_more(vault, cast):
    boris = let_in(vault, cast.boris)
    remove_custodian(custodian=boris, by=vault.dana)
    remove_custodian(custodian=boris, by=vault.dana)

    boris.refresh_from_db()
    assert (boris.state, bytes(boris.locked)) == (CustodianState.REMOVED, b"")
    assert not Wrap.objects.filter(holder=boris).exists()
    removals = Entry.objects.using("vault").filter(act="custodian.removed")
    assert removals.get().facts["keys"] == 2


def test_the_last_custodian_does_not_leave(vault, cast):
    dana = Custodian.objects.get(member=cast.dana.ref)
    prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    with pytest.raises(NotYet, match="the last custodian"):
        remove_custodian(custodian=dana, by=cast.dana)

    assert keys_with(passphrase=PASSPHRASE, by=cast.dana)


def test_a_key_that_waits_may_be_taken_back_even_beside_the_last(vault, cast):
    prepared = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    remove_custodian(custodian=prepared.custodian, by=cast.dana)

    assert prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)


def test_by_the_word_on_paper_somebody_is_let_in_when_all_others_are_lost(vault, cast):
    a_person(vault, NARRATOR)
    prepared = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    keys = keys_on_paper(word=vault.founded.word, by=cast.boris)
    admit_custodian(custodian=prepared.custodian, name="Boris", keys=keys, by=cast.boris)

    assert name_of(vault, keys_with(passphrase=OTHER_PASSPHRASE, by=cast.boris))
    remove_custodian(custodian=Custodian.objects.get(member=cast.dana.ref), by=cast.boris)
    assert name_of(vault, keys_with(passphrase=OTHER_PASSPHRASE, by=cast.boris))


def test_a_new_word_takes_the_place_of_the_old(vault, cast):
    a_person(vault, NARRATOR)
    paper = renew_paper(keys=vault.keys(), by=vault.dana)

    assert name_of(vault, keys_on_paper(word=paper.word, by=cast.amina))
    with pytest.raises(Refusal, match="not the word"):
        keys_on_paper(word=vault.founded.word, by=cast.amina)


def test_the_word_itself_draws_its_successor(vault, cast):
    a_person(vault, NARRATOR)
    keys = keys_on_paper(word=vault.founded.word, by=cast.amina)
    paper = renew_paper(keys=keys, by=cast.amina)

    assert name_of(vault, keys_on_paper(word=paper.word, by=cast.amina))
    with pytest.raises(Refusal, match="not the word"):
        keys_on_paper(word=vault.founded.word, by=cast.amina)


def test_the_file_that_opens_backups_is_made_anew_from_the_key(vault):
    made = identity_again(passphrase=PASSPHRASE, by=vault.dana)
    recipient = Custodian.objects.get(member=vault.dana.ref).recipient

    assert decrypt_with(made.paper, encrypt_to([recipient], b"a bundle")) == b"a bundle"
    assert made.paper.word == vault.founded.first.paper.word
    written = Entry.objects.using("vault").order_by("-position").first()
    assert written.act == "identity.written"


@pytest.mark.parametrize(
    ("machine", "studies", "custodian", "says"),
    [
        (True, False, False, "is a machine"),
        (True, True, True, "is a machine"),
        (False, True, False, "custodian in no study"),
    ],
)
def test_who_may_not_keep_a_key(machine, studies, custodian, says):
    facts = {"machine": machine, "studies": studies, "custodian": custodian}
    with pytest.raises(Refusal, match=says):
        check_may_keep(name="Boris", **facts)


@pytest.mark.parametrize(("studies", "custodian"), [(False, False), (True, True), (False, True)])
def test_who_may_keep_a_key(studies, custodian):
    check_may_keep(name="Boris", machine=False, studies=studies, custodian=custodian)
