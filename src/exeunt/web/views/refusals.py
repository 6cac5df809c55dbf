"""Pages that say no: which rule, and what would change it."""

import errno
import sys

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from exeunt.archive.opening import SENTENCES, sentence_for_database
from exeunt.desk.saying import said
from exeunt.errors import BadInput, ExeuntError, NotThere, NotYours, Refusal

WRONG, FORBIDDEN, MISSING, CONFLICT, TOO_LARGE, NOT_UNDERSTOOD = 400, 403, 404, 409, 413, 422
BROKEN, NOT_NOW = 500, 503
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def refused(
    request: HttpRequest, refusal: ExeuntError, *, status: int | None = None
) -> HttpResponse:
    """Show a refusal; whatever is not there, or not for who asks to know of, is answered alike.

    A script that asked for JSON is told the sentence alone.
    """
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"says": said(refusal)}, status=status or _status_for(refusal))
    if isinstance(refusal, NotThere):
        return render(request, "shell/notthere.html", status=MISSING)
    facts = {"refusal": refusal, "typed": typed_in(request)}
    return render(request, "shell/refused.html", facts, status=status or status_of(refusal))


def _status_for(refusal: ExeuntError) -> int:
    return MISSING if isinstance(refusal, NotThere) else status_of(refusal)


def typed_in(request: HttpRequest) -> list[str]:
    """Return what somebody typed into a form that was refused whole, so that it is not lost.

    Nothing from outside a study: a passphrase is never shown again.
    """
    if request.method != "POST" or getattr(request, "study", None) is None:
        return []
    ours = {"csrfmiddlewaretoken", "once", "revision"}
    values = (value for name in request.POST if name not in ours for value in _all(request, name))
    return [value for value in values if value.strip()]


def _all(request: HttpRequest, name: str) -> list[str]:
    return [str(value) for value in request.POST.getlist(name)]


def status_of(refusal: ExeuntError) -> int:
    """Return the status by which a machine knows a refusal."""
    if isinstance(refusal, NotYours):
        return FORBIDDEN
    return NOT_UNDERSTOOD if isinstance(refusal, BadInput) else CONFLICT


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere."""
    return refused(request, NotThere())


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that does not come from a page of ours, or from one that is too old."""
    old = Refusal(
        "This form was not accepted: the page it was on is too old, or cookies are off. "
        "Go back, open the page again, and send it once more."
    )
    return refused(request, old, status=FORBIDDEN)


def not_yours(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for a library that refuses without saying why."""
    return refused(request, NotYours("This is not for you to do."))


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what no browser sends by itself, and a form that is larger than any of ours.

    What was typed cannot be shown again: it is just that which could not be read.
    """
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        facts = {"refusal": Refusal("This request was not understood.")}
        return render(request, "shell/refused.html", facts, status=WRONG)
    facts = {
        "refusal": Refusal(
            "What you sent is larger than a form may be, and nothing of it was kept. Send it in "
            "parts, or as a file."
        )
    }
    return render(request, "shell/refused.html", facts, status=TOO_LARGE)


def broken(_request: HttpRequest) -> HttpResponse:
    """Answer when something of ours broke, without touching anything that may be broken too."""
    sentence = _sentence_for(sys.exc_info()[1])
    facts = {"refusal": ExeuntError(sentence)} if sentence else {}
    page = render_to_string("shell/broken.html", facts)
    return HttpResponse(page, status=NOT_NOW if sentence else BROKEN)


def _sentence_for(fault: BaseException | None) -> str | None:
    if isinstance(fault, OSError) and fault.errno in FULL:
        return SENTENCES["disk is full"]
    return sentence_for_database(fault) if isinstance(fault, DatabaseError) else None
