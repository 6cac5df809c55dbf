"""Output fits 80 columns and carries no colour where nobody sits at a terminal."""

import unicodedata

import pytest

from tests.cli.terminal import done, run

SHOWING = [
    ("study", "list"),
    ("study", "protocol"),
    ("member", "list"),
    ("codebook", "list"),
    ("codebook", "show"),
    ("agreement", "--times", "100"),
    ("findings", "--times", "100"),
]


def width(line: str) -> int:
    """Count the columns that a line takes in a terminal."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in line
        if not unicodedata.combining(character)
    )


@pytest.mark.parametrize("words", SHOWING, ids=lambda words: " ".join(words[:2]))
def test_a_table_fits_eighty_columns(archive, words):
    assert [line for line in done(*words, at=archive).splitlines() if width(line) > 80] == []


@pytest.mark.parametrize("words", SHOWING, ids=lambda words: " ".join(words[:2]))
def test_a_table_has_no_colours_in_a_file(archive, words):
    assert "\x1b" not in done(*words, at=archive)


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE"])
def test_a_refusal_has_no_colours_in_a_file(archive, monkeypatch, variable):
    monkeypatch.delenv(variable, raising=False)
    result = run("study", "new", "leaving", at=archive)

    assert result.exit_code == 1
    assert "\x1b" not in result.output


def test_long_words_are_folded_and_not_cut(archive):
    title = "Leaving" + "x" * 150
    done("study", "new", "second", "--title", title, at=archive)

    said = done("study", "list", at=archive)

    assert said.count("x") >= 150
    assert all(width(line) <= 80 for line in said.splitlines())


@pytest.mark.parametrize("columns", ["60", "0", "wide", "-5"])
def test_a_strange_width_is_survived(archive, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    result = run("study", "list", at=archive)

    assert result.exit_code == 0


def test_an_arabic_title_is_shown(archive):
    done("study", "new", "second", "--title", "الخروج من الجماعة", at=archive)

    assert "الخروج" in done("study", "list", at=archive)


def test_a_long_work_is_silent_where_nobody_watches(begun, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("account_id\nB-1\n", encoding="utf-8")

    result = run("import", "accounts", file, "--provenance", "invented", at=begun)

    assert result.exit_code == 0
    assert result.stderr == ""
    assert run("check", begun).stderr == ""
    assert run("import", "accounts", file, at=begun).stderr.startswith("Refused. ")
