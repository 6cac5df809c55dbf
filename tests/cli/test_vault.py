"""`exeunt vault`: from the first custodian to the last, as they would type it."""

import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest
import time_machine
from django.test import override_settings

from exeunt.archive.opening import opened
from exeunt.cli.vault.keys import change_keys
from exeunt.members.queries import member_called
from exeunt.vault.actions import rotating
from exeunt.vault.actions.people import open_record, seal_person
from exeunt.vault.actions.unlocking import keys_with
from exeunt.vault.sealing.secrets_on_paper import paper_from
from exeunt.vault.states import Record
from tests.archive.folders import ledger_acts, own_connection
from tests.cli.terminal import done, misused, refused, told
from tests.conftest import NOW
from tests.house.source_files import ROOT
from tests.making.vault import CHEAP, OTHER_PASSPHRASE, PASSPHRASE

DANAS, BORIS = f"{PASSPHRASE}\n", f"{OTHER_PASSPHRASE}\n"
NARRATORS = [f"{number:016x}" for number in range(5)]


@pytest.fixture(autouse=True)
def cheap(settings):
    """A guess that costs next to nothing."""
    settings.EXEUNT_GUESSING_COST = CHEAP


@pytest.fixture
def staffed(archive):
    """The archive with two members who may be custodians."""
    for name in ("Dana", "Boris"):
        done("member", "add", name, "--role", "custodian", at=archive)
    return archive


def init(archive, *more: object) -> str:
    erasures = archive.parent / "erasures.jsonl"
    said = ("--custodian", "Dana", "--erasures", erasures, *more)
    return done("vault", "init", *said, at=archive, typed=DANAS)


@pytest.fixture(scope="session")
def vaults(templates, tmp_path_factory, django_db_blocker):
    """Two archives made once: in `kept` Dana has the only key, in `shared` Boris has one too."""
    folder = tmp_path_factory.mktemp("vaults")
    cheaply = override_settings(EXEUNT_GUESSING_COST=CHEAP)
    with own_connection(django_db_blocker), time_machine.travel(NOW, tick=False), cheaply:
        kept = shutil.copytree(templates / "read", folder / "kept")
        for name in ("Dana", "Boris"):
            done("member", "add", name, "--role", "custodian", at=kept)
        init(kept)
        shared = shutil.copytree(kept, folder / "shared")
        done("vault", "custodian", "prepare", "Boris", at=shared, typed=BORIS)
        done("vault", "custodian", "add", "Boris", at=shared, as_="Dana", typed=DANAS)
    return folder


@pytest.fixture
def kept(vaults, tmp_path, no_archive_open):
    """The archive with a vault that Dana keeps."""
    return shutil.copytree(vaults / "kept", tmp_path / "kept")


@pytest.fixture
def shared(vaults, tmp_path, no_archive_open):
    """The archive with a vault that Dana and Boris keep."""
    return shutil.copytree(vaults / "shared", tmp_path / "shared")


def fill(archive) -> None:
    with opened(archive):
        dana = member_called("Dana")
        keys = keys_with(passphrase=PASSPHRASE, by=dana)
        for narrator in NARRATORS:
            names = {Record.NAMES: {"name": f"Person {narrator}"}}
            seal_person(narrator=narrator, records=names, keys=keys, by=dana)


def names_in(archive, *, by: str = "Dana", passphrase: str = PASSPHRASE) -> list[str]:
    with opened(archive):
        member = member_called(by)
        keys = keys_with(passphrase=passphrase, by=member)
        found = [
            open_record(narrator=narrator, record=Record.NAMES, keys=keys, by=member)
            for narrator in NARRATORS
        ]
    return [one.content["name"] for one in found]


def word_in(said: str) -> str:
    """The recovery word as it was shown, in groups."""
    return "".join(line.strip() for line in said.splitlines() if line.startswith("    "))


