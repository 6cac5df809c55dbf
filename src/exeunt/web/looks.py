"""How somebody wants to see the pages: kept in a cookie of their browser."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

DENSITIES = ("comfortable", "compact")
SCHEMES = ("auto", "light", "dark")
A_YEAR = 31_536_000


class Looks(NamedTuple):
    """How close the lines stand, and on which ground."""

    density: str = DENSITIES[0]
    scheme: str = SCHEMES[0]


def looks_of(request: HttpRequest) -> Looks:
    """Read the cookie; whatever is no choice of ours is the first one."""
    density, _, scheme = request.COOKIES.get(cookie_name(), "").partition(".")
    return cleaned(density, scheme)


def cleaned(density: str, scheme: str) -> Looks:
    """Return the choice, or the first where it is none.

    >>> cleaned("compact", "purple")
    Looks(density='compact', scheme='auto')
    """
    return Looks(
        density if density in DENSITIES else DENSITIES[0],
        scheme if scheme in SCHEMES else SCHEMES[0],
    )


def keep(looks: Looks, response: HttpResponse) -> None:
    """Keep the choice in the browser for a year."""
    response.set_cookie(
        cookie_name(),
        f"{looks.density}.{looks.scheme}",
        max_age=A_YEAR,
        secure=settings.EXEUNT_TLS,
        httponly=True,
        samesite="Strict",
    )


def cookie_name() -> str:
    """Return the cookie's name, with the prefix that TLS allows."""
    return "__Host-looks" if settings.EXEUNT_TLS else "looks"
