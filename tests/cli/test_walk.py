"""A first walk through the commands, and in whose name they act."""

from tests.archive.folders import ACCOUNTS, CODINGS, rows_in, state_of
from tests.cli.terminal import done, refused, told


def test_the_walk_of_the_guide_can_be_walked(no_archive_open, tmp_path):
    archive = tmp_path / "archive"
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")

    done("new", archive, "--lead", "Amina")
    done("study", "new", "leaving", "--title", "Leaving, 2014-2026", at=archive)
    done("codebook", "import", "icsr-2015", at=archive)
    for name in ("Boris", "Chidi"):
        done("member", "add", name, "--role", "coder", at=archive)
    accounts = tmp_path / "accounts.csv"
    done("import", "accounts", accounts, "--provenance", "invented", at=archive)
    done("import", "codings", tmp_path / "codings.csv", at=archive)

    assert "L4" in done("agreement", at=archive)
    assert "INVENTED MATERIAL" in done("findings", at=archive)
    assert "report.html" in done("report", "--format", "html", at=archive)
    assert done("check", archive).startswith("Whole: ")


def test_the_archive_of_this_folder_is_meant_where_none_is_named(archive, monkeypatch):
    monkeypatch.chdir(archive)

    assert [study["study"] for study in told("study", "list")] == ["leaving"]


def test_an_archive_can_be_named(archive):
    assert told("study", "list", "--archive", archive)[0]["study"] == "leaving"


# --- who acts -------------------------------------------------------------------------------------


def test_the_person_who_made_the_archive_acts_where_nobody_is_named(archive):
    done("study", "new", "second", at=archive)

    (by,) = rows_in(archive, "SELECT by FROM ledger_entry ORDER BY position DESC LIMIT 1")
    assert by == rows_in(archive, "SELECT ref FROM members_member WHERE name = 'Amina'")[0]


def test_a_member_can_act(archive):
    done("study", "new", "second", "--as", "Boris", at=archive)

    assert told("study", "list", at=archive, as_="Boris")[1]["your roles"] == "lead"


def test_a_member_can_be_named_for_the_whole_session(archive):
    assert told("study", "list", at=archive, as_="Boris")[0]["your roles"] == "coder"


def test_nobody_acts_under_a_name_that_is_not_known(archive):
    before = state_of(archive)

    sentence = refused("study", "new", "second", "--as", "Zora", at=archive)

    assert sentence == "Nobody here is called “Zora”. Members: Amina, Boris, Chidi, Eve."
    assert state_of(archive) == before
