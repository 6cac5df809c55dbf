"""`exeunt check`: whatever was changed behind Exeunt's back is found, and nothing else."""

import json
import shutil

import pytest

from tests.archive.folders import rows_in, state_of, tamper
from tests.cli.terminal import done, run, told

SOUGHT_WRONGLY = (
    "The text 2.1 is not found by all its words. That is mended when the text is next corrected."
)
FREE = ("DROP TRIGGER ledger_entry_no_update", "DROP TRIGGER ledger_entry_no_delete")


def problems_of(archive, *words):
    """Check an archive that is not whole; return what was found."""
    result = run("check", archive, *words)

    assert result.exit_code == 1
    assert result.stderr.strip().startswith("Refused. This archive is not whole.\n")
    problems = result.stderr.strip().splitlines()[1:]
    assert json.loads(run("check", archive, "--json", *words).stdout)["problems"] == problems
    return problems


@pytest.fixture
def capture(archive):
    """The one capture of the archive."""
    (path,) = (archive / "captures").iterdir()
    return path


def test_a_whole_archive_is_called_whole(archive):
    first, second = done("check", archive).splitlines()

    entries = rows_in(archive, "SELECT count(*) FROM ledger_entry")[0][0]
    assert first == (
        f"Whole: database, {entries} ledger entries, 1 capture, every text and every codebook."
    )
    assert second.startswith(f"Witness: {entries}:")


def test_a_check_changes_nothing(archive):
    before = state_of(archive)

    done("check", archive)

    assert state_of(archive) == before


def test_an_archive_may_be_moved(archive, tmp_path):
    moved = shutil.move(archive, tmp_path / "moved")

    assert done("check", moved).startswith("Whole: ")


# --- captures ------------------------------------------------------------------------------------


def test_a_changed_byte_in_a_capture_is_found(archive, capture):
    data = bytearray(capture.read_bytes())
    data[10] ^= 1
    capture.write_bytes(data)

    assert problems_of(archive) == [
        f"The capture {capture.name[:12]}… is not what was received: its bytes have changed."
    ]


def test_a_missing_capture_is_found(archive, capture):
    capture.unlink()

    assert problems_of(archive) == [f"The capture {capture.name[:12]}… is missing from captures/."]


def test_a_missing_folder_of_captures_is_found(archive, capture):
    shutil.rmtree(archive / "captures")

    assert problems_of(archive) == [f"The capture {capture.name[:12]}… is missing from captures/."]


def test_a_stray_capture_is_only_remarked_on(archive):
    (archive / "captures" / ("0" * 64)).write_bytes(b"left by an import that was cut off")

    said = done("check", archive)

    assert said.startswith(f"Remark: captures/{'0' * 64} belongs to no source")
    assert "Whole: " in said
    assert len(told("check", archive)["remarks"]) == 1


# --- the database --------------------------------------------------------------------------------


def test_a_text_of_whoever_was_stopped_is_checked_like_any_other(archive):
    done("consent", "stop", "N-2", at=archive)
    done("check", archive)
    tamper(
        archive, "UPDATE testimonies_textversion SET text = text || ' Not.' WHERE account_id = 2"
    )

    assert problems_of(archive) == [
        "The text text 2.1 is not what was stored: its words have changed.",
        SOUGHT_WRONGLY,
    ]


def test_a_changed_text_is_found(archive):
    tamper(
        archive, "UPDATE testimonies_textversion SET text = text || ' Not.' WHERE account_id = 2"
    )

    assert problems_of(archive) == [
        "The text text 2.1 is not what was stored: its words have changed.",
        SOUGHT_WRONGLY,
    ]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM testimonies_searchpassage WHERE account_id = 2",
        "UPDATE testimonies_searchpassage SET folded = 'anything' WHERE account_id = 2",
        "UPDATE testimonies_searchpassage SET speaker = 'Q' WHERE account_id = 2",
    ],
)
def test_a_text_that_is_not_found_by_its_words_is_found(archive, change):
    tamper(archive, change)

    assert problems_of(archive) == [SOUGHT_WRONGLY]


def test_a_search_index_that_lost_words_is_found(archive):
    tamper(
        archive,
        "INSERT INTO testimonies_passageindex(testimonies_passageindex, rowid, folded) "
        "SELECT 'delete', id, folded FROM testimonies_searchpassage WHERE account_id = 2",
    )

    (problem,) = problems_of(archive)
    assert problem.startswith("A search index is damaged")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE coding_code SET definition = 'anything' WHERE key = 'L4'",
        "UPDATE coding_code SET label = 'x' WHERE key = 'L4'",
        "UPDATE coding_code SET key = 'L9' WHERE key = 'L4'",
        "UPDATE coding_code SET parent_id = NULL WHERE key = 'J1.1'",
        "UPDATE coding_code SET position = position + 100 WHERE key = 'J1'",
        "UPDATE coding_codebookversion SET scale = replace(scale, '\"1\"', '\"2\"')",
        "UPDATE coding_codebookversion SET title = 'x'",
        "UPDATE coding_codebook SET slug = 'x'",
    ],
    ids=["definition", "label", "key", "parent", "order", "scale", "title", "short name"],
)
def test_a_changed_codebook_is_found(archive, change):
    before = state_of(archive)["rows"]
    tamper(archive, change)
    assert state_of(archive)["rows"] != before

    (problem,) = problems_of(archive)
    assert "@1 is not what was" in problem


