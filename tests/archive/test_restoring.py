"""Restoring: whole or not at all, and never anybody who was erased."""

import shutil
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command

from exeunt.archive.checking import check
from exeunt.archive.opening import opened
from exeunt.archive.restoring import (
    checkpoint_from,
)
from exeunt.errors import ArchiveRefusal, NotThere, NotYet, Refusal
from exeunt.ledger.models import Entry
from exeunt.ledger.verifying import problems_of_ledger, read_witness, witness
from exeunt.members.actions import draw_link
from exeunt.members.models import Invitation
from exeunt.members.queries import first_person, member_called
from exeunt.stages.testimonies.models import TextVersion
from exeunt.vault.actions.people import open_record
from exeunt.vault.actions.unlocking import open_vault
from exeunt.vault.erasures import begin_list
from exeunt.vault.models import Person, Sealed, Text, Unlocking, Wrap
from exeunt.vault.queries import person_called, the_vault
from exeunt.vault.states import Reason, Record
from tests.archive.folders import ledger_acts, rows_in
from tests.conftest import NOW
from tests.making.archive import files_in
from tests.making.bundles import (
    backed_up_for_dana,
    nothing_is_in,
    repacked,
    unpacked,
)
from tools.keeping import (
    PASSPHRASE,
    backed_up,
    copied,
    danas_keys,
    erased,
    found_in,
    left_of,
    name_of,
    narrators_in,
    ref_of,
    restored,
    with_people,
)

GONE, LEFT = (2, 4), (1, 3, 5)


# --- the drill -----------------------------------------------------------------------------------


@pytest.fixture
def drilled(kept, bundle, again):
    """Five people are backed up, two of them erased, and the bundle restored."""
    erased(kept, *GONE)
    return restored(kept, bundle, again)


def test_whoever_was_erased_is_nowhere_in_what_was_restored(kept, drilled, again):
    words = [word for number in GONE for word in (name_of(number), left_of(number))]

    assert drilled.erased == len(GONE)
    assert found_in(again, *words) == []
    assert narrators_in(again) == {ref_of(number) for number in LEFT}


def test_the_search_would_find_whoever_is_there(kept, drilled, again):
    assert found_in(again, left_of(1)) == ["archive.sqlite3"]
    assert found_in(kept.archive, left_of(2)) == []


def test_nothing_of_them_opens_with_a_custodians_keys(drilled, again):
    with opened(again):
        keys, dana = danas_keys(), member_called("Dana")
        for number in GONE:
            with pytest.raises(NotThere):
                person_called(ref_of(number), keys=keys)
        for number in LEFT:
            record = open_record(narrator=ref_of(number), record=Record.NAMES, keys=keys, by=dana)
            assert record.content["name"] == name_of(number)
        assert Person.objects.count() == Text.objects.count() == len(LEFT)
        assert Sealed.objects.count() == len(LEFT) * len(Record)
        # Each person's key, the study's book, link and signing key; for Dana and for the paper.
        assert Wrap.objects.count() == (len(LEFT) + 1 + 2) * 2


def test_the_others_are_as_they_were(drilled, again):
    with opened(again):
        texts = " ".join(TextVersion.objects.values_list("text", flat=True))
    sealed = list((again / "sealed").iterdir())

    assert all(left_of(number) in texts for number in LEFT)
    assert len(sealed) == len(LEFT)


def test_what_was_restored_is_whole(kept, bundle, drilled, again):
    manifest, _ = unpacked(bundle, kept)

    assert drilled.problems == ()
    with opened(again) as archive:
        assert check(archive, earlier=read_witness(manifest.ledger)).problems == ()
        assert problems_of_ledger(read_witness(manifest.vault_ledger), on="vault") == []
        assert witness() == drilled.ledger


def test_only_an_archive_lies_there(drilled, again):
    assert {path.name for path in again.iterdir()} <= {
        "archive.json",
        "archive.lock",
        "archive.sqlite3",
        "vault.sqlite3",
        "captures",
        "reports",
        "sealed",
    }
    assert again.stat().st_mode & 0o077 == 0


def test_it_is_written_down_in_both_ledgers(drilled, again):
    acts = ledger_acts(again)

    assert acts.count("narrator.erased") == len(GONE)
    assert "archive.restored" in acts
    with opened(again):
        entry = Entry.objects.get(act="archive.restored")
        assert entry.by == member_called("Dana").ref
        assert entry.facts["erased"] == len(GONE)
        assert Entry.objects.using("vault").filter(act="vault.restored").count() == 1


def test_a_restored_archive_is_worked_in_backed_up_and_restored_again(
    kept, drilled, again, tmp_path
):
    next_one = kept._replace(archive=again)
    with_people(next_one, 6)
    erased(next_one, 1)
    bundle = backed_up(next_one, tmp_path / "next.tar.age")

    assert bundle.checkpoint.length == 1 + len(GONE) + 1
    assert restored(next_one, bundle.path, tmp_path / "third").erased == 0
    assert narrators_in(tmp_path / "third") == {ref_of(number) for number in (3, 5, 6)}


def test_the_word_on_paper_restores_too(kept, bundle, again):
    erased(kept, 2)

    done = restored(kept._replace(dana=kept.sheet), bundle, again)

    assert (done.erased, done.custodians) == (1, ("Dana",))


def test_an_archive_without_a_vault_is_restored_without_a_list(kept_template, archive, again):
    plain = kept_template._replace(archive=archive)
    bundle = backed_up_for_dana(plain, archive.with_name("plain.tar.age")).path

    done = restored(plain, bundle, again, erasures=None)

    texts = "SELECT text FROM testimonies_textversion"
    assert (done.erased, done.problems) == (0, ())
    assert rows_in(again, texts) == rows_in(archive, texts)
    assert files_in(again / "captures") == files_in(archive / "captures")


