"""One bundle: what is in it, what is not, who opens it, and that nothing is left elsewhere."""

import errno
import json
import resource
import shutil
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from exeunt.archive import bundling
from exeunt.archive.bundles.packing import packed, part_of
from exeunt.archive.bundling import back_up
from exeunt.archive.folder import ArchiveFolder, held
from exeunt.archive.opening import make_archive
from exeunt.archive.restoring import look_into
from exeunt.errors import ArchiveRefusal, NotYet, Refusal
from tests.archive.folders import ledger_acts, rows_in, tamper
from tests.making.archive import files_in
from tests.making.bundles import EVERYBODY, opened_tar, unpacked
from tools.keeping import backed_up, erased, found_in, left_of, name_of

with_age = pytest.mark.skipif(shutil.which("age") is None, reason="there is no age on this machine")


def everything_of(*numbers):
    """The words by which people could be found, in the clear."""
    return [word for number in numbers for word in (name_of(number), left_of(number))]


# --- what is in it -------------------------------------------------------------------------------


def test_a_bundle_holds_the_archive_and_nothing_else(kept, bundle):
    (kept.archive / "server.key").write_bytes(bytes(32))
    sealed = sorted(path.name for path in (kept.archive / "sealed").iterdir())

    with tarfile.open(fileobj=BytesIO(opened_tar(bundle, kept))) as tar:
        names = tar.getnames()

    assert len(sealed) == len(EVERYBODY)
    assert names == [
        "manifest.json",
        "archive.json",
        "archive.sqlite3",
        "vault.sqlite3",
        *[f"sealed/{name}" for name in sealed],
        "SHA256SUMS",
    ]


def test_neither_keys_nor_uploads_nor_earlier_copies_are_in_it(kept, tmp_path):
    (kept.archive / "server.key").write_bytes(bytes(32))
    (kept.archive / "before-0.1.sqlite3").write_bytes(b"an earlier copy")
    (kept.archive / "incoming").mkdir(exist_ok=True)
    (kept.archive / "incoming" / "table.csv").write_text("not taken in")
    (kept.archive / "captures" / "notes.txt").write_text("nobody's")
    (kept.archive / "captures" / ("0" * 64)).write_bytes(b"a capture")

    _, files = unpacked(backed_up(kept, tmp_path / "b").path, kept)

    assert {name.partition("/")[0] for name in files} == {
        "archive.json",
        "archive.sqlite3",
        "vault.sqlite3",
        "captures",
        "sealed",
    }
    assert [name for name in files if name.startswith("captures")] == [f"captures/{'0' * 64}"]


def test_reports_are_in_it_and_links_are_not(kept, tmp_path):
    report = kept.archive / "reports" / "leaving" / "figures"
    report.mkdir(parents=True)
    (report / "مخطط.svg").write_text("<svg/>")
    (report / "elsewhere.svg").symlink_to("/etc/hostname")

    _, files = unpacked(backed_up(kept, tmp_path / "b").path, kept)

    assert [name for name in files if name.startswith("reports")] == [
        "reports/leaving/figures/مخطط.svg"
    ]


def test_the_manifest_says_what_a_restore_must_hold_it_against(kept, tmp_path):
    manifest, _ = unpacked(backed_up(kept, tmp_path / "b").path, kept)

    facts = json.loads((kept.archive / "archive.json").read_text())
    assert (manifest.archive, manifest.vault) == (facts["id"], facts["vault"])
    assert manifest.made == "2026-03-02T09:00:00+00:00"
    assert manifest.recipients == sorted([kept.dana.recipient, kept.sheet.recipient])
    assert manifest.erasures.startswith("1:")
    # The entry about the backup itself comes after.
    entries = rows_in(kept.archive, "SELECT count(*) FROM ledger_entry")[0][0]
    assert manifest.ledger.startswith(f"{entries - 1}:")


