"""A table with anything wrong in it is refused whole, with every place that is wrong."""

import pytest

from exeunt.errors import BadInput, Refusal
from exeunt.stages.testimonies.actions.accounts import import_accounts
from exeunt.stages.testimonies.models import Account
from tests.making.archive import files_in, rows_everywhere
from tests.making.studies import a_staffed_study, with_protocol
from tests.making.tables import write_csv
from tests.making.testimonies import row, take_in

SOUND = [row("A1", narrator="N1", gender="woman", text="I left."), row("A2")]
BATCH = 2000


@pytest.fixture
def refused(cast, study, captures, tmp_path):
    """Import rows that must be refused; give what was said, having looked that nothing stayed."""

    def refuse(rows, **how) -> BadInput:
        before = rows_everywhere()
        with pytest.raises(Refusal) as caught:
            import_accounts(
                study=study, path=write_csv(tmp_path / "bad.csv", rows), by=cast.amina, **how
            )

        assert rows_everywhere() == before
        return caught.value

    return refuse


def places(refusal: BadInput) -> list[tuple[int | None, str | None]]:
    return [(problem.row, problem.column) for problem in refusal.problems]


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"provenance": ""}, "provenance", "It is not said where this comes from"),
        ({"provenance": "real"}, "provenance", "“real” is neither"),
        ({"published": "03.05.2014"}, "published", "This is not a date that can be read"),
        ({"joined": "2014-02-30"}, "joined", "There is no such date"),
        ({"left": "2015/2014"}, "left", "The span ends before it starts"),
        ({"setting": "prison"}, "setting", "“prison” is not one of “free”"),
        ({"gender": "f"}, "gender", "“f” is not one of “woman”"),
        ({"age_band": "30"}, "age_band", "“30” is not one of “under 18”"),
        ({"exit_kind": "fled"}, "exit_kind", "“fled” is not one of “left”"),
        ({"account_id": ""}, "account_id", "This row has no account"),
        ({"account_id": "x" * 81}, "account_id", "81 characters; at most 80"),
        ({"group_left": "x" * 81}, "group_left", "81 characters; at most 80"),
        ({"language": "x" * 36}, "language", "is no language tag"),
        ({"citation": "x" * 2001}, "citation", "2001 characters; at most 2000"),
        ({"narrator": "=N1"}, "narrator", "formula"),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else None,
)
def test_a_cell_that_cannot_be_taken_is_named_with_row_and_column(refused, cells, column, says):
    refusal = refused([*SOUND, {**row("A3"), **cells}])

    assert places(refusal) == [(4, column)]
    assert str(refusal).startswith(f"bad.csv, row 4, column “{column}”: ")
    assert says in str(refusal)


def test_a_label_that_stands_twice_in_the_file_is_refused(refused):
    refusal = refused([*SOUND, row("A1")])

    assert places(refusal) == [(4, "account_id")]
    assert "stands in row 2 already" in str(refusal)


def test_a_label_that_stands_in_the_archive_is_refused(refused, cast, study, tmp_path):
    take_in(SOUND, tmp_path, study=study, cast=cast)
    refusal = refused([row("A3"), row("A2"), row("A4")])

    assert places(refusal) == [(3, "account_id")]
    assert "“A2” is in this study already" in str(refusal)
    assert Account.objects.count() == 2


def test_a_file_that_is_imported_a_second_time_is_refused(refused, cast, study, tmp_path):
    take_in(SOUND, tmp_path, study=study, cast=cast)

    assert places(refused(SOUND)) == [(2, "account_id"), (3, "account_id")]


def test_a_narrator_of_two_genders_is_refused(refused):
    refusal = refused([*SOUND, row("A3", narrator="N1", gender="man")])

    assert places(refusal) == [(4, "gender")]
    assert "“N1” is a woman elsewhere and a man here" in str(refusal)


def test_a_narrator_of_another_gender_than_in_the_archive_is_refused(
    refused, cast, study, tmp_path
):
    take_in(SOUND, tmp_path, study=study, cast=cast)

    assert places(refused([row("A3", narrator="N1", gender="man")])) == [(2, "gender")]


