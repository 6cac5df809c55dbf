"""Giving out what is to be read: opening a round, closing it, and moving what nobody has begun."""

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, Max, QuerySet
from django.utils import timezone

from exeunt.desk.bulk import write_rows
from exeunt.errors import NotThere, Refusal, Word
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.models import Assignment, CodebookVersion, Round
from exeunt.stages.coding.queries.drawing import Drawing, drawn, people_who_code
from exeunt.stages.coding.queries.giving import given_to, judged_by_others, sheets_on
from exeunt.stages.coding.queries.things import thing_called, things_of, unit_of
from exeunt.stages.coding.rules.prose import clean_prose
from exeunt.stages.coding.rules.rounds import (
    Plan,
    check_is_another,
    check_may_be_given,
    check_may_change,
)
from exeunt.stages.coding.states import Sharing
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require, roles_of
from exeunt.studies.roles import Act, Role

# Nine digits: short enough to be read out to somebody who wants to draw again.
SMALLEST_DRAWN = 10**8
SEEDS = range(SMALLEST_DRAWN, 10 * SMALLEST_DRAWN)
EVERYTHING = 100


@transaction.atomic
def open_round(*, study: Study, version: CodebookVersion, plan: Plan, by: Member) -> Round:
    """Draw who reads what, and give it out; a seed that the plan leaves open is drawn first."""
    require(Act.GIVE_OUT, study=study, by=by)
    # First, so that of two rounds opened at once the second sees what the first gave out.
    moved_on(study)
    seed = secrets.choice(SEEDS) if plan.seed is None else plan.seed
    drawing = drawn(study, version, plan._replace(seed=seed), by=by)
    before = Round.objects.filter(version=version).aggregate(last=Max("number"))["last"] or 0
    opened = Round.objects.create(
        version=version,
        number=before + 1,
        purpose=plan.purpose,
        sharing=plan.sharing,
        overlap=EVERYTHING if plan.sharing is Sharing.EVERYBODY else plan.overlap,
        seed=seed,
        note=clean_prose(plan.note, Word("A note")),
        by=by,
        made=timezone.now(),
    )
    _give_out(opened, drawing, study=study)

    _record_opened(opened, drawing, study=study)
    return opened


@transaction.atomic
def close_round(*, study: Study, round_: Round, by: Member) -> int:
    """Close a round and take back what nobody has begun; returns how much that was.

    What was begun stays with its coder to be finished. Closing a closed round changes nothing.
    """
    require(Act.GIVE_OUT, study=study, by=by)
    round_ = _fresh(round_, study=study)
    if round_.closed is not None:
        return 0
    taken = _not_begun(round_).delete()[0]
    round_.closed = timezone.now()
    round_.save(update_fields=["closed"])

    record("round.closed", subject=round_.ref, by=by.ref, study=study.ref, taken_back=taken)
    return taken


@transaction.atomic
def take_back(*, study: Study, round_: Round, coder: Member, by: Member) -> int:
    """Take back what one coder was given in a round and has not begun; returns how much."""
    round_ = _still_open(study, round_, by=by)
    taken = _not_begun(round_).filter(coder=coder).delete()[0]

    record(
        "reading.taken-back",
        subject=round_.ref,
        by=by.ref,
        study=study.ref,
        member=coder.ref,
        things=taken,
    )
    return taken


@transaction.atomic
def hand_on(*, study: Study, round_: Round, coder: Member, to: Member | None, by: Member) -> int:
    """Give another coder what one was given in a round and has not begun; returns how much.

    What the other has been given already stays where it is. Handed to nobody, it is taken back.
    """
    if to is None:
        return take_back(study=study, round_=round_, coder=coder, by=by)
    check_is_another(same=coder == to)
    round_ = _still_open(study, round_, by=by)
    version, unit = round_.version, f"{unit_of(round_.version)}_id"
    theirs = set(given_to(version, to).values_list(unit, flat=True))
    left = _not_begun(round_).filter(coder=coder).order_by("position")
    moved = [one for one in left if getattr(one, unit) not in theirs]
    _check_may_have(study, version, [getattr(one, unit) for one in moved], coder=to)
    last = _last_position(version, to)
    for place, one in enumerate(moved, start=last + 1):
        one.coder, one.position = to, place
    Assignment.objects.bulk_update(moved, ["coder", "position"], batch_size=500)

    record(
        "reading.handed-on",
        subject=round_.ref,
        by=by.ref,
        study=study.ref,
        member=coder.ref,
        to=to.ref,
        things=len(moved),
    )
    return len(moved)


