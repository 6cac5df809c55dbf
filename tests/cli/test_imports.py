"""`exeunt import`: accounts, then their codings."""

import pytest

from tests.archive.folders import ACCOUNTS, CODINGS, ledger_acts, rows_in, state_of
from tests.cli.terminal import done, misused, refused, told


def test_accounts_are_taken_in(begun, tmp_path):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    words = ("import", "accounts", tmp_path / "accounts.csv", "--provenance", "invented")

    assert done(*words, at=begun) == "Took in 5 accounts, 3 with their text (invented).\n"
    assert ledger_acts(begun)[-2:] == ["source.received", "accounts.imported"]


def test_what_an_import_took_in_is_told_to_scripts(begun, tmp_path):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")

    accounts = ("accounts", tmp_path / "accounts.csv", "--provenance", "invented")
    assert told("import", *accounts, at=begun) == {
        "accounts": 5,
        "with_text": 3,
        "provenance": "invented",
    }
    # 5 accounts x 2 codes x 2 coders
    assert told("import", "codings", tmp_path / "codings.csv", at=begun) == {
        "codings": 20,
        "excerpts": 0,
        "coders": 2,
    }


def test_a_column_may_stand_under_another_header(begun, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("case,provenance\nA-1,invented\n", encoding="utf-8")

    done("import", "accounts", file, "--column", "account_id=case", at=begun)

    assert rows_in(begun, "SELECT label FROM testimonies_account") == [("A-1",)]


@pytest.mark.parametrize("pair", ["account_id", "=case", "account_id="])
def test_a_renaming_must_say_both_names(begun, tmp_path, pair):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")

    sentence = refused("import", "accounts", tmp_path / "accounts.csv", "--column", pair, at=begun)
    assert sentence == f"“{pair}” does not say which header; write it as period=published."


def test_only_a_lead_takes_in(begun, tmp_path):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    before = state_of(begun)

    words = ("import", "accounts", tmp_path / "accounts.csv", "--provenance", "invented")
    assert "You may not import accounts" in refused(*words, at=begun, as_="Boris")
    assert state_of(begun) == before


def test_an_import_needs_a_file(begun):
    assert "Missing argument 'FILE'" in misused("import", "accounts", at=begun)
