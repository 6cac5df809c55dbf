"""An account is corrected by hand, and nobody overwrites what they never saw."""

import pytest

from exeunt.errors import BadInput, Changed, NotYours
from exeunt.ledger.models import Entry
from exeunt.stages.narrators.models import Exit
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.actions.by_hand import SavedCopy, edit_account
from exeunt.stages.testimonies.actions.narrators import describe_narrator, edit_spell
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from exeunt.stages.testimonies.queries.account import words_of
from exeunt.stages.testimonies.queries.finding import Wanted, accounts_found
from exeunt.studies.models import Study
from tests.making.archive import acts, rows_everywhere
from tests.making.testimonies import an_account, row, search_index, take_in

TYPED = {
    "account_id": "A1",
    "narrator": "N1",
    "citation": "An invented paper",
    "group_left": "IS",
    "left": "2014",
    "exit_kind": "left",
    "text": "I left.",
}


@pytest.fixture
def account(cast, study, captures) -> Account:
    return an_account(study, cast, **TYPED)


def edit(account, cast, *, revision=1, by=None, copy=None, **cells) -> Account:
    given = {**words_of(account), **cells}
    return edit_account(
        account=account, revision=revision, words=given, copy=copy, by=by or cast.chidi
    )


def found(study, cast, words: str) -> list[str]:
    return [one.label for one in accounts_found(study, Wanted(words=words), by=cast.amina).rows]


def test_a_form_shows_what_stands_and_sending_it_unchanged_changes_nothing(cast, account):
    before = {name: cell for name, cell in words_of(account).items() if cell}
    edited = edit(account, cast)

    assert {name: cell for name, cell in words_of(edited).items() if cell} == before
    assert before["group_left"] == "IS"
    assert (Source.objects.count(), TextVersion.objects.count()) == (1, 1)


def test_what_is_corrected_is_kept_and_recorded(cast, study, account):
    edition = Study.objects.get().edition
    edited = edit(
        account,
        cast,
        account_id="B1",
        citation="Another paper",
        language="fr",
        published="2015",
        age_band="18-24",
    )
    entry = Entry.objects.latest("position")

    assert (edited.label, edited.language, edited.published) == ("B1", "fr", "2015")
    assert (edited.age_band, edited.revision) == ("18-24", 2)
    assert Source.objects.get().citation == "Another paper"
    assert (entry.act, entry.subject, entry.by) == ("account.edited", account.ref, cast.chidi.ref)
    assert entry.facts == {"study": account.study.ref, "revision": 2}
    assert Study.objects.get().edition > edition


def test_who_comes_second_sees_both_versions_and_may_decide(cast, account):
    edit(account, cast, citation="Boris's paper", by=cast.boris)
    before = rows_everywhere()
    with pytest.raises(Changed, match="Somebody has saved this since") as caught:
        edit(account, cast, citation="Chidi's paper")

    assert caught.value.revision == 2
    assert caught.value.theirs["citation"] == "Boris's paper"
    assert rows_everywhere() == before
    edit(account, cast, revision=2, citation="Chidi's paper")
    assert Source.objects.get().citation == "Chidi's paper"


def test_a_corrected_text_is_the_next_version_and_the_first_stays(cast, account):
    edit(account, cast, text="I fled.")

    assert list(TextVersion.objects.order_by("number").values_list("number", "text")) == [
        (1, "I left."),
        (2, "I fled."),
    ]


def test_an_exit_that_only_this_account_tells_is_corrected_with_it(cast, account):
    edit(account, cast, group_left="AQ", joined="2012", exit_kind="captured")
    exit_ = Exit.objects.get()

    assert (exit_.spell.group.name, exit_.spell.began, exit_.kind) == ("AQ", "2012", "captured")
    assert Telling.objects.get().kind == "captured"


def test_an_exit_that_others_tell_too_keeps_what_they_say(cast, study, account):
    an_account(study, cast, **{**TYPED, "account_id": "A2"})
    edit(account, cast, left="2015")

    assert Exit.objects.get().ended == "2014"
    assert [told.ended for told in Telling.objects.order_by("pk")] == ["2015", "2014"]
    with pytest.raises(BadInput, match="Other accounts tell of this exit too") as caught:
        edit(account, cast, revision=2, group_left="AQ")
    assert caught.value.problems[0].column == "group_left"


