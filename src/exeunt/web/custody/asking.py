"""Whether the vault stands open for who asks: half a key is here, the other in their browser.

The word that opens lives in one cookie for ten minutes, and never in a session, a row or a log.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from exeunt.desk.asking import Asked
from exeunt.errors import NotYet, NotYours
from exeunt.stages.testimonies.queries.entrusted import account_entrusted, narrator_entrusted
from exeunt.studies.queries import roles_in_studies
from exeunt.studies.roles import Role
from exeunt.vault import room
from exeunt.vault.room import CustodianState, Keys

READING = frozenset({"GET", "HEAD"})
CONFLICT = 409
View = Callable[..., HttpResponse]


class Unlocked(Asked):
    """A request by a custodian for whom the vault stands open."""

    keys: Keys


class Field(NamedTuple):
    """Something that was typed into a form that could not be carried out."""

    name: str
    value: str


def cookie_name() -> str:
    """Return the cookie's name, with the prefix that TLS allows."""
    return "__Host-vault" if settings.EXEUNT_TLS else "vault"


def session_of(request: HttpRequest) -> str:
    """Return what an opening is bound to: it opens in this session alone."""
    return request.session.session_key or ""


def keep(word: str, response: HttpResponse) -> None:
    """Give the browser its half, for as long as the vault stands open."""
    response.set_cookie(
        cookie_name(),
        word,
        max_age=room.MINUTES * 60,
        secure=settings.EXEUNT_TLS,
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponse) -> None:
    """Take the browser's half away."""
    response.delete_cookie(cookie_name(), samesite="Strict")


def keys_of(request: Asked) -> Keys:
    """Return the keys of the vault that stands open for who asks; refuses where it is shut."""
    word = request.COOKIES.get(cookie_name(), "")
    return room.keys_now(word, session=session_of(request), by=request.member)


def open_keys(request: Asked) -> Keys | None:
    """Return the keys, or None where the vault is shut for who asks or cannot be used."""
    try:
        return keys_of(request)
    except NotYet:
        return None


def keeps_a_key(request: Asked) -> bool:
    """Tell whether who asks keeps a key that opens the vault."""
    if room.standing() is not room.Standing.WELL:
        return False
    key = room.custodian_with(request.member.ref)
    return key is not None and key.state == CustodianState.ACTIVE


def may_keep_a_key(request: Asked) -> bool:
    """Tell whether who asks is a custodian of any study."""
    return any(Role.CUSTODIAN in roles for _, roles in roles_in_studies(by=request.member))


def for_keepers(view: View) -> View:
    """Refuse a page of the vault to whoever keeps no key to it."""

    @wraps(view)
    def page(request: Asked, *places: Any, **named: Any) -> HttpResponse:
        room.the_vault()
        if not keeps_a_key(request):
            raise NotYours("Only custodians, who keep a key to the vault, do this.")
        return view(request, *places, **named)

    return page


def unlocked(view: View) -> View:
    """Lead to the page that opens the vault, and back, where it is shut; nothing typed is lost."""

    @wraps(view)
    def page(request: Any, *places: Any, **named: Any) -> HttpResponse:
        room.the_vault()
        keys = open_keys(request)
        if keys is None:
            return _shut(request)
        request.keys = keys
        return view(request, *places, **named)

    return page


def with_narrator(view: View) -> View:
    """Find the narrator of an address first: one who is not there is not, open vault or shut."""

    @wraps(view)
    def page(request: Asked, ref: str, **named: Any) -> HttpResponse:
        there = narrator_entrusted(request.study, ref, by=request.member)
        return view(request, there, **named)

    return page


def with_account(view: View) -> View:
    """Find the entrusted account of an address first, likewise."""

    @wraps(view)
    def page(request: Asked, ref: str, **named: Any) -> HttpResponse:
        there = account_entrusted(request.study, ref, by=request.member)
        return view(request, there, **named)

    return page


def own_path(path: str, request: HttpRequest) -> str:
    """Return a path of ours to go back to; anything else leads to the vault."""
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, {request.get_host()})
    return path if ours else reverse("custody:vault")


def opening_of(path: str) -> str:
    """Return the address at which the vault is opened, and from which one comes back."""
    return f"{reverse('custody:open')}?{urlencode({'next': path})}"


def _shut(request: Asked) -> HttpResponse:
    opening = opening_of(request.path)
    if request.method in READING:
        return redirect(opening)
    typed = [
        Field(name, str(value))
        for name in request.POST
        if name != "csrfmiddlewaretoken"
        for value in request.POST.getlist(name)
    ]
    facts = {"opening": reverse("custody:open"), "typed": typed, "files": bool(request.FILES)}
    return render(request, "custody/interrupted.html", facts, status=CONFLICT)
