"""Accounts are read on behalf of somebody, and the reading is written down."""

import pytest

from exeunt.errors import NotYours
from exeunt.ledger.models import Entry
from exeunt.stages.testimonies.models import TextVersion
from exeunt.stages.testimonies.queries import COLUMNS, accounts_of, damaged_texts, extent_of
from tests.making.archive import acts
from tests.making.counting import queries_for
from tests.making.ledger import execute
from tests.making.studies import a_staffed_study
from tests.making.testimonies import row, some_accounts, take_in

READERS = ("amina", "boris", "chidi", "edda")


def test_leads_coders_and_editors_read_accounts_and_the_ledger_says_so(
    cast, study, captures, tmp_path
):
    some_accounts(3, tmp_path, study=study, cast=cast)
    for name in READERS:
        reader = getattr(cast, name)

        assert [one["account"] for one in accounts_of(study, by=reader)] == [
            "A0001",
            "A0002",
            "A0003",
        ]
        entry = Entry.objects.latest("position")
        assert (entry.act, entry.subject, entry.by) == ("accounts.read", study.ref, reader.ref)
        assert entry.facts == {"rows": 3}


def test_nobody_else_reads_them_and_nothing_is_written_down(cast, study, captures, tmp_path):
    some_accounts(1, tmp_path, study=study, cast=cast)
    before = acts()
    for member in (cast.dana, cast.lina, cast.vera, cast.eve):
        with pytest.raises(NotYours):
            accounts_of(study, by=member)

    assert acts() == before


def test_a_row_tells_what_was_given_and_holds_no_text(cast, study, captures, tmp_path):
    given = {
        "narrator": "N1",
        "language": "fr",
        "published": "2014-05",
        "period": "2014",
        "setting": "free",
        "gender": "man",
        "age_band": "18-24",
        "citation": "An invented paper",
        "group_left": "IS",
        "group_joined": "JN",
        "joined": "2013",
        "left": "2014~",
        "exit_kind": "side switch",
    }
    take_in([row("A1", **given, text="I left.")], tmp_path, study=study, cast=cast)
    (told,) = accounts_of(study, by=cast.boris)

    assert told == {
        "account": "A1",
        "provenance": "invented",
        "group_left_gap": "",
        "group_joined_gap": "",
        **given,
    }
    assert list(told) == list(COLUMNS)


def test_unknown_and_withheld_groups_are_told_apart(cast, study, captures, tmp_path):
    rows = [row("A1", group_left="withheld"), row("A2", group_left=""), row("A3", group_left="IS")]
    take_in(rows, tmp_path, study=study, cast=cast)

    assert [
        (told["group_left"], told["group_left_gap"]) for told in accounts_of(study, by=cast.amina)
    ] == [("", "withheld"), ("", "unknown"), ("IS", "")]


def test_a_withheld_next_group_is_not_the_same_as_none(cast, study, captures, tmp_path):
    rows = [row("A1", group_joined="withheld"), row("A2", group_joined="")]
    take_in(rows, tmp_path, study=study, cast=cast)
    withheld, none = (
        {**told, "account": "", "narrator": ""} for told in accounts_of(study, by=cast.amina)
    )

    assert withheld != none


def test_each_account_keeps_its_own_telling_of_the_exit(cast, study, captures, tmp_path):
    first = {"left": "2014", "exit_kind": "left"}
    second = {"left": "2015", "exit_kind": "captured"}
    rows = [row(f"A{n}", narrator="N1", **told) for n, told in enumerate((first, second))]
    take_in(rows, tmp_path, study=study, cast=cast)

    assert [
        {"left": told["left"], "exit_kind": told["exit_kind"]}
        for told in accounts_of(study, by=cast.amina)
    ] == [first, second]


@pytest.mark.parametrize("column", ["joined", "group_joined"])
def test_two_accounts_may_disagree_on_the_spell_too(cast, study, captures, tmp_path, column):
    told = {"joined": ("2012", "2013"), "group_joined": ("JN", "AQ")}[column]
    rows = [row(f"A{n}", narrator="N1", **{column: cell}) for n, cell in enumerate(told)]
    take_in(rows, tmp_path, study=study, cast=cast)

    assert [one[column] for one in accounts_of(study, by=cast.amina)] == list(told)


def test_the_accounts_of_another_study_are_never_among_them(cast, study, captures, tmp_path):
    other = a_staffed_study(cast, "other")
    some_accounts(2, tmp_path, study=other, cast=cast)

    assert accounts_of(study, by=cast.amina) == []
    assert extent_of(study).accounts == 0


def test_reading_ten_or_a_thousand_accounts_asks_as_often(cast, captures, tmp_path):
    def asked(count: int) -> int:
        study = a_staffed_study(cast, f"study-{count}")
        some_accounts(count, tmp_path, study=study, cast=cast)
        return queries_for(lambda: accounts_of(study, by=cast.amina))

    assert asked(10) == asked(1000)


def test_the_extent_counts_accounts_narrators_and_texts(cast, study, captures, tmp_path):
    rows = [row("A1", narrator="N1", text="x"), row("A2", narrator="N1"), row("A3", text="y")]
    take_in(rows, tmp_path, study=study, cast=cast)
    extent = extent_of(study)

    assert (extent.accounts, extent.narrators, extent.with_text) == (3, 2, 2)
    assert extent.provenances == ("invented",)
    assert extent.invented


def test_an_empty_study_is_neither_invented_nor_real(study):
    assert extent_of(study).provenances == ()
    assert not extent_of(study).invented


def test_a_text_that_was_changed_past_exeunt_is_found(cast, study, captures, tmp_path):
    take_in(
        [row("A1", text="I left."), row("A2", text="So did I.")], tmp_path, study=study, cast=cast
    )
    assert list(damaged_texts()) == []

    execute("UPDATE testimonies_textversion SET text = 'I stayed.' WHERE text = 'I left.'")

    assert list(damaged_texts()) == [TextVersion.objects.get(text="I stayed.")]
