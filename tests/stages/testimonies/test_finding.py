"""Accounts are found by words, narrowed, put in order and paged through, as often as asked."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from exeunt.errors import NotYours
from exeunt.stages.testimonies.models import Account, SearchWords
from exeunt.stages.testimonies.queries.finding import (
    ROWS,
    ToldExit,
    Wanted,
    accounts_found,
    offered_in,
)
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study
from tests.making.testimonies import an_account, row, some_accounts, take_in

ROWS_OF_TABLE = [
    row(
        "A1",
        narrator="N3",
        language="ar",
        published="2014-05",
        period="2014",
        setting="free",
        gender="woman",
        citation="جريدة الجماعة",
        group_left="Islamic State",
        exit_kind="left",
        left="2014",
        text="خرجتُ من الرّقة ليلاً.",
    ),
    row(
        "A2",
        narrator="N2",
        language="fr",
        published="2015",
        period="2015",
        citation="Le récit inventé",
        group_left="Al-Qaida",
        exit_kind="captured",
    ),
    row(
        "B1",
        narrator="N1",
        language="fr",
        published="2014-01",
        group_left="withheld",
        group_joined="Islamic State",
    ),
]


@pytest.fixture
def table(cast, study, captures, tmp_path):
    take_in(ROWS_OF_TABLE, tmp_path, study=study, cast=cast)
    return study


def labels(study, cast, **wanted) -> list[str]:
    leaf = accounts_found(
        study, Wanted(**{"order": "label", "descending": False, **wanted}), by=cast.amina
    )
    assert leaf.total == len(leaf.rows)
    return [one.label for one in leaf.rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["A1", "A2", "B1"]),
        ("  ", ["A1", "A2", "B1"]),
        ("a1", ["A1"]),
        ("n2", ["A2"]),
        ("islamic", ["A1", "B1"]),
        ("state islamic", ["A1", "B1"]),
        ("islamic qaida", []),
        ("isl", ["A1", "B1"]),
        ("isl ", []),
        ("jama", []),
        ("جماعة", ["A1"]),
        ("الجما", ["A1"]),
        ("الرقة", ["A1"]),
        ("خرجت", ["A1"]),
        ("recit", ["A2"]),
        ("RÉCIT inv", ["A2"]),
        ("al-qaida", ["A2"]),
        ("nowhere", []),
        ("* OR \" ' ) AND NEAR(", []),
        ("'; DROP TABLE testimonies_account; --", []),
        ("\x00", ["A1", "A2", "B1"]),
        ("x" * 10_000, []),
        ("𐤀", []),
    ],
)
def test_words_are_sought_in_label_citation_groups_narrator_and_text(table, cast, words, found):
    assert labels(table, cast, words=words) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"language": "fr"}, ["A2", "B1"]),
        ({"setting": "free"}, ["A1"]),
        ({"group": "Al-Qaida"}, ["A2"]),
        ({"exit_kind": "captured"}, ["A2"]),
        ({"year": "2014"}, ["A1", "B1"]),
        ({"period": "2015"}, ["A2"]),
        ({"text": "yes"}, ["A1"]),
        ({"text": "no"}, ["A2", "B1"]),
        ({"provenance": "invented"}, ["A1", "A2", "B1"]),
        ({"provenance": "public record"}, []),
        ({"language": "fr", "year": "2014"}, ["B1"]),
        ({"language": "fr", "words": "islamic"}, ["B1"]),
        ({"language": "xx"}, []),
    ],
)
def test_a_list_is_narrowed_by_what_accounts_are(table, cast, wanted, found):
    assert labels(table, cast, **wanted) == found


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("label", ["A1", "A2", "B1"]),
        ("published", ["B1", "A1", "A2"]),
        ("added", ["A1", "A2", "B1"]),
        ("narrator", ["B1", "A2", "A1"]),
        ("no such order", ["A1", "A2", "B1"]),
    ],
)
def test_a_list_is_put_in_order_both_ways(table, cast, order, found):
    assert labels(table, cast, order=order) == found
    assert labels(table, cast, order=order, descending=True) == found[::-1]


def test_a_row_says_what_an_account_is_in_a_line(table, cast):
    found = accounts_found(table, Wanted(words="A1"), by=cast.edda).rows[0]

    assert found.ref == Account.objects.get(label="A1").ref
    assert (found.narrator, found.gender, found.language) == ("N3", "woman", "ar")
    assert (found.published, found.period, found.setting) == ("2014-05", "2014", "free")
    assert (found.provenance, found.citation, found.has_text) == ("invented", "جريدة الجماعة", True)
    assert found.exits == (ToldExit("Islamic State", "left", "2014"),)


def test_a_group_that_is_withheld_is_said_to_be(table, cast):
    found = accounts_found(table, Wanted(words="B1"), by=cast.edda).rows[0]

    assert found.exits == (ToldExit("withheld", "unknown", ""),)


def test_leaves_follow_each_other_without_a_gap(cast, study, captures, tmp_path):
    names = some_accounts(2 * ROWS + 3, tmp_path, study=study, cast=cast)
    wanted = Wanted(order="label", descending=False)
    leaves = [accounts_found(study, wanted, leaf=number, by=cast.boris) for number in (1, 2, 3, 4)]

    assert [one.label for leaf in leaves for one in leaf.rows] == names
    assert [len(leaf.rows) for leaf in leaves] == [ROWS, ROWS, 3, 0]
    assert {leaf.total for leaf in leaves} == {2 * ROWS + 3}


def test_five_or_two_hundred_accounts_are_found_in_four_queries(cast, study, captures, tmp_path):
    def asked() -> int:
        accounts_found(study, Wanted(words="invented"), by=cast.amina)
        return queries_for(lambda: accounts_found(study, Wanted(words="a0"), by=cast.amina))

    some_accounts(5, tmp_path, study=study, cast=cast)
    accounts_found(study, Wanted(words="a0"), by=cast.amina)
    few = asked()
    take_in([row(f"A0B{n}") for n in range(200)], tmp_path, study=study, cast=cast, name="b.csv")
    accounts_found(study, Wanted(words="a0"), by=cast.amina)

    assert few == asked() == 4


def test_a_total_that_was_counted_before_a_change_is_counted_again(cast, study, captures):
    for expected in (1, 2, 3):
        an_account(study, cast)

        assert accounts_found(study, Wanted(), by=cast.amina).total == expected


def test_another_studys_accounts_are_never_found_nor_their_words_offered(table, cast, captures):
    other = a_staffed_study(cast, "other")

    assert labels(other, cast, words="islamic") == []
    assert offered_in(other, by=cast.amina).groups == ()


def test_a_list_can_be_narrowed_by_what_its_accounts_hold(table, cast):
    offered = offered_in(table, by=cast.boris)

    assert offered.languages == ("ar", "fr")
    assert offered.groups == ("Al-Qaida", "Islamic State")
    assert (offered.years, offered.periods) == (("2014", "2015"), ("2014", "2015"))
    assert offered.provenances == ("invented",)
    assert "captured" in offered.exit_kinds
    assert "free" in offered.settings


@pytest.mark.parametrize("name", ["dana", "lina", "vera", "eve"])
def test_nobody_else_looks_through_accounts(table, cast, name):
    with pytest.raises(NotYours):
        accounts_found(table, Wanted(), by=getattr(cast, name))
    with pytest.raises(NotYours):
        offered_in(table, by=getattr(cast, name))


def test_accounts_that_were_there_before_are_found_after_an_upgrade(table, cast):
    kept = dict(SearchWords.objects.values_list("account", "words"))
    SearchWords.objects.all().delete()
    assert labels(table, cast, words="islamic") == []

    import_module("exeunt.stages.testimonies.migrations.0003_search").fill(
        apps, connection.schema_editor()
    )

    assert dict(SearchWords.objects.values_list("account", "words")) == kept
    assert labels(table, cast, words="خرجت") == ["A1"]


def test_who_added_what_was_there_before_is_known_from_its_table(table, cast):
    Account.objects.update(added_by="")
    import_module("exeunt.stages.testimonies.migrations.0002_accounts_by_hand").say_who(
        apps, connection.schema_editor()
    )

    assert set(Account.objects.values_list("added_by", flat=True)) == {cast.amina.ref}
