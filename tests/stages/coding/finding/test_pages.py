"""The page of finding: an address holds what is sought, and a search is kept under a title."""

import re

import pytest
from django.urls import reverse

from exeunt.stages.coding.models import Search
from exeunt.stages.testimonies.actions.passages import mark_hard
from exeunt.stages.testimonies.models import Account
from exeunt.stages.testimonies.states import Hardness
from tests.making.marking import a_reading
from tests.making.reading import hidden_in, words

TEXT = "They told us the money was for the widows.\n\nThen I saw <b>the cars</b> & left."


@pytest.fixture
def reading(cast, study, captures):
    reading = a_reading(study, cast, text=TEXT)
    reading.mark("the money", "L2", note="A <i>lie</i>.", by=cast.boris)
    reading.complete(by=cast.boris)
    return reading


def at(study, name="coding:find", **places):
    return reverse(name, kwargs={"study_ref": study.ref, **places})


def test_the_empty_page_offers_words_codes_and_accounts(reading, cast, browser_of):
    answer = browser_of(cast.boris).get(at(reading.study))

    assert answer.status_code == 200
    assert "Near what is coded with" in words(answer)
    assert "By whose reading" in words(answer)
    assert "Reader" not in words(answer).split()
    assert "What was found" not in words(answer)


def test_a_keyword_stands_in_its_context_and_what_was_said_is_no_markup(reading, cast, browser_of):
    answer = browser_of(cast.boris).get(at(reading.study), {"q": "cars"})
    body = answer.content.decode()

    assert "1 passage." in words(answer)
    assert "<mark>cars</mark>" in body
    assert "&lt;b&gt;the " in body
    assert "<b>" not in re.sub(r"<bdi>.*?</bdi>", "", body)


def test_excerpts_are_a_table_with_their_notes(reading, cast, browser_of):
    answer = browser_of(cast.boris).get(at(reading.study), {"code": "L2"})

    assert "the money L2 Brutality 1 you A <i>lie</i>." in words(answer)
    assert "1 judgement." in words(answer)


def test_who_leads_is_told_who_judged_and_may_seek_by_it(reading, cast, browser_of):
    browser = browser_of(cast.amina)
    answer = browser.get(at(reading.study), {"code": "L2", "coder": cast.boris.ref})

    assert "the money L2 Brutality 1 Boris" in words(answer)


def test_a_hard_passage_is_only_said_to_be_there(reading, cast, browser_of):
    account = Account.objects.get()
    mark_hard(account=account, number=1, paragraphs=[1], kind=Hardness.VIOLENCE, by=cast.boris)
    browser = browser_of(cast.boris)

    by_words = words(browser.get(at(reading.study), {"q": "money"}))
    by_code = words(browser.get(at(reading.study), {"code": "L2"}))
    assert "In a hard passage; open it in the text." in by_words
    assert "A hard passage; open it in the text." in by_code
    assert "widows" not in by_words + by_code


def test_what_is_refused_stands_at_its_field_with_all_that_was_typed(reading, cast, browser_of):
    answer = browser_of(cast.boris).get(at(reading.study), {"q": '"open', "code": "L2"})

    assert answer.status_code == 422
    assert "A quotation mark is open." in words(answer)
    assert 'value="&quot;open"' in answer.content.decode()
    assert "<details open>" in answer.content.decode()


def test_a_search_is_kept_under_a_title_asked_again_and_forgotten(reading, cast, browser_of):
    browser = browser_of(cast.boris)
    place = f"{at(reading.study)}?q=money&code=L2"
    page = browser.get(place)
    typed = {"q": "money", "code": "L2", "title": "Money and violence"}
    answer = browser.post(at(reading.study, "coding:keep-search"), {**hidden_in(page), **typed})
    kept = Search.objects.get()

    assert answer.url == at(reading.study, "coding:search", ref=kept.ref)
    # The version is written down, so that a later one does not change what is asked.
    assert kept.question == {
        "q": "money",
        "code": "L2",
        "whose": "all",
        "codebook": reading.version.name,
    }
    again = browser.get(answer.url, follow=True)
    assert "Money and violence" in words(again)
    assert "1 passage." in words(again)

    gone = at(reading.study, "coding:forget-search", ref=kept.ref)
    assert browser_of(cast.amina).post(gone).status_code == 404
    assert browser.post(gone).status_code == 302
    assert not Search.objects.exists()


def test_a_search_sent_twice_is_kept_once_and_one_without_a_title_not_at_all(
    reading, cast, browser_of
):
    browser = browser_of(cast.boris)
    page = browser.get(at(reading.study), {"q": "money"})
    keep = at(reading.study, "coding:keep-search")
    sent = {**hidden_in(page), "q": "money", "title": "Money"}

    assert browser.post(keep, {**sent, "title": " "}).status_code == 422
    assert [browser.post(keep, sent).status_code for _ in range(2)] == [302, 302]
    assert Search.objects.count() == 1
    empty = browser.post(keep, {**sent, "once": fresh_once(browser, reading.study), "q": ""})
    assert "Nothing is sought yet" in words(empty)


def fresh_once(browser, study) -> str:
    return hidden_in(browser.get(at(study), {"q": "money"}))["once"]
