"""A table of codings with anything wrong in it is refused whole, with every place."""

import pytest

from exeunt.errors import BadInput, NotThere
from exeunt.stages.coding.models import Coding
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.archive import rows_everywhere
from tests.making.coding import a_codebook, code, judgement
from tests.making.studies import a_study
from tests.making.testimonies import row, take_in

TEXT = "We left. We left."
SOUND = [judgement("A1", "J1"), judgement("A2", "J1", 0)]


@pytest.fixture
def refused(cast, study, captures, tmp_path):
    """Code rows that must be refused; give what was said, having looked that nothing stayed."""
    rows = [row("A1", narrator="N1", text=TEXT), row("A2", narrator="N1"), row("Account-3")]
    take_in(rows, tmp_path, study=study, cast=cast)
    a_codebook(study, cast)

    def refuse(*rows, name="bad.csv") -> BadInput:
        before = rows_everywhere()
        with pytest.raises(BadInput) as caught:
            code(rows, tmp_path, study=study, cast=cast, name=name)

        assert rows_everywhere() == before
        return caught.value

    return refuse


@pytest.fixture
def taken(cast, study, tmp_path):
    """Code rows that are sound."""
    return lambda *rows: code(rows, tmp_path, study=study, cast=cast, name="sound.csv")


def places(refusal: BadInput) -> list[tuple[int | None, str | None]]:
    return [(problem.row, problem.column) for problem in refusal.problems]


def excerpt(account: str = "A1", **cells: object) -> dict[str, object]:
    return judgement(account, "L1", target="excerpt", **cells)


@pytest.mark.parametrize(
    ("bad", "column", "says"),
    [
        (judgement("Acount-3", "L1"), "account_id", "(did you mean “Account-3”?)"),
        (judgement("zzz", "L1"), "account_id", "There is no account “zzz” in this study. Import"),
        (judgement("A1", "L1", coder="Borris"), "coder", "(did you mean “Boris”?)"),
        (judgement("A1", "L1", coder="Edda"), "coder", "“Edda” is no coder of this study"),
        (judgement("A1", "L1", coder="Eve"), "coder", "“Eve” is no coder of this study"),
        (judgement("A1", "L11"), "code", "in “reasons”, version 1 (did you mean “L1”?)"),
        (judgement("A1", "L1", 2), "value", "“2” is outside the scale: 0, 1"),
        (judgement("A1", "L1", "-77"), "value", "outside the scale"),
        (judgement("A1", "L1", target="page"), "target", "“page” is none of account"),
        (excerpt(quote="right"), "quote", "The quote does not stand in the text"),
        (excerpt(quote="left"), "quote", "stands in the text 2 times"),
        (excerpt(start=0, end=2, quote="He"), "quote", "something else than the quote"),
        (excerpt(start=0, end=99), "start", "0 to 99 is not inside the text"),
        (excerpt(), "start", "needs its start and end, or its words"),
        (excerpt("A2", start=0, end=1), "start", "This account has no text here"),
    ],
    ids=lambda given: given if isinstance(given, str) else None,
)
def test_a_judgement_that_cannot_be_taken_is_named_with_row_and_column(refused, bad, column, says):
    refusal = refused(*SOUND, bad)

    assert places(refusal) == [(4, column)]
    assert str(refusal).startswith(f"bad.csv, row 4, column “{column}”: ")
    assert says in str(refusal)


def test_a_name_that_nothing_is_like_is_refused_without_a_guess(refused):
    assert "did you mean" not in str(refused(judgement("A1", "quite another thing")))


@pytest.mark.parametrize(
    ("again", "says"),
    [
        (1, "This judgement stands in row 2 already; take one of the two out"),
        (0, "This judgement stands in row 2 already with another value"),
        ("", "This judgement stands in row 2 already with another value"),
    ],
    ids=["the same value", "another value", "a gap"],
)
def test_a_judgement_that_stands_twice_in_the_file_is_refused(refused, again, says):
    refusal = refused(*SOUND, judgement("A1", "J1", again))

    assert places(refusal) == [(4, "value")]
    assert says in str(refusal)


@pytest.mark.parametrize(
    ("again", "says"),
    [
        (1, "This judgement stands in the archive already; take one of the two out"),
        ("unknown", "This judgement stands in the archive already with another value"),
    ],
    ids=["the same value", "a gap"],
)
def test_a_judgement_that_stands_in_the_archive_is_refused(refused, taken, again, says):
    taken(*SOUND)
    refusal = refused(judgement("A1", "L1"), judgement("A1", "J1", again))

    assert places(refusal) == [(3, "value")]
    assert says in str(refusal)


def test_an_excerpt_is_not_coded_twice_however_its_place_is_given(refused):
    refusal = refused(
        excerpt(start=0, end=8), excerpt(quote="We left. "), excerpt(start=0, end=8, value=0)
    )

    assert "stands in row 2 already with another value" in str(refusal)
    assert (4, "value") in places(refusal)


def test_an_exit_that_two_accounts_tell_of_is_coded_once_by_each_reader(refused):
    refusal = refused(judgement("A1", "L1", target="exit"), judgement("A2", "L1", target="exit"))

    assert places(refusal) == [(3, "value")]


def test_an_import_that_was_refused_can_be_mended_and_taken(refused, taken):
    bad = judgement("A1", "L2", 7)
    refused(*SOUND, excerpt(start=0, end=2), bad)

    assert taken(*SOUND, excerpt(start=0, end=2), {**bad, "value": 1}).codings == 4


def test_a_file_is_not_taken_a_second_time(refused, taken):
    taken(*SOUND)

    assert places(refused(*SOUND)) == [(2, "value"), (3, "value")]
    assert Coding.objects.count() == 2


def test_twenty_problems_are_listed_and_the_rest_is_counted(refused):
    refusal = refused(*(judgement("A1", "L1", number) for number in range(7, 7 + 33)))

    assert (len(refusal.problems), refusal.unlisted) == (20, 13)


def test_repetitions_are_told_together_with_everything_else(refused):
    refusal = refused(judgement("A1", "J1"), judgement("A1", "J1", 0), judgement("A1", "L9"))

    assert sorted(places(refusal)) == [(3, "value"), (4, "code")]


@pytest.mark.parametrize("column", ["account_id", "coder", "code", "value"])
def test_a_column_that_is_missing_is_named(refused, column):
    without = {key: cell for key, cell in judgement("A1", "J1").items() if key != column}

    assert places(refused(without)) == [(1, column)]


def test_codings_before_any_codebook_are_refused(cast, study, captures, tmp_path):
    before = rows_everywhere()
    with pytest.raises(NotThere, match="no codebook yet"):
        code(SOUND, tmp_path, study=study, cast=cast)

    assert rows_everywhere() == before


def test_a_failure_in_the_middle_leaves_nothing_behind(refused, taken, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    before = rows_everywhere()
    monkeypatch.setattr("exeunt.stages.coding.actions.codings.record", fail)
    with pytest.raises(ZeroDivisionError):
        taken(*SOUND, excerpt(start=0, end=2))

    assert rows_everywhere() == before


def test_a_coder_of_another_study_is_no_coder_here(refused, cast):
    other = a_study(cast, "other")
    appoint(study=other, member=cast.eve, role=Role.CODER, by=cast.amina)

    assert places(refused(judgement("A1", "L1", coder="Eve"))) == [(2, "coder")]
