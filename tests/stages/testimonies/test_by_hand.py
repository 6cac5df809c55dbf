"""One account is typed in, with everything that it says, in one act."""

import pytest

from exeunt.errors import BadInput, NotYet, NotYours
from exeunt.ledger.models import Entry
from exeunt.stages.narrators.models import Exit, Narrator
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.actions.by_hand import SavedCopy, add_account
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from exeunt.stages.testimonies.queries.account import next_label
from exeunt.studies.models import Study
from tests.making.archive import acts, files_in, rows_everywhere
from tests.making.studies import a_staffed_study, with_protocol
from tests.making.testimonies import an_account, row, take_in, words

FULL = words(
    account_id="A1",
    narrator="N1",
    provenance="invented",
    language="ar",
    citation="An invented paper,\n 3 May 2014",
    address="https://example.org/a1",
    published="2014-05-03",
    period="2014",
    setting="under legal process",
    gender="woman",
    age_band="25-34",
    group_left="IS",
    group_joined="JN",
    joined="2013~",
    left="2014-04",
    exit_kind="side switch",
    text="كنت هناك. 🙂\r\nThen I left.",
)
SECOND = {
    "exit2_group_left": "AQ",
    "exit2_joined": "2010",
    "exit2_exit_kind": "lateral transfer",
    "exit2_left": "2013",
    "exit2_group_joined": "IS",
}


@pytest.fixture
def page(tmp_path) -> SavedCopy:
    path = tmp_path / "upload"
    path.write_bytes(b"<html>")
    return SavedCopy("page.html", path)


def places(refusal) -> list[str]:
    return [problem.column for problem in refusal.value.problems]


def test_everything_that_was_typed_is_kept(cast, study, captures):
    account = add_account(study=study, words=FULL, by=cast.boris)
    telling, exit_ = Telling.objects.get(), Exit.objects.get()

    assert (account.label, account.language, account.published) == ("A1", "ar", "2014-05-03")
    assert (account.setting, account.age_band) == ("under legal process", "25-34")
    assert (account.narrator.label, account.narrator.gender) == ("N1", "woman")
    assert account.source.citation == "An invented paper, 3 May 2014"
    assert (account.source.provenance, account.source.received_in) == ("invented", None)
    assert (telling.account, telling.exit, telling.ended) == (account, exit_, "2014-04")
    assert (exit_.spell.group.name, exit_.spell.began, exit_.to_group.name) == ("IS", "2013~", "JN")
    assert TextVersion.objects.get().text == "كنت هناك. 🙂\nThen I left."
    assert (account.added_by, account.revision) == (cast.boris.ref, 1)


def test_one_act_is_in_the_ledger_for_each_thing_and_none_holds_a_word(cast, study, page, captures):
    before = acts()
    account = add_account(study=study, words=FULL, copy=page, by=cast.boris)
    entry = Entry.objects.latest("position")

    assert acts()[len(before) :] == [
        "narrator.registered",
        "source.cited",
        "page.kept",
        "account.added",
    ]
    assert (entry.subject, entry.by, entry.facts) == (
        account.ref,
        cast.boris.ref,
        {"study": study.ref},
    )


def test_a_saved_copy_is_kept_with_the_source(cast, study, page, captures):
    account = add_account(study=study, words=FULL, copy=page, by=cast.boris)

    assert Capture.objects.get().source == account.source
    assert files_in(captures) == {Capture.objects.get().digest}


def test_one_account_may_tell_of_several_exits(cast, study, captures):
    add_account(study=study, words={**FULL, **SECOND}, by=cast.boris)

    assert [
        (told.exit.spell.group.name, told.kind, told.to_group.name)
        for told in Telling.objects.order_by("pk")
    ] == [("IS", "side switch", "JN"), ("AQ", "lateral transfer", "IS")]
    assert Narrator.objects.count() == 1


def test_a_further_exit_of_which_nothing_is_said_is_none(cast, study, captures):
    add_account(study=study, words={**FULL, **dict.fromkeys(SECOND, " ")}, by=cast.boris)

    assert Telling.objects.count() == 1


def test_two_exits_from_one_group_in_one_account_are_two(cast, study, captures):
    again = {**SECOND, "exit2_group_left": "IS", "exit2_joined": "2016", "exit2_left": "2017"}
    add_account(study=study, words={**FULL, **again}, by=cast.boris)

    assert [exit_.ended for exit_ in Exit.objects.order_by("pk")] == ["2014-04", "2017"]


def test_another_account_of_a_known_narrator_tells_the_exit_that_is_there(
    cast, study, captures, tmp_path
):
    take_in([row("A0", narrator="N1", group_left="IS")], tmp_path, study=study, cast=cast)
    add_account(study=study, words=FULL, by=cast.boris)

    assert (Narrator.objects.count(), Exit.objects.count()) == (1, 1)
    assert Narrator.objects.get().gender == "woman"
    assert [told.ended for told in Telling.objects.order_by("pk")] == ["", "2014-04"]


def test_an_exit_from_no_named_group_is_the_same_only_if_the_same_is_said(cast, study, captures):
    for label, left in (("A1", "2014"), ("A2", "2014"), ("A3", "2015")):
        an_account(study, cast, account_id=label, narrator="N1", left=left)

    assert Exit.objects.count() == 2


