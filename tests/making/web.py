"""Browsers of the cast, as Django's test client plays them: signed in, in a study."""

from collections.abc import Callable

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpRequest
from django.test import Client

from exeunt.members.models import Member
from exeunt.web.signing_in.sessions import begin

BACKEND = "exeunt.web.signing_in.backends.ByPassphrase"
Browser = Callable[[Member], Client]


def protect(member: Member) -> Authenticator:
    """Give a member an app for codes, if they have none: without one, no page opens."""
    there = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).first()
    return there or TOTP.activate(member, generate_totp_secret()).instance


def signed_in(client: Client, member: Member) -> Client:
    """Sign a member in, as having just shown that it is them."""
    client.force_login(member, backend=BACKEND)
    request = HttpRequest()
    request.session = client.session
    begin(request.session)
    record_authentication(request, member, "totp", reauthenticated=True)
    request.session.save()
    return client


@pytest.fixture
def browser_of() -> Browser:
    """Give a member a browser in which they are signed in, second factor and all."""

    def browser(member: Member) -> Client:
        protect(member)
        return signed_in(Client(), member)

    return browser
