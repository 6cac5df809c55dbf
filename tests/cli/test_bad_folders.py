"""Folders that are no archive, or none that can be used now: refused, and left as they were."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.db import connections

from tests.archive.folders import exeunt, rows_in, state_of, tamper
from tests.cli.terminal import refused
from tests.house.source_files import ROOT

NOBODY = 65534


def files_in(folder):
    """Every file below a folder, with its digest; lock and journal files may come and go."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", "-wal", "-shm"))
    }


# --- where no archive is or can be made ----------------------------------------------------------


def test_a_folder_that_is_not_there_is_refused(no_archive_open, tmp_path):
    sentence = refused("check", tmp_path / "x")

    assert sentence.startswith(f"There is no folder {tmp_path / 'x'}. Make an archive with")
    assert not (tmp_path / "x").exists()


def test_a_folder_that_is_no_archive_is_refused(no_archive_open, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    assert f"{tmp_path} is no archive" in refused("study", "list", at=tmp_path)
    assert files_in(tmp_path) == {"notes.txt": hashlib.sha256(b"mine").hexdigest()}


def test_a_file_instead_of_a_folder_is_refused(no_archive_open, tmp_path):
    (tmp_path / "x").write_text("mine")

    assert "is a file" in refused("new", tmp_path / "x")
    assert "is no archive" in refused("check", tmp_path / "x")
    assert (tmp_path / "x").read_text() == "mine"


def test_a_folder_that_is_not_empty_is_refused(no_archive_open, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    assert "is not empty; name a folder that is new or empty." in refused("new", tmp_path)
    assert list(tmp_path.iterdir()) == [tmp_path / "notes.txt"]


def test_an_archive_is_not_made_over(archive):
    before = state_of(archive)

    assert "is an archive already" in refused("new", archive)
    assert state_of(archive) == before


def test_a_lead_without_a_name_leaves_no_half_archive(no_archive_open, tmp_path):
    assert refused("new", tmp_path / "x", "--lead", " ") == "A member needs a name."
    assert not (tmp_path / "x").exists() or list((tmp_path / "x").iterdir()) == []


# --- damaged -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marker",
    ["", "{", "[]", "null", "{}", '{"format": "one"}', '{"format": null}', '{"format": 1e999}'],
)
def test_a_damaged_marker_is_refused(archive, marker):
    (archive / "archive.json").write_text(marker)

    sentence = refused("study", "list", at=archive)

    assert sentence.endswith("archive.json is damaged; restore it from a backup of this archive.")


def test_a_marker_that_is_no_text_is_refused(archive):
    (archive / "archive.json").write_bytes(b"\xff\xfe\x00")

    assert "archive.json is damaged" in refused("study", "list", at=archive)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda path: path.write_bytes(b"not a database" * 400), "Restore it from a backup"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged"),
        (lambda path: path.unlink(), "Restore it from a backup"),
        (lambda path: path.write_bytes(b""), "Restore it from a backup"),
    ],
    ids=["garbage", "cut", "gone", "emptied"],
)
def test_a_database_that_was_swapped_is_refused(archive, damage, says):
    damage(archive / "archive.sqlite3")
    before = files_in(archive)

    assert says in refused("study", "list", at=archive)
    assert files_in(archive) == before


def test_a_database_of_another_program_is_refused(archive):
    (archive / "archive.sqlite3").unlink()
    tamper(archive, "CREATE TABLE notes (words TEXT)", "INSERT INTO notes VALUES ('mine')")

    assert "the file may have been replaced" in refused("study", "list", at=archive)
    assert rows_in(archive, "SELECT name, (SELECT words FROM notes) FROM sqlite_schema") == [
        ("notes", "mine")
    ]


# --- newer ---------------------------------------------------------------------------------------


def test_an_archive_of_a_newer_format_is_refused(archive):
    (archive / "archive.json").write_text(json.dumps({"format": 2, "made_with": "9.0"}))
    before = state_of(archive)

    sentence = refused("study", "list", at=archive)

    assert "was made by a newer version of Exeunt (format 2; this one knows 1)" in sentence
    assert state_of(archive) == before


def test_an_archive_with_a_migration_from_the_future_is_refused(archive):
    tamper(
        archive,
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('coding', '0099_future', '2030-01-01')",
    )
    before = state_of(archive)

    assert "was upgraded by a newer version of Exeunt" in refused("study", "list", at=archive)
    assert state_of(archive) == before


