"""A file that somebody sends is kept for them alone, for a day, or refused in a sentence."""

import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exeunt.desk import uploads
from exeunt.desk.uploads import drop, drop_left_over, keep_upload, upload_called
from exeunt.errors import NotThere, Refusal
from tests.making.archive import files_in
from tests.making.studies import a_study


def sent(name: str = "accounts.csv", content: bytes = b"account_id\nA1\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def kept(cast, study, incoming):
    return keep_upload(sent(), study=study, by=cast.amina)


def test_a_file_is_kept_and_found_by_whoever_sent_it(cast, study, kept):
    found = upload_called(kept.token, study=study, by=cast.amina)

    assert found.path.read_bytes() == b"account_id\nA1\n"
    assert found.name == "accounts.csv"


def test_its_name_on_the_disk_tells_nothing_and_only_the_owner_reads_it(kept):
    assert "accounts" not in kept.path.name
    assert kept.path.stat().st_mode & 0o077 == 0


def test_nobody_else_finds_it_and_nobody_in_another_study(cast, study, kept):
    other = a_study(cast, "other")
    for place, by in ((study, cast.boris), (other, cast.amina)):
        with pytest.raises(NotThere, match="send it again"):
            upload_called(kept.token, study=place, by=by)


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c", "../../etc/passwd"])
def test_a_token_that_is_not_ours_finds_nothing(cast, study, kept, token):
    with pytest.raises(NotThere):
        upload_called(token, study=study, by=cast.amina)


def test_after_a_day_it_is_not_found_and_swept_away(cast, study, kept, clock):
    clock.shift(86_401)
    with pytest.raises(NotThere):
        upload_called(kept.token, study=study, by=cast.amina)
    os.utime(kept.path, (time.time() - 90_000,) * 2)
    drop_left_over()

    assert not kept.path.exists()


def test_a_file_of_today_is_not_swept_away(kept):
    os.utime(kept.path, (time.time(),) * 2)
    drop_left_over()

    assert kept.path.exists()


def test_each_upload_sweeps_away_what_was_left_over(cast, study, kept):
    os.utime(kept.path, (time.time() - 90_000,) * 2)
    keep_upload(sent(), study=study, by=cast.amina)

    assert not kept.path.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\u202evsc.csv", "avsc.csv"),
        ("a\x07\nb.csv", "ab.csv"),
        ("x" * 300 + ".csv", "x" * 100 + ".csv"),
        ("الشهادات.csv", "الشهادات.csv"),
    ],
)
def test_nothing_hidden_stands_in_the_name_that_is_shown(cast, study, incoming, name, shown):
    assert keep_upload(sent(name), study=study, by=cast.amina).name == shown


def test_a_file_that_is_done_with_is_dropped_and_dropping_it_again_is_nothing(cast, study, kept):
    drop(kept)
    drop(kept)
    with pytest.raises(NotThere):
        upload_called(kept.token, study=study, by=cast.amina)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("run.exe", b"x", "of no kind that is read here"),
        ("noending", b"x", "of no kind that is read here"),
        ("empty.csv", b"", "is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    cast, study, incoming, name, content, says
):
    with pytest.raises(Refusal, match=says):
        keep_upload(sent(name, content), study=study, by=cast.amina)
    assert files_in(incoming) == set()


def test_a_file_that_is_too_large_is_refused(cast, study, incoming, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 3)
    with pytest.raises(Refusal, match="split it"):
        keep_upload(sent(), study=study, by=cast.amina)


@pytest.mark.parametrize("name", ["../../up.csv", "/etc/x.csv", "a\\..\\b.csv", "ل.csv"])
def test_a_path_in_a_name_leads_nowhere(cast, study, incoming, name):
    kept = keep_upload(sent(name), study=study, by=cast.amina)

    assert kept.path.parent == incoming
    assert "/" not in kept.name


def test_a_disk_that_fills_up_leaves_no_half_file(cast, study, incoming, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads.os, "chmod", full)
    with pytest.raises(Refusal, match="See whether the disk is full"):
        keep_upload(sent(), study=study, by=cast.amina)
    assert files_in(incoming) == set()


def test_without_an_open_archive_nothing_is_kept(cast, study, settings):
    settings.EXEUNT_INCOMING = None
    with pytest.raises(Refusal, match="No archive is open"):
        keep_upload(sent(), study=study, by=cast.amina)
