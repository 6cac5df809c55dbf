"""Reading a raw text page by page and deciding what is masked, without a script and with one."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from exeunt.ledger.models import Entry
from exeunt.vault.routing import VAULT
from tests.making.custody import at, register, said, step, take_in

PART = {"headers": {"X-Part": "1"}}


@pytest.fixture
def account(dana, entrusted):
    """An account whose raw text waits to be masked."""
    return take_in(dana, entrusted, register(dana, entrusted))


@pytest.fixture
def place(account, entrusted):
    """The address of its only page."""
    return at("page", entrusted, ref=account.ref, number=1)


def marks(client, place):
    return client.get(place).context["leaf"].marks


def states(client, place):
    return [one.state.value for one in marks(client, place)]


def surfaces(client, place):
    leaf = client.get(place).context["leaf"]
    return [leaf.sheet.surface(one) for one in leaf.marks]


def numbered(client, place, words):
    """The number of the first mark over some words."""
    leaf = client.get(place).context["leaf"]
    return next(one.number for one in leaf.marks if leaf.sheet.surface(one) == words)


def test_what_was_found_is_proposed_with_who_found_it(dana, place):
    page = said(dana.get(place))

    assert surfaces(dana, place) == [
        "Abu Salim al-Tunisi",
        "Raqqa",
        "3 May 2014",
        "Abu Salim al-Tunisi",
        "Rahma Testwell",
        "+44 7700 900456",
        "23 years old",
    ]
    assert "a known name of <bdi>N-1</bdi>" in page
    assert "found by rule: phone" in page
    assert "0 of 1 read, 0 of 7 marks decided" in page


def test_one_decision_masks_all_that_are_alike_alike(dana, place):
    number = numbered(dana, place, "Abu Salim al-Tunisi")
    answer = step(dana, place, f"accept-alike {number}")
    page = said(dana.get(place))

    assert states(dana, place).count("accepted") == 2
    assert page.count("place-accepted") == 2
    assert "2 of 7 marks decided" in page
    assert "#m" in answer["Location"]


@pytest.mark.parametrize(
    ("act", "state"), [("accept", "accepted"), ("refuse", "refused"), ("reopen", "proposed")]
)
def test_a_mark_is_decided_by_itself_and_reopened(act, state, dana, place):
    number = marks(dana, place)[0].number
    step(dana, place, f"accept {number}")
    step(dana, place, f"{act} {number}")

    assert states(dana, place) == [state, *["proposed"] * 6]


@pytest.mark.parametrize(
    ("act", "covers"),
    [
        ("start-out", "with Abu Salim al-Tunisi"),
        ("start-in", "Salim al-Tunisi"),
        ("end-out", "Abu Salim al-Tunisi in"),
        ("end-in", "Abu Salim"),
    ],
    ids=["earlier", "later", "longer", "a joined name is one word"],
)
def test_a_mark_begins_and_ends_a_word_earlier_or_later(act, covers, dana, place):
    step(dana, place, f"{act} {marks(dana, place)[0].number}")

    assert surfaces(dana, place)[0] == covers


def test_another_replacement_stands_for_all_that_are_alike(dana, place):
    number = numbered(dana, place, "Abu Salim al-Tunisi")
    step(dana, place, f"replace {number}", words="a commander")
    replaced = [one.replacement for one in marks(dana, place)]

    assert replaced.count("a commander") == 2
    answer = step(dana, place, f"replace {number}", words="the friend of Abu Salim al-Tunisi")
    assert answer.status_code == 422
    assert "still shows what it is to hide" in said(answer)


def test_a_mark_may_be_something_else(dana, place):
    step(dana, place, f"kind {numbered(dana, place, 'Raqqa')}", kind="unit")
    found = marks(dana, place)[1]

    assert (found.kind, found.state.value, found.replacement) == ("unit", "accepted", "[Unit 1]")


def test_words_that_were_missed_are_masked_wherever_they_stand(dana, place):
    step(dana, place, "everywhere", words="TOLD me", kind="person")
    answer = step(dana, place, "everywhere", words="nowhere to be found", kind="person")

    assert "told me" in surfaces(dana, place)
    assert answer.status_code == 422
    assert "“nowhere to be found” does not stand in this text." in said(answer)
    assert 'value="nowhere to be found"' in said(answer)


def test_a_selection_is_masked_by_its_places(dana, place):
    answer = step(dana, place, "add", start="2", end="9", kind="unit")

    assert answer.status_code == 302
    assert surfaces(dana, place)[0] == "joined"
    assert step(dana, place, "add", start="9", end="2", kind="unit").status_code == 422


def test_the_last_decision_is_taken_back(dana, place):
    number = marks(dana, place)[0].number
    step(dana, place, f"accept {number}")
    step(dana, place, "undo")

    assert states(dana, place) == ["proposed"] * 7
    assert step(dana, place, "undo").status_code == 422


def test_two_pages_of_one_text_do_not_overrun_each_other(dana, place):
    first, second = marks(dana, place)[:2]
    stale = dana.get(place).context["leaf"].sheet.revision
    step(dana, place, f"accept {first.number}")
    answer = step(dana, place, f"refuse {second.number}", revision=str(stale))

    assert answer.status_code == 409
    assert "has gone on with this text since" in said(answer)
    assert states(dana, place)[:2] == ["accepted", "proposed"]
    assert f'name="revision" value="{stale + 1}"' in said(answer)


def test_a_script_gets_the_part_that_changes_and_where_the_next_decision_is(dana, place):
    number = marks(dana, place)[0].number
    revision = dana.get(place).context["leaf"].sheet.revision
    answer = dana.post(place, {"act": f"accept {number}", "revision": revision}, **PART)
    page = said(answer)

    assert answer.status_code == 200
    assert "<html" not in page
    assert answer.context["leaf"].chosen.surface == "Raqqa"


@pytest.mark.parametrize("act", ["", "burn 1", "accept", "accept 99", "accept one"])
def test_a_step_that_no_button_asks_for_is_refused(act, dana, place):
    assert step(dana, place, act).status_code == 422
    assert states(dana, place) == ["proposed"] * 7


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_page_that_the_text_does_not_have_is_not_there(number, dana, account, entrusted):
    assert dana.get(at("page", entrusted, ref=account.ref, number=number)).status_code == 404


def test_what_stands_against_handing_it_over_is_listed_and_refused(dana, place, account, entrusted):
    finish = at("finish", entrusted, ref=account.ref)
    page = said(dana.get(finish))
    revision = dana.get(finish).context["form"]["revision"].value()
    answer = dana.post(finish, {"revision": revision})

    assert "Pages that nobody has read:" in page
    assert "7 marks are undecided:" in page
    assert "Hand it over" not in page
    assert answer.status_code == 422
    assert "A person reads everything" in said(answer)


def test_a_name_that_is_masked_here_and_legible_there_is_shown(dana, place, account, entrusted):
    first, second = (one for one in marks(dana, place) if one.start in {14, 58})
    step(dana, place, f"accept {first.number}")
    page = said(dana.get(at("finish", entrusted, ref=account.ref)))

    assert "“<bdi>Abu Salim al-Tunisi</bdi>” is masked elsewhere, and can be read here:" in page
    step(dana, place, f"refuse {second.number}")
    left = said(dana.get(at("finish", entrusted, ref=account.ref)))
    assert "is masked elsewhere" not in left


def test_opening_a_text_is_written_down_and_a_step_of_masking_is_not(dana, place):
    opened = Entry.objects.using(VAULT).filter(act="text.opened")
    leaf = dana.get(place).context["leaf"]
    before = opened.count()
    sent = {"act": f"accept {leaf.marks[0].number}", "revision": leaf.sheet.revision}
    answers = [dana.post(place, sent, **PART), dana.get(place, **PART)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert opened.count() == before
    dana.get(place)
    assert opened.count() == before + 1


def test_a_part_of_a_text_that_was_not_opened_yet_is_written_down(dana, place):
    opened = Entry.objects.using(VAULT).filter(act="text.opened")
    before = opened.count()
    dana.get(place, **PART)

    assert opened.count() == before + 1


def test_a_page_takes_as_many_queries_however_much_is_masked(dana, place, account):
    def asked():
        with (
            CaptureQueriesContext(connections["default"]) as ours,
            CaptureQueriesContext(connections[VAULT]) as theirs,
        ):
            dana.get(place)
        return len(ours), len(theirs)

    dana.get(place)
    few = asked()
    step(dana, place, "everywhere", words="me", kind="person")
    step(dana, place, "everywhere", words="and", kind="person")

    assert asked() == few
