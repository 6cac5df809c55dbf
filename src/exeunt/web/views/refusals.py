"""Pages that say no: which rule, and what would change it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exeunt.errors import BadInput, ExeuntError, NotThere, NotYours, Refusal

FORBIDDEN, MISSING, CONFLICT, NOT_UNDERSTOOD = 403, 404, 409, 422


def refused(
    request: HttpRequest, refusal: ExeuntError, *, status: int | None = None
) -> HttpResponse:
    """Show a refusal; whatever is not there, or not for who asks to know of, is answered alike."""
    if isinstance(refusal, NotThere):
        return render(request, "shell/notthere.html", status=MISSING)
    facts = {"refusal": refusal, "typed": typed_in(request)}
    return render(request, "shell/refused.html", facts, status=status or status_of(refusal))


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


def not_there(request: HttpRequest, _fault: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return refused(request, NotThere())


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that does not come from a page of ours, or from one that is too old."""
    old = Refusal(
        "This form was not accepted: the page it was on is too old, or cookies are off. "
        "Go back, open the page again, and send it once more."
    )
    return refused(request, old, status=FORBIDDEN)
