"""Who somebody is: registered under a label, each record opened at an address of its own."""

import re

import pytest

from exeunt.ledger.models import Entry
from exeunt.members.actions import add_member
from exeunt.stages.narrators.actions.holds import place_hold
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.actions import appoint, begin_study
from exeunt.studies.roles import Role
from exeunt.vault.states import Reason, Record
from tests.making.custody import ALIAS, FORM, NAME, PHONE, at, register, said, take_in, unlock
from tests.making.pages import fields_of
from tests.making.vault import a_person

RECORDS = [one.value for one in Record]


@pytest.fixture
def narrator(dana, entrusted):
    """Somebody registered by Dana."""
    return register(dana, entrusted)


def test_the_desk_says_what_to_do_first(cast, study, browser_of, vault):
    page = said(browser_of(cast.dana).get(at("desk", study)))

    assert "Before the first testimony" in page
    assert page.count("to do</span>") == 2


def test_a_narrator_has_a_label_outside_and_a_name_inside_alone(dana, narrator, entrusted, cast):
    outside = str(list(Entry.objects.values())) + str(list(Narrator.objects.values()))
    outside += said(dana.get(at("desk", entrusted))) + said(
        dana.get(at("narrator", entrusted, ref=narrator.ref))
    )

    assert narrator.gender == "woman"
    assert [word for word in (NAME, ALIAS, PHONE) if word in outside] == []


@pytest.mark.parametrize("label", ["Rahma-1 Rahma", "umm zayn", "N TESTWELL"])
def test_a_label_that_holds_a_name_is_refused_at_its_field(label, dana, entrusted):
    place = at("register", entrusted)
    sent = {**fields_of(dana.get(place), form_at=FORM), "label": label, "name": NAME}
    answer = dana.post(place, {**sent, "aliases": ALIAS})

    assert answer.status_code == 422
    assert "The label holds a part of a name." in said(answer)
    assert not Narrator.objects.exists()


