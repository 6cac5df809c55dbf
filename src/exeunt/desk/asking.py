"""Who asks, in which study: what the shell has found out before a view is called."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from exeunt.members.models import Member
from exeunt.studies.models import Study
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import check_may

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)


class Asked(HttpRequest):
    """A request by a member who is signed in, about a study in which they have a role."""

    member: Member
    study: Study
    roles: frozenset[Role]
    htmx: HtmxDetails


View = Callable[Concatenate[Asked, P], Response]


def needs(act: Act) -> Callable[[View[P, Response]], View[P, Response]]:
    """Refuse a page to whom none of their roles in the study allows the act.

    Actions and queries refuse as well; this is so that not even an empty form is shown.
    """

    def guarded(view: View[P, Response]) -> View[P, Response]:
        @functools.wraps(view)
        def page(request: Asked, /, *places: P.args, **named: P.kwargs) -> Response:
            check_may(act, request.roles)
            return view(request, *places, **named)

        page.act = act  # type: ignore[attr-defined]  # the list of all pages says what each needs
        return page

    return guarded
