"""`exeunt find`: what was said, in its context, and what was judged of it."""

import pytest

from tests.archive.folders import rows_in
from tests.cli.terminal import done, misused, refused, told


@pytest.fixture
def word(archive) -> str:
    """A word that stands in one of the texts, as it is kept."""
    rows = rows_in(archive, "SELECT folded FROM testimonies_searchpassage ORDER BY id")
    return str(rows[0][0].split()[0])


def test_words_are_told_in_their_context(archive, word):
    found = told("find", word, at=archive)

    assert list(found) == ["found", "more", "leaf", "of", "rows"]
    assert found["found"] >= 1
    assert list(found["rows"][0]) == ["account", "ref", "speaker", "confirmed", "line"]
    assert found["rows"][0]["line"]["keyword"].casefold() == word
    assert f"[{found['rows'][0]['line']['keyword']}]" in done("find", word, at=archive)


def test_judgements_of_whole_accounts_are_told_with_their_readers(archive):
    rows = told("find", "--code", "L3", "--of", "account", at=archive)["rows"]

    # L3 was given to three accounts by two readers each.
    assert len(rows) == 6
    assert {row["code"] for row in rows} == {"L3"}
    assert all(row["reader"] for row in rows)
    assert "(the whole account)" in done("find", "--code", "L3", "--of", "account", at=archive)


@pytest.mark.parametrize(
    ("words", "found"), [(["a phrase that nobody says"], 0), (["nobody OR nothing-like-it"], 0)]
)
def test_where_nothing_is_found_it_is_said(archive, words, found):
    assert told("find", *words, at=archive)["found"] == found
    assert done("find", *words, at=archive) == "Nothing is like that.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Say what to find"),
        (['"open'], "A quotation mark is open."),
        (["--value", "1"], "Say as well what is sought"),
        (["word", "--near", "Z9"], "There is no code “Z9” here"),
        (["word", "--near", "L3", "--most", "many"], "Type a whole number from 0 to 50."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(archive, words, says):
    assert says in refused("find", *words, at=archive)


def test_a_choice_that_there_is_none_of_is_wrong_use(archive):
    assert "--whose" in misused("find", "word", "--whose", "theirs", at=archive)
