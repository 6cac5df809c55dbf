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
    return render(
        request, "shell/refused.html", {"refusal": refusal}, status=status or status_of(refusal)
    )


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
