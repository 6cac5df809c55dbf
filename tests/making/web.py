"""Browsers of the cast, as Django's test client plays them: signed in, in a study."""

from collections.abc import Callable

import pytest
from django.test import Client

from exeunt.members.models import Member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Browser = Callable[[Member], Client]


@pytest.fixture
def browser_of() -> Browser:
    """Give a member a browser in which they are signed in."""

    def browser(member: Member) -> Client:
        client = Client()
        client.force_login(member, backend=BACKEND)
        return client

    return browser
