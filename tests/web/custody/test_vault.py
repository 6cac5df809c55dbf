"""The vault's page: how it stands, opening it, shutting it; what of it is never kept."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from exeunt.ledger.models import Entry
from exeunt.vault.models import Unlocking
from exeunt.vault.rules.opening import STANDINGS
from exeunt.vault.states import Reason, Standing
from tests.making.custody import at, said, unlock
from tests.making.vault import PASSPHRASE

VAULT, OPEN, SHUT = (reverse(f"custody:{name}") for name in ("vault", "open", "shut"))


def test_whoever_keeps_no_key_sees_how_it_stands_and_nothing_more(vault, cast, browser_of):
    page = said(browser_of(cast.boris).get(VAULT))

    assert "It stands well." in page
    assert "You keep no key to it, and need none" in page
    assert "Dana" not in page


def test_a_custodian_sees_who_keeps_it_and_until_when_it_is_open(dana):
    page = said(dana.get(VAULT))

    assert '<time datetime="2026-03-02T09:10:00+00:00" data-until>09:10</time>' in page
    assert "to mask a text" in page
    assert "20 more people’s records" in page
    assert "Everything hangs on one key." in page


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.WELL])
def test_a_vault_that_cannot_be_used_says_why_to_everybody(
    standing, cast, study, browser_of, settings
):
    settings.EXEUNT_VAULT_STANDING = standing.value
    page = browser_of(cast.boris).get(VAULT)

    assert page.status_code == 200
    assert STANDINGS[standing] in said(page)


def test_the_word_that_opens_is_in_the_cookie_alone(dana, vault, cast, settings):
    cookie = dana.cookies["vault"]
    kept = str(list(Session.objects.values())) + str(dict(dana.session))
    kept += str(list(Entry.objects.values())) + str(list(Unlocking.objects.values()))

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 600)
    assert (cookie["path"], cookie["secure"]) == ("/", settings.EXEUNT_TLS or "")
    assert cookie.value not in kept
    assert PASSPHRASE not in kept


def test_over_tls_the_cookie_bears_the_prefix_and_is_sent_over_tls_only(
    vault, entrusted, cast, browser_of, settings
):
    settings.EXEUNT_TLS = True
    client = browser_of(cast.dana)
    unlock(client)

    assert client.cookies["__Host-vault"]["secure"] is True


def test_a_wrong_passphrase_is_answered_by_one_sentence_and_counted(
    vault, entrusted, cast, browser_of
):
    client = browser_of(cast.dana)
    answer = client.post(OPEN, {"passphrase": "another one entirely", "reason": "masking"})

    assert answer.status_code == 422
    assert "The vault did not open." in said(answer)
    assert "another one entirely" not in said(answer)
    assert vault.founded.first.custodian.__class__.objects.get(member=cast.dana.ref).failures == 1
    assert "vault" not in client.cookies


def test_opening_asks_first_who_it_is(vault, entrusted, cast, browser_of, clock):
    client = browser_of(cast.dana)
    clock.shift(601)

    assert client.get(OPEN).status_code == 302
    assert unlock(client).status_code == 409
    assert Unlocking.objects.count() == 0


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/studies/", "/studies/"),
        ("https://elsewhere.example/", VAULT),
        ("//elsewhere.example/", VAULT),
        ("javascript:alert(1)", VAULT),
        ("", VAULT),
    ],
)
def test_one_comes_back_to_our_own_pages_only(asked, goes, vault, entrusted, cast, browser_of):
    client = browser_of(cast.dana)
    sent = {"passphrase": PASSPHRASE, "reason": "masking", "next": asked}

    assert client.post(OPEN, sent)["Location"] == goes


def test_it_opens_nothing_in_another_session(dana, entrusted, cast, browser_of):
    other = browser_of(cast.dana)
    other.cookies["vault"] = dana.cookies["vault"].value

    assert other.get(at("register", entrusted))["Location"].startswith(OPEN)


def test_shutting_takes_both_halves_away(dana, entrusted):
    answer = dana.post(SHUT)

    assert answer.status_code == 302
    assert dana.cookies["vault"].value == ""
    assert Unlocking.objects.count() == 0
    assert dana.get(at("register", entrusted)).status_code == 302


@pytest.mark.parametrize("way", ["signing out", "leaving it alone"])
def test_whoever_goes_shuts_it(way, dana, settings, clock):
    leave = {
        "signing out": lambda: dana.post(reverse("account_logout")),
        "leaving it alone": lambda: (clock.shift(settings.EXEUNT_IDLE_SECONDS), dana.get(VAULT)),
    }
    leave[way]()

    assert Unlocking.objects.count() == 0
    assert "_auth_user_id" not in dana.session


def test_after_ten_minutes_a_page_leads_to_where_it_is_opened_and_back(dana, entrusted, clock):
    place = at("register", entrusted)
    clock.shift(600)
    answer = dana.get(place)

    assert answer["Location"] == f"{OPEN}?next={place.replace('/', '%2F')}"


def test_what_was_typed_when_it_shut_is_sent_again_from_the_same_page(dana, entrusted, clock):
    place = at("register", entrusted)
    clock.shift(600)
    answer = dana.post(place, {"label": "N-7", "name": "Rahma Testwell"})

    assert answer.status_code == 409
    assert '<input type="hidden" name="name" value="Rahma Testwell">' in said(answer)
    assert "Rahma" not in str(dict(dana.session))


def test_the_ledger_of_the_vault_is_read_open_or_shut(dana):
    dana.post(SHUT)
    page = said(dana.get(reverse("custody:ledger")))

    assert "<bdi>Dana</bdi> opened the vault" in page
    assert "to mask a text" in page
    assert "<bdi>Dana</bdi> read the vault's ledger" in page


@pytest.mark.parametrize("place", [OPEN, reverse("custody:ledger")])
def test_whoever_keeps_no_key_is_refused(place, vault, cast, browser_of):
    assert browser_of(cast.amina).get(place).status_code == 403


def test_every_reason_can_be_given(vault, entrusted, cast, browser_of):
    client = browser_of(cast.dana)

    assert [unlock(client, reason).status_code for reason in Reason] == [302] * len(Reason)
