"""The library: an archive as tidy data frames, for notebooks and scripts."""

import subprocess
import sys

import pandas as pd
import pytest

import exeunt
from exeunt.errors import ArchiveRefusal, ExeuntError, NotThere, NotYet, NotYours
from tests.archive.folders import CODEBOOK, STUDY, rows_in
from tests.house.source_files import ROOT


@pytest.fixture
def study(archive):
    """The study, in an open archive."""
    with exeunt.open_archive(archive) as library:
        yield library.study(STUDY)


def last_act(archive):
    """The latest entry of the ledger."""
    return rows_in(archive, "SELECT act FROM ledger_entry ORDER BY position DESC LIMIT 1")[0][0]


def plain(*code):
    """Run code in a fresh interpreter; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(code)],
        capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


# --- opening -------------------------------------------------------------------------------------


def test_an_archive_is_opened_and_closed_by_with(archive):
    with exeunt.open_archive(archive) as library:
        assert library.studies() == ["leaving"]
    with exeunt.open_archive(str(archive)) as library:
        assert library.study().title == "Leaving the Banner"


def test_an_archive_can_be_closed_by_hand(archive):
    library = exeunt.open_archive(archive)
    frame = library.study().accounts()
    library.close()

    assert len(frame) == 5
    exeunt.open_archive(archive).close()


def test_closing_twice_is_no_fault(archive):
    library = exeunt.open_archive(archive)
    library.close()
    library.close()


def test_a_second_opening_is_refused_while_the_first_is_open(archive):
    with (
        exeunt.open_archive(archive) as library,
        pytest.raises(ArchiveRefusal, match="is open in"),
    ):
        exeunt.open_archive(archive)
    library.close()
    exeunt.open_archive(archive).close()


def test_another_archive_does_not_slip_under_the_first(archive, begun_too):
    """Both would share one database connection, so the second is refused as well."""
    with exeunt.open_archive(archive) as library:
        with pytest.raises(ArchiveRefusal):
            exeunt.open_archive(begun_too)
        assert len(library.study().accounts()) == 5


def test_a_refused_opening_leaves_the_archive_free(archive):
    with pytest.raises(NotThere, match="Nobody here is called “Zora”"):
        exeunt.open_archive(archive, member="Zora")
    exeunt.open_archive(archive).close()


def test_a_closed_archive_is_not_read(archive):
    with exeunt.open_archive(archive) as library:
        study = library.study()

    for read in (study.accounts, study.codings, study.agreement, study.findings, library.study):
        with pytest.raises(NotYet, match="was closed"):
            read()


def test_a_study_that_is_not_there_is_refused(archive):
    with exeunt.open_archive(archive) as library, pytest.raises(NotThere, match="no study “moon”"):
        library.study("moon")


# --- frames --------------------------------------------------------------------------------------


def test_accounts_are_rows_of_words(study):
    frame = study.accounts()

    assert list(frame["account"]) == ["A-1", "A-2", "A-3", "A-4", "A-5"]
    assert list(frame["group_left"][:3]) == ["The Banner", "The Banner", "The Guard"]
    assert list(frame["left"]) == ["2015-09", "2016", "2014-06~", "2015?", "2017"]
    assert not frame.isna().any(axis=None)
    assert "text" not in frame
    words = frame.drop(columns="invented", errors="ignore")
    assert {str(dtype) for dtype in words.dtypes} <= {"str", "string", "object"}
    assert words.map(lambda cell: isinstance(cell, str)).all(axis=None)


def test_codings_are_rows_of_judgements(study):
    frame = study.codings()

    assert len(frame) == 20
    assert list(frame.columns)[:9] == [
        "account", "coder", "code", "target", "value", "gap", "start", "end", "note",
    ]  # fmt: skip
    assert {str(frame[name].dtype) for name in ("value", "start", "end")} == {"Int64"}
    (missing,) = frame[frame["value"].isna()].to_dict("records")
    assert (missing["account"], missing["coder"], missing["gap"]) == (
        "A-4",
        "Chidi",
        "not mentioned",
    )


def test_agreement_is_a_row_for_each_code(study):
    frame = study.agreement(times=100).set_index("code")

    assert frame.loc["L3", "alpha"] == 1.0
    # Worked in tests/cli/test_questions.py: 8/15 with blanks missing, 16/25 with blanks as 0.
    assert frame.loc["L4", "alpha"] == pytest.approx(8 / 15)
    counted = study.agreement(times=100, blanks="not mentioned").set_index("code")
    assert counted.loc["L4", "alpha"] == pytest.approx(16 / 25)
    assert {str(frame[name].dtype) for name in ("alpha", "low", "high", "kappa", "ac1")} == {
        "float64"
    }


def test_agreement_on_marks_is_a_row_of_a_kind(study):
    frame = study.agreement(times=100, unit="character")

    assert {"kind", "unit", "texts", "alpha", "standing"} <= set(frame.columns)
    assert list(frame.loc[frame["kind"] == "family", "measure"]) == ["u", "bar_u", "cu"]
    with pytest.raises(ExeuntError, match="sentence"):
        study.agreement(times=100, unit="word")


def test_blanks_that_nobody_knows_are_refused_with_the_choices(study):
    with pytest.raises((ValueError, ExeuntError), match="not mentioned"):
        study.agreement(blanks="zero")


def test_findings_are_a_row_for_each_reason_reading_and_denominator(study):
    frame = study.findings()

    one = frame.query("code == 'L3' and reading == 'Boris' and among == 'stated'").iloc[0]
    assert (one["numerator"], one["denominator"], one["share"]) == (3, 5, 0.6)
    assert not frame.duplicated(["code", "reading", "among"]).any()
    assert frame["ranked"].dtype == bool
    assert {str(frame[name].dtype) for name in ("share", "low", "high")} == {"float64"}


def test_what_is_settled_is_a_row_for_each_account_and_code(study):
    frame = study.settled()

    assert list(frame.columns) == ["account", "code", "value", "gap", "how", "reason", "invented"]
    assert {"agreed", "unsettled"} <= set(frame["how"])
    assert frame.loc[frame["how"] == "unsettled", "value"].isna().all()
    assert str(frame["value"].dtype) == "Int64"


def test_settled_excerpts_are_rows_with_their_places(study):
    frame = study.settled_excerpts()

    assert list(frame.columns) == [
        "account", "code", "start", "end", "value", "gap", "how", "reason", "invented",
    ]  # fmt: skip
    assert {str(frame[name].dtype) for name in ("value", "start", "end")} == {"Int64"}


def test_ratings_are_accounts_by_coders(study):
    frame = study.ratings("L4")

    assert list(frame.columns) == ["Boris", "Chidi"]
    assert list(frame.index) == ["A-1", "A-2", "A-3", "A-4", "A-5"]
    assert frame.loc["A-3"].tolist() == [1.0, 0.0]
    assert pd.isna(frame.loc["A-4", "Chidi"])


def test_ratings_of_a_code_that_is_not_there_are_refused(study):
    with pytest.raises(ExeuntError, match="L99"):
        study.ratings("L99")


def test_a_codebook_may_be_named(study):
    assert len(study.codings(codebook=f"{CODEBOOK}@1")) == 20


def test_a_study_without_codings_gives_empty_frames_with_their_columns(begun):
    with exeunt.open_archive(begun) as library:
        study = library.study()
        assert "account" in study.accounts().columns
        assert {"account", "coder", "value"} <= set(study.codings().columns)


# --- who reads -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "act"),
    [("accounts", "accounts.read"), ("codings", "codings.read")],
)
def test_a_reading_is_in_the_ledger(archive, read, act):
    with exeunt.open_archive(archive) as library:
        getattr(library.study(), read)()

    assert last_act(archive) == act


def test_the_ledger_says_who_read(archive):
    with exeunt.open_archive(archive, member="Boris") as library:
        library.study().accounts()

    assert rows_in(archive, "SELECT by FROM ledger_entry ORDER BY position DESC LIMIT 1") == (
        rows_in(archive, "SELECT ref FROM members_member WHERE name = 'Boris'")
    )


def test_a_coder_does_not_see_the_judgements_of_others(archive):
    with (
        exeunt.open_archive(archive, member="Boris") as library,
        pytest.raises(NotYours, match="may not read codings"),
    ):
        library.study().codings()


def test_an_outsider_sees_nothing(archive):
    with exeunt.open_archive(archive, member="Eve") as library:
        assert library.studies() == []
        with pytest.raises(NotThere, match="You have no study yet"):
            library.study(STUDY)


# --- what it costs to import ---------------------------------------------------------------------


def test_importing_exeunt_prepares_nothing_heavy():
    loaded = plain("import sys, exeunt", "print(*sys.modules)")

    assert {"django", "pandas", "numpy", "click"}.isdisjoint(loaded)


def test_methods_work_without_django():
    loaded = plain(
        "import sys, exeunt.methods.agreement, exeunt.methods.narratives", "print(*sys.modules)"
    )

    assert {"django", "pandas", "click"}.isdisjoint(loaded)
    assert "numpy" in loaded


def test_a_name_that_exeunt_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match="moon"):
        exeunt.moon  # noqa: B018
