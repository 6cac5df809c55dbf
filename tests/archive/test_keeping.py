"""A vault that is lost, swapped, older or newer stays shut in a sentence; all else goes on."""

import json
import resource
import shutil
import sqlite3
from contextlib import closing

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import transaction
from django.test import override_settings

from exeunt.archive.folder import FORMAT, WORK
from exeunt.archive.keeping import make_vault
from exeunt.archive.opening import opened
from exeunt.errors import ArchiveRefusal, NotYet
from exeunt.ledger.models import Entry
from exeunt.ledger.recording import record
from exeunt.members.queries import first_person
from exeunt.vault.actions.erasing import Forgotten, destroy
from exeunt.vault.actions.people import open_record, seal_person
from exeunt.vault.actions.texts import seal_text
from exeunt.vault.actions.unlocking import keys_with, open_vault
from exeunt.vault.models import Unlocking
from exeunt.vault.queries import the_vault
from exeunt.vault.states import Reason, Record, Standing
from tests.archive.folders import ledger_acts, own_connection, state_of
from tests.cli.terminal import done, refused, run, told
from tests.conftest import NOW
from tests.making.vault import CHEAP, PASSPHRASE, SESSION

NARRATOR = "a" * 16
TYPED = f"{PASSPHRASE}\n"


@pytest.fixture(autouse=True)
def cheap(settings):
    """A guess that costs next to nothing."""
    settings.EXEUNT_GUESSING_COST = CHEAP


@pytest.fixture(scope="session")
def two_kept(templates, tmp_path_factory, django_db_blocker):
    """Two archives with a vault each, made once; Amina keeps both, and sealed one person."""
    folder = tmp_path_factory.mktemp("kept")
    cheaply = override_settings(EXEUNT_GUESSING_COST=CHEAP)
    with own_connection(django_db_blocker), time_machine.travel(NOW, tick=False), cheaply:
        for name in ("one", "other"):
            archive = shutil.copytree(templates / "read", folder / name)
            # Copies of one archive are one archive; these are two.
            (archive / "archive.json").write_text(json.dumps({"format": FORMAT, "purpose": WORK}))
            with opened(archive) as place:
                amina = first_person()
                where = {"erasures": folder / f"{name}.jsonl", "first": amina, "by": amina}
                make_vault(place, passphrase=PASSPHRASE, **where)
                seal(NARRATOR)
    return folder


@pytest.fixture
def kept(two_kept, tmp_path, no_archive_open):
    """An archive with a vault in which one person is sealed."""
    return shutil.copytree(two_kept / "one", tmp_path / "one")


def seal(narrator: str) -> None:
    amina = first_person()
    keys = keys_with(passphrase=PASSPHRASE, by=amina)
    names = {Record.NAMES: {"name": "Rahma Testwell"}}
    seal_person(narrator=narrator, records=names, keys=keys, by=amina)


def lose(archive, _other) -> None:
    (archive / "vault.sqlite3").unlink()


def overwrite(archive, _other) -> None:
    (archive / "vault.sqlite3").write_bytes(b"no database at all")


def damage(archive, _other) -> None:
    content = bytearray((archive / "vault.sqlite3").read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    (archive / "vault.sqlite3").write_bytes(content)


def empty(archive, _other) -> None:
    lose(archive, _other)
    with closing(sqlite3.connect(archive / "vault.sqlite3")) as base:
        base.execute("PRAGMA user_version = 1")


def swap(archive, other) -> None:
    shutil.copy(other / "vault.sqlite3", archive / "vault.sqlite3")


def put_back_an_earlier_one(archive, _other) -> None:
    earlier = (archive / "vault.sqlite3").read_bytes()
    with opened(archive):
        seal("b" * 16)
    (archive / "vault.sqlite3").write_bytes(earlier)


def upgrade(archive, _other) -> None:
    with closing(sqlite3.connect(archive / "vault.sqlite3")) as base:
        base.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('vault', '9999_x', '')"
        )
        base.commit()


