"""One account is read with all that is known of it, and the reading is written down."""

import pytest

from exeunt.errors import NotThere, NotYours
from exeunt.ledger.models import Entry
from exeunt.stages.narrators.actions.by_hand import add_spell
from exeunt.stages.testimonies.actions.by_hand import SavedCopy, add_account
from exeunt.stages.testimonies.models import Account
from exeunt.stages.testimonies.queries.account import account_page, account_to_edit
from tests.making.archive import acts
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study
from tests.making.testimonies import an_account, row, take_in, words


@pytest.fixture
def account(cast, study, captures, tmp_path) -> Account:
    page = tmp_path / "page"
    page.write_bytes(b"<html>")
    typed = words(
        provenance="invented", account_id="A1", narrator="N1", group_left="IS", text="I left."
    )
    return add_account(study=study, words=typed, copy=SavedCopy("a.html", page), by=cast.boris)


def test_a_page_holds_everything_that_is_known(cast, study, account):
    other = an_account(study, cast, account_id="A2", narrator="N1", group_left="IS")
    spell = dict.fromkeys(("joined", "exit_kind", "left", "group_joined"), "")
    add_spell(narrator=account.narrator, words={**spell, "group_left": "AQ"}, by=cast.boris)
    page = account_page(study, account.ref, by=cast.edda)

    assert (page.account, page.added_by) == (account, "Boris")
    assert [capture.size for capture in page.captures] == [6]
    assert page.text.text == "I left."
    assert page.others == [other]
    assert [(known.exit.spell.group.name, known.telling is not None) for known in page.exits] == [
        ("IS", True),
        ("AQ", False),
    ]
    assert page.table is None


def test_an_account_from_a_table_names_the_table(cast, study, captures, tmp_path):
    take_in([row("A1", citation="An invented paper")], tmp_path, study=study, cast=cast)
    page = account_page(study, Account.objects.get().ref, by=cast.boris)

    assert page.table.kind == "table"
    assert (page.added_by, page.text) == ("Amina", None)


@pytest.mark.parametrize("read", [account_page, account_to_edit])
@pytest.mark.parametrize("name", ["amina", "chidi", "edda"])
def test_every_reading_is_in_the_ledger(cast, study, account, read, name):
    reader = getattr(cast, name)
    read(study, account.ref, by=reader)
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.subject, entry.by) == ("account.read", account.ref, reader.ref)


@pytest.mark.parametrize("read", [account_page, account_to_edit])
def test_an_unknown_account_and_that_of_another_study_are_answered_alike(
    cast, study, account, read
):
    other = a_staffed_study(cast, "other")
    before = acts()
    said = set()
    for where, ref in ((study, "0" * 16), (other, account.ref), (study, "")):
        with pytest.raises(NotThere) as caught:
            read(where, ref, by=cast.amina)
        said.add(str(caught.value))

    assert len(said) == 1
    assert acts() == before


@pytest.mark.parametrize("name", ["dana", "lina", "vera", "eve"])
def test_nobody_else_reads_an_account(cast, study, account, name):
    with pytest.raises(NotYours):
        account_page(study, account.ref, by=getattr(cast, name))


def test_a_narrator_of_one_or_many_accounts_is_read_in_as_many_queries(cast, study, account):
    def asked() -> int:
        return queries_for(lambda: account_page(study, account.ref, by=cast.amina))

    few = asked()
    for number in range(20):
        an_account(study, cast, narrator="N1", group_left=f"G{number}")

    assert asked() == few