def test_the_same_files_give_the_same_bytes_and_say_no_time():
    parts = [part_of("archive.json", b"{}"), part_of("captures/" + "a" * 64, bytes(700))]

    one, other = b"".join(packed(parts)), b"".join(packed(parts))

    assert one == other
    with tarfile.open(fileobj=BytesIO(one)) as tar:
        facts = {(member.mtime, member.uid, member.gid, member.uname) for member in tar}
    assert facts == {(0, 0, 0, "")}


def test_a_name_that_no_tar_can_hold_is_refused(kept, tmp_path):
    deep = kept.archive / "reports" / ("a" * 150) / ("b" * 150)
    deep.mkdir(parents=True)
    (deep / "c").touch()

    with pytest.raises(Refusal, match="a name that no bundle can hold"):
        backed_up(kept, tmp_path / "b")

    assert not (tmp_path / "b").exists()


# --- who opens it --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["dana", "sheet"], ids=["a custodian", "the word on paper"])
def test_a_bundle_opens_for_the_custodian_and_for_the_paper(kept, bundle, who):
    found = look_into(bundle, paper=getattr(kept, who))

    # The marker, both databases, five sealed files; the manifest and the sums.
    assert found.files == 3 + len(EVERYBODY) + 2


def test_nobody_is_named_in_the_bundle_itself(kept, bundle):
    assert found_in(bundle.parent, *everything_of(*EVERYBODY)) != []
    assert [
        name for name in found_in(bundle.parent, *everything_of(*EVERYBODY)) if "age" in name
    ] == []


@with_age
def test_stock_age_opens_it_and_stock_tools_find_it_whole(kept, bundle, tmp_path):
    identity, out = tmp_path / "identity", tmp_path / "out"
    identity.write_text(f"# from the paper in the safe\n{kept.sheet.word}\n")
    out.mkdir()

    tar = subprocess.run(
        ["age", "--decrypt", "-i", str(identity), str(bundle)], capture_output=True, check=True
    )
    listed = subprocess.run(
        ["tar", "-xvC", str(out)], input=tar.stdout, capture_output=True, check=True
    )
    summed = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=out, capture_output=True, check=True
    )

    assert b"archive.sqlite3" in listed.stdout
    assert summed.stdout.count(b": OK\n") == 3 + len(EVERYBODY) + 1


# --- where there is no vault ---------------------------------------------------------------------


@pytest.fixture
def without_vault(no_archive_open, tmp_path):
    """An archive without a vault."""
    return make_archive(tmp_path / "plain", lead="Amina").path


def test_without_a_vault_somebody_must_be_named_who_can_open_it(without_vault, kept, tmp_path):
    with pytest.raises(NotYet, match="--recipient age1"):
        back_up(without_vault, to=tmp_path / "b")

    made = back_up(without_vault, to=tmp_path / "b", recipients=[kept.dana.recipient])

    assert made.checkpoint is None
    assert look_into(tmp_path / "b", paper=kept.dana).manifest.vault == ""


def test_an_odd_recipient_is_refused(without_vault, tmp_path):
    with pytest.raises(Refusal, match="is no recipient"):
        back_up(without_vault, to=tmp_path / "b", recipients=["age1nobody"])


def test_with_a_vault_nobody_else_is_let_in(kept, tmp_path):
    with pytest.raises(Refusal, match="for its custodians and the paper"):
        back_up(kept.archive, to=tmp_path / "b", recipients=[kept.dana.recipient])


# --- refused, and nothing left -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("archive/b.tar.age", "lies inside the archive"),
        ("archive/reports/b.tar.age", "lies inside the archive"),
        ("list/erasures.jsonl", "is there already"),
        ("list", "is there already"),
        ("nowhere/b.tar.age", "There is no folder"),
    ],
)
def test_a_place_that_is_none_is_refused(kept, tmp_path, to, says):
    with pytest.raises(ArchiveRefusal, match=says):
        backed_up(kept, tmp_path / to)


