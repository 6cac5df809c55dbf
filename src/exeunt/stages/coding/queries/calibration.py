"""What a calibration round says, once all its coders have completed it."""

from collections.abc import Sequence

import numpy as np
from django.db.models import Exists, QuerySet
from numpy.typing import NDArray

from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.agreement import krippendorff_alpha
from exeunt.methods.codebooks import Code, Level
from exeunt.stages.coding.models import Assignment, CodebookVersion, Coding, Pass, Round
from exeunt.stages.coding.queries.codebooks import plain
from exeunt.stages.coding.queries.giving import coders_of, sheets_on
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import OF_A_TEXT, check_not_blind, that_count
from exeunt.stages.coding.rules.calibration import (
    Calibration,
    CodeLine,
    check_all_have_read,
    in_order_of_need,
)
from exeunt.stages.coding.states import Gap, Target
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

Table = NDArray[np.float64]
# Values start at 0, so that numbers below it are free to stand for the ways of giving none.
GAPS = {gap.value: -1 - place for place, gap in enumerate(Gap)}


def calibration_of(study: Study, round_: Round, *, by: Member) -> Calibration:
    """Compare what all coders of a round said, and write down that it was read.

    Raises NotYet while anybody has not completed what they were given, and while who asks must
    not be swayed by other readings.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    check_may_see_calibration(study, round_, by=by)
    record_alone("calibration.read", subject=round_.ref, by=by.ref, study=study.ref)
    return _compared(study, round_.version, round_)


def check_may_see_calibration(study: Study, round_: Round, *, by: Member) -> None:
    """Refuse what a calibration says before its time."""
    check_not_blind(study, round_.version, by=by)
    here = _left_in(round_).filter(coder__in=coders_of(study))
    check_all_have_read(here.count(), readers=_readers(study, round_).count())


def _left_in(round_: Round) -> QuerySet[Assignment]:
    complete = sheets_on(unit_of(round_.version), complete=True)
    return Assignment.objects.filter(~Exists(complete), round=round_)


def _readers(study: Study, round_: Round) -> QuerySet[Pass]:
    """Return the readings of those who completed all that the round gave them."""
    given = Assignment.objects.filter(round=round_)
    passes = Pass.objects.filter(study=study, version=round_.version)
    whole = passes.filter(coder__in=given.values("coder"))
    return whole.exclude(coder__in=_left_in(round_).values("coder")).order_by("pk")


def _compared(study: Study, version: CodebookVersion, round_: Round) -> Calibration:
    given = Assignment.objects.filter(round=round_)
    things = sorted(set(given.values_list(f"{unit_of(version)}_id", flat=True)))
    readers = list(_readers(study, round_).values_list("pk", flat=True))
    codebook = plain(version)
    said = _said(version, readers, things)
    metric = "ordinal" if codebook.scale.level is Level.ORDINAL else "nominal"
    lines = [_line(code, said[:, :, place], metric) for place, code in enumerate(codebook)]
    return Calibration(len(readers), len(things), in_order_of_need(lines))


def _said(version: CodebookVersion, readers: Sequence[int], things: Sequence[int]) -> Table:
    """Return what each reader said of each thing and code: a value, or the number of a gap.

    Of a text that was read whole, what a reader did not mark they said 0.
    """
    codes = list(version.code_set.values_list("pk", flat=True))
    in_a_text = version.unit == Target.EXCERPT
    said = np.full((len(readers), len(things), len(codes)), 0 if in_a_text else np.nan)
    row_of, place_of, column_of = (
        {one: place for place, one in enumerate(ones)} for ones in (readers, things, codes)
    )
    path = OF_A_TEXT if in_a_text else unit_of(version).value
    stored = Coding.objects.filter(reading__in=readers, **{f"{path}__in": things})
    counted = that_count(stored, version).values_list("reading", path, "code", "value", "gap")
    for reading, thing, code, value, gap in counted:
        at = row_of[reading], place_of[thing], column_of[code]
        given = value if value is not None else GAPS[gap]
        said[at] = max(said[at], given) if in_a_text else given
    return said


def _line(code: Code, said: Table, metric: str) -> CodeLine:
    """Compare one code; what was not mentioned counts as 0 for alpha, as other gaps do not."""
    numbers = np.where(said == GAPS[Gap.NOT_MENTIONED], 0, said)
    numbers = np.where(numbers < 0, np.nan, numbers)
    absent = np.isnan(said)
    lowest = np.where(absent, np.inf, said).min(axis=0)
    highest = np.where(absent, -np.inf, said).max(axis=0)
    return CodeLine(
        code=code.key,
        label=code.label,
        things=said.shape[1],
        differ=int((lowest < highest).sum()),
        alpha=krippendorff_alpha(numbers, metric=metric),
    )
