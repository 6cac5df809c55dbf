"""Every page of signing in: its headers and cookies, its words, and that it says them in Arabic."""

import importlib

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as ours
from django.test import Client
from django.urls import reverse

from exeunt import settings as module
from exeunt.desk.fresh import fresh
from exeunt.errors import NotYet
from tests.making.archive import acts
from tests.making.signing_in import factors_of, give_passphrase, sign_in, welcome_of

OUT = ("/in/login/",)
IN = (
    "/in/factors/",
    "/in/factors/passkeys/add/",
    "/in/factors/app/remove/",
    "/in/passphrase/",
    "/in/again/",
    "/in/again/code/",
    "/in/logout/",
)


def assert_tight(response) -> None:
    """Check what every page tells a browser."""
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "publickey-credentials-get=(self)" in response["Permissions-Policy"]
    body = response.content.decode()
    assert " style=" not in body
    assert "onclick" not in body
    assert body.count("<h1") == 1


@pytest.mark.parametrize("path", OUT)
def test_pages_before_signing_in_are_tight(visitor, path):
    response = visitor.get(path)

    assert response.status_code == 200
    assert_tight(response)


@pytest.mark.parametrize("path", IN)
def test_pages_after_signing_in_are_tight(visitor, amina_with_app, path):
    sign_in(visitor, amina_with_app)
    response = visitor.get(path)

    assert response.status_code == 200
    assert_tight(response)


def test_the_second_factor_and_the_welcome_are_tight(visitor, client, amina_with_app, cast):
    give_passphrase(visitor, "Amina")
    assert_tight(visitor.get(reverse("mfa_authenticate")))
    assert_tight(client.get(welcome_of(cast.boris)))


def test_pages_are_written_from_right_to_left_in_arabic(visitor, amina_with_app):
    sign_in(visitor, amina_with_app)
    visitor.post(reverse("looks"), {"language": "ar"})

    assert 'lang="ar" dir="rtl"' in visitor.get("/in/factors/").content.decode()


def test_a_failed_form_is_not_kept_by_caches_either(visitor):
    response = give_passphrase(visitor, "Nobody", "zebras under oaks")

    assert response.status_code == 422
    assert_tight(response)
    assert "zebras under oaks" not in response.content.decode()


def test_cookies_on_this_machine_have_plain_names_and_every_flag_that_works(
    visitor, amina_with_app
):
    sign_in(visitor, amina_with_app)
    visitor.get("/in/factors/")

    assert {"session", "csrf"} <= set(visitor.cookies)
    for name in ("session", "csrf"):
        cookie = visitor.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
        assert cookie["domain"] == ""
    assert visitor.cookies["session"]["max-age"] == ""


@pytest.fixture
def with_tls(monkeypatch):
    """The settings as they are when TLS is spoken."""
    monkeypatch.setenv("EXEUNT_TLS", "1")
    tight = importlib.reload(module)
    yield tight
    monkeypatch.undo()
    importlib.reload(module)


def test_with_tls_cookies_are_bound_to_the_host_and_never_sent_in_the_clear(with_tls):
    assert with_tls.SESSION_COOKIE_NAME == "__Host-session"
    assert with_tls.CSRF_COOKIE_NAME == "__Host-csrf"
    assert with_tls.LANGUAGE_COOKIE_NAME == "__Host-language"
    assert with_tls.SESSION_COOKIE_SECURE
    assert with_tls.CSRF_COOKIE_SECURE
    assert with_tls.SECURE_HSTS_SECONDS == 31_536_000


def test_without_a_token_of_ours_no_form_is_taken(amina_with_app):
    strict = Client(enforce_csrf_checks=True)

    assert give_passphrase(strict, "Amina").status_code == 403


def test_at_a_bare_number_the_sign_in_page_leads_to_the_name(visitor):
    response = visitor.get("/in/login/?next=/in/factors/", headers={"host": "127.0.0.1:8000"})

    assert response["Location"] == "http://localhost:8000/in/login/?next=/in/factors/"


def test_the_page_of_factors_shows_how_many_codes_are_left(visitor, amina_with_app):
    Authenticator.objects.create(
        user=amina_with_app, type="recovery_codes", data={"seed": "sealed", "used_mask": 0b1011}
    )
    sign_in(visitor, amina_with_app)

    assert "7 codes are left." in visitor.get("/in/factors/").content.decode()


def test_whose_passkey_it_is_decides_who_may_change_it(visitor, amina_with_app, cast):
    other = Authenticator.objects.create(
        user=cast.boris, type="webauthn", data={"name": "Boris's key", "credential": {}}
    )
    sign_in(visitor, amina_with_app)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        for answer in (visitor.get, visitor.post):
            assert answer(reverse(name, args=[other.pk])).status_code == 404
    assert factors_of(cast.boris) == ["webauthn"]


def test_the_app_is_called_by_our_name_and_not_by_the_host(visitor, cast):
    address = welcome_of(cast.boris)
    visitor.post(address, {"passphrase": "seven invented horses", "again": "seven invented horses"})
    page = visitor.get(reverse("mfa_activate_totp"), headers={"host": "localhost:8123"})

    assert page.context["totp_url"].startswith("otpauth://totp/Boris?secret=")
    assert page.context["totp_url"].endswith("&issuer=Exeunt")


def test_a_wrong_first_code_adds_nothing_and_keeps_the_secret(visitor, cast):
    passphrase = "seven invented horses"
    visitor.post(welcome_of(cast.boris), {"passphrase": passphrase, "again": passphrase})
    first = visitor.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = visitor.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert answer.status_code == 422
    assert answer.context["form"].secret == first
    assert factors_of(cast.boris) == []
    assert "member.factor-added" not in acts()


def test_an_act_that_must_be_fresh_asks_first_and_is_not_done_late(browser_of, cast, rf, clock):
    done = []
    guarded = fresh(lambda request: done.append(request.method))
    request = rf.post("/")
    request.user, request.session = cast.amina, browser_of(cast.amina).session
    guarded(request)
    clock.shift(ours.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    with pytest.raises(NotYet, match="Open the page again"):
        guarded(request)
    assert done == ["POST"]
