"""Choosing language, density and ground."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from exeunt.web.looks import cleaned, keep, looks_of


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen, and go back to the page on which it was."""
    back = request.POST.get("next", "/")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(back, here, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    now = looks_of(request)
    chosen = cleaned(
        request.POST.get("density", now.density), request.POST.get("scheme", now.scheme)
    )
    keep(chosen, response)
    _keep_language(request.POST.get("language", ""), response)
    return response


def _keep_language(code: str, response: HttpResponse) -> None:
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Strict",
    )
