"""The page of a text, and what its script sends and is told."""

import json

import pytest
from django.test import Client

from tests.making.codebooks import BINARY
from tests.making.marking import TOLD, a_reading
from tests.making.reading import at, words

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def reading(study, cast, captures):
    return a_reading(study, cast)


@pytest.fixture
def boris(browser_of, cast) -> Client:
    return browser_of(cast.boris)


def place(name: str, reading) -> str:
    return at(
        f"coding:{name}", reading.study, codebook=reading.version.name, ref=reading.account.ref
    )


def send(client: Client, reading, *acts: dict[str, object], **more: object):
    body = {"text": 1, "revision": 0, "acts": acts, **more}
    return client.post(
        place("act", reading), json.dumps(body), content_type="application/json", headers=SCRIPT
    )


def test_a_text_is_shown_to_its_coder(boris, reading):
    page = boris.get(place("text", reading))

    assert page.status_code == 200
    assert "They told us the money was for the widows." in words(page)


def test_a_sheet_of_a_codebook_of_excerpts_is_the_text(boris, reading):
    assert boris.get(place("sheet", reading)).headers["Location"] == place("text", reading)


def test_an_act_is_answered_with_the_number_of_the_next(boris, reading):
    answer = send(boris, reading, {"do": "mark", "start": 0, "end": 4, "code": "L1"})

    assert answer.json() == {"revision": 1, "saved": "2026-03-02T09:00:00Z", "behind": False}
    seen = boris.get(place("marks", reading), headers=SCRIPT).json()
    assert seen["marks"] == [[0, 4, "L1", 1, "", ""]]
    assert (seen["revision"], seen["state"], seen["others"]) == (1, "open", [])


def test_a_refusal_is_a_sentence_for_the_script(boris, reading):
    answer = send(boris, reading, {"do": "mark", "start": 4, "end": 4, "code": "L1"})

    assert answer.status_code == 409
    assert answer.json() == {"says": "Choose some words first: a stretch from 4 to 4 holds none."}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        b"[]",
        b"{}",
        b'{"acts": 7}',
        b'{"acts": []}',
        b'{"text": 1, "revision": 0, "acts": [7]}',
        b'{"text": 1, "revision": 0, "acts": [{"do": "burn", "start": 0, "end": 1}]}',
        b'{"text": 1, "revision": 0, "acts": [{"do": "mark", "start": "0", "end": 1}]}',
        b'{"text": 1, "revision": 0, "acts": [{"do": "mark", "start": true, "end": 1}]}',
        b'{"text": 1, "revision": 0, "acts": [{"do": "mark", "start": -1, "end": 1}]}',
        b'{"text": 1, "revision": 0, "acts": [{"do": "mark", "start": 0, "end": 99999999999}]}',
        b'{"text": 1, "revision": 0, "acts": [{"do": "mark", "start": 0, "end": 1, "code": 3}]}',
        b'{"text": 1, "acts": [{"do": "mark", "start": 0, "end": 1, "code": "L1"}]}',
        b"[" * 5000,
    ],
)
def test_what_no_page_of_ours_sends_is_refused_in_a_sentence(boris, reading, body):
    answer = boris.post(
        place("act", reading), body, content_type="application/json", headers=SCRIPT
    )

    assert answer.status_code == 409
    assert "open the page again" in answer.json()["says"]


def test_a_code_is_proposed_on_the_spot(boris, reading):
    answer = boris.post(
        at("coding:propose", reading.study, codebook=reading.version.name),
        json.dumps({"label": "Shame"}),
        content_type="application/json",
        headers=SCRIPT,
    )

    told = answer.json()
    assert (told["code"][:4], told["label"]) == ("new-", "Shame")


def test_finishing_leads_on(boris, reading):
    answer = boris.post(place("finish", reading))

    assert answer.headers["Location"] == at("coding:next", reading.study)
    assert boris.get(place("marks", reading)).json()["state"] == "complete"


def test_what_waits_counts_texts_with_a_codebook_of_excerpts(boris, reading):
    assert "1" in words(boris.get(at("coding:next", reading.study)))
    following = at("coding:following", reading.study, codebook=reading.version.name)
    assert boris.get(following).headers["Location"] == place("sheet", reading)


def test_an_account_is_marked_too_with_a_codebook_that_asks_about_it(boris, study, cast, captures):
    reading = a_reading(study, cast, codebook=BINARY)

    send(boris, reading, {"do": "mark", "start": 0, "end": len(TOLD), "code": "L2"})
    assert boris.get(place("marks", reading)).json()["marks"] == [[0, len(TOLD), "L2", 1, "", ""]]
    assert boris.get(place("sheet", reading)).status_code == 200