def test_a_table_that_mixes_provenances_is_refused(refused, cast, study):
    with_protocol(study, cast)
    refusal = refused([*SOUND, row("A3", provenance="public record")])

    assert places(refusal) == [(4, "provenance")]
    assert "This row is public record and the rows above are invented" in str(refusal)


@pytest.mark.parametrize(
    "cells", [{"provenance": "entrusted"}, {"setting": "prison"}], ids=["entrusted", "faulty"]
)
def test_nothing_of_a_refused_file_is_kept_not_even_its_bytes(refused, captures, cells):
    assert places(refused([*SOUND, {**row("A3"), **cells}])) == [(4, next(iter(cells)))]
    assert files_in(captures) == set()


def test_an_entrusted_file_is_refused(refused):
    assert "vault" in str(refused([row("A1", provenance="entrusted")]))


def test_real_accounts_are_not_put_beside_invented_ones(refused, cast, study, tmp_path):
    with_protocol(study, cast)
    take_in(SOUND, tmp_path, study=study, cast=cast)

    assert "This study holds invented accounts" in str(
        refused([row("A3", provenance="public record")])
    )


@pytest.mark.parametrize(
    "place", [0, BATCH - 1, BATCH + 4], ids=["first row", "end of a batch", "last row"]
)
def test_a_doubled_account_is_found_wherever_it_stands(refused, cast, study, tmp_path, place):
    take_in([row("there")], tmp_path, study=study, cast=cast)
    rows = [row(f"A{number}") for number in range(BATCH + 5)]
    rows[place] = row("there")

    assert places(refused(rows)) == [(place + 2, "account_id")]


def test_every_kind_of_problem_is_told_at_once(refused, cast, study, tmp_path):
    take_in([row("there", narrator="N9", gender="man")], tmp_path, study=study, cast=cast)
    refusal = refused(
        [
            row("there"),
            row("A1", narrator="N9", gender="woman"),
            row("A2", provenance="public record"),
            row("A3", left="soon", setting="prison"),
            row("A3"),
        ]
    )

    assert sorted(places(refusal)) == [
        (2, "account_id"),
        (3, "gender"),
        (4, "provenance"),
        (5, "left"),
        (5, "setting"),
        (6, "account_id"),
    ]


def test_twenty_problems_are_listed_and_the_rest_is_counted(refused):
    refusal = refused([row(f"A{number}", setting="prison") for number in range(57)])

    assert len(refusal.problems) == 20
    assert refusal.unlisted == 37
    assert str(refusal).endswith("… and 37 more like these.")


def test_several_problems_of_one_row_are_all_told(refused):
    refusal = refused([row("A1", left="soon", gender="f", setting="prison")])

    assert {column for _, column in places(refusal)} == {"left", "gender", "setting"}


@pytest.mark.parametrize("rows", [[{"label": "A1"}], [{"account_id": "A1", "colour": "red"}]])
def test_a_header_that_does_not_fit_is_refused(refused, rows):
    assert places(refused(rows))[0][0] == 1


def test_a_file_that_is_mended_is_taken(refused, cast, study, tmp_path):
    refused([*SOUND, row("A3", left="soon")])

    assert take_in([*SOUND, row("A3", left="2014")], tmp_path, study=study, cast=cast).accounts == 3


def test_a_failure_in_the_middle_leaves_nothing_behind(
    cast, study, captures, tmp_path, monkeypatch
):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    before = rows_everywhere()
    monkeypatch.setattr("exeunt.stages.testimonies.actions.accounts.record", fail)
    with pytest.raises(ZeroDivisionError):
        take_in(SOUND, tmp_path, study=study, cast=cast)

    assert rows_everywhere() == before


def test_a_refusal_in_one_study_leaves_the_others_alone(refused, cast, tmp_path):
    other = a_staffed_study(cast, "other")
    take_in(SOUND, tmp_path, study=other, cast=cast)
    refused([row("A1", left="soon")])

    assert Account.objects.filter(study=other).count() == 2
