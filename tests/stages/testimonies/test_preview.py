"""What an import would do is said before anything is done."""

import pytest

from exeunt.errors import NotYours
from exeunt.stages.testimonies.queries.preview import MOST_PROBLEMS, SHOWN, accounts_preview
from tests.making.archive import rows_everywhere
from tests.making.tables import write_csv
from tests.making.testimonies import row, take_in

TABLE = [
    row("A1", narrator="N1", language="ar", group_left="IS", text="I left."),
    row("A2", narrator="N1", language="ar", group_left="IS", group_joined="JN"),
    row("A3", language="fr", group_left="withheld"),
]


@pytest.fixture
def preview(cast, study, captures, tmp_path):
    """Look at these rows as Amina, and see that nothing was written."""

    def look(rows, **how):
        before = rows_everywhere()
        path = write_csv(tmp_path / "look.csv", rows)
        seen = accounts_preview(study, path, by=cast.amina, **how)

        assert rows_everywhere() == before
        return seen

    return look


def test_a_sound_table_is_counted(preview):
    seen = preview(TABLE)

    assert (seen.accounts, seen.with_text, seen.new_narrators) == (3, 1, 2)
    assert seen.provenances == {"invented": 3}
    assert seen.languages == {"ar": 2, "fr": 1}
    assert seen.new_groups == ("IS", "JN")
    assert [draft.label for draft in seen.first] == ["A1", "A2", "A3"]
    assert "group_left" in seen.columns
    assert seen.may_be_taken_in


def test_who_and_what_is_there_already_is_not_new(preview, cast, study, tmp_path):
    take_in(TABLE, tmp_path, study=study, cast=cast)
    seen = preview([row("A4", narrator="N1", group_left="IS"), row("A5", group_left="AQ")])

    assert (seen.new_narrators, seen.new_groups) == (1, ("AQ",))


def test_every_problem_is_told_with_its_place(preview, cast, study, tmp_path):
    take_in(TABLE, tmp_path, study=study, cast=cast)
    seen = preview([row("A1"), row("A7", left="soon"), row("A8", provenance="entrusted")])

    assert [(problem.row, problem.column) for problem in seen.problems] == [
        (2, "account_id"),
        (3, "left"),
        (4, "provenance"),
    ]
    assert not seen.may_be_taken_in


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([row("A1", provenance="public record")], "without the study's protocol"),
        ([row("A1", provenance="entrusted")], "vault"),
        ([{"label": "A1"}], "account_id"),
        ([], "empty"),
    ],
    ids=["no protocol", "no vault", "another header", "nothing"],
)
def test_what_stands_against_the_whole_table_is_told(preview, rows, says):
    seen = preview(rows)

    assert says in str(seen.problems[0])
    assert not seen.may_be_taken_in


def test_a_long_table_shows_its_first_rows_and_a_bad_one_its_first_problems(preview):
    assert len(preview([row(f"A{number}") for number in range(50)]).first) == SHOWN

    seen = preview([row(f"A{number}", left="soon") for number in range(MOST_PROBLEMS + 5)])
    assert (len(seen.problems), seen.unlisted) == (MOST_PROBLEMS, 5)


def test_provenance_headers_and_progress_are_as_in_the_import(preview):
    told: list[int] = []
    rows = [{"account_id": f"A{n}", "when": "2014"} for n in range(4000)]
    seen = preview(rows, provenance="invented", rename={"when": "period"}, progress=told.append)

    assert seen.first[0].described.period == "2014"
    assert told == [2000, 4000]


@pytest.mark.parametrize("name", ["boris", "edda", "vera", "eve"])
def test_nobody_but_the_lead_looks(cast, study, tmp_path, name):
    with pytest.raises(NotYours):
        accounts_preview(study, tmp_path / "none.csv", by=getattr(cast, name))