def test_a_further_exit_is_told_by_filling_in_its_fields(cast, account):
    edit(account, cast, **_second(group_left="AQ", left="2012"))

    assert [told.exit.spell.group.name for told in Telling.objects.order_by("pk")] == ["IS", "AQ"]
    assert words_of(account)["exit2_group_left"] == "AQ"


def test_fields_that_a_form_did_not_have_are_left_alone(cast, account):
    edit(account, cast, **_second(group_left="AQ", left="2012"))
    first_only = {k: v for k, v in words_of(account).items() if not k.startswith("exit2_")}
    edit_account(account=account, revision=2, words=first_only, by=cast.boris)

    assert Exit.objects.order_by("pk").last().spell.group.name == "AQ"


def _second(**cells: str) -> dict[str, str]:
    names = ("group_left", "joined", "exit_kind", "left", "group_joined")
    return {f"exit2_{name}": cells.get(name, "") for name in names}


def test_a_copy_may_be_added_later_and_never_to_the_table_of_many(cast, study, captures, tmp_path):
    take_in([row("A1"), row("A2")], tmp_path, study=study, cast=cast)
    page = tmp_path / "page"
    page.write_bytes(b"<html>")
    account = Account.objects.get(label="A1")
    edited = edit(account, cast, copy=SavedCopy("page.html", page))
    other = Account.objects.get(label="A2")

    assert Capture.objects.latest("pk").source == edited.source
    assert (edited.source.kind, other.source.kind) == ("citation", "table")
    assert edited.source.received_in == other.source


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"account_id": "A9"}, "account_id"),
        ({"published": "May"}, "published"),
        ({"left": "2010", "joined": "2012"}, "left"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(cast, study, account, cells, column):
    an_account(study, cast, account_id="A9")
    before = rows_everywhere()
    with pytest.raises(BadInput) as caught:
        edit(account, cast, **cells)

    assert [problem.column for problem in caught.value.problems] == [column]
    assert rows_everywhere() == before
    assert Account.objects.get(pk=account.pk).revision == 1


@pytest.mark.parametrize("name", ["eve", "vera", "edda"])
def test_others_correct_nothing(cast, account, name):
    before = acts()
    with pytest.raises(NotYours, match="You may not edit accounts"):
        edit(account, cast, by=getattr(cast, name))

    assert acts() == before


def test_an_account_is_found_under_its_new_words_and_not_under_the_old(cast, study, account):
    assert found(study, cast, "fled") == []
    edit(account, cast, account_id="B7", text="I fled.", group_left="AQ")

    assert found(study, cast, "fled aq") == ["B7"]
    assert found(study, cast, "A1") == found(study, cast, "IS ") == []


def test_a_narrator_and_a_spell_that_are_corrected_are_found_under_the_new_words(
    cast, study, account
):
    spell = Exit.objects.get().spell
    edit_spell(
        spell=spell, revision=1, words={**words_of(account), "group_left": "JN"}, by=cast.boris
    )
    narrator = account.narrator
    describe_narrator(narrator=narrator, revision=1, label="N77", gender="", by=cast.boris)

    assert found(study, cast, "n77 jn") == ["A1"]
    assert found(study, cast, "N1 ") == found(study, cast, "IS ") == []


def test_a_word_that_is_taken_out_of_a_text_is_left_nowhere_in_what_is_searched(
    cast, study, account
):
    edit(account, cast, text="Zarqabad is where I left.")
    assert b"zarqabad" in search_index()

    edit(account, cast, revision=2, text="[Place 1] is where I left.")
    assert b"zarqabad" not in search_index()


def test_words_go_with_their_account(cast, study, account):
    edit(account, cast, text="Zarqabad is where I left.")
    edit(account, cast, revision=2, account_id="Zarqa", text="[Place 1].")

    assert found(study, cast, "zarqabad") == []
    assert found(study, cast, "zarqa") == ["Zarqa"]
