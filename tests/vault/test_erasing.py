"""What the disk holds after an erasure: every byte of the archive's folder is looked at."""

import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import connections

from exeunt.archive.checking import check
from exeunt.archive.opening import opened
from exeunt.members.queries import member_called
from exeunt.procedures.erasure import erase_narrator
from exeunt.procedures.erasure.seeking import seek
from exeunt.stages.narrators.models import Erasure, Narrator
from tools.keeping import danas_keys, left_of, name_of, ref_of

GONE, STAYS = 1, 2


def erase(number=GONE):
    """Erase somebody of the archive that is open."""
    narrator = Narrator.objects.get(ref=ref_of(number))
    return erase_narrator(narrator=narrator, keys=danas_keys(), by=member_called("Dana"))


def holding(folder, words):
    """Name every file of a folder in which words stand, in any of three alphabets of bytes."""
    forms = [words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


@contextmanager
def a_reader(database):
    """Read from a database in another connection, so that its log cannot be cut."""
    with closing(sqlite3.connect(database)) as base:
        base.execute("BEGIN")
        base.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield


def test_no_word_of_who_was_erased_stands_in_any_file(kept):
    assert holding(kept.archive, left_of(GONE)) == ["archive.sqlite3"]

    with opened(kept.archive):
        done = erase()

        assert not done.pending
        assert (done.proof.fragments > 0, done.proof.found) == (True, ())
        assert done.proof.files >= len([p for p in kept.archive.iterdir() if p.is_file()])
        assert holding(kept.archive, left_of(GONE)) == []

    assert holding(kept.archive, left_of(GONE)) == []
    assert holding(kept.archive, left_of(STAYS)) == ["archive.sqlite3"]
    assert holding(kept.archive, name_of(GONE)) == []


def test_the_log_of_both_databases_is_empty_afterwards(kept):
    with opened(kept.archive):
        erase()
        logs = [kept.archive / f"{name}.sqlite3-wal" for name in ("archive", "vault")]

        assert [path.stat().st_size for path in logs if path.exists()] == [0, 0][: len(logs)]


def test_while_somebody_reads_the_erasure_is_pending_and_the_check_says_so(kept):
    with opened(kept.archive) as folder:
        with a_reader(kept.archive / "archive.sqlite3"):
            done = erase()
            remarks = check(folder).remarks

        assert done.pending
        assert any("not clean yet of 1 erased" in remark for remark in remarks)
        assert holding(kept.archive, left_of(GONE)) != []

    with opened(kept.archive) as folder:
        assert Erasure.objects.get().cleaned is not None
        assert check(folder).remarks == ()
    assert holding(kept.archive, left_of(GONE)) == []


def test_a_reader_of_the_vault_keeps_it_pending_too(kept):
    with opened(kept.archive), a_reader(kept.archive / "vault.sqlite3"):
        # In life a writer waits for readers; that this one never goes is known here.
        with connections["vault"].cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 100")
        assert erase().pending


def test_a_copy_from_before_an_upgrade_goes_if_the_narrator_stands_in_it(kept):
    for name in ("before-0.1.0.sqlite3", "before-0.1.0-2.sqlite3"):
        shutil.copy(kept.archive / "archive.sqlite3", kept.archive / name)
    with closing(sqlite3.connect(kept.archive / "before-0.0.9.sqlite3")) as other:
        other.execute("CREATE TABLE earlier (says text)")

    with opened(kept.archive):
        erase()

    assert [path.name for path in kept.archive.glob("before-*")] == ["before-0.0.9.sqlite3"]
    assert holding(kept.archive, left_of(GONE)) == []


def test_words_that_are_left_somewhere_are_found(kept):
    with opened(kept.archive):
        erase()
        (kept.archive / "reports" / "notes.txt").write_text(f"he said {left_of(GONE)}, I think")

        found = seek([left_of(GONE), "nowhere at all"])

    assert (found.fragments, [one.file for one in found.unexpected]) == (2, ["notes.txt"])


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_words_are_found_however_they_are_written(kept, code):
    with opened(kept.archive):
        erase()
        (kept.archive / "captures" / "left").write_bytes(
            b"\x00\x01" + "كلمات بقيت هنا".encode(code)
        )

        assert [one.file for one in seek(["كلمات بقيت هنا"]).found] == ["left"]


def test_words_that_somebody_else_says_too_prove_nothing_and_are_not_sought(kept):
    with opened(kept.archive):
        assert seek([left_of(STAYS)]).fragments == 0