def change_the_list(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"begun"', b'"erased"'))


def empty_the_list(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (Path.unlink, "cannot be read"),
        (change_the_list, "is not what was written there"),
        (empty_the_list, "is not what was written there"),
    ],
    ids=["gone", "changed", "empty"],
)
def test_without_a_sound_erasure_list_no_backup_is_made(kept, tmp_path, damage, says):
    damage(kept.erasures)
    before = files_in(kept.archive)

    with pytest.raises(Refusal, match=says):
        backed_up(kept, tmp_path / "b")

    assert not (tmp_path / "b").exists()
    assert files_in(kept.archive) == before
    assert "archive.backed-up" not in ledger_acts(kept.archive)


def test_a_lost_vault_is_said(kept, tmp_path):
    (kept.archive / "vault.sqlite3").unlink()

    with pytest.raises(NotYet, match="is not where this archive had it"):
        backed_up(kept, tmp_path / "b")


def test_a_full_disk_leaves_nothing(kept, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = files_in(tmp_path), files_in(kept.archive)
    monkeypatch.setattr(bundling.os, "fsync", full)

    with pytest.raises(ArchiveRefusal, match="is full; nothing was kept"):
        backed_up(kept, tmp_path / "b")

    monkeypatch.undo()
    assert (files_in(tmp_path), files_in(kept.archive)) == before
    assert "archive.backed-up" not in ledger_acts(kept.archive)


def test_a_bundle_that_does_not_fit_leaves_nothing(kept, bundle, tmp_path):
    size = bundle.stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size - 10_000, hard))
    try:
        with pytest.raises(ArchiveRefusal, match="cannot be used: File too large"):
            backed_up(kept, tmp_path / "b")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert files_in(tmp_path) == {"archive", "list", bundle.name}


def test_whoever_interrupts_it_leaves_nothing(kept, tmp_path):
    def stop(_done):
        raise KeyboardInterrupt

    before = files_in(kept.archive)
    with pytest.raises(KeyboardInterrupt):
        back_up(kept.archive, to=tmp_path / "b", progress=stop)

    assert files_in(tmp_path) == {"archive", "list"}
    assert files_in(kept.archive) == before


# --- beside others -------------------------------------------------------------------------------


def test_a_backup_is_made_while_another_process_holds_the_archive(kept, tmp_path):
    with held(ArchiveFolder(kept.archive)):
        made = backed_up(kept, tmp_path / "b")

    assert look_into(made.path, paper=kept.dana).manifest.vault
    assert ledger_acts(kept.archive)[-1] == "archive.backed-up"


def test_another_version_that_holds_the_archive_is_not_disturbed(kept, tmp_path):
    tamper(
        kept.archive,
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('coding', '0099_future', '2030-01-01')",
    )
    with (
        held(ArchiveFolder(kept.archive)),
        pytest.raises(ArchiveRefusal, match="open in another version"),
    ):
        backed_up(kept, tmp_path / "b")


def test_two_backups_at_once_are_one_too_many(kept, tmp_path):
    def second(_done):
        backed_up(kept, tmp_path / "second")

    with pytest.raises(ArchiveRefusal, match="Another backup"):
        back_up(kept.archive, to=tmp_path / "first", progress=second)


def test_what_a_backup_left_that_was_killed_is_cleared_away(kept, tmp_path):
    left = kept.archive / ".backup-in-the-making-archive.sqlite3"
    left.write_bytes(b"half a copy, in clear")

    backed_up(kept, tmp_path / "b")

    assert not left.exists()


# --- written down --------------------------------------------------------------------------------


def test_the_ledger_says_that_a_backup_was_made_and_not_where(kept, tmp_path):
    bundle = backed_up(kept, tmp_path / "tell-nobody").path
    facts = json.loads(
        rows_in(kept.archive, "SELECT facts FROM ledger_entry ORDER BY position DESC LIMIT 1")[0][0]
    )

    assert ledger_acts(kept.archive)[-1] == "archive.backed-up"
    assert facts["bytes"] == bundle.stat().st_size
    assert (facts["recipients"], facts["erasures"]) == (2, 1)
    assert bundle.name not in str(facts)


def test_a_later_backup_stands_on_a_longer_list(kept, tmp_path):
    erased(kept, 2)

    assert backed_up(kept, tmp_path / "b").checkpoint.length == 2