def test_a_vault_is_made_with_its_word_shown_once_and_the_file_that_opens_backups(staffed):
    identity = staffed.parent / "dana.age"
    said = init(staffed, "--identity", identity)

    assert paper_from(word_in(said)).recipient.startswith("age1")
    assert said.count("AGE- SECR ET-K EY-1") == 1
    assert identity.stat().st_mode & 0o777 == 0o600
    assert identity.read_bytes().startswith(b"-----BEGIN AGE ENCRYPTED FILE-----")
    assert (staffed / "vault.sqlite3").stat().st_mode & 0o777 == 0o600
    assert ledger_acts(staffed)[-1] == "vault.anchored"
    assert done("check", staffed).startswith("Whole: ")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"--custodian": "Nemo"}, "Nobody here is called"),
        ({"--custodian": "Eve"}, "Eve is custodian in no study"),
        ({"--erasures": "{archive}/list.jsonl"}, "lies inside the archive"),
        ({"--erasures": "{archive}/../nowhere/list.jsonl"}, "There is no folder"),
        ({"--identity": "{archive}/dana.age"}, "lies inside the archive"),
        ({"--identity": "{archive}/../there"}, "cannot be written"),
        ({"--erasures": "{archive}/../there"}, "is there already"),
        ({"typed": "short\n"}, "at least 12 characters"),
        ({"typed": ""}, "is needed. Type it on a terminal"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_vault(staffed, wrong, says):
    (staffed.parent / "there").write_text("something")
    options = {
        "--custodian": "Dana",
        "--erasures": staffed.parent / "list.jsonl",
        "--identity": staffed.parent / "dana.age",
        "typed": DANAS,
        **{name: word.format(archive=staffed) for name, word in wrong.items()},
    }
    typed = options.pop("typed")
    said = [word for option in options.items() for word in option]

    assert says in refused("vault", "init", *said, at=staffed, typed=typed)

    assert not (staffed.parent / "dana.age").exists()
    assert not (staffed.parent / "list.jsonl").exists()
    assert told("vault", "status", at=staffed) == {"standing": "none"}
    assert init(staffed)


def test_a_second_vault_is_refused(kept):
    said = ("--custodian", "Dana", "--erasures", kept.parent / "other.jsonl")
    assert "has a vault already" in refused("vault", "init", *said, at=kept, typed=DANAS)
    assert not (kept.parent / "other.jsonl").exists()


def test_an_archive_without_a_vault_says_so(archive):
    assert "has no vault yet" in done("vault", "status", at=archive)
    for words in (("custodian", "list"), ("rotate",), ("custodian", "add", "Boris")):
        assert "has no vault yet" in refused("vault", *words, at=archive, typed=DANAS)


def test_the_status_says_what_falls_short(kept):
    fill(kept)
    found = told("vault", "status", at=kept)

    assert found["standing"] == "well"
    assert (found["custodians"], found["people"]) == ({"Dana": "active"}, 5)
    assert [word for word in found["shortcomings"] if "Only one custodian" in word]
    assert "Sealed: 5 people." in done("vault", "status", at=kept)


def test_a_status_without_its_erasure_list_says_so(staffed):
    init(staffed)
    (staffed.parent / "erasures.jsonl").unlink()
    found = told("vault", "status", at=staffed)

    assert found["checkpoint"] is None
    assert "cannot be read" in found["shortcomings"][-1]


def test_a_second_custodian_is_let_in(kept):
    fill(kept)
    identity = kept.parent / "boris.age"
    prepare = ("vault", "custodian", "prepare", "Boris", "--identity", identity)
    assert "opens nothing yet" in done(*prepare, at=kept, typed=BORIS)
    assert "A key was made that nobody has let in" in done("vault", "status", at=kept)
    said = done("vault", "custodian", "add", "Boris", at=kept, as_="Dana", typed=DANAS)

    assert said == "Boris is let in. The vault has 2 custodians.\n"
    assert identity.exists()
    assert names_in(kept, by="Boris", passphrase=OTHER_PASSPHRASE) == names_in(kept)
    assert told("vault", "custodian", "list", at=kept) == [
        {"custodian": "Boris", "key": "active"},
        {"custodian": "Dana", "key": "active"},
    ]
    assert told("vault", "status", at=kept)["shortcomings"] == []


@pytest.mark.parametrize(
    ("words", "as_", "typed", "says"),
    [
        (("add", "Boris"), "Dana", DANAS, "has no key. They make one first"),
        (("add", "Nemo"), "Dana", DANAS, "Nobody here is called"),
        (("add", "Dana"), "Dana", DANAS, "no key waiting to be let in"),
        (("prepare", "Dana"), "Dana", DANAS, "has a key already"),
        (("prepare", "Eve"), "Eve", DANAS, "custodian in no study"),
        (("remove", "Dana"), "Dana", DANAS, "the last custodian"),
        (("remove", "Dana"), "Dana", "x" + DANAS, "did not open"),
        (("remove", "Dana"), None, DANAS, "did not open"),
        (("replace", "Boris", "Dana"), "Dana", DANAS, "has no key"),
    ],
)
def test_what_a_custodian_may_not_is_refused(kept, words, as_, typed, says):
    assert says in refused("vault", "custodian", *words, at=kept, as_=as_, typed=typed)
    assert told("vault", "status", at=kept)["custodians"] == {"Dana": "active"}


def test_a_passphrase_is_no_option(kept):
    assert "No such option" in misused("vault", "rotate", "--passphrase", PASSPHRASE, at=kept)


def test_who_is_removed_has_no_key_and_all_others_are_changed_at_once(shared):
    fill(shared)
    remove = ("vault", "custodian", "remove", "Boris", "--rotate")
    said = done(*remove, at=shared, as_="Dana", typed=DANAS)

    assert said.startswith("Boris has no key any more.\nEvery key is another: 5 people,")
    assert "did not open" in refused("vault", "rotate", at=shared, as_="Boris", typed=BORIS)
    assert len(names_in(shared)) == 5


def test_without_changing_keys_the_status_keeps_saying_so(shared):
    remove = ("vault", "custodian", "remove", "Boris")
    assert "exeunt vault rotate" in done(*remove, at=shared, as_="Dana", typed=DANAS)
    assert "lost their keys" in done("vault", "status", at=shared)

    done("vault", "rotate", at=shared, as_="Dana", typed=DANAS)
    assert "lost their keys" not in done("vault", "status", at=shared)


def test_who_leaves_cannot_change_keys_afterwards(shared):
    remove = ("vault", "custodian", "remove", "Boris", "--rotate")
    assert "after leaving" in refused(*remove, at=shared, as_="Boris", typed=BORIS)


def test_one_custodian_is_replaced_by_another(kept):
    fill(kept)
    done("vault", "custodian", "prepare", "Boris", at=kept, typed=BORIS)
    replace = ("vault", "custodian", "replace", "Dana", "Boris")
    assert "Dana has no key any more." in done(*replace, at=kept, as_="Dana", typed=DANAS)

    assert told("vault", "custodian", "list", at=kept) == [{"custodian": "Boris", "key": "active"}]
    assert len(names_in(kept, by="Boris", passphrase=OTHER_PASSPHRASE)) == 5


def test_by_the_word_on_paper_somebody_is_let_in(staffed):
    word = word_in(init(staffed))
    fill(staffed)
    assert "has no key" in refused("vault", "recover", "Boris", at=staffed, typed=f"{word}\n")
    done("vault", "custodian", "prepare", "Boris", at=staffed, typed=BORIS)
    said = refused("vault", "recover", "Boris", at=staffed, typed="four lamps\n")
    assert "not the word" in said

    assert "is let in" in done("vault", "recover", "Boris", at=staffed, typed=f"{word}\n")
    assert len(names_in(staffed, by="Boris", passphrase=OTHER_PASSPHRASE)) == 5


def test_a_new_word_is_drawn(staffed):
    word = word_in(init(staffed))
    another = word_in(done("vault", "paper", at=staffed, as_="Dana", typed=DANAS))
    done("vault", "custodian", "prepare", "Boris", at=staffed, typed=BORIS)

    assert word != another
    assert "not the word" in refused("vault", "recover", "Boris", at=staffed, typed=f"{word}\n")
    assert "is let in" in done("vault", "recover", "Boris", at=staffed, typed=f"{another}\n")


def test_the_file_that_opens_backups_is_written_again(kept):
    identity = kept.parent / "again.age"
    done("vault", "identity", identity, at=kept, as_="Dana", typed=DANAS)
    assert identity.stat().st_mode & 0o777 == 0o600

    wrong = ("vault", "identity", kept.parent / "wrong.age")
    assert "did not open" in refused(*wrong, at=kept, as_="Dana", typed=BORIS)
    assert not (kept.parent / "wrong.age").exists()


def test_a_change_of_keys_that_is_cut_off_is_told_and_goes_on(shared, monkeypatch):
    fill(shared)
    monkeypatch.setattr(rotating, "SOME", 2)
    real, calls = rotating.hold, iter(range(3))

    def hold(vault):
        next(calls)
        real(vault)

    monkeypatch.setattr(rotating, "hold", hold)
    with suppress(StopIteration), opened(shared):
        dana = member_called("Dana")
        change_keys(keys_with(passphrase=PASSPHRASE, by=dana), by=dana)
    monkeypatch.undo()

    assert "A change of keys was cut off." in done("vault", "status", at=shared)
    assert len(names_in(shared)) == 5
    assert "5 people" in done("vault", "rotate", at=shared, as_="Dana", typed=DANAS)
    assert told("vault", "status", at=shared)["shortcomings"] == []


DYING = """
import os, sys
import django
django.setup()
from exeunt.vault.actions import rotating
rotating.SOME, real = 2, rotating._give_new_keys
def some(*words, **options):
    real(*words, **options)
    os.kill(os.getpid(), 9)
rotating._give_new_keys = some
from exeunt.__main__ import main
main()
"""


def test_killed_while_it_changes_keys_it_goes_on(shared):
    """The process is ended by the system, without a chance to tidy up."""
    fill(shared)
    killed = subprocess.run(
        [sys.executable, "-c", DYING, "vault", "rotate", "-a", shared, "--as", "Dana"],
        input=DANAS,
        text=True,
        capture_output=True,
        check=False,
        env=os.environ
        | {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "exeunt.settings"},
    )

    assert killed.returncode == -9, killed.stderr
    assert len(names_in(shared)) == 5
    assert "5 people" in done("vault", "rotate", at=shared, as_="Dana", typed=DANAS)
    assert len(names_in(shared)) == 5


def test_on_a_terminal_a_new_passphrase_is_asked_twice_and_not_shown(staffed):
    child, terminal = pty.fork()
    if not child:
        words = ["vault", "init", "--custodian", "Dana", "--archive", str(staffed)]
        words += ["--erasures", str(staffed.parent / "erasures.jsonl")]
        os.environ["PYTHONPATH"] = str(ROOT / "src")
        os.execv(sys.executable, [sys.executable, "-m", "exeunt", *words])  # noqa: S606
    heard = b""
    for _ in range(2):
        heard = until(terminal, b": ", heard)
        os.write(terminal, DANAS.encode())
    heard = until(terminal, b"Next, a second custodian", heard)
    os.waitpid(child, 0)
    os.close(terminal)

    assert b"New passphrase of Dana's key to the vault" in heard
    assert b"The same once more" in heard
    assert PASSPHRASE.encode() not in heard


def until(terminal: int, words: bytes, heard: bytes) -> bytes:
    """Read what a terminal shows until it says something more."""
    begun = len(heard)
    while words not in heard[begun:]:
        heard += os.read(terminal, 1000)
    return heard


@pytest.mark.parametrize("words", [("vault", "--help"), ("vault", "custodian", "--help")])
def test_every_command_is_in_the_help(words):
    said = done(*words)
    assert "Commands:" in said
    assert "vault" in done("--help")
