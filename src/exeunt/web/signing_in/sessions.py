"""How long somebody stays signed in, and how far they come without a second factor."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from exeunt.members.models import Member
from exeunt.web.custody.shutting import shut_behind
from exeunt.web.signing_in.actions import was_ended

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

BEGUN, SEEN, ENDED = "begun", "seen", "ended"
IDLE, TOO_LONG = "idle", "too-long"
# A page that is looked at is no write to the database, but for once a minute.
STAMP_EVERY = 60
# What a page that lies open asks for by itself; it keeps nobody signed in.
UNATTENDED = frozenset({"work", "testimonies:beat"})
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "looks",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "welcome",
    }
)


def begin(session: SessionBase) -> None:
    """Start counting, when somebody has signed in."""
    session[BEGUN] = session[SEEN] = int(time.time())


class SignedIn:
    """Ends sessions that were left or are too old, and asks for a second factor first."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer for whoever is signed in still."""
        why = _over(request)
        if why is not None:
            _end(request, why)
        response = self.answer(request)
        if request.user.is_authenticated and not _by_itself(request):
            _stamp(request.session)
        return _for_a_part(request, response)

    def process_view(
        self, request: HttpRequest, _view: View, _places: tuple[Any, ...], _named: dict[str, Any]
    ) -> HttpResponse | None:
        """Lead whoever has no second factor yet to where they get one."""
        match = request.resolver_match
        if not request.user.is_authenticated or getattr(request.user, "protected", False):
            return None
        if match is not None and match.view_name in WITHOUT_SECOND_FACTOR:
            return None
        return redirect("mfa_index")


def _over(request: HttpRequest) -> str | None:
    if not request.user.is_authenticated:
        return None
    now = int(time.time())
    if now - int(request.session.get(BEGUN, 0)) >= settings.SESSION_COOKIE_AGE:
        return TOO_LONG
    if now - int(request.session.get(SEEN, 0)) >= settings.EXEUNT_IDLE_SECONDS:
        return IDLE
    return None


def _end(request: HttpRequest, why: str) -> None:
    if isinstance(request.user, Member):
        shut_behind(request)
        was_ended(request.user, why=why)
    logout(request)
    request.session[ENDED] = why


def _stamp(session: SessionBase) -> None:
    now = int(time.time())
    if now - int(session.get(SEEN, 0)) >= STAMP_EVERY:
        session[SEEN] = now


def _by_itself(request: HttpRequest) -> bool:
    match = request.resolver_match
    return "HX-Request" in request.headers and match is not None and match.view_name in UNATTENDED


def _for_a_part(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Send the whole page to the sign-in, where only a part of it was asked for."""
    if "HX-Request" not in request.headers or not isinstance(response, HttpResponseRedirect):
        return response
    gate = urlsplit(response.url).path
    if gate not in {reverse("account_login"), reverse("mfa_index")}:
        return response
    back = urlsplit(request.headers.get("HX-Current-URL", "/")).path or "/"
    part = HttpResponse(status=204)
    part.headers["HX-Redirect"] = f"{gate}?{urlencode({'next': back})}"
    return part
