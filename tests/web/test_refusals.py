"""Every no is a page: the rule, and what would change it; and what is not there tells nothing."""

import errno

import pytest
from django.db import OperationalError
from django.test import Client

from exeunt.errors import BadInput, ExeuntError, NotThere, NotYet, NotYours, Problem, Refusal
from exeunt.web.signing_in.store import SessionStore
from exeunt.web.study import members
from exeunt.web.views import refusals
from tests.making.reading import at, words


@pytest.fixture
def refusing(monkeypatch, cast, study, browser_of):
    """Open a page whose query fails in this way."""
    amina = browser_of(cast.amina)
    amina.raise_request_exception = False

    def page(fault: Exception):
        def fail(*_, **__):
            raise fault

        monkeypatch.setattr(members, "colleagues_in", fail)
        return amina.get(at("studies:members", study))

    return page


def body_of(answer) -> bytes:
    return answer.content


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (NotYours("That is for leads."), 403),
        (NotYet("Agree the protocol first."), 409),
        (Refusal("That is taken."), 409),
        (BadInput(Problem("That is no day.", row=3)), 422),
        (ExeuntError("Nothing was written."), 409),
        (OperationalError("database or disk is full"), 503),
        (OperationalError("database is locked"), 503),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_refusal_is_a_page_with_its_sentence(refusing, fault, status):
    answer = refusing(fault)

    assert answer.status_code == status
    assert "This was not done" in words(answer)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("database or disk is full", "The disk is full; nothing of this was kept."),
        ("database is locked", "Another process is writing to this archive; try again"),
    ],
)
def test_what_the_database_cannot_do_is_said(refusing, fault, says):
    assert says in words(refusing(OperationalError(fault)))


def test_a_fault_of_ours_is_said_without_its_words(refusing):
    answer = refusing(RuntimeError("a bug in /secret/path"))

    assert answer.status_code == 500
    assert "Something went wrong on the server, and nothing of this was kept." in words(answer)
    assert "secret" not in words(answer)


def test_a_disk_that_is_full_before_anybody_is_known_is_said_too(
    cast, study, browser_of, monkeypatch
):
    def full(*_, **__):
        raise OperationalError("database or disk is full")

    amina = browser_of(cast.amina)
    amina.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "load", full)
    answer = amina.get(at("overview", study))

    assert answer.status_code == 503
    assert "The disk is full; nothing of this was kept." in words(answer)


def test_a_disk_that_is_full_while_a_file_is_kept_is_said_too(refusing):
    answer = refusing(OSError(errno.ENOSPC, "No space left on device"))

    assert answer.status_code == 503
    assert "The disk is full; nothing of this was kept." in words(answer)


def test_a_visitor_sends_nothing_that_is_larger_than_a_form(db):
    answer = Client().post("/in/login/", CONTENT_LENGTH=str(11 << 20))

    assert answer.status_code == 413
    assert "larger than a form may be" in words(answer)


def test_nobody_sends_anything_that_is_larger_than_a_file_may_be(cast, study, browser_of):
    place = at("testimonies:import", study)
    answer = browser_of(cast.amina).post(place, CONTENT_LENGTH=str(600 << 20))

    assert answer.status_code == 413


def test_an_address_that_is_not_ours_is_answered_in_a_sentence(db):
    answer = Client().get("/studies/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "was not understood" in words(answer)


def test_what_is_unknown_and_what_is_another_s_are_answered_with_the_same_body(
    cast, study, browser_of
):
    eve = browser_of(cast.eve)
    places = [
        at("overview", study),
        at("studies:members", study),
        "/studies/0123456789abcdef/",
        "/studies/0123456789abcdef/members/",
        "/nothing/here/",
        f"/studies/{study.ref}/nothing/",
    ]
    answers = [eve.get(place) for place in places]

    assert {answer.status_code for answer in answers} == {404}
    assert len({body_of(answer) for answer in answers}) == 1


def test_a_member_finds_the_same_body_in_a_study_of_their_own(cast, study, browser_of):
    amina = browser_of(cast.amina)
    inside = amina.get(at("studies:dismiss", study, ref="0123456789abcdef"))
    outside = amina.get("/studies/0123456789abcdef/members/")

    assert inside.status_code == outside.status_code == 404
    assert body_of(inside) == body_of(outside)


def test_not_there_says_nothing_of_why(refusing):
    assert "secret" not in words(refusing(NotThere("The secret study is not yours.")))


def test_a_form_from_elsewhere_is_refused_in_a_sentence(cast, study, browser_of):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser_of(cast.amina).cookies
    answer = strict.post(at("studies:limits", study), {"limits": "Mine."})

    assert answer.status_code == 403
    assert "the page it was on is too old, or cookies are off" in words(answer)


def test_a_form_with_too_many_fields_is_refused_in_a_sentence(cast, study, browser_of, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = browser_of(cast.amina).post(
        at("studies:limits", study), {f"f{number}": "x" for number in range(9)}
    )

    assert answer.status_code == 413
    assert "larger than a form may be" in words(answer)


def test_a_form_that_is_too_large_is_refused_in_a_sentence(cast, study, browser_of, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = browser_of(cast.amina).post(
        at("studies:limits", study),
        "limits=" + "x" * 200,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 413
    assert "larger than a form may be" in words(answer)


def test_what_was_typed_is_shown_when_a_form_is_refused_whole(cast, study, browser_of, monkeypatch):
    def full(**_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("exeunt.web.study.protocol.actions.state_limits", full)
    answer = browser_of(cast.amina).post(
        at("studies:limits", study), {"limits": "An hour's work.", "revision": "1"}
    )

    assert answer.status_code == 503
    assert "What you typed" in words(answer)
    assert "An hour's work." in words(answer)


def test_nothing_typed_outside_a_study_is_shown_again(rf):
    request = rf.post("/in/sign-in/", {"password": "a passphrase"})

    assert refusals.typed_in(request) == []
