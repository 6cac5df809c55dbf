"""Coming in as people do: by a link, a passphrase, and a code that an app computes."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from exeunt.members.actions import accept, draw_link
from exeunt.members.models import Member
from tests.people import Cast

PASSPHRASE = "seven invented horses"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD = 30


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch) -> None:
    """Let Argon2 work as little as it can; how long it takes in life is not tested here."""
    for part in ("time_cost", "parallelism"):
        monkeypatch.setattr(Argon2PasswordHasher, part, 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 8)


@pytest.fixture
def visitor(db) -> Client:
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def amina_with_app(cast: Cast) -> Member:
    """Amina, who has set her passphrase by a link, and added an app."""
    amina = with_passphrase(cast.amina)
    TOTP.activate(amina, SECRET)
    return amina


def with_passphrase(member: Member, passphrase: str = PASSPHRASE) -> Member:
    """Let a member in by a link, as a lead would."""
    return accept(token=draw_link(member=member, by=member).token, passphrase=passphrase)


def welcome_of(member: Member) -> str:
    """Draw a link for a member, and return its address."""
    return reverse("welcome", args=[draw_link(member=member, by=member).token])


def give_passphrase(client: Client, name: str, passphrase: str = PASSPHRASE) -> HttpResponse:
    """Send the sign-in form."""
    return client.post(reverse("account_login"), {"login": name, "password": passphrase})


def code_now(secret: str = SECRET) -> str:
    """Compute the code that an app shows now (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def give_code(client: Client, code: str) -> HttpResponse:
    """Send the form of the second factor."""
    return client.post(reverse("mfa_authenticate"), {"code": code})


def sign_in(client: Client, member: Member) -> Client:
    """Sign in by passphrase and code."""
    assert give_passphrase(client, member.name)["Location"] == reverse("mfa_authenticate")
    assert give_code(client, code_now())["Location"] == "/"
    return client


def factors_of(member: Member) -> list[str]:
    """Name the kinds of factors that a member has."""
    return sorted(Authenticator.objects.filter(user=member).values_list("type", flat=True))
