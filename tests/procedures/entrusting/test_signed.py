"""A signed paper from before: sealed with all that is the narrator's, and gone with it."""

import pytest

from exeunt.errors import BadInput, NotThere, NotYours
from exeunt.ledger.models import Entry
from exeunt.procedures.entrusting.registering import Identity, register
from exeunt.procedures.entrusting.signed import (
    KINDS,
    LARGEST,
    ending_of,
    form_called,
    open_signed,
    seal_signed,
)
from exeunt.procedures.erasure import erase_narrator, what_erasure_touches
from exeunt.stages.consent.models import Form
from exeunt.stages.narrators.states import Gender
from exeunt.vault import room
from exeunt.vault.entries import sealed_originals
from exeunt.vault.routing import VAULT

PAPER = b"%PDF-1.4 Signed by Rahma Testwell, in blue ink, on a windy Sunday"
REF = "e5" * 8


@pytest.fixture
def sealed(narrator, keys, dana):
    """The narrator's paper, sealed."""
    return seal_signed(narrator=narrator, content=PAPER, ref=REF, keys=keys, by=dana)


def test_a_paper_opens_byte_for_byte_and_says_nothing_outside(sealed, vault, keys, dana):
    outside = str(list(Form.objects.values())) + str(list(Entry.objects.values()))

    assert open_signed(form=sealed, keys=keys, by=dana) == (PAPER, ".pdf")
    assert [word for word in ("Rahma", "blue ink", "PDF") if word in outside] == []
    (file,) = vault.sealed.iterdir()
    assert b"Rahma" not in file.read_bytes()


def test_sealing_and_opening_are_written_down_in_both_ledgers(sealed, narrator, keys, dana):
    open_signed(form=sealed, keys=keys, by=dana)

    entry = Entry.objects.get(act="form.sealed")
    assert (entry.subject, entry.facts["narrator"]) == (sealed.ref, narrator.ref)
    inside = Entry.objects.using(VAULT).filter(act__startswith="form.").order_by("position")
    assert list(inside.values_list("act", flat=True)) == ["form.sealed", "form.opened"]
    assert sealed_originals() == 1


def test_a_form_that_is_sent_twice_seals_one_paper(sealed, narrator, vault, keys, dana):
    again = seal_signed(narrator=narrator, content=PAPER, ref=REF, keys=keys, by=dana)

    assert again == sealed
    assert len(list(vault.sealed.iterdir())) == 1


def test_a_paper_is_its_narrators_alone(sealed, entrusted, keys, dana):
    other = register(
        study=entrusted,
        label="N-2",
        gender=Gender.MAN,
        identity=Identity("Karim Beispiel"),
        ref="b2" * 8,
        keys=keys,
        by=dana,
    )
    with pytest.raises(NotThere):
        form_called(other, sealed.ref, by=dana)
    with pytest.raises(NotThere):
        seal_signed(narrator=other, content=PAPER, ref=REF, keys=keys, by=dana)
    with pytest.raises(NotThere):
        room.open_form(form=sealed.ref, narrator=other.ref, keys=keys, by=dana)


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00", b"<html>", b" %PDF-1.4", PAPER + b"x" * LARGEST],
    ids=["nothing", "a program", "a page", "not at its beginning", "too large"],
)
def test_what_is_no_scan_leaves_nothing_behind(content, narrator, vault, keys, dana):
    with pytest.raises(BadInput):
        seal_signed(narrator=narrator, content=content, ref=REF, keys=keys, by=dana)

    assert not Form.objects.exists()
    assert list(vault.sealed.iterdir()) == []


def test_a_scan_is_known_by_how_it_begins():
    found = {
        ending_of(beginning + b"rest") for beginnings in KINDS.values() for beginning in beginnings
    }
    assert found == {".pdf", ".jpg", ".png", ".tiff"}


def test_a_disk_that_refuses_leaves_no_note_that_there_is_a_paper(
    narrator, vault, keys, dana, monkeypatch
):
    def refuses(*_args, **_named):
        raise OSError("no room")

    monkeypatch.setattr("exeunt.vault.actions.forms.rewrite_files", refuses)
    with pytest.raises(OSError, match="no room"):
        seal_signed(narrator=narrator, content=PAPER, ref=REF, keys=keys, by=dana)

    assert not Form.objects.exists()
    assert list(vault.sealed.iterdir()) == []
    assert not Entry.objects.filter(act="form.sealed").exists()


def test_only_custodians_seal_and_open(sealed, narrator, keys, cast):
    with pytest.raises(NotYours):
        seal_signed(narrator=narrator, content=PAPER, ref="f6" * 8, keys=keys, by=cast.amina)
    with pytest.raises(NotYours):
        open_signed(form=sealed, keys=keys, by=cast.boris)
    with pytest.raises(NotYours):
        form_called(narrator, sealed.ref, by=cast.lina)


def test_new_keys_open_an_old_paper(sealed, vault, dana):
    before = {file.name for file in vault.sealed.iterdir()}
    rotated = room.rotate(keys=vault.keys(), by=dana)

    assert (rotated.files, rotated.damaged) == (1, 0)
    assert {file.name for file in vault.sealed.iterdir()}.isdisjoint(before)
    assert open_signed(form=sealed, keys=vault.keys(), by=dana).content == PAPER


def test_erasing_somebody_takes_their_paper_along(sealed, narrator, vault, keys, dana):
    touched = what_erasure_touches(narrator=narrator, keys=keys, by=dana)
    assert ("notes of sealed papers", 1) in [(str(one.what), one.amount) for one in touched.lines]
    erase_narrator(narrator=narrator, keys=keys, by=dana)

    assert list(vault.sealed.iterdir()) == []
    assert not Form.objects.exists()
    assert sealed_originals() == 0
