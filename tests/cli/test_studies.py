"""`exeunt study`: begin one, list them, agree a protocol."""

import pytest

from tests.archive.folders import ledger_acts, rows_in, state_of
from tests.cli.terminal import done, refused, told

APPROVED = {
    "--approval": "ERB-17",
    "--lawful-basis": "research",
    "--retention": "2031-12-31",
    "--access-contact": "the desk",
    "--breach-contact": "the desk",
    "--holder-duties": "keep it shut",
}


@pytest.fixture
def empty(begun, tmp_path):
    """An archive in which nobody has begun anything."""
    done("new", tmp_path / "empty", "--lead", "Amina")
    return tmp_path / "empty"


def test_a_study_can_be_begun(archive):
    assert done("study", "new", "second", "--title", "Coming back", at=archive).splitlines() == [
        "Begun: second (Coming back).",
        "Next: exeunt codebook import NAME, exeunt member add NAME --role coder",
    ]
    assert rows_in(archive, "SELECT slug, title FROM studies_study") == [
        ("leaving", "Leaving the Banner"),
        ("second", "Coming back"),
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Leaving 2014", "lower-case letters, digits and hyphens"),
        ("leaving", "There is a study “leaving” already"),
        ("../x", "lower-case letters, digits and hyphens"),
        ("a" * 61, "at most 60"),
    ],
    ids=["spaces", "taken", "a path", "too long"],
)
def test_a_study_needs_a_short_name_of_its_own(archive, name, says):
    before = state_of(archive)

    assert says in refused("study", "new", name, at=archive)
    assert state_of(archive) == before


@pytest.mark.parametrize(
    "title", ["x" * 201, "Leav\udcffing", "Leav\u202eing"], ids=["too long", "torn", "turned"]
)
def test_a_title_that_no_report_can_carry_is_refused(archive, title):
    before = state_of(archive)

    assert "title" in refused("study", "new", "second", "--title", title, at=archive)
    assert state_of(archive) == before


def test_a_part_of_a_protocol_that_does_not_fit_is_refused(archive):
    words = [word for pair in (APPROVED | {"--approval": "x" * 501}).items() for word in pair]

    assert "500" in refused("study", "protocol", *words, at=archive)


def test_studies_are_listed_with_what_they_hold(archive):
    assert told("study", "list", at=archive) == [
        {
            "study": "leaving",
            "title": "Leaving the Banner",
            "accounts": 5,
            "material": "invented",
            "your roles": "lead",
        }
    ]
    assert "Leaving the Banner" in done("study", "list", at=archive)


def test_without_a_study_the_list_says_how_to_begin(empty):
    assert done("study", "list", at=empty) == (
        "No study yet. Begin one with: exeunt study new NAME\n"
    )
    assert told("study", "list", at=empty) == []


def test_an_outsider_sees_no_study(archive):
    assert told("study", "list", at=archive, as_="Eve") == []


def test_a_protocol_is_agreed_and_shown(archive):
    words = [word for pair in APPROVED.items() for word in pair]

    assert "ERB-17" in done("study", "protocol", *words, at=archive)
    assert "2031-12-31" in done("study", "protocol", at=archive)
    assert ledger_acts(archive)[-1] == "protocol.agreed"


def test_parts_of_a_protocol_that_are_left_out_stay(archive):
    done("study", "protocol", *[word for pair in APPROVED.items() for word in pair], at=archive)

    said = done("study", "protocol", "--approval", "ERB-18", at=archive)

    assert "ERB-18" in said
    assert "keep it shut" in said


def test_a_protocol_is_agreed_whole_or_not_at_all(archive):
    before = state_of(archive)

    sentence = refused("study", "protocol", "--approval", "ERB-17", at=archive)

    assert "Still missing: lawful basis, retention" in sentence
    assert state_of(archive) == before


def test_a_retention_date_must_be_a_date(archive):
    words = [word for pair in (APPROVED | {"--retention": "soon"}).items() for word in pair]

    assert "write it as 2031-12-31" in refused("study", "protocol", *words, at=archive)
