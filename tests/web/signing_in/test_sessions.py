"""How long somebody stays signed in; what a stolen database shows of it."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exeunt.ledger.models import Entry
from exeunt.studies.models import Membership
from exeunt.web.signing_in.store import SessionStore, row_of
from tests.making.archive import acts
from tests.making.signing_in import PASSPHRASE, code_now, factors_of, give_passphrase, sign_in

PAGE = "/in/factors/"
MINUTES, HOURS = 60, 3600


def test_half_an_hour_of_nothing_ends_a_session_and_the_sign_in_page_says_so(
    visitor, amina_with_app, clock
):
    sign_in(visitor, amina_with_app)
    clock.shift(30 * MINUTES)
    gate = visitor.get(PAGE)["Location"]

    assert gate == f"/in/login/?next={PAGE}"
    assert "because nothing was done for 30 minutes" in visitor.get(gate).content.decode()
    assert "because nothing was done" not in visitor.get(gate).content.decode()
    entry = Entry.objects.latest("position")
    assert (entry.act, entry.facts) == ("member.session-ended", {"why": "idle"})


def test_whoever_works_stays_signed_in_but_for_eight_hours(visitor, amina_with_app, clock):
    sign_in(visitor, amina_with_app)
    for _ in range(16):
        clock.shift(29 * MINUTES + 59)
        assert visitor.get(PAGE).status_code == 200
    clock.shift(20)

    gate = visitor.get(PAGE)["Location"]
    assert "a session lasts 8 hours at most" in visitor.get(gate).content.decode()
    assert Entry.objects.latest("position").facts == {"why": "too-long"}


def test_a_page_view_within_a_minute_writes_nothing(visitor, amina_with_app, clock):
    sign_in(visitor, amina_with_app)
    visitor.get(PAGE)
    clock.shift(59)
    assert _written(visitor) == []
    clock.shift(1)
    assert len(_written(visitor)) == 1


def _written(client) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    said = [query["sql"] for query in queries]
    return [sql for sql in said if sql.startswith(("UPDATE", "INSERT", "DELETE"))]


def test_a_page_that_lies_open_and_asks_by_itself_keeps_nobody_signed_in(
    visitor, amina_with_app, study, clock
):
    sign_in(visitor, amina_with_app)
    page = reverse("work", kwargs={"study_ref": study.ref, "ref": "0123456789abcdef"})
    for _ in range(6):
        clock.shift(5 * MINUTES)
        visitor.get(page, headers={"HX-Request": "true"})

    assert visitor.get(PAGE).status_code == 302


def test_a_session_that_nobody_began_is_none(amina_with_app):
    client = Client()
    client.force_login(amina_with_app)

    assert client.get(PAGE).status_code == 302


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(visitor, amina_with_app, clock):
    sign_in(visitor, amina_with_app)
    clock.shift(30 * MINUTES)
    answer = visitor.get(
        PAGE, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/studies/?q=x"}
    )

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/in/login/?next=%2Fstudies%2F"


def test_changing_the_passphrase_ends_every_other_session(visitor, client, amina_with_app, clock):
    sign_in(visitor, amina_with_app)
    clock.shift(31)
    sign_in(client, amina_with_app)
    answer = visitor.post(
        reverse("account_change_password"),
        {"now": PASSPHRASE, "passphrase": "eight new horses", "again": "eight new horses"},
    )

    assert answer["Location"] == reverse("mfa_index")
    assert visitor.get(PAGE).status_code == 200
    assert client.get(PAGE).status_code == 302
    assert acts()[-1] == "member.passphrase-changed"


def test_a_wrong_passphrase_changes_nothing(visitor, amina_with_app):
    sign_in(visitor, amina_with_app)
    answer = visitor.post(
        reverse("account_change_password"),
        {"now": "wrong", "passphrase": "eight new horses", "again": "eight new horses"},
    )

    assert answer.status_code == 422
    assert "not your passphrase as it is now" in str(answer.context["form"].errors["now"])


def test_a_role_that_is_taken_away_is_gone_at_the_next_page(visitor, amina_with_app, study):
    sign_in(visitor, amina_with_app)
    page = reverse("overview", kwargs={"study_ref": study.ref})
    assert visitor.get(page).status_code == 200
    Membership.objects.filter(member=amina_with_app).delete()

    assert visitor.get(page).status_code == 404


def test_removing_the_last_factor_closes_the_studies_at_once(visitor, amina_with_app):
    sign_in(visitor, amina_with_app)
    assert visitor.post(reverse("mfa_deactivate_totp"))["Location"] == reverse("mfa_index")

    assert factors_of(amina_with_app) == []
    assert visitor.get("/")["Location"] == reverse("mfa_index")
    assert acts()[-1] == "member.factor-removed"


def test_what_a_browser_holds_is_not_in_the_database(visitor, amina_with_app):
    sign_in(visitor, amina_with_app)
    held = visitor.cookies["session"].value
    row = Session.objects.get()

    assert row.session_key == row_of(held) != held
    assert row.session_data.startswith("x1:")
    assert SessionStore(held)["_auth_user_id"] == str(amina_with_app.pk)
    # Whoever has read the row's key signs in with nothing.
    thief = Client()
    thief.cookies["session"] = row.session_key
    assert thief.get(PAGE).status_code == 302


def test_a_session_that_was_put_into_another_row_opens_nothing(visitor, client, amina_with_app):
    sign_in(visitor, amina_with_app)
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    theirs = Session.objects.get(session_key=row_of(visitor.cookies["session"].value))
    mine = Session.objects.exclude(pk=theirs.pk).get()
    Session.objects.filter(pk=mine.pk).update(session_data=theirs.session_data)

    assert client.get(PAGE).status_code == 302


def test_another_key_of_the_server_ends_all_sessions(visitor, amina_with_app, settings):
    sign_in(visitor, amina_with_app)
    settings.EXEUNT_SERVER_KEY = b"k" * 32

    assert visitor.get(PAGE).status_code == 302


@pytest.mark.parametrize("path", ["/in/again/", "/in/again/code/"])
def test_showing_again_that_it_is_you_leads_back(visitor, amina_with_app, clock, path):
    sign_in(visitor, amina_with_app)
    clock.shift(11 * MINUTES)
    asked = visitor.get(reverse("mfa_add_webauthn"))
    assert asked["Location"] == "/in/again/?next=%2Fin%2Ffactors%2Fpasskeys%2Fadd%2F"
    assert visitor.get(f"{path}?next=/in/factors/passkeys/add/").status_code == 200
    wrong = visitor.post(path, {"password": "wrong", "code": "0"})
    assert wrong.status_code == 422
    visitor.post(f"{path}?next=/in/factors/", {"password": PASSPHRASE, "code": code_now()})

    assert visitor.get(reverse("mfa_add_webauthn")).status_code == 200


def test_who_has_signed_in_just_now_is_not_asked_again(visitor, amina_with_app, clock):
    sign_in(visitor, amina_with_app)
    clock.shift(9 * MINUTES)

    assert visitor.get(reverse("mfa_add_webauthn")).status_code == 200
    assert give_passphrase(visitor, "Amina")["Location"] == "/"