def test_an_excerpt_that_reaches_beyond_its_text_is_found(archive):
    change = """
        INSERT INTO coding_excerpt (ref, text_version_id, start, "end")
        SELECT '0123456789abcdef', id, 0, length(text) + 1 FROM testimonies_textversion LIMIT 1
    """
    tamper(archive, change)

    assert problems_of(archive) == ["The excerpt 0123456789abcdef reaches beyond its text."]


def test_a_row_that_points_nowhere_is_found(archive):
    tamper(archive, "DELETE FROM testimonies_account WHERE label = 'A-4'")

    problems = problems_of(archive)

    assert any(
        problem.startswith("Row ") and "testimonies_account that is not there." in problem
        for problem in problems
    )


def test_a_damaged_page_is_found(archive):
    base = archive / "archive.sqlite3"
    data = bytearray(base.read_bytes())
    (root,) = rows_in(archive, "SELECT rootpage FROM sqlite_schema WHERE name='coding_coding'")[0]
    data[(root - 1) * 4096 : (root - 1) * 4096 + 64] = b"\xff" * 64
    base.write_bytes(data)

    result = run("check", archive)

    assert result.exit_code == 1
    assert "damaged" in result.stderr
    assert isinstance(result.exception, SystemExit)


# --- the ledger ----------------------------------------------------------------------------------


def test_the_database_itself_keeps_the_ledger(archive):
    with pytest.raises(Exception, match="append-only"):
        tamper(archive, "UPDATE ledger_entry SET act = 'nothing' WHERE position = 2")
    with pytest.raises(Exception, match="append-only"):
        tamper(archive, "DELETE FROM ledger_entry WHERE position = 2")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entry SET act = 'study.closed' WHERE position = 3",
        "UPDATE ledger_entry SET by = '0000000000000000' WHERE position = 3",
        "UPDATE ledger_entry SET at = '2001-01-01 00:00:00' WHERE position = 3",
        "UPDATE ledger_entry SET facts = '{}' WHERE position = 3",
        "UPDATE ledger_entry SET subject = '0000000000000000' WHERE position = 3",
    ],
    ids=["act", "person", "moment", "facts", "subject"],
)
def test_a_ledger_entry_that_was_tampered_with_is_found(archive, change):
    tamper(archive, *FREE, change)

    assert problems_of(archive)[0] == "Ledger entry 3 was altered after it was written."


def test_a_leaf_that_was_changed_with_its_entry_is_found(archive):
    tamper(
        archive,
        *FREE,
        "UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE position = 4) "
        "WHERE position = 3",
    )

    assert "Ledger entry 3 was altered after it was written." in problems_of(archive)


def test_a_ledger_entry_that_was_taken_out_is_found(archive):
    tamper(archive, *FREE, "DELETE FROM ledger_entry WHERE position = 3")

    assert problems_of(archive)[0] == "Ledger entry 3 is missing."


def test_a_ledger_without_its_head_is_found(archive):
    tamper(archive, "DELETE FROM ledger_head")

    assert problems_of(archive) == [
        "The ledger has lost its head; restore the archive from a backup."
    ]


def test_guards_that_were_taken_away_are_found(archive):
    tamper(archive, *FREE)

    assert any("append-only" in problem or "guard" in problem for problem in problems_of(archive))


def test_a_ledger_that_was_cut_is_found_with_a_witness(archive, tmp_path):
    shutil.copytree(archive, tmp_path / "earlier")
    done("study", "new", "second", at=archive)
    witness = told("check", archive)["witness"]
    size = int(witness.partition(":")[0])
    # The earlier archive is whole in itself: only the witness tells that it was put back.
    assert done("check", tmp_path / "earlier").startswith("Whole: ")

    assert problems_of(tmp_path / "earlier", "--witness", witness) == [
        f"The ledger had {size} entries when it was witnessed and has {size - 1}."
    ]


def test_a_ledger_that_was_rewritten_is_found_with_a_witness(archive, tmp_path):
    shutil.copytree(archive, tmp_path / "other")
    done("study", "new", "second", at=archive)
    done("study", "new", "third", at=tmp_path / "other")
    witness = told("check", archive)["witness"]

    assert problems_of(tmp_path / "other", "--witness", witness) == [
        f"The first {witness.partition(':')[0]} ledger entries are not those that were witnessed."
    ]


def test_a_ledger_that_grew_still_fits_its_witness(archive):
    witness = told("check", archive)["witness"]
    done("study", "new", "second", at=archive)

    assert "Whole: " in done("check", archive, "--witness", witness)
