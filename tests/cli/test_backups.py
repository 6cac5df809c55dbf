"""`exeunt backup` and `exeunt restore`, as they are typed."""

import os
import pty
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from exeunt.cli.guide import exeunt as guide
from tests.archive.folders import exeunt, ledger_acts
from tests.cli.terminal import done, misused, refused
from tests.house.source_files import ROOT
from tools.keeping import PASSPHRASE, backed_up, erased, narrators_in, ref_of


@pytest.fixture
def plain(kept, tmp_path):
    """Dana's identity without a passphrase, as a script would hold it."""
    path = tmp_path / "identity"
    path.write_text(f"{kept.dana.word}\n")
    return path


def typed(words, *, at_the_keyboard):
    """Give a command, and type what it asks for."""
    result = CliRunner().invoke(guide, [str(word) for word in words], input=at_the_keyboard)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_backup_says_what_to_keep_elsewhere(kept, tmp_path):
    said = done("backup", kept.archive, "--to", tmp_path / "b.tar.age").splitlines()

    assert said[0].startswith(f"Made {tmp_path / 'b.tar.age'}: ")
    assert said[0].endswith(", which 2 recipients can open.")
    assert said[1].startswith("Witness: ")
    assert said[2].startswith("Checkpoint of the erasure list: 1:")


def test_the_archive_may_be_named_as_for_other_commands(kept, tmp_path):
    assert "Made " in done("backup", "--to", tmp_path / "b", at=kept.archive)


def test_whoever_makes_it_is_written_down(kept, tmp_path):
    done("backup", kept.archive, "--to", tmp_path / "b", as_="Dana")

    assert ledger_acts(kept.archive)[-1] == "archive.backed-up"
    assert "Nobody here is called" in refused(
        "backup", kept.archive, "--to", tmp_path / "c", as_="Zoe"
    )


def test_without_a_place_it_is_wrong_use(kept):
    assert "--to" in misused("backup", kept.archive)


