"""Counting again where complete readings differ."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from exeunt.stages.coding.models import Adjudication, CodebookVersion, Coding, Difference, Pass
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import open_things, passes_of
from exeunt.stages.coding.rules.answers import differing
from exeunt.stages.coding.states import Target
from exeunt.studies.models import Study

AT_ONCE = 500
Said = tuple[int | None, str]


def count_differences(study: Study, version: CodebookVersion, things: Iterable[int]) -> None:
    """Count again how the readings of these things differ, inside the caller's transaction."""
    numbers = iter(sorted(things))
    passes = list(passes_of(study, version))
    still_open = set(open_things(passes, unit_of(version)))
    while batch := list(islice(numbers, AT_ONCE)):
        _count(version, batch, passes=passes, still_open=still_open)


def _count(
    version: CodebookVersion,
    things: Sequence[int],
    *,
    passes: Sequence[Pass],
    still_open: set[tuple[int, int]],
) -> None:
    unit = unit_of(version)
    settled = _settled(version, unit, things)
    Difference.objects.filter(version=version, **{f"{unit}__in": things}).delete()
    Difference.objects.bulk_create(
        Difference(
            version=version,
            codes=len(codes),
            unsettled=len(codes - settled.get(thing, frozenset())),
            **{f"{unit}_id": thing},
        )
        for thing, codes in _differing(unit, things, passes=passes, still_open=still_open)
        if codes
    )


def _differing(
    unit: Target,
    things: Sequence[int],
    *,
    passes: Sequence[Pass],
    still_open: set[tuple[int, int]],
) -> Iterator[tuple[int, frozenset[int]]]:
    stored = (
        Coding.objects.filter(**{f"{unit}__in": things}, reading__in=passes)
        .order_by(unit.value)
        .values_list(unit.value, "reading", "code", "value", "gap")
    )
    for thing, rows in groupby(stored, key=itemgetter(0)):
        said = (
            (code, (value, gap))
            for _, reading, code, value, gap in rows
            if (reading, thing) not in still_open
        )
        yield thing, differing(said)


def _settled(
    version: CodebookVersion, unit: Target, things: Sequence[int]
) -> dict[int, frozenset[int]]:
    found = Adjudication.objects.filter(code__version=version, **{f"{unit}__in": things})
    pairs = found.order_by(unit.value).values_list(unit.value, "code")
    return {
        thing: frozenset(code for _, code in rows)
        for thing, rows in groupby(pairs, key=itemgetter(0))
    }