def test_a_form_sent_twice_registers_one_person(dana, entrusted):
    place = at("register", entrusted)
    sent = {**fields_of(dana.get(place), form_at=FORM), "label": "N-1", "name": NAME}
    answers = [dana.post(place, sent) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Narrator.objects.count() == 1


@pytest.mark.parametrize(
    ("record", "shows"), [("names", [NAME, ALIAS]), ("contacts", [PHONE]), ("places", [])]
)
def test_a_record_is_opened_at_its_own_address_and_only_it(
    record, shows, dana, narrator, entrusted
):
    answer = dana.get(at("record", entrusted, ref=narrator.ref, record=record))
    page = said(answer)
    title = re.search("<title>(.*?)</title>", page)[1]

    assert [word for word in (NAME, ALIAS, PHONE) if word in page] == shows
    assert (NAME in title, answer["Cache-Control"]) == (False, "no-store, private")
    opened = Entry.objects.using("vault").filter(act="record.opened")
    assert [one.facts["record"] for one in opened] == [record]


@pytest.mark.parametrize("record", RECORDS)
def test_opening_records_of_one_person_counts_as_one(record, dana, narrator, entrusted):
    page = dana.get(at("record", entrusted, ref=narrator.ref, record=record))

    assert page.status_code == 200
    assert "19 more people" in said(page)


def test_a_record_is_corrected(dana, narrator, entrusted):
    place = at("record", entrusted, ref=narrator.ref, record="contacts")
    sent = fields_of(dana.get(place), form_at=FORM)
    answer = dana.post(place, {**sent, "value_2": "a sister", "kind_2": "person"})

    assert answer.status_code == 302
    again = said(dana.get(place))
    assert "a sister" in again
    assert PHONE in again


def test_two_custodians_who_correct_one_record_see_both_versions(dana, narrator, entrusted):
    place = at("record", entrusted, ref=narrator.ref, record="names")
    sent = fields_of(dana.get(place), form_at=FORM)
    dana.post(place, {**sent, "aliases": "Umm Zayn\r\nUmm Hadi"})
    answer = dana.post(place, {**sent, "aliases": "The baker"})

    assert answer.status_code == 409
    assert "Umm Zayn<br>Umm Hadi" in said(answer)
    assert "The baker" in said(answer)
    again = dana.post(place, {**fields_of(answer, form_at=FORM)})
    assert again.status_code == 302
    assert "The baker" in said(dana.get(place))


@pytest.mark.parametrize(("safe", "answer"), [("on", "Yes."), ("", "No.")])
def test_whether_they_may_be_contacted_is_yes_or_no(safe, answer, dana, entrusted):
    narrator = register(dana, entrusted, safe_1=safe)
    page = said(dana.post(at("contact", entrusted, ref=narrator.ref)))

    assert f"<strong>{answer}</strong>" in page
    assert PHONE not in page


def test_the_entries_of_one_narrator_are_found_with_the_key(dana, narrator, entrusted):
    register(dana, entrusted, "N-2", name="Karim Beispiel", aliases="")
    dana.get(at("record", entrusted, ref=narrator.ref, record="risks"))
    page = said(dana.get(at("narrator-ledger", entrusted, ref=narrator.ref)))

    assert page.count("sealed who somebody is") == 1
    assert page.count("opened a record of somebody") == 1


@pytest.mark.parametrize("name", ["desk", "register", "receive"])
@pytest.mark.parametrize("who", ["amina", "boris", "lina", "edda", "vera"])
def test_the_desk_is_for_custodians(name, who, dana, entrusted, cast, browser_of):
    assert browser_of(getattr(cast, who)).get(at(name, entrusted)).status_code == 403


@pytest.fixture
def stranger(cast, vault, browser_of):
    """A custodian of another study who keeps a key to the same vault, open."""
    other = begin_study(slug="elsewhere", title="Elsewhere", by=cast.eve)
    appoint(study=other, member=cast.dana, role=Role.CUSTODIAN, by=cast.eve)
    ours = add_member(name="Gita", by=cast.eve)
    appoint(study=other, member=ours, role=Role.CUSTODIAN, by=cast.eve)
    return browser_of(ours)


def test_a_custodian_of_another_study_finds_nothing_here(
    stranger, dana, narrator, entrusted, vault
):
    account = take_in(dana, entrusted, narrator)
    places = [
        at("desk", entrusted),
        at("narrator", entrusted, ref=narrator.ref),
        at("record", entrusted, ref=narrator.ref, record="names"),
        at("text", entrusted, ref=account.ref),
        at("page", entrusted, ref=account.ref, number=1),
    ]

    assert [stranger.get(place).status_code for place in places] == [404] * len(places)


def test_a_narrator_of_another_study_is_not_there_even_for_their_custodian(
    stranger, dana, narrator, entrusted, cast
):
    other = begin_study(slug="third", title="Third", by=cast.amina)
    appoint(study=other, member=cast.dana, role=Role.CUSTODIAN, by=cast.amina)
    places = [
        at("narrator", other, ref=narrator.ref),
        at("record", other, ref=narrator.ref, record="names"),
        at("erase", other, ref=narrator.ref),
    ]

    assert [dana.get(place).status_code for place in places] == [404] * len(places)


def test_the_budget_of_a_reason_ends_in_a_sentence(dana, entrusted, vault):
    people = [
        Narrator.objects.create(study=entrusted, label=f"N-{number}", gender="unknown")
        for number in range(3)
    ]
    for one in people:
        a_person(vault, one.ref)
    unlock(dana, Reason.LEGAL_ORDER)
    answers = [
        dana.get(at("record", entrusted, ref=one.ref, record="names")).status_code for one in people
    ]

    assert answers == [200, 409, 409]


def test_erasing_shows_first_what_it_touches_and_asks_for_the_label(dana, narrator, entrusted):
    place = at("erase", entrusted, ref=narrator.ref)
    page = dana.get(place)
    wrong = dana.post(place, {"label": "N-2"})

    assert "sealed records of who they are" in said(page)
    assert wrong.status_code == 422
    assert Narrator.objects.filter(pk=narrator.pk).exists()


def test_a_legal_hold_is_said_before_anything_is_erased(dana, narrator, entrusted, cast):
    place_hold(study=entrusted, narrator=narrator, reference="Court 7, 12/2026", by=cast.lina)
    place = at("erase", entrusted, ref=narrator.ref)
    answers = [dana.get(place), dana.post(place, {"label": narrator.label})]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "A legal hold stands on this narrator: “Court 7, 12/2026”" in said(answers[0])
    assert Narrator.objects.filter(pk=narrator.pk).exists()


def test_whoever_is_erased_is_gone_from_the_desk_and_the_vault(dana, narrator, entrusted):
    take_in(dana, entrusted, narrator)
    answer = dana.post(at("erase", entrusted, ref=narrator.ref), {"label": narrator.label})

    assert answer.status_code == 200
    assert "<bdi>N-1</bdi> is erased" in said(answer)
    assert not Narrator.objects.exists()
    assert dana.get(at("narrator", entrusted, ref=narrator.ref)).status_code == 404
    assert "Before the first testimony" in said(dana.get(at("desk", entrusted)))