@transaction.atomic
def give(*, study: Study, round_: Round, ref: str, to: Member, by: Member) -> Assignment:
    """Give one thing to one coder; giving it again changes nothing."""
    round_ = _still_open(study, round_, by=by)
    version = round_.version
    thing = thing_called(study, version, ref)
    there = given_to(version, to).filter(**thing.where).first()
    if there is not None:
        return there
    _check_may_have(study, version, [thing.number], coder=to)
    given = Assignment.objects.create(
        round=round_,
        version=version,
        coder=to,
        position=_last_position(version, to) + 1,
        **thing.where,
    )

    record("reading.given", subject=round_.ref, by=by.ref, study=study.ref, of=ref, member=to.ref)
    return given


def _record_opened(opened: Round, drawing: Drawing, *, study: Study) -> None:
    record(
        "round.opened",
        subject=opened.ref,
        by=opened.by.ref,
        study=study.ref,
        codebook=opened.version.name,
        number=opened.number,
        purpose=opened.purpose,
        sharing=opened.sharing,
        overlap=opened.overlap,
        coders=len(drawing.shares),
        things=drawing.things,
        seed=opened.seed,
        drawn_from=drawing.pool,
    )


def _still_open(study: Study, round_: Round, *, by: Member) -> Round:
    """Take a round fresh out of which somebody who leads may still move things."""
    require(Act.GIVE_OUT, study=study, by=by)
    round_ = _fresh(round_, study=study)
    check_may_change(closed=round_.closed is not None, number=round_.number)
    return round_


def _fresh(round_: Round, *, study: Study) -> Round:
    """Take a round of this study fresh; whoever begins or completes a sheet meanwhile waits."""
    moved_on(study)
    rounds = Round.objects.select_for_update(of=["self"]).select_related("version__codebook")
    found = rounds.filter(pk=round_.pk, version__codebook__study=study).first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def _not_begun(round_: Round) -> QuerySet[Assignment]:
    given = Assignment.objects.filter(round=round_)
    return given.filter(~Exists(sheets_on(unit_of(round_.version))))


def _give_out(opened: Round, drawing: Drawing, *, study: Study) -> None:
    unit = unit_of(opened.version).value
    numbers = dict(things_of(study, opened.version).values_list("ref", "pk"))
    coders = {one.ref: one for one in people_who_code(study)}
    names = ("round", "version", "coder", unit, "position")
    for ref, share in drawing.shares.items():
        last = _last_position(opened.version, coders[ref])
        rows: Iterable[tuple[int, ...]] = (
            (opened.pk, opened.version_id, coders[ref].pk, numbers[name], place)
            for place, name in enumerate(share, start=last + 1)
        )
        write_rows(Assignment, names, rows)


def _last_position(version: CodebookVersion, coder: Member) -> int:
    return given_to(version, coder).aggregate(last=Max("position"))["last"] or 0


def _check_may_have(
    study: Study, version: CodebookVersion, things: list[int], *, coder: Member
) -> None:
    """Refuse to give things to somebody who does not code here, or could see them judged."""
    if coder not in people_who_code(study):
        raise Refusal("Only somebody who codes in this study can be given things to read.")
    check_may_be_given(
        name=coder.name,
        leads=Role.LEAD in roles_of(coder, study),
        judged=judged_by_others(study, version, things, coder=coder),
    )
