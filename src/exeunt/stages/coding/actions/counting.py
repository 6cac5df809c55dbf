"""Counting again where complete readings differ."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from exeunt.desk.bulk import write_rows
from exeunt.stages.coding.actions.comparing import find_span_differences
from exeunt.stages.coding.models import Adjudication, CodebookVersion, Coding, Difference, Sheet
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import open_things, passes_of
from exeunt.stages.coding.states import Gap, SheetState, Target
from exeunt.studies.models import Study

AT_ONCE = 5_000
# Values start at 0, so that numbers below it are free to stand for the ways of giving none.
AS_NUMBERS = tuple(When(gap=gap.value, then=Value(-1 - place)) for place, gap in enumerate(Gap))


def count_differences(study: Study, version: CodebookVersion, things: Iterable[int]) -> None:
    """Count again how the readings of these things differ, inside the caller's transaction.

    Where texts are read, the stretches on which their marks differ are found again too.
    """
    things = sorted(things)
    find_span_differences(study, version, things)
    unit = unit_of(version)
    passes = list(passes_of(study, version))
    still_open = {thing for _, thing in open_things(passes, unit)}
    numbers = iter(things)
    while batch := list(islice(numbers, AT_ONCE)):
        counted = Coding.objects.filter(**{f"{unit}__in": batch}, reading__in=passes)
        if not still_open.isdisjoint(batch):
            counted = counted.filter(~Exists(_open_sheet(unit)))
        _keep(version, batch, _differing(unit, counted))


def _keep(
    version: CodebookVersion, things: Sequence[int], differing: Mapping[int, frozenset[int]]
) -> None:
    unit = unit_of(version)
    settled = _settled(version, unit, things)
    Difference.objects.filter(version=version, **{f"{unit}__in": things}).delete()
    rows = (
        (version.pk, thing, len(codes), len(codes - settled.get(thing, frozenset())))
        for thing, codes in differing.items()
    )
    write_rows(Difference, ("version", unit.value, "codes", "unsettled"), rows)


def _differing(unit: Target, counted: QuerySet[Coding]) -> dict[int, frozenset[int]]:
    """Let the database find the codes of each thing of which different things were said."""
    said = Coalesce("value", Case(*AS_NUMBERS, output_field=IntegerField()))
    pairs = (
        counted.order_by()
        .values(unit.value, "code")
        .annotate(lowest=Min(said), highest=Max(said))
        .filter(lowest__lt=F("highest"))
        .order_by(unit.value)
        .values_list(unit.value, "code")
    )
    return _by_thing(pairs)


def _open_sheet(unit: Target) -> QuerySet[Sheet]:
    return Sheet.objects.filter(
        state=SheetState.OPEN, reading=OuterRef("reading"), **{unit.value: OuterRef(unit.value)}
    )


def _settled(
    version: CodebookVersion, unit: Target, things: Sequence[int]
) -> dict[int, frozenset[int]]:
    found = Adjudication.objects.filter(code__version=version, **{f"{unit}__in": things})
    return _by_thing(found.order_by(unit.value).values_list(unit.value, "code"))


def _by_thing(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    return {
        thing: frozenset(code for _, code in rows)
        for thing, rows in groupby(pairs, key=itemgetter(0))
    }