def test_a_backup_that_is_refused_leaves_nothing(kept, tmp_path):
    kept.erasures.unlink()

    assert "cannot be read" in refused("backup", kept.archive, "--to", tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_bundle_is_read_through(kept, bundle, plain):
    said = done("backup", "--check", bundle, "--identity", plain)

    assert said.startswith("Whole: 10 files, ")
    assert "made on 2026-03-02T09:00:00+00:00" in said
    assert "Checkpoint of the erasure list: 1:" in said


def test_a_damaged_bundle_is_told(kept, bundle, plain):
    bundle.write_bytes(bundle.read_bytes()[:-1])

    assert "is damaged" in refused("backup", "--check", bundle, "--identity", plain)


def test_a_restore_says_what_was_done_and_what_is_next(kept, bundle, plain, again):
    erased(kept, 2, 4)

    said = done(
        "restore", bundle, again, "--identity", plain, "--erasures", kept.erasures
    ).splitlines()

    assert said[0] == f"Restored {again} as it was on 2026-03-02T09:00:00+00:00."
    assert said[1] == "Erased again: 2 people."
    assert said[2].startswith("Keys are held by Dana, as on that day.")
    assert said[3].startswith("Witness: ")
    assert said[4] == "Next: exeunt member link NAME, for everybody who signs in"
    assert done("check", again).startswith("Whole: ")


def test_the_passphrase_is_asked_for(kept, bundle, again):
    words = ["restore", bundle, again, "--identity", kept.identity, "--erasures", kept.erasures]

    typed(words, at_the_keyboard=f"{PASSPHRASE}\n")

    assert narrators_in(again) == {ref_of(number) for number in (1, 2, 3, 4, 5)}


def test_a_wrong_passphrase_is_refused(kept, bundle, again):
    words = ["restore", bundle, again, "--identity", kept.identity, "--erasures", kept.erasures]

    result = CliRunner().invoke(guide, [str(word) for word in words], input="another one\n")

    assert result.exit_code == 1
    assert "does not open with this passphrase" in result.stderr
    assert not again.exists()


def test_the_word_on_paper_is_asked_for(kept, bundle, again):
    words = ["restore", bundle, again, "--paper", "--erasures", kept.erasures]

    said = typed(words, at_the_keyboard=f"{kept.sheet.word.lower()}\n")

    assert "Erased again: 0 people." in said
    assert kept.sheet.word not in said


@pytest.mark.parametrize("words", [(), ("--identity", "x", "--paper")], ids=["none", "both"])
def test_exactly_one_secret_opens_it(kept, bundle, again, words):
    assert "--identity FILE, or --paper" in misused("restore", bundle, again, *words)


def test_an_identity_that_is_not_there_is_refused(kept, bundle, again, tmp_path):
    said = refused("restore", bundle, again, "--identity", tmp_path / "nobody")

    assert "cannot be read (No such file or directory)" in said


def test_without_the_list_nothing_is_restored(kept, bundle, plain, again):
    said = refused("restore", bundle, again, "--identity", plain)

    assert "Bring the erasure list" in said
    assert not again.exists() or list(again.iterdir()) == []


def test_what_was_noted_elsewhere_is_held_against_it(kept, bundle, plain, again, tmp_path):
    erased(kept, 2)
    later = backed_up(kept, tmp_path / "later")
    words = ["restore", bundle, again, "--identity", plain, "--erasures", kept.erasures]

    assert "was witnessed" in refused(*words, "--witness", later.ledger)
    assert "is no checkpoint" in refused(*words, "--checkpoint", "1")
    assert "Erased again: 1 person." in done(*words, "--checkpoint", later.checkpoint)


@pytest.mark.parametrize("variable", ["EXEUNT_DATABASE_URL", "EXEUNT_VAULT_URL"])
def test_on_a_server_it_says_what_to_do_instead(kept, bundle, again, tmp_path, variable):
    env = {variable: "postgres://nobody@db.example.org/archive"}
    back_up = exeunt("backup", kept.archive, "--to", tmp_path / "b", env=env)
    restore = exeunt("restore", bundle, again, "--paper", env=env, input=kept.sheet.word)

    assert "pg_dump -Fc" in back_up.stderr
    assert "EXEUNT_DATABASE_URL and EXEUNT_VAULT_URL empty" in restore.stderr
    assert (back_up.returncode, restore.returncode) == (1, 1)


@pytest.mark.skipif(shutil.which("age") is None, reason="there is no age on this machine")
def test_stock_age_opens_a_bundle_with_a_custodians_file_and_passphrase(kept, bundle, tmp_path):
    """Age asks at the keyboard only, so it is given one."""
    ours, theirs = pty.openpty()
    out = tmp_path / "bundle.tar"
    command = ["age", "--decrypt", "-i", str(kept.identity), "-o", str(out), str(bundle)]
    with subprocess.Popen(
        ["setsid", "--ctty", *command], stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        os.read(ours, 1000)
        os.write(ours, f"{PASSPHRASE}\n".encode())
        assert process.wait(60) == 0
    os.close(ours)

    listed = subprocess.run(["tar", "-tf", str(out)], capture_output=True, check=True)
    assert listed.stdout.decode().splitlines()[:2] == ["manifest.json", "archive.json"]


def test_the_secret_is_not_shown_while_it_is_typed(kept, bundle, again):
    """At a real terminal nothing of what is typed comes back."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "exeunt", "backup", "--check", str(bundle), "--paper"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        ["setsid", "--ctty", *command], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        said = os.read(ours, 1000)
        os.write(ours, f"{kept.sheet.word}\n".encode())
        process.wait(60)
        said += os.read(ours, 10_000)
    os.close(ours)

    assert b"Whole: 10 files" in said
    assert kept.sheet.word.encode() not in said
