"""Who may restore a bundle, and where to: a folder that is new or empty, all of it or nothing."""

import resource
from pathlib import Path

import pytest

from exeunt.archive.restoring import (
    Brought,
    paper_in,
    paper_of,
    restore,
)
from exeunt.errors import ArchiveRefusal, Refusal
from exeunt.vault.sealing.secrets_on_paper import new_paper
from tests.making.archive import files_in
from tests.making.bundles import (
    EVERYBODY,
    nothing_is_in,
    opened_tar,
    sealed_tar,
)
from tools.keeping import (
    PASSPHRASE,
    narrators_in,
    ref_of,
    restored,
)

# --- who opens it --------------------------------------------------------------------------------


def test_somebody_who_is_no_recipient_is_refused(kept, bundle, again):
    with pytest.raises(Refusal, match="does not open with this identity"):
        restored(kept._replace(dana=new_paper()), bundle, again)

    assert nothing_is_in(again)


def test_a_recipient_who_is_no_custodian_cannot_restore_it(kept, bundle, again, tmp_path):
    stranger = new_paper()
    kept_by_a_stranger = kept._replace(dana=stranger)
    other = sealed_tar([opened_tar(bundle, kept)], tmp_path / "other", kept_by_a_stranger)

    with pytest.raises(Refusal, match="opens the bundle but not its vault"):
        restored(kept_by_a_stranger, other, again)

    assert nothing_is_in(again)


def test_a_custodians_file_opens_with_their_passphrase_only(kept):
    content = kept.identity.read_bytes()

    assert paper_in(content, passphrase=lambda: PASSPHRASE) == kept.dana
    with pytest.raises(Refusal, match="does not open with this passphrase"):
        paper_in(content, passphrase=lambda: "four lamps beside the other river")


def test_a_plain_identity_file_asks_for_nothing(kept):
    asked = iter(())

    assert paper_in(f"# mine\n{kept.dana.word}\n".encode(), passphrase=asked.__next__) == kept.dana


@pytest.mark.parametrize("content", [b"", b"# only a remark", b"\xff\xfe", b"one\ntwo\n", b"one"])
def test_a_file_that_holds_no_identity_is_refused(content):
    with pytest.raises(Refusal, match=r"no identity|no secret of a custodian"):
        paper_in(content, passphrase=lambda: "")


def test_a_word_is_read_however_it_is_spaced_and_a_slip_is_found(kept):
    word = kept.sheet.word

    assert (
        paper_of(" ".join(word[at : at + 4].lower() for at in range(0, len(word), 4))) == kept.sheet
    )
    with pytest.raises(Refusal, match="a letter of it is wrong"):
        paper_of(word[:-1] + word[-2] * 2)


# --- where it goes -------------------------------------------------------------------------------


def a_file(path: Path) -> None:
    path.write_text("mine")


def a_folder_with_a_file(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_text("mine")


def a_folder_like_an_archive(path: Path) -> None:
    path.mkdir()
    (path / "captures").mkdir()


def a_link(path: Path) -> None:
    path.symlink_to(path.parent)


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (a_file, "is a file or a link"),
        (a_link, "is a file or a link"),
        (a_folder_with_a_file, "is not empty"),
        (a_folder_like_an_archive, "is not empty"),
    ],
)
def test_a_place_where_anything_is_is_refused_and_left(kept, bundle, again, what, says):
    what(again)
    before = sorted(again.parent.rglob("*"))

    with pytest.raises(ArchiveRefusal, match=says):
        restored(kept, bundle, again)

    assert sorted(again.parent.rglob("*")) == before


def test_an_archive_is_not_restored_over(kept, bundle):
    with pytest.raises(ArchiveRefusal, match="is an archive already"):
        restored(kept, bundle, kept.archive)


def test_an_empty_folder_will_do(kept, bundle, again):
    again.mkdir()

    assert restored(kept, bundle, again).problems == ()


def test_what_a_restore_left_that_was_killed_is_taken_away_by_the_next(kept, bundle, again):
    (again / ".restoring" / "captures").mkdir(parents=True)
    (again / ".restoring" / "archive.json").write_text("{}")
    (again / "vault.sqlite3").write_bytes(b"half of it")

    restored(kept, bundle, again)

    assert ".restoring" not in files_in(again)
    assert narrators_in(again) == {ref_of(number) for number in EVERYBODY}


def test_whoever_interrupts_it_leaves_nothing(kept, bundle, again):
    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(bundle, again, paper=kept.dana, brought=Brought(kept.erasures), progress=stop)

    assert nothing_is_in(again)


def test_a_full_disk_leaves_nothing(kept, bundle, again):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with pytest.raises(ArchiveRefusal, match="cannot be used: File too large"):
            restored(kept, bundle, again)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert nothing_is_in(again)