# --- locked --------------------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
import exeunt
with exeunt.open_archive(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(archive):
    """Another process that has the archive open."""
    command = [sys.executable, "-c", HOLD, str(archive)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "held\n"
        yield process
        process.stdin.close()


@pytest.mark.parametrize("words", [("study", "list"), ("check",)], ids=" ".join)
def test_an_archive_that_another_process_holds_is_refused(archive, holder, words):
    sentence = refused(*words, *((archive,) if words == ("check",) else ()), at=archive)

    assert f"{archive} is open in another process (process {holder.pid})." in sentence
    assert "close the other one, then try again." in sentence


def test_an_archive_is_free_again_when_the_other_process_has_died(archive, holder):
    holder.kill()
    holder.wait()

    assert exeunt("study", "list", "--archive", archive).returncode == 0


# --- read-only -----------------------------------------------------------------------------------

# First as oneself, so that all is imported; then as somebody who may only read.
AS_NOBODY = """
import os, sys
from exeunt.cli.guide import exeunt
free, shut, nobody, *words = sys.argv[1:]
try:
    exeunt([*words, "--archive", free], standalone_mode=True)
except SystemExit as left:
    assert not left.code, left.code
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(int(nobody)); os.setuid(int(nobody))
exeunt([*words, "--archive", shut])
"""


@pytest.fixture
def read_only(archive):
    """A copy of an archive that everybody may read and nobody but root may write."""
    with tempfile.TemporaryDirectory() as place:
        shut = Path(place) / "shut"
        shutil.copytree(archive, shut)
        for path in [Path(place), shut, *shut.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield shut
        for path in [Path(place), shut, *shut.rglob("*")]:
            path.chmod(0o755)


@pytest.mark.parametrize("lock", ["no lock", "a lock"])
def test_a_read_only_archive_is_refused(archive, read_only, lock):
    if lock == "no lock":
        read_only.chmod(0o755)
        (read_only / "archive.lock").unlink(missing_ok=True)
        read_only.chmod(0o555)
    before = files_in(read_only)
    words = [sys.executable, "-c", AS_NOBODY, str(archive), str(read_only), str(NOBODY)]

    done = subprocess.run(
        [*words, "study", "list"], capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip

    assert done.returncode == 1, done.stderr
    assert f"Refused. {read_only} is read-only for you" in done.stderr
    assert "Traceback" not in done.stderr
    assert files_in(read_only) == before


# --- a full disk ---------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_nothing_is_kept(begun, tmp_path):
    """SQLite itself is told that there is no page left; this works everywhere."""
    file = tmp_path / "accounts.csv"
    rows = "".join(f"B-{number},invented\n" for number in range(3000))
    file.write_text("account_id,provenance\n" + rows, encoding="utf-8")
    before = state_of(begun)
    pages = (begun / "archive.sqlite3").stat().st_size // 4096
    options = connections["default"].settings_dict["OPTIONS"]
    options["init_command"] += f"; PRAGMA max_page_count={pages + 4}"

    sentence = refused("import", "accounts", file, at=begun)

    assert sentence == (
        "The disk is full; nothing of this was kept. Free some space, then try again."
    )
    assert state_of(begun) == before


ON_A_SMALL_DISK = """
import resource, sys
most, *words = sys.argv[1:]
from exeunt.cli.guide import exeunt
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
exeunt(words)
"""


def on_a_small_disk(most, *words):
    """Run a command in a process whose files may not grow beyond so many bytes."""
    return subprocess.run(
        [sys.executable, "-c", ON_A_SMALL_DISK, str(most), *map(str, words)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip


@pytest.mark.parametrize("most", [20_000, 200_000], ids=["for the capture", "for the rows"])
def test_an_import_that_does_not_fit_leaves_the_archive_as_it_was(begun, tmp_path, most):
    file = tmp_path / "accounts.csv"
    rows = "".join(f"B-{number},invented\n" for number in range(6000))
    file.write_text("account_id,provenance\n" + rows, encoding="utf-8")
    before = state_of(begun)

    done = on_a_small_disk(most, "import", "accounts", file, "--archive", begun)

    assert done.returncode == 1
    assert done.stderr.strip().startswith("Refused. ")
    assert "Traceback" not in done.stderr
    assert state_of(begun) == before
    assert [path for path in (begun / "captures").iterdir() if len(path.name) != 64] == []


def test_a_report_that_does_not_fit_is_refused_and_not_kept(archive):
    before = state_of(archive)

    done = on_a_small_disk(100_000, "report", "--format", "html", "--archive", archive)

    assert done.returncode == 1
    assert done.stderr.strip().startswith("Refused. ")
    assert "Traceback" not in done.stderr
    assert state_of(archive) == before
    assert not (archive / "reports" / "leaving" / "report.html").exists()


def test_an_archive_that_does_not_fit_is_not_made(tmp_path):
    done = on_a_small_disk(50_000, "new", tmp_path / "x")

    assert done.returncode == 1
    assert done.stderr.startswith("Refused. ")
    assert not (tmp_path / "x" / "archive.json").exists()


@pytest.fixture
def tiny_disk(tmp_path):
    """A disk of three megabytes, where the test may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("nobody may mount a disk here; the limits above stand for it")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full_is_named(begun, tiny_disk, tmp_path):
    small = shutil.copytree(begun, tiny_disk / "archive")
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,provenance\nB-1,invented\n", encoding="utf-8")
    before = state_of(small)
    with (tiny_disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            pass

    assert "full" in refused("import", "accounts", file, at=small)
    (tiny_disk / "filler").unlink()
    assert state_of(small) == before
