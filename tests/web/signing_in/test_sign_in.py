"""Coming in by passphrase and second factor; what is said when it fails; what is written down."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from exeunt.ledger.models import Entry
from exeunt.members.actions import add_member
from exeunt.members.models import Kind
from tests.making.archive import acts
from tests.making.signing_in import (
    PASSPHRASE,
    code_now,
    give_code,
    give_passphrase,
    sign_in,
    with_passphrase,
)

LOGIN = "/in/login/"


def test_the_passphrase_and_then_a_code_let_in(visitor, amina_with_app):
    sign_in(visitor, amina_with_app)

    assert visitor.get(reverse("account_change_password")).status_code == 200
    entry = Entry.objects.latest("position")
    assert (entry.act, entry.facts) == ("member.signed-in", {"way": "password+totp"})


def test_one_is_led_back_to_where_one_wanted_to_go(visitor, amina_with_app):
    wanted = visitor.get(reverse("account_change_password"))
    assert wanted["Location"] == f"{LOGIN}?next=/in/passphrase/"

    visitor.post(wanted["Location"], {"login": "Amina", "password": PASSPHRASE})
    assert give_code(visitor, code_now())["Location"] == "/in/passphrase/"


def test_nobody_is_led_to_another_site(visitor, amina_with_app):
    away = f"{LOGIN}?next=https://example.org/"
    visitor.post(away, {"login": "Amina", "password": PASSPHRASE})

    assert give_code(visitor, code_now())["Location"] == "/"


def test_the_name_may_be_typed_with_other_capitals_and_in_another_form(visitor, cast):
    zoe = with_passphrase(add_member(name="Zoë", by=cast.amina))

    assert give_passphrase(visitor, " ZOe\u0308".replace("OE", "oe").replace("ZO", "Zo"))[
        "Location"
    ] == reverse("home")
    assert zoe.name == "Zoë"


def test_the_passphrase_alone_opens_the_pages_of_factors_and_nothing_else(visitor, cast):
    with_passphrase(cast.boris)
    give_passphrase(visitor, "Boris")

    assert visitor.get("/")["Location"] == reverse("mfa_index")
    assert visitor.get("/in/passphrase/")["Location"] == reverse("mfa_index")
    for name in ("mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "account_logout"):
        assert visitor.get(reverse(name)).status_code == 200
    assert visitor.post(reverse("looks"), {"language": "ar"}).status_code == 302


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [("Amina", "wrong"), ("Nobody", "wrong"), ("Chidi", "wrong"), ("reader-1", "wrong")],
    ids=["a wrong passphrase", "no such name", "invited, not yet in", "a machine"],
)
def test_failing_tells_nothing_about_who_there_is(
    visitor, amina_with_app, cast, name, passphrase, monkeypatch
):
    add_member(name="reader-1", kind=Kind.MACHINE, by=cast.amina)
    runs = _counted_hashings(monkeypatch)
    answer = give_passphrase(visitor, name, passphrase)
    body = _without_token(answer.content.decode()).replace(name, "NAME")

    assert answer.status_code == 422
    assert "The name or the passphrase is wrong." in body
    assert body == _without_token(_known_failure(visitor)).replace("Amina", "NAME")
    assert runs[0] == "hashed"
    assert len(runs) == 2  # once for each of the two attempts above


def _counted_hashings(monkeypatch) -> list[str]:
    """Note every time that Argon2 works, which is what takes the time."""
    runs: list[str] = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify

    def noted(real):
        def counting(*words, **named):
            runs.append("hashed")
            return real(*words, **named)

        return counting

    monkeypatch.setattr(Argon2PasswordHasher, "encode", noted(encode))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", noted(verify))
    return runs


def _known_failure(client) -> str:
    return give_passphrase(client, "Amina", "wrong").content.decode()


def _without_token(body: str) -> str:
    return "\n".join(line for line in body.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("name", ["Amina", "Nobody"])
def test_after_five_failures_a_name_is_closed_for_a_quarter_of_an_hour(
    visitor, amina_with_app, name, clock
):
    for _ in range(5):
        assert "is wrong" in give_passphrase(visitor, name, "wrong").content.decode()

    closed = give_passphrase(visitor, name)
    assert closed.status_code == 422
    assert "Try again in 15 minutes, or use a passkey." in closed.content.decode()
    clock.shift(15 * 60 + 1)
    assert "Try again in" not in give_passphrase(visitor, name).content.decode()


def test_closing_a_name_is_written_down_once_and_without_the_name(visitor, amina_with_app):
    for name in ["Amina"] * 8 + ["Nobody"] * 8:
        give_passphrase(visitor, name, "wrong")
    closed = list(Entry.objects.filter(act="member.locked-out"))

    assert len(closed) == 2
    assert closed[0].subject == amina_with_app.ref
    assert [entry.by for entry in closed] == ["visitor", "visitor"]
    assert "Nobody" not in str([vars(entry) for entry in closed])


def test_the_cache_holds_neither_names_nor_addresses(visitor, amina_with_app):
    give_passphrase(visitor, "Amina", "wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM web_cache")
        rows = str(cursor.fetchall())

    assert "login_failed" in rows
    assert "amina" not in rows.casefold()
    assert "127.0.0.1" not in rows


def test_codes_are_closed_after_five_failures_too(visitor, amina_with_app):
    give_passphrase(visitor, "Amina")
    for _ in range(5):
        assert give_code(visitor, "000000").status_code == 422

    assert "Try again in 15 minutes" in give_code(visitor, code_now()).content.decode()


def test_a_code_works_once(visitor, client, amina_with_app):
    sign_in(visitor, amina_with_app)
    give_passphrase(client, "Amina")

    assert give_code(client, code_now()).status_code == 422


def test_the_code_page_is_for_who_has_given_a_passphrase(visitor, amina_with_app):
    assert visitor.get(reverse("mfa_authenticate"))["Location"] == LOGIN
    assert give_code(visitor, code_now())["Location"] == LOGIN


def test_too_many_attempts_from_one_place_are_answered_by_a_sentence(visitor):
    for number in range(30):
        give_passphrase(visitor, f"name {number}", "")
    answer = visitor.post(LOGIN, {"login": "x", "password": "y"})

    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()


def test_signing_out_is_written_down_and_ends_it(visitor, amina_with_app):
    sign_in(visitor, amina_with_app)
    assert visitor.post(reverse("account_logout"))["Location"] == LOGIN

    assert acts()[-2:] == ["member.signed-in", "member.signed-out"]
    assert visitor.get("/").status_code == 302


def test_sign_up_reset_and_mail_have_no_address(visitor, amina_with_app):
    sign_in(visitor, amina_with_app)
    for path in ("/in/signup/", "/accounts/signup/", "/in/password/reset/", "/in/email/", "/in/"):
        assert visitor.get(path).status_code == 404


def test_a_machine_never_comes_in_even_with_a_passphrase_and_a_passkey(visitor, cast):
    reader = add_member(name="reader-1", kind=Kind.MACHINE, by=cast.amina)
    reader.set_password(PASSPHRASE)
    reader.save()

    assert give_passphrase(visitor, "reader-1")["Location"] == LOGIN
    assert visitor.get("/").status_code == 302


@pytest.mark.parametrize(
    "credential",
    ["", "{", "null", "[]", '"x"', '{"response": "x"}', '{"id": 1, "response": {"userHandle": 5}}'],
)
def test_a_passkey_that_no_browser_sends_is_refused_in_a_sentence(visitor, credential):
    visitor.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = visitor.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert answer["Location"] == LOGIN
    assert visitor.get("/").status_code == 302


def test_nothing_of_a_failure_reaches_the_log(visitor, amina_with_app, caplog):
    with caplog.at_level(logging.DEBUG):
        give_passphrase(visitor, "Amina", "wrong-secret-words")
        give_passphrase(visitor, "Somebody Real", "x")
        sign_in(visitor, amina_with_app)
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )

    assert not any(word in logged for word in ("Amina", "wrong-secret-words", "Somebody Real"))


def test_a_form_field_that_is_far_too_long_is_refused(visitor):
    answer = visitor.post(LOGIN, {"login": "x" * 10_000, "password": "y" * 10_000})

    assert answer.status_code == 422


def test_only_one_row_stands_for_one_app(amina_with_app):
    assert Authenticator.objects.filter(user=amina_with_app).count() == 1
    assert cache.get("nothing") is None
