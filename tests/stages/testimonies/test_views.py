"""Accounts in the browser: found, read, added by hand, corrected."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.sources.models import Capture
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from tests.making.archive import acts, rows_everywhere
from tests.making.counting import queries_for
from tests.making.pages import fields_of
from tests.making.studies import a_staffed_study
from tests.making.testimonies import an_account, row, some_accounts, take_in

TYPED = {
    "citation": "An invented paper, 3 May 2014",
    "address": "https://example.org/a1",
    "published": "2014-05-03",
    "language": "ar",
    "narrator": "N1",
    "gender": "woman",
    "age_band": "25-34",
    "setting": "free",
    "group_left": "IS",
    "joined": "2013~",
    "left": "2014-04",
    "exit_kind": "side switch",
    "group_joined": "JN",
    "text": "كنت هناك.\r\nThen I left.",
    "account_id": "A1",
    "provenance": "invented",
}


def place(name: str, study, **where: str) -> str:
    return reverse(f"testimonies:{name}", kwargs={"study_ref": study.ref, **where})


@pytest.fixture
def boris(cast, browser_of) -> Client:
    return browser_of(cast.boris)


@pytest.fixture
def account(cast, study, captures) -> Account:
    given = {name: cell for name, cell in TYPED.items() if name != "provenance"}
    return an_account(study, cast, **given)


def added(client: Client, study, **typed):
    """Open the form, fill it in and send it."""
    at = place("add", study)
    return client.post(at, {**fields_of(client.get(at)), **TYPED, **typed})


def test_an_account_is_added_by_hand_and_shown(boris, study, captures):
    answer = added(boris, study, then="open")
    account = Account.objects.get()
    page = boris.get(answer.headers["Location"])

    assert answer.status_code == 302
    assert answer.headers["Location"] == place("account", study, ref=account.ref)
    assert (account.label, account.narrator.gender, account.setting) == ("A1", "woman", "free")
    for words in ("An invented paper", "كنت هناك.", "about 2013", "JN", "Account A1 was added."):
        assert words in page.content.decode()


def test_a_saved_copy_is_sent_along_and_handed_out_as_bytes(boris, study, captures):
    page = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html")
    added(boris, study, saved_copy=page, then="open")
    capture = Capture.objects.get()
    at = reverse("sources:capture", kwargs={"study_ref": study.ref, "ref": capture.ref})
    answer = boris.get(at)

    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{capture.name}"'
    assert acts()[-1] == "capture.read"
    assert at in boris.get(place("account", study, ref=Account.objects.get().ref)).content.decode()


def test_nothing_must_be_typed_but_where_the_first_account_comes_from(boris, study, captures):
    at = place("add", study)
    first = boris.post(at, {**fields_of(boris.get(at)), "provenance": "invented"})
    second = boris.post(at, fields_of(boris.get(at)))

    assert (first.status_code, second.status_code) == (302, 302)
    assert list(Account.objects.order_by("pk").values_list("label", flat=True)) == [
        "A-001",
        "A-002",
    ]


def test_one_may_go_on_to_the_next_account(boris, study, captures):
    assert added(boris, study, then="another").headers["Location"] == place("add", study)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"published": "3 May"}, "published"),
        ({"group_left": "x" * 10_000}, "group_left"),
        ({"citation": "I\u202eS"}, "citation"),
        ({"narrator": "\x07"}, "narrator"),
        ({"left": "2001", "joined": "2014"}, "left"),
        ({"exit2_left": "soon"}, "exit2_left"),
        ({"text": "a\x00b"}, "text"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_typed_is_lost(
    boris, study, captures, typed, field
):
    before = rows_everywhere()
    answer = added(boris, study, **typed)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page
    assert "Then I left." in page or "a\x00b" in typed.values()
    assert rows_everywhere() == before


def test_a_file_that_is_no_copy_of_a_page_is_refused(boris, study, captures):
    answer = added(boris, study, saved_copy=SimpleUploadedFile("run.exe", b"MZ"))

    assert answer.status_code == 422
    assert "A saved copy is a page" in answer.content.decode()
    assert not Account.objects.exists()


def test_a_form_that_is_sent_twice_adds_one_account(boris, study, captures):
    at = place("add", study)
    sent = {**fields_of(boris.get(at)), **TYPED}
    first, second = boris.post(at, sent), boris.post(at, sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert Account.objects.count() == 1


def test_an_account_is_corrected(boris, study, account):
    at = place("edit", study, ref=account.ref)
    sent = {**fields_of(boris.get(at)), "citation": "Another paper", "text": "I fled."}
    answer = boris.post(at, sent)
    account.refresh_from_db()

    assert answer.headers["Location"] == place("account", study, ref=account.ref)
    assert (account.source.citation, account.revision) == ("Another paper", 2)
    assert TextVersion.objects.latest("number").text == "I fled."


def test_saving_a_form_unchanged_changes_nothing_that_is_said(boris, study, account):
    before = list(Telling.objects.values()), list(Spell.objects.values()), account.source.citation
    at = place("edit", study, ref=account.ref)
    boris.post(at, fields_of(boris.get(at)))
    account.refresh_from_db()

    assert before == (
        list(Telling.objects.values()),
        list(Spell.objects.values()),
        account.source.citation,
    )
    assert TextVersion.objects.count() == 1


def test_a_further_exit_is_told_in_the_fields_that_wait_for_it(boris, study, account):
    at = place("edit", study, ref=account.ref)
    boris.post(at, {**fields_of(boris.get(at)), "exit2_group_left": "AQ", "exit2_left": "2012"})

    assert [told.exit.spell.group.name for told in Telling.objects.order_by("pk")] == ["IS", "AQ"]
    assert "exit3_group_left" in fields_of(boris.get(at))


def test_who_saves_second_sees_both_versions_and_decides(boris, study, cast, browser_of, account):
    at = place("edit", study, ref=account.ref)
    chidi = browser_of(cast.chidi)
    stale = fields_of(chidi.get(at))
    boris.post(at, {**fields_of(boris.get(at)), "citation": "Boris's paper"})
    refused = chidi.post(at, {**stale, "citation": "Chidi's paper"})
    page = refused.content.decode()

    assert refused.status_code == 409
    assert "Boris&#x27;s paper" in page
    assert "Chidi&#x27;s paper" in page
    assert chidi.post(at, fields_of(refused)).status_code == 302
    account.refresh_from_db()
    assert account.source.citation == "Chidi's paper"


def test_a_narrator_is_corrected_from_an_account(boris, study, account):
    at = place("narrator", study, ref=account.ref)
    answer = boris.post(at, {**fields_of(boris.get(at)), "label": "N7", "gender": ""})
    account.refresh_from_db()

    assert answer.status_code == 302
    assert (account.narrator.label, account.narrator.gender) == ("N7", "unknown")


def test_a_spell_is_added_and_corrected(boris, study, account):
    at = place("add_spell", study, ref=account.ref)
    sent = {**fields_of(boris.get(at)), "group_left": "AQ", "left": "2012"}
    assert boris.post(at, sent).status_code == boris.post(at, sent).status_code == 302
    spell = Spell.objects.latest("pk")
    at = place("edit_spell", study, ref=account.ref, spell=spell.ref)
    boris.post(at, {**fields_of(boris.get(at)), "exit_kind": "captured"})

    assert Spell.objects.count() == 2
    assert Exit.objects.get(spell=spell).kind == "captured"


def test_two_who_correct_one_spell_see_each_other(boris, study, cast, browser_of, account):
    at = place("edit_spell", study, ref=account.ref, spell=Spell.objects.get().ref)
    chidi = browser_of(cast.chidi)
    stale = fields_of(chidi.get(at))
    boris.post(at, {**fields_of(boris.get(at)), "left": "2015"})
    answer = chidi.post(at, {**stale, "left": "2016"})

    assert answer.status_code == 409
    assert "2015" in answer.content.decode()


def test_a_list_is_searched_narrowed_and_ordered_by_its_address(
    boris, cast, study, captures, tmp_path
):
    rows = [row("A1", language="ar", published="2015"), row("B1", language="fr", published="2014")]
    take_in(rows, tmp_path, study=study, cast=cast)
    at = place("accounts", study)

    def labels(**asked: str) -> list[str]:
        page = boris.get(at, asked).content.decode()
        shown = {one: page.find(f"<bdi>{one}</bdi></a>") for one in ("A1", "B1")}
        return sorted((one for one, at in shown.items() if at >= 0), key=shown.__getitem__)

    assert labels() == ["B1", "A1"]
    assert labels(order="label") == ["A1", "B1"]
    assert labels(order="published") == ["B1", "A1"]
    assert labels(q="a1") == labels(language="ar") == labels(year="2015") == ["A1"]
    assert labels(q="nowhere") == labels(language="xx") == []
    assert labels(order="\x00", page="-9", year="\x00") == ["B1", "A1"]


def test_while_somebody_types_the_rows_alone_are_sent(boris, cast, study, captures, tmp_path):
    some_accounts(3, tmp_path, study=study, cast=cast)
    at = place("accounts", study)
    rows = boris.get(at, {"q": "a0002"}, headers={"HX-Request": "true"}).content.decode()
    whole = boris.get(
        at, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    ).content.decode()

    assert "<html" not in rows
    assert "A0002" in rows
    assert "A0001" not in rows
    assert "<html" in whole


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "This study holds no account yet."),
        ({"q": "nowhere"}, "No account is like that."),
    ],
)
def test_an_empty_list_says_what_to_do_next(boris, study, asked, says):
    assert says in boris.get(place("accounts", study), asked).content.decode()


def test_a_leaf_beyond_the_last_leads_back(boris, cast, study, captures, tmp_path):
    some_accounts(3, tmp_path, study=study, cast=cast)
    page = boris.get(place("accounts", study), {"page": "99"}).content.decode()

    assert "The list is not as long as this leaf." in page


PAGES = ("account", "edit", "narrator", "add_spell")


@pytest.mark.parametrize("name", PAGES)
def test_an_account_of_another_study_is_not_there(boris, cast, study, captures, name):
    other = an_account(a_staffed_study(cast, "other"), cast)
    before = rows_everywhere()
    wrong = boris.get(place(name, study, ref=other.ref))
    none = boris.get(place(name, study, ref="0" * 16))

    assert wrong.status_code == none.status_code == 404
    assert wrong.content.replace(other.ref.encode(), b"") == none.content.replace(b"0" * 16, b"")
    assert rows_everywhere() == before


def test_a_spell_is_corrected_only_from_its_own_narrators_accounts(
    boris, cast, study, account, captures
):
    other = an_account(study, cast, account_id="A2", narrator="N2")
    spell = Telling.objects.get(account=other).exit.spell

    at = place("edit_spell", study, ref=account.ref, spell=spell.ref)
    assert boris.get(at).status_code == 404


@pytest.mark.parametrize("name", ["vera", "dana", "lina"])
def test_who_may_not_read_accounts_is_told_why(cast, study, account, browser_of, name):
    browser = browser_of(getattr(cast, name))
    places = [place(page, study, ref=account.ref) for page in PAGES]
    for at in (place("accounts", study), place("add", study), *places):
        answer = browser.get(at)

        assert answer.status_code == 403
        assert "An invented paper" not in answer.content.decode()


def test_an_editor_reads_and_changes_nothing(cast, study, account, browser_of):
    edda = browser_of(cast.edda)
    page = edda.get(place("account", study, ref=account.ref))

    assert page.status_code == 200
    assert "You may not edit accounts" in page.content.decode()
    assert edda.post(place("edit", study, ref=account.ref), {}).status_code == 403


def test_five_or_two_hundred_accounts_take_as_many_queries(
    boris, cast, study, captures, tmp_path, django_assert_num_queries
):
    at = place("accounts", study)
    some_accounts(5, tmp_path, study=study, cast=cast)
    boris.get(at)
    few = queries_for(lambda: boris.get(at))
    take_in([row(f"B{n}") for n in range(200)], tmp_path, study=study, cast=cast, name="b.csv")
    boris.get(at)

    with django_assert_num_queries(few):
        boris.get(at)
