"""The page behind a one-time link, and what stands between it and the studies."""

import pytest
from django.urls import reverse

from exeunt.members.actions import accept, draw_link
from exeunt.members.models import Member
from tests.making.archive import acts
from tests.making.signing_in import (
    PASSPHRASE,
    SECRET,
    code_now,
    factors_of,
    give_code,
    give_passphrase,
    sign_in,
    welcome_of,
)

TWICE = {"passphrase": PASSPHRASE, "again": PASSPHRASE}


def added_app(client) -> str:
    """Add an app as its owner would; return its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def test_looking_at_a_link_does_not_use_it_up(visitor, cast):
    address = welcome_of(cast.boris)
    for _ in range(3):
        page = visitor.get(address)
        assert page.status_code == 200
        assert "Welcome, <bdi>Boris</bdi>" in page.content.decode()


def test_from_the_link_to_the_studies(visitor, cast, study):
    address = welcome_of(cast.boris)
    assert visitor.post(address, TWICE)["Location"] == reverse("mfa_index")
    assert visitor.get("/")["Location"] == reverse("mfa_index")
    secret = added_app(visitor)
    codes = visitor.get(reverse("mfa_view_recovery_codes")).context["codes"]
    assert len(codes) == 10
    visitor.post(reverse("mfa_view_recovery_codes"))

    assert visitor.get(reverse("account_change_password")).status_code == 200
    assert factors_of(cast.boris) == ["recovery_codes", "totp"]
    assert acts()[-5:] == [
        "member.link-drawn", "member.link-accepted", "member.signed-in",
        "member.factor-added", "member.codes-kept",
    ]  # fmt: skip
    visitor.post(reverse("account_logout"))
    give_passphrase(visitor, "Boris")
    assert give_code(visitor, codes[3])["Location"] == "/"
    assert secret != SECRET


def test_a_recovery_code_works_once(visitor, cast):
    visitor.post(welcome_of(cast.boris), TWICE)
    added_app(visitor)
    codes = visitor.get(reverse("mfa_view_recovery_codes")).context["codes"]
    for expected in (302, 422):
        visitor.post(reverse("account_logout"))
        give_passphrase(visitor, "Boris")
        assert give_code(visitor, codes[0]).status_code == expected


def test_recovery_codes_are_shown_until_they_are_kept_and_then_never_again(visitor, cast):
    visitor.post(welcome_of(cast.boris), TWICE)
    added_app(visitor)
    page = reverse("mfa_view_recovery_codes")
    codes = visitor.get(page).context["codes"]
    assert visitor.get(page).context["codes"] == codes
    visitor.post(page)

    again = visitor.get(page)
    assert again.context["codes"] == []
    assert not any(code in again.content.decode() for code in codes)
    visitor.post(reverse("mfa_generate_recovery_codes"))
    assert len(set(visitor.get(page).context["codes"]) - set(codes)) == 10


def used(cast, _clock):
    link = draw_link(member=cast.boris, by=cast.amina)
    accept(token=link.token, passphrase=PASSPHRASE)
    return link.token


def expired(cast, clock):
    token = draw_link(member=cast.boris, by=cast.amina).token
    clock.shift(72 * 3600)
    return token


def unknown(_cast, _clock):
    return "x" * 43


@pytest.mark.parametrize("dead", [used, expired, unknown])
@pytest.mark.parametrize("method", ["get", "post"])
def test_links_that_work_no_more_are_all_answered_alike(visitor, cast, clock, dead, method):
    token = dead(cast, clock)
    answer = getattr(visitor, method)(reverse("welcome", args=[token]), TWICE)

    assert answer.status_code == 409
    body = answer.content.decode().replace(token, "TOKEN")
    assert "This link does not work any more" in body
    assert "Ask a lead of your study for a new one." in body
    assert "Boris" not in body


def test_two_passphrases_that_differ_are_refused_and_nothing_is_used_up(visitor, cast):
    address = welcome_of(cast.boris)
    answer = visitor.post(address, {"passphrase": PASSPHRASE, "again": "another"})

    assert answer.status_code == 422
    assert "The two are not the same." in answer.content.decode()
    assert visitor.post(address, TWICE).status_code == 302


def test_a_passphrase_that_is_too_easy_is_refused_at_its_field(visitor, cast):
    answer = visitor.post(welcome_of(cast.boris), {"passphrase": "short", "again": "short"})

    assert answer.status_code == 422
    assert "at least 12 characters" in str(answer.context["form"].errors["passphrase"])
    assert not Member.objects.get(name="Boris").has_usable_password()


def test_a_link_that_another_member_opens_signs_that_other_out(client, amina_with_app, cast):
    sign_in(client, amina_with_app)
    client.post(welcome_of(cast.boris), TWICE)

    assert acts()[-3:] == ["member.link-accepted", "member.signed-out", "member.signed-in"]
    assert client.get(reverse("mfa_index")).context["user"] == cast.boris


def test_a_new_link_ends_the_sessions_of_whoever_had_the_old_way_in(visitor, amina_with_app, cast):
    sign_in(visitor, amina_with_app)
    draw_link(member=cast.amina, by=cast.boris)

    assert visitor.get(reverse("mfa_index"))["Location"].startswith("/in/login/")
    assert give_passphrase(visitor, "Amina").status_code == 422
