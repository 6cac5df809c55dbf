"""Searches that were kept under a title."""

from typing import NamedTuple

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.stages.coding.models import Search
from exeunt.stages.coding.rules.seeking import Seeking, seeking_in
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class KeptSearch(NamedTuple):
    """A search with what it seeks."""

    search: Search
    seeking: Seeking


def search_called(study: Study, ref: str, *, by: Member) -> KeptSearch:
    """Return a kept search of a study by its reference, or refuse as if there were none."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    kept = Search.objects.filter(study=study, ref=ref).select_related("study", "by").first()
    if kept is None:
        raise NotThere("There is nothing here.")
    return KeptSearch(kept, seeking_in(kept.question))
