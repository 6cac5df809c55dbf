"""What lies in an archive, and for whom."""

import json
import re
from pathlib import Path

import pytest

import exeunt
from exeunt.archive.folder import held, purpose_of, recognise
from exeunt.archive.opening import joined, make_archive, opened
from exeunt.errors import ArchiveRefusal
from tests.archive.folders import rows_in


def test_a_new_archive_is_one_folder(no_archive_open, tmp_path):
    make_archive(tmp_path / "a" / "b", lead="Amina")

    assert {path.name for path in (tmp_path / "a" / "b").iterdir()} == {
        "archive.json", "archive.lock", "archive.sqlite3", "captures", "reports",
    }  # fmt: skip
    facts = json.loads((tmp_path / "a" / "b" / "archive.json").read_text())
    assert re.fullmatch("[0-9a-f]{32}", facts.pop("id"))
    assert facts == {"format": 1, "made_with": exeunt.__version__, "purpose": "work"}


def test_a_new_archive_is_for_its_owner_only(no_archive_open, tmp_path):
    make_archive(tmp_path / "x", lead="Amina")

    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o700


def test_the_first_member_leads_and_their_coming_is_in_the_ledger(no_archive_open, tmp_path):
    make_archive(tmp_path / "x", lead="Amina")

    (ref,) = rows_in(tmp_path / "x", "SELECT ref FROM members_member WHERE name = 'Amina'")
    assert rows_in(tmp_path / "x", "SELECT act, by, subject FROM ledger_entry") == [
        ("member.added", *ref, *ref)
    ]


def test_an_archive_is_made_in_an_empty_folder_that_is_there(no_archive_open, tmp_path):
    (tmp_path / "x").mkdir()

    assert make_archive(tmp_path / "x", lead="Amina").database.is_file()


def test_an_archive_is_opened_once_in_a_process(archive):
    with opened(archive), pytest.raises(ArchiveRefusal, match="is open in"), opened(archive):
        pass


def test_what_is_sent_to_a_server_waits_in_its_archive_for_its_owner_alone(archive, settings):
    # Set back when the test is over: a server never has another key.
    settings.EXEUNT_SERVER_KEY, settings.SECRET_KEY = b"", ""
    with held(recognise(archive)), joined(archive) as folder:
        assert Path(settings.FILE_UPLOAD_TEMP_DIR) == folder.incoming
        assert folder.incoming.stat().st_mode & 0o777 == 0o700

    assert settings.FILE_UPLOAD_TEMP_DIR is None


def test_an_archive_can_be_opened_after_it_was_closed(archive):
    for _ in range(2):
        with opened(archive):
            pass


def test_after_a_fault_the_archive_is_free(archive):
    def fail():
        with opened(archive):
            raise KeyError("ours")

    with pytest.raises(KeyError):
        fail()
    with opened(archive):
        pass


@pytest.mark.parametrize(
    ("marker", "purpose"),
    [
        ('{"format": 1, "purpose": "work"}', "work"),
        ('{"format": 1, "purpose": "demonstration"}', "demonstration"),
        ("{", None),
        ("[]", None),
        (None, None),
    ],
    ids=["work", "a demonstration", "damaged", "a list", "no archive"],
)
def test_the_purpose_of_a_folder_is_told(tmp_path, marker, purpose):
    if marker is not None:
        (tmp_path / "archive.json").write_text(marker)

    assert purpose_of(tmp_path) == purpose


def test_names_and_words_never_enter_the_ledger(archive):
    said = str(rows_in(archive, "SELECT * FROM ledger_entry"))

    assert not [word for word in ("Amina", "Boris", "bread", "Banner", "A-1") if word in said]
