"""Who asks, in which study: what the shell has found out before a view is called."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from exeunt.members.models import Member
from exeunt.studies.models import Study
from exeunt.studies.roles import Role


class Asked(HttpRequest):
    """A request by a member who is signed in, about a study in which they have a role."""

    member: Member
    study: Study
    roles: frozenset[Role]
    htmx: HtmxDetails
