"""What happens around every page: who asks, in which study, and how a refusal is shown."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse

from exeunt.archive.opening import sentence_for_database
from exeunt.desk.uploads import LARGEST
from exeunt.errors import ExeuntError, NotThere
from exeunt.members.models import Member
from exeunt.studies.queries import study_and_roles
from exeunt.web.views.refusals import NOT_NOW, refused

REDIRECTIONS = frozenset({301, 302, 303})
NO_CONTENT = 204

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


class Headers:
    """Tells browsers to keep nothing, and to tell others nothing."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that Django does not."""
        response = self.answer(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class Refusals:
    """Turns a refusal into a page that says it, and a full disk into a sentence."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what breaks outside a view is told by the page of what broke."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer for a view that refused; what has no sentence goes on its way."""
        if isinstance(fault, Http404):
            return refused(request, NotThere("There is nothing here."))
        if isinstance(fault, ExeuntError):
            return refused(request, fault)
        sentence = sentence_for_database(fault) if isinstance(fault, DatabaseError) else None
        return refused(request, ExeuntError(sentence), status=NOT_NOW) if sentence else None


class Keeps:
    """Tells a page that sent its form by script where to go, instead of sending it there.

    So the page is left only when the answer has come: a line that drops loses nothing typed, and
    what the next page says once is not spent on a script.
    """

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn a redirection into a place to go."""
        response = self.answer(request)
        if "X-Keeps" in request.headers and response.status_code in REDIRECTIONS:
            place = response.headers["Location"]
            del response.headers["Location"]
            response.status_code, response.content = NO_CONTENT, b""
            response.headers["X-Go"] = place
        return response


class WhoAsks:
    """Finds out which member asks, and in which study, before a view is called."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name the member; a visitor who has not signed in is none."""
        user = getattr(request, "user", None)
        request.member = user if isinstance(user, Member) else None  # type: ignore[attr-defined]
        request.study = None  # type: ignore[attr-defined]
        request.roles = frozenset()  # type: ignore[attr-defined]
        return self.answer(request)

    def process_view(
        self, request: Any, _view: View, _places: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        """Find the study of the address; one in which one has no role is not there."""
        ref = named.pop("study_ref", None)
        if ref is None or request.member is None:
            return None
        try:
            request.study, request.roles = study_and_roles(ref, by=request.member)
        except NotThere as refusal:
            return refused(request, refusal)
        return None


class NotTooLarge:
    """Refuses what is larger than anything we take before it is read, and so before it is kept.

    Files are read while a form is checked, whoever sent it; a visitor has none to send.
    """

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at how large it says that it is; without saying so, nothing is read."""
        signed_in = getattr(request, "member", None) is not None
        form = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        length = request.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > form + (LARGEST if signed_in else 0):
            raise RequestDataTooBig
        return self.answer(request)
