"""Settling where readers differ; the readings themselves stay as they are."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Changed, NotThere, Word
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.actions.counting import count_differences
from exeunt.stages.coding.models import Adjudication, Code, CodebookVersion, Coding
from exeunt.stages.coding.queries.codebooks import scale_of
from exeunt.stages.coding.queries.things import Thing, thing_called
from exeunt.stages.coding.queries.visibility import Readers, readers_seen
from exeunt.stages.coding.rules.answers import Judgement, differing, judgement_from
from exeunt.stages.coding.rules.prose import clean_prose
from exeunt.stages.coding.rules.settling import check_may_settle, check_reason
from exeunt.stages.sources.intake.problems import at_field
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class Agreed(NamedTuple):
    """What is agreed, and why."""

    value: int | None
    gap: str
    reason: str


@transaction.atomic
def settle(
    *,
    study: Study,
    version: CodebookVersion,
    ref: str,
    code: str,
    cell: str,
    reason: str,
    revision: int,
    by: Member,
) -> Adjudication:
    """Say what is agreed on one code of one thing, and why.

    ``revision`` is 0 where nothing was settled yet. Saying the same again changes nothing;
    raises Changed where somebody has settled it otherwise since the page was opened.
    """
    require(Act.SETTLE, study=study, by=by)
    thing = thing_called(study, version, ref)
    moved_on(study)  # first, so that what others complete or settle meanwhile is waited for
    readers = readers_seen(study, version, thing, by=by)
    asked = _code_in_dispute(version, code, thing, readers=readers)
    agreed = _agreed(version, cell, reason)
    stored = Adjudication.objects.select_for_update().filter(code=asked, **thing.where).first()
    if stored is not None and _said(stored) == agreed:
        return stored
    _check_fresh(stored, revision=revision)
    stored = stored or Adjudication(code=asked, revision=0, **thing.where)
    _rewrite(stored, agreed, by=by)
    count_differences(study, version, [thing.number])

    _record(stored, ref, study=study, by=by)
    return stored


def _record(stored: Adjudication, ref: str, *, study: Study, by: Member) -> None:
    record(
        "difference.settled",
        subject=stored.ref,
        by=by.ref,
        study=study.ref,
        of=ref,
        revision=stored.revision,
    )


def _code_in_dispute(version: CodebookVersion, key: str, thing: Thing, *, readers: Readers) -> Code:
    """Return the code on which these readers differ."""
    code = Code.objects.filter(version=version, key=key).first()
    if code is None:
        raise NotThere("There is nothing here.")
    readings = [sheet.reading_id for sheet in readers.complete]
    stored = Coding.objects.filter(code=code, reading__in=readings, **thing.where)
    said = ((code.key, judged) for judged in stored.values_list("value", "gap"))
    check_may_settle(differs=bool(differing(said)), code=code.key)
    return code


def _agreed(version: CodebookVersion, cell: str, reason: str) -> Agreed:
    with at_field("cell"):
        judgement = judgement_from(cell, scale_of(version))
    with at_field("reason"):
        reason = clean_prose(reason, Word("A reason"))
        check_reason(reason)
    return Agreed(*judgement.said, reason)


def _said(stored: Adjudication) -> Agreed:
    return Agreed(stored.value, stored.gap, stored.reason)


def _rewrite(stored: Adjudication, agreed: Agreed, *, by: Member) -> None:
    stored.value, stored.gap, stored.reason = agreed
    stored.by, stored.at = by, timezone.now()
    stored.revision += 1
    stored.save()


def _check_fresh(stored: Adjudication | None, *, revision: int) -> None:
    now = stored.revision if stored is not None else 0
    if stored is None or now == revision:
        return
    agreed = Judgement(stored.value, stored.gap)
    raise Changed(
        "Somebody has settled this otherwise since the page was opened. Both are shown; saving "
        "again keeps yours.",
        revision=now,
        theirs={"cell": agreed.cell, "reason": stored.reason},
    )