WRONGS = {
    "lost": (lose, Standing.LOST, "is not where this archive had it"),
    "another file": (overwrite, Standing.LOST, "is not where this archive had it"),
    "damaged": (damage, Standing.LOST, "is not where this archive had it"),
    "empty": (empty, Standing.LOST, "is not where this archive had it"),
    "another archive's": (swap, Standing.OF_ANOTHER_ARCHIVE, "belongs to another archive"),
    "older": (put_back_an_earlier_one, Standing.OLDER, "acts that were written down"),
    "newer": (upgrade, Standing.NEWER, "a newer version of Exeunt"),
}


@pytest.mark.parametrize("what", WRONGS)
def test_a_vault_that_does_not_belong_stays_shut_and_says_why(kept, two_kept, what):
    go_wrong, standing, says = WRONGS[what]
    go_wrong(kept, two_kept / "other")

    assert told("vault", "status", at=kept) == {"standing": standing.value}
    assert says in done("vault", "status", at=kept)
    assert says in refused("vault", "rotate", at=kept, typed=TYPED)
    with opened(kept), pytest.raises(NotYet, match=says):
        the_vault()


@pytest.mark.parametrize("what", WRONGS)
def test_with_a_vault_that_stays_shut_everything_else_goes_on(kept, two_kept, what):
    WRONGS[what][0](kept, two_kept / "other")

    assert "leaving" in done("study", "list", at=kept)
    assert told("agreement", at=kept)
    assert told("findings", at=kept)
    assert "is coder of leaving" in done("member", "add", "Nora", "--role", "coder", at=kept)
    assert "report.html" in done("report", "--format", "html", at=kept)
    checked = run("check", kept)
    assert (checked.exit_code, "vault" in checked.stderr) == (1, True)


@pytest.mark.parametrize("what", ["lost", "another archive's", "newer"])
def test_the_right_one_put_back_opens_again(kept, two_kept, what):
    right = (kept / "vault.sqlite3").read_bytes()
    WRONGS[what][0](kept, two_kept / "other")
    assert told("vault", "status", at=kept)["standing"] != "well"
    (kept / "vault.sqlite3").write_bytes(right)

    assert told("vault", "status", at=kept)["standing"] == "well"


def test_a_vault_is_no_lookalike_with_the_same_reference(kept, two_kept):
    """Even with the marker changed to name it, the vault itself says whose it is."""
    other = json.loads((two_kept / "other" / "archive.json").read_text())["vault"]
    marker = json.loads((kept / "archive.json").read_text())
    (kept / "archive.json").write_text(json.dumps({**marker, "vault": other}))
    swap(kept, two_kept / "other")

    assert told("vault", "status", at=kept)["standing"] == Standing.OF_ANOTHER_ARCHIVE


def test_a_vault_whose_ledger_was_rewritten_is_not_taken_for_the_same(kept):
    with closing(sqlite3.connect(kept / "vault.sqlite3")) as base:
        base.execute("DROP TRIGGER ledger_entry_no_update")
        base.execute("UPDATE ledger_entry SET act = 'nothing' WHERE position = 0")
        base.execute("UPDATE ledger_head SET size = size + 1")
        base.commit()

    assert told("vault", "status", at=kept)["standing"] == Standing.OLDER


def test_many_other_entries_about_the_vault_do_not_hide_how_long_it_was(kept):
    """What the archive last saw is found however much was written about the vault since."""
    earlier = (kept / "vault.sqlite3").read_bytes()
    with opened(kept):
        seal("b" * 16)
        from_outside(25)
    (kept / "vault.sqlite3").write_bytes(earlier)

    assert told("vault", "status", at=kept)["standing"] == Standing.OLDER


def from_outside(count: int) -> None:
    ref = the_vault().ref
    for _ in range(count):
        with transaction.atomic():
            record("vault.looked-at", subject=ref, by=ref)


