"""An erasure that is broken off, one that waits for the disk, and one that is done again."""

from contextlib import suppress

import pytest

from exeunt.errors import NotThere
from exeunt.ledger.models import Entry
from exeunt.procedures import erasure
from exeunt.procedures.erasure import carrying_out
from exeunt.stages.narrators.actions.holds import place_hold
from exeunt.stages.narrators.models import Erasure, Narrator
from exeunt.vault.actions import erasing
from exeunt.vault.erasures import erased_in, read_list, tag_of
from exeunt.vault.models import Book, Person, Text
from tests.making.erasing import Kept, two_entrusted


@pytest.fixture
def kept(cast, study, captures, vault, settings) -> Kept:
    """An entrusted study with two narrators, coded; the vault is at hand."""
    settings.EXEUNT_INCOMING = str(captures.parent / "incoming")
    return two_entrusted(study, vault, cast)


def erase(kept, **more):
    """Erase the first narrator as Dana."""
    facts = {"narrator": kept.first.narrator, "keys": kept.vault.keys(), "by": kept.vault.dana}
    return erasure.erase_narrator(**(facts | more))


def list_of(kept):
    """Read the erasure list."""
    vault = kept.vault.founded.vault
    return read_list(kept.vault.erasures, public=bytes(vault.signs_with))


# --- interrupted ---------------------------------------------------------------------------------


class BrokenOff(RuntimeError):
    """Something stopped here."""


STEPS = [
    (erasing, "add_line"),
    (erasing, "destroy_keys"),
    (erasing, "_forget_in_books"),
    (erasing, "remove_file"),
    (erasing, "anchor"),
    (carrying_out, "moved_on"),
    (carrying_out, "forget_answers"),
    (carrying_out, "erase_coded"),
    (carrying_out, "erase_told"),
    (carrying_out, "begin_cleaning"),
    (carrying_out, "erase_registered"),
    (carrying_out, "forget_work"),
    (carrying_out, "record"),
    (carrying_out, "erase_sources"),
]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _, step in STEPS])
def test_broken_off_anywhere_it_is_finished_by_doing_it_again(
    kept, module, step, when, monkeypatch
):
    whole, keys = getattr(module, step), kept.vault.keys()

    def broken_off(*places, **named):
        {"before": bool, "after": lambda _: whole(*places, **named)}[when](None)
        raise BrokenOff

    monkeypatch.setattr(module, step, broken_off)
    with pytest.raises(BrokenOff):
        erase(kept, keys=keys)
    monkeypatch.undo()
    erase(kept, keys=keys)

    assert list(Narrator.objects.all()) == [kept.second.narrator]
    assert (Person.objects.count(), Text.objects.count(), Book.objects.count()) == (1, 1, 1)
    assert len(list(kept.vault.sealed.iterdir())) == 1
    assert len(erased_in(list_of(kept))) == 1
    assert [line.kind for line in list_of(kept)] == ["begun", "erased"]
    assert Entry.objects.filter(act="narrator.erased").count() == 1


def test_broken_off_before_the_disk_is_clean_it_is_finished_by_the_narrators_reference(
    kept, monkeypatch
):
    def broken_off():
        raise BrokenOff

    monkeypatch.setattr(carrying_out, "finish_cleaning", broken_off)
    with suppress(BrokenOff):
        erase(kept)
    monkeypatch.undo()
    monkeypatch.setattr("exeunt.procedures.erasure.cleaning.clean", lambda: True)

    ref = kept.first.narrator.ref
    done = erasure.finish_erasure(ref, study=kept.study, by=kept.vault.dana)

    assert done.cleaned is not None
    with pytest.raises(NotThere):
        erasure.finish_erasure("f" * 16, study=kept.study, by=kept.vault.dana)


def test_where_the_disk_cannot_be_cleaned_the_erasure_is_pending_until_it_can(kept, monkeypatch):
    monkeypatch.setattr("exeunt.procedures.erasure.cleaning.clean", lambda: False)
    assert erase(kept).pending
    assert Erasure.objects.get().cleaned is None

    monkeypatch.setattr("exeunt.procedures.erasure.cleaning.clean", lambda: True)
    assert erasure.finish_cleaning() == 0
    assert Erasure.objects.get().cleaned is not None


# --- again, after a restore ----------------------------------------------------------------------


def test_whom_a_backup_brought_back_is_erased_again_without_a_line_or_a_role(kept):
    keys = kept.vault.keys()
    ref = kept.first.narrator.ref
    tags = frozenset({tag_of(kept.vault.founded.vault.ref, ref)})
    place_hold(study=kept.study, narrator=None, reference="Elm 14", by=kept.cast.lina)

    assert erasure.erase_again(tags=tags, keys=keys, by=kept.cast.amina) == 1

    assert list(Narrator.objects.all()) == [kept.second.narrator]
    assert Person.objects.count() == 1
    assert [line.kind for line in list_of(kept)] == ["begun"]
    assert erasure.erase_again(tags=tags, keys=keys, by=kept.cast.amina) == 0


def test_who_is_in_the_vault_only_is_erased_again_too(kept):
    keys, ref = kept.vault.keys(), kept.first.narrator.ref
    carrying_out._rows_gone(kept.first.narrator, by=kept.vault.dana.ref)
    tags = frozenset({tag_of(kept.vault.founded.vault.ref, ref)})

    assert erasure.erase_again(tags=tags, keys=keys, by=kept.cast.dana) == 1

    assert Person.objects.count() == 1
