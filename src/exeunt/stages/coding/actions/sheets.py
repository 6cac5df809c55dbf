"""Filling in a sheet, completing it, and opening it again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Changed
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.actions.counting import count_differences
from exeunt.stages.coding.models import CodebookVersion, Coding, Pass, Sheet
from exeunt.stages.coding.queries.codebooks import scale_of
from exeunt.stages.coding.queries.giving import check_given
from exeunt.stages.coding.queries.sheets import judgements_on
from exeunt.stages.coding.queries.things import Thing, thing_called
from exeunt.stages.coding.rules.answers import Answers, Judgement, clean_memo, judgements_from
from exeunt.stages.coding.rules.sheets import (
    check_codes_by_hand,
    check_is_whole,
    check_may_change,
    check_may_reopen,
)
from exeunt.stages.coding.states import SheetState, Target
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def save_sheet(
    *,
    study: Study,
    version: CodebookVersion,
    ref: str,
    answers: Answers,
    revision: int,
    by: Member,
) -> Sheet:
    """Keep what a coder has answered so far about the thing of this reference.

    ``revision`` is 0 for a sheet that was never saved. Saving the same again changes nothing;
    raises Changed where the coder has saved something else since the page was opened.
    """
    sheet, thing = _taken(study, version, ref, by=by)
    return _save(sheet, thing, answers, revision=revision)


@transaction.atomic
def complete_sheet(
    *,
    study: Study,
    version: CodebookVersion,
    ref: str,
    answers: Answers,
    revision: int,
    by: Member,
) -> Sheet:
    """Keep the answers and close the reading: from now on it counts, and may be shown."""
    sheet, thing = _taken(study, version, ref, by=by)
    if sheet.state == SheetState.COMPLETE and _holds(sheet, thing, answers):
        return sheet
    sheet = _save(sheet, thing, answers, revision=revision)
    judged = judgements_on(sheet, thing)
    check_is_whole(_unanswered(version, judged))
    # From here on, whoever completes or settles another reading of the study waits.
    moved_on(study)
    sheet.state, sheet.completed = SheetState.COMPLETE, timezone.now()
    sheet.save(update_fields=["state", "completed"])
    count_differences(study, version, [thing.number])

    record(
        "sheet.completed",
        subject=sheet.ref,
        by=by.ref,
        study=study.ref,
        of=ref,
        codings=len(judged),
    )
    return sheet


@transaction.atomic
def reopen_sheet(*, study: Study, version: CodebookVersion, ref: str, by: Member) -> Sheet:
    """Open a complete reading again, while no other reader has completed the same thing."""
    sheet, thing = _taken(study, version, ref, by=by)
    moved_on(study)
    others = Sheet.objects.select_for_update().filter(
        reading__version=version, state=SheetState.COMPLETE, **thing.where
    )
    complete = list(others.exclude(pk=sheet.pk).values_list("pk", flat=True))
    check_may_reopen(SheetState(sheet.state), others_complete=len(complete))
    sheet.state, sheet.completed = SheetState.OPEN, None
    sheet.revision += 1
    sheet.save(update_fields=["state", "completed", "revision"])
    count_differences(study, version, [thing.number])

    record("sheet.reopened", subject=sheet.ref, by=by.ref, study=study.ref, of=ref)
    return sheet


def _taken(study: Study, version: CodebookVersion, ref: str, *, by: Member) -> tuple[Sheet, Thing]:
    """Check who asks, and take their sheet fresh; one that is new is not stored yet."""
    require(Act.CODE, study=study, by=by)
    check_codes_by_hand(is_machine=by.is_machine)
    thing = thing_called(study, version, ref)
    reading, _ = Pass.objects.get_or_create(
        study=study, version=version, coder=by, defaults={"began": timezone.now()}
    )
    # Two saves of one coder wait for each other, also where there is no sheet yet.
    reading = Pass.objects.select_for_update().get(pk=reading.pk)
    mine = Sheet.objects.select_for_update().filter(reading=reading, **thing.where)
    sheet = mine.first()
    check_given(version, thing.number, begun=sheet is not None, by=by)
    return sheet or Sheet(reading=reading, revision=0, saved=timezone.now(), **thing.where), thing


def _save(sheet: Sheet, thing: Thing, answers: Answers, *, revision: int) -> Sheet:
    version = sheet.reading.version
    begun = sheet.revision == 0
    if not begun and _holds(sheet, thing, answers):
        return sheet
    check_may_change(SheetState(sheet.state))
    _check_fresh(sheet, thing, revision=revision)
    sheet.memo = clean_memo(answers.memo)
    sheet.revision += 1
    sheet.saved = timezone.now()
    sheet.save()
    judged = _judgements(answers, version)
    _write(sheet, thing, judged)
    if begun:
        moved_on(sheet.reading.study)

    record(
        "sheet.saved",
        subject=sheet.ref,
        by=sheet.reading.coder.ref,
        study=sheet.reading.study.ref,
        of=thing.ref,
        codings=len(judged),
        revision=sheet.revision,
    )
    return sheet


def _unanswered(version: CodebookVersion, judged: Mapping[str, Judgement]) -> int:
    """Count the codes without an answer; excerpts are marked in the text and owe none."""
    if version.unit == Target.EXCERPT:
        return 0
    return version.code_set.count() - len(judged)


def _judgements(answers: Answers, version: CodebookVersion) -> dict[str, Judgement]:
    keys = version.code_set.values_list("key", flat=True)
    scale = scale_of(version)
    return judgements_from(answers, codes=keys, scale=scale, codebook=version.name)


def _holds(sheet: Sheet, thing: Thing, answers: Answers) -> bool:
    """Whether a sheet says exactly this already, as when a form is sent twice."""
    if sheet.memo != clean_memo(answers.memo):
        return False
    return judgements_on(sheet, thing) == _judgements(answers, sheet.reading.version)


def _check_fresh(sheet: Sheet, thing: Thing, *, revision: int) -> None:
    if sheet.revision != revision:
        raise Changed(
            "You have saved this sheet elsewhere since this page was opened. Both versions are "
            "shown; saving again keeps the one on this page.",
            revision=sheet.revision,
            theirs={"memo": sheet.memo, **_in_words(judgements_on(sheet, thing))},
        )


def _in_words(judgements: Mapping[str, Judgement]) -> dict[str, str]:
    return {
        **{f"value:{key}": judged.cell for key, judged in judgements.items()},
        **{f"note:{key}": judged.note for key, judged in judgements.items()},
    }


def _write(sheet: Sheet, thing: Thing, judged: Mapping[str, Judgement]) -> None:
    """Make the stored judgements say what the sheet says."""
    codes = dict(sheet.reading.version.code_set.values_list("key", "pk"))
    mine = Coding.objects.filter(reading=sheet.reading, **thing.where).select_related("code")
    stored = {coding.code.key: coding for coding in mine}
    mine.filter(code__key__in=stored.keys() - judged.keys()).delete()
    changed = []
    for key in stored.keys() & judged.keys():
        coding, said = stored[key], judged[key]
        if Judgement(coding.value, coding.gap, coding.note) != said:
            coding.value, coding.gap, coding.note = said
            changed.append(coding)
    Coding.objects.bulk_update(changed, ["value", "gap", "note"])
    Coding.objects.bulk_create(
        Coding(reading=sheet.reading, code_id=codes[key], **said._asdict(), **thing.where)
        for key, said in judged.items()
        if key not in stored
    )