def test_what_was_read_before_a_crash_is_known_outside_at_the_next_opening(kept):
    """Opening a record is in the vault's ledger at once, in the archive's when it comes to rest."""
    with pytest.raises(ZeroDivisionError):
        read_and_crash(kept)

    done("study", "list", at=kept)
    with opened(kept):
        last = Entry.objects.filter(act="vault.anchored").order_by("-position").first()
        entries = Entry.objects.using("vault").filter(act="record.opened")
        assert last.facts["entries"] == entries.get().position + 1


def read_and_crash(archive) -> None:
    with opened(archive):
        amina = first_person()
        keys = keys_with(passphrase=PASSPHRASE, by=amina)
        open_record(narrator=NARRATOR, record=Record.NAMES, keys=keys, by=amina)
        raise ZeroDivisionError


def test_looking_at_an_archive_twice_writes_nothing_more(kept):
    done("study", "list", at=kept)
    before = state_of(kept)["rows"]
    vault = (kept / "vault.sqlite3").read_bytes()
    done("study", "list", at=kept)

    assert state_of(kept)["rows"] == before
    assert (kept / "vault.sqlite3").read_bytes() == vault


def test_what_nobody_shut_is_shut_when_its_time_is_over(kept, clock):
    with opened(kept):
        amina = first_person()
        open_vault(passphrase=PASSPHRASE, reason=Reason.CONTACT, session=SESSION, by=amina)
    with opened(kept):
        assert Unlocking.objects.count() == 1

    clock.shift(601)
    with opened(kept):
        assert not Unlocking.objects.exists()


def test_a_vault_that_was_cut_off_while_it_was_made_is_not_taken_for_one(kept, tmp_path):
    """The marker is written last: nobody was shown the word of a vault that it does not name."""
    marker = json.loads((kept / "archive.json").read_text())
    del marker["vault"]
    (kept / "archive.json").write_text(json.dumps(marker))

    assert told("vault", "status", at=kept) == {"standing": "none"}
    with opened(kept) as place:
        amina = first_person()
        where = {"erasures": tmp_path / "list.jsonl", "first": amina, "by": amina}
        with pytest.raises(ArchiveRefusal, match="cut off before anything was sealed"):
            make_vault(place, passphrase=PASSPHRASE, **where)


def test_a_closed_archive_lets_go_of_its_vault(kept):
    done("vault", "status", at=kept)

    assert django_settings.EXEUNT_VAULT_STANDING == Standing.NONE
    assert ledger_acts(kept)[-1] == "vault.anchored"


def seal_a_file(archive) -> None:
    with opened(archive):
        amina = first_person()
        keys = keys_with(passphrase=PASSPHRASE, by=amina)
        seal_text(
            source="c" * 16,
            narrator=NARRATOR,
            content={"text": "words", "turns": []},
            original=b"a file",
            keys=keys,
            by=amina,
        )


def test_a_sealed_file_that_is_missing_is_found_without_a_key(kept):
    seal_a_file(kept)
    whole = run("check", kept)
    (sealed,) = (kept / "sealed").iterdir()
    sealed.unlink()

    assert whole.exit_code == 0
    assert "1 sealed files are missing from sealed/" in run("check", kept).stderr


def test_a_sealed_file_that_was_erased_is_not_missed(kept):
    seal_a_file(kept)
    with opened(kept):
        amina = first_person()
        destroy(
            narrator=NARRATOR,
            texts=(),
            forget=lambda content, _texts: Forgotten(content, 0),
            checkpoint=None,
            keys=keys_with(passphrase=PASSPHRASE, by=amina),
            by=amina.ref,
        )

    assert list((kept / "sealed").iterdir()) == []
    assert run("check", kept).exit_code == 0


def test_no_crash_writes_the_memory_of_an_open_archive_to_the_disk(kept):
    with opened(kept):
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
