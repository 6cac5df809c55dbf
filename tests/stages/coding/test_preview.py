"""What an import of codings would do is told before anything is done."""

import pytest

from exeunt.desk.uploads import Upload
from exeunt.errors import NotYours
from exeunt.stages.coding.queries.preview import CoderLine, preview_codings
from tests.making.archive import rows_everywhere
from tests.making.coding import judgement
from tests.making.tables import write_csv


def previewed(desk, tmp_path, rows, by):
    path = write_csv(tmp_path / "codings.csv", rows)
    return preview_codings(desk.study, Upload(path, "codings.csv", ""), by=by)


def test_a_sound_table_is_counted_and_nothing_is_taken_in(cast, desk, tmp_path):
    rows = [
        judgement("A0001", "J1"),
        judgement("A0001", "L1"),
        judgement("A0002", "L1", coder="Chidi"),
    ]
    before = rows_everywhere()
    told = previewed(desk, tmp_path, rows, cast.amina)

    assert (told.is_sound, told.codings, told.excerpts) == (True, 3, 0)
    assert told.coders == (CoderLine("Boris", 2, 1), CoderLine("Chidi", 1, 1))
    assert rows_everywhere() == before


def test_every_problem_is_listed(cast, desk, tmp_path):
    rows = [judgement("A0001", "J1", 7), judgement("A9", "J1"), *[judgement("A0001", "X")] * 40]
    told = previewed(desk, tmp_path, rows, cast.amina)

    assert not told.is_sound
    assert [problem.row for problem in told.problems][:3] == [2, 3, 4]
    assert len(told.problems) == 42


def test_a_table_without_its_columns_says_so(cast, desk, tmp_path):
    told = previewed(desk, tmp_path, [{"account": "A0001"}], cast.amina)

    assert (told.is_sound, told.codings) == (False, 0)


def test_only_a_lead_is_shown_a_preview(cast, desk, tmp_path):
    for member in cast[1:]:
        with pytest.raises(NotYours, match="You may not import codings"):
            previewed(desk, tmp_path, [judgement("A0001", "J1")], member)