# --- not without the latest list -----------------------------------------------------------------


def test_without_the_list_nothing_is_restored(kept, bundle, again):
    with pytest.raises(NotYet, match="--erasures LIST"):
        restored(kept, bundle, again, erasures=None)

    assert nothing_is_in(again)


def test_a_list_that_is_not_there_is_refused(kept, bundle, again):
    with pytest.raises(Refusal, match="cannot be read"):
        restored(kept, bundle, again, erasures=kept.erasures.with_name("other"))

    assert nothing_is_in(again)


def test_a_list_that_is_older_than_the_bundle_is_refused(kept, tmp_path, again):
    older = shutil.copy(kept.erasures, tmp_path / "older.jsonl")
    erased(kept, 2)
    bundle = backed_up(kept, tmp_path / "b").path

    with pytest.raises(Refusal, match="it has 1 lines, and line 2 should be"):
        restored(kept, bundle, again, erasures=older)

    assert nothing_is_in(again)


def test_a_list_that_is_older_than_somebody_noted_is_refused(kept, bundle, tmp_path, again):
    older = shutil.copy(kept.erasures, tmp_path / "older.jsonl")
    erased(kept, 2)
    noted = backed_up(kept, tmp_path / "later").checkpoint

    with pytest.raises(Refusal, match="This erasure list is older"):
        restored(kept, bundle, again, erasures=older, checkpoint=checkpoint_from(str(noted)))

    assert nothing_is_in(again)
    assert restored(kept, bundle, again, checkpoint=noted).erased == 1


def cut_line(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], lines[-1][:-20]]


def changed_line(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], lines[-1].replace(b'"erased"', b'"checkpoint"')]


def left_out(lines: list[bytes]) -> list[bytes]:
    return [lines[0], *lines[2:]]


def in_another_order(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[2], lines[1]]


def without_its_beginning(lines: list[bytes]) -> list[bytes]:
    return lines[1:]


def no_lines(_lines: list[bytes]) -> list[bytes]:
    return []


@pytest.mark.parametrize(
    "change",
    [cut_line, changed_line, left_out, in_another_order, without_its_beginning, no_lines],
)
def test_a_list_that_was_changed_is_refused(kept, bundle, again, change):
    erased(kept, *GONE)
    lines = kept.erasures.read_bytes().splitlines(keepends=True)
    kept.erasures.write_bytes(b"".join(change(lines)))

    with pytest.raises(Refusal, match="is not what was written there"):
        restored(kept, bundle, again)

    assert nothing_is_in(again)


def test_the_list_of_another_vault_is_refused(kept, bundle, again, tmp_path):
    other = tmp_path / "other.jsonl"
    begin_list(other, vault="0" * 16, day=NOW.date(), key=bytes(32))

    with pytest.raises(Refusal, match="or not for this vault"):
        restored(kept, bundle, again, erasures=other)


def test_a_list_where_the_archive_will_be_is_refused(kept, bundle, again):
    again.mkdir()

    with pytest.raises(ArchiveRefusal, match="put the list elsewhere"):
        restored(kept, bundle, again, erasures=again / "list.jsonl")


def test_a_list_that_was_moved_is_where_the_restored_vault_seeks_it(kept, bundle, again, tmp_path):
    moved = shutil.move(kept.erasures, tmp_path / "moved.jsonl")

    restored(kept, bundle, again, erasures=moved)

    with opened(again):
        assert the_vault().erasures == str(moved)


@pytest.mark.parametrize("word", ["", "12", "12:ab", "x:" + "a" * 64, "1:" + "g" * 64])
def test_what_is_no_checkpoint_is_said(word):
    with pytest.raises(Refusal, match="is no checkpoint"):
        checkpoint_from(word)


# --- what was open on the day of the bundle ------------------------------------------------------


def test_nobody_stays_signed_in_and_no_link_lets_anybody_in(kept, tmp_path, again):
    with opened(kept.archive):
        amina = first_person()
        draw_link(member=amina, by=amina)
        Session.objects.create(
            session_key="k" * 32, session_data="", expire_date=NOW + timedelta(hours=1)
        )
        dana = member_called("Dana")
        open_vault(passphrase=PASSPHRASE, reason=Reason.MASKING, session="s", by=dana)
    bundle = backed_up(kept, tmp_path / "b").path

    restored(kept, bundle, again)

    with opened(again):
        assert Session.objects.count() == Unlocking.objects.count() == 0
        assert Invitation.objects.filter(used=None, expires__gt=NOW).count() == 0


def test_a_bundle_of_an_earlier_version_is_upgraded_and_no_copy_of_before_stays(
    kept, bundle, again, tmp_path
):
    erased(kept, *GONE)

    def earlier(manifest, files):
        copy = copied(kept, tmp_path / "earlier")
        for name in ("archive.sqlite3", "vault.sqlite3"):
            (copy.archive / name).write_bytes(files[name])
        with opened(copy.archive):
            call_command("migrate", "findings", "zero", verbosity=0)
        files["archive.sqlite3"] = (copy.archive / "archive.sqlite3").read_bytes()
        return manifest

    done = restored(kept, repacked(bundle, kept, earlier), again)

    assert done.erased == len(GONE)
    assert list(again.glob("before-*")) == []
    assert found_in(again, left_of(2), name_of(2)) == []