def test_nothing_but_where_it_comes_from_must_be_typed(cast, study, captures):
    account = an_account(study, cast)

    assert (account.label, account.narrator.label) == ("A-001", "A-001")
    assert Telling.objects.get().exit.spell.group_gap == "unknown"
    assert not TextVersion.objects.exists()


@pytest.mark.parametrize(
    ("there", "following"),
    [
        ([], "A-001"),
        (["A099"], "A100"),
        (["A-131"], "A-132"),
        (["Jan 9"], "Jan 10"),
        (["first"], "first-2"),
        (["A3", "A1", "A2"], "A4"),
    ],
)
def test_a_label_is_suggested_in_the_studys_own_way(cast, study, captures, there, following):
    for label in there:
        an_account(study, cast, account_id=label)

    assert next_label(study) == following
    assert an_account(study, cast).label == following


def test_what_a_study_holds_says_where_the_next_account_comes_from(cast, study, captures):
    an_account(study, cast)
    account = add_account(study=study, words=words(), by=cast.boris)

    assert account.source.provenance == "invented"


def test_a_form_that_is_sent_twice_adds_one_account(cast, study, captures):
    first, second = (
        add_account(study=study, words=FULL, ref="a" * 16, by=cast.boris) for _ in range(2)
    )

    assert first == second
    assert first.ref == "a" * 16
    assert Account.objects.count() == Source.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "column", "says"),
    [
        ({"account_id": "A9"}, "account_id", "in this study already"),
        ({"account_id": "x" * 10_000}, "account_id", "10000 characters; at most 80"),
        ({"narrator": "N\u202e1"}, "narrator", "hidden U\\+202E"),
        ({"citation": "x\x07"}, "citation", "hidden U\\+0007"),
        ({"citation": "x" * 2001}, "citation", "2001 characters"),
        ({"address": "=HYPERLINK()"}, "address", "formula"),
        ({"published": "May"}, "published", "not a date"),
        ({"left": "2011"}, "left", "Left before they joined"),
        ({"language": "Arabic!"}, "language", "no language tag"),
        ({"setting": "prison"}, "setting", "is not one of"),
        ({"gender": "f"}, "gender", "is not one of"),
        ({"narrator": "N9", "gender": "woman"}, "gender", "is a man elsewhere"),
        ({"age_band": "30"}, "age_band", "is not one of"),
        ({"text": "a\x00b"}, "text", "hidden U\\+0000"),
        ({"provenance": "rumour"}, "provenance", "is neither"),
        ({"provenance": "public record"}, "provenance", "holds invented accounts"),
        ({"provenance": "entrusted"}, "provenance", "A custodian opens the vault"),
        ({**SECOND, "exit2_left": "soon"}, "exit2_left", "not a date"),
        ({**SECOND, "exit2_left": "2009"}, "exit2_left", "Left before they joined"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(cast, study, captures, typed, column, says):
    an_account(study, cast, account_id="A9", narrator="N9", gender="man")
    before, edition = rows_everywhere(), Study.objects.get().edition
    with pytest.raises(BadInput, match=says) as caught:
        add_account(study=study, words={**FULL, **typed}, by=cast.boris)

    assert places(caught) == [column]
    assert (rows_everywhere(), Study.objects.get().edition) == (before, edition)


def test_every_field_that_is_wrong_is_told_at_once(cast, study, captures):
    wrong = {"published": "May", "gender": "f", "left": "soon", "account_id": "x" * 81}
    with pytest.raises(BadInput) as caught:
        add_account(study=study, words={**FULL, **wrong}, by=cast.boris)

    assert sorted(places(caught)) == ["account_id", "gender", "left", "published"]


def test_a_real_account_waits_for_the_protocol(cast, study, captures):
    real = words(provenance="public record")
    with pytest.raises(BadInput, match="Nothing real is stored without the study's protocol"):
        add_account(study=study, words=real, by=cast.boris)

    with_protocol(study, cast)
    assert add_account(study=study, words=real, by=cast.boris).source.provenance == "public record"


def test_where_the_copy_cannot_be_kept_the_account_is_not_either(cast, study, page, captures):
    before = rows_everywhere()
    page.content.write_bytes(b"")
    with pytest.raises(BadInput) as caught:
        add_account(study=study, words=FULL, copy=page, by=cast.boris)

    assert places(caught) == ["saved_copy"]
    assert rows_everywhere() == before


@pytest.mark.parametrize("name", ["eve", "vera", "edda", "dana", "lina"])
def test_nobody_but_leads_and_coders_adds_accounts(cast, study, captures, name):
    before = rows_everywhere()
    with pytest.raises(NotYours, match="You may not add accounts"):
        add_account(study=study, words=FULL, by=getattr(cast, name))

    assert rows_everywhere() == before


def test_each_study_counts_and_labels_on_its_own(cast, study, captures):
    other = a_staffed_study(cast, "other")
    edition = Study.objects.get(pk=other.pk).edition
    an_account(study, cast, account_id="A1")

    assert Study.objects.get(pk=other.pk).edition == edition
    assert an_account(other, cast, account_id="A1").study == other


def test_an_entrusted_account_is_refused_in_an_empty_study(cast, study, captures):
    with pytest.raises((BadInput, NotYet), match="vault"):
        add_account(study=study, words=words(provenance="entrusted"), by=cast.boris)
