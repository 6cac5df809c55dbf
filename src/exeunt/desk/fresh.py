"""Acts for which it is not enough that somebody signed in this morning."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from exeunt.errors import NotYet

View = Callable[..., HttpResponse]
READING = frozenset({"GET", "HEAD"})


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether who asks has shown within ten minutes that it is them."""
    records = get_authentication_records(request, getattr(request, "user", None))
    if not records:
        return False
    return bool(time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def fresh(view: View) -> View:
    """Ask for the passphrase or a second factor before a page that leads to a sensitive act.

    A form that was sent too late is not done: the page, opened again, asks first.
    """

    @wraps(view)
    def asked_first(request: HttpRequest, *places: Any, **named: Any) -> HttpResponse:
        if not is_fresh(request):
            if request.method in READING:
                raise ReauthenticationRequired
            raise NotYet(
                "More than ten minutes have passed since you showed that it is you, so this was "
                "not done. Open the page again; it asks for your passphrase first."
            )
        return view(request, *places, **named)

    return asked_first
