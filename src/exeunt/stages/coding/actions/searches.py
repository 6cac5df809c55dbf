"""Keeping searches, and forgetting them."""

from django.db import transaction
from django.utils import timezone

from exeunt.errors import NotThere, Refusal
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.models import Search
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.rules.seeking import Seeking, parts_of
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def keep_search(*, study: Study, title: str, seeking: Seeking, ref: str, by: Member) -> Search:
    """Keep what is sought under a title, with the version of the codebook by which it is sought.

    Sent twice, it is kept once.
    """
    require(Act.READ_ACCOUNTS, study=study, by=by)
    there = Search.objects.filter(ref=ref, study=study, by=by).first()
    if there is not None:
        return there
    if not seeking.asks:
        raise Refusal("Nothing is sought yet; type words or choose a code first.")
    kept = Search.objects.create(
        ref=ref,
        study=study,
        by=by,
        title=title,
        question=_fixed(study, seeking),
        made=timezone.now(),
    )

    record("search.kept", subject=kept.ref, by=by.ref, study=study.ref)
    return kept


@transaction.atomic
def forget_search(*, search: Search, by: Member) -> None:
    """Take a search away that one has kept; what was counted of it stays."""
    require(Act.READ_ACCOUNTS, study=search.study, by=by)
    if search.by_id != by.pk:
        raise NotThere("There is nothing here.")
    record("search.forgotten", subject=search.ref, by=by.ref, study=search.study.ref)
    search.delete()


def _fixed(study: Study, seeking: Seeking) -> dict[str, str]:
    """Write a search so that it means the same when a newer version of the codebook is kept."""
    parts = parts_of(seeking)
    if seeking.asks_for_codes:
        parts["codebook"] = version_called(seeking.codebook or None, study=study).name
    return parts
