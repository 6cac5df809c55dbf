"""Loading what several coders said of the same accounts."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.methods.readings import Cell, Readings
from exeunt.stages.coding.models import CodebookVersion, Coding, Pass
from exeunt.stages.coding.queries.codebooks import plain
from exeunt.stages.coding.states import Gap, Target
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.testimonies.models import Account, Telling
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

CELL_OF_GAP = {
    "": Cell.VALUE,
    Gap.UNKNOWN: Cell.UNKNOWN,
    Gap.NOT_APPLICABLE: Cell.NOT_APPLICABLE,
    Gap.NOT_MENTIONED: Cell.NOT_MENTIONED,
}
ROWS_AT_ONCE = 20_000


class Judged(NamedTuple):
    """The things that were judged: accounts, or the exits or spells that they tell of."""

    numbers: NDArray[np.int64]
    labels: tuple[str, ...]
    narrators: NDArray[np.int64]
    attributes: dict[str, NDArray[np.str_]]


def readings_of(study: Study, version: CodebookVersion, *, by: Member) -> Readings:
    """Return every coder's values for every account (exit or spell, as the codebook says).

    Only numbers and labels are loaded, never a text. Raises NotThere where nobody has
    coded the study with this version.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    passes = list(Pass.objects.filter(study=study, version=version).select_related("coder"))
    if not passes:
        raise NotThere(
            f"Nobody has coded this study with “{version.codebook.slug}” yet. "
            "Bring codings in with “exeunt import codings”."
        )
    target = Target(version.unit)
    judged = JUDGED[target](study)
    codes = list(version.code_set.values_list("pk", "key"))
    numbers, cells = _grids(passes, judged, [pk for pk, _ in codes], target)
    return Readings(
        codebook=plain(version),
        readers=tuple(reading.coder.name for reading in passes),
        machines=tuple(reading.coder.is_machine for reading in passes),
        accounts=judged.labels,
        codes=tuple(key for _, key in codes),
        numbers=numbers,
        cells=cells,
        attributes=judged.attributes,
        narrators=judged.narrators,
    )


def _grids(
    passes: Sequence[Pass], judged: Judged, codes: Sequence[int], target: Target
) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
    shape = len(passes), len(judged.labels), len(codes)
    numbers = np.zeros(shape, dtype=np.int16)
    cells = np.full(shape, Cell.NOT_CODED, dtype=np.int8)
    place_of_code = {pk: place for place, pk in enumerate(codes)}
    for reader, reading in enumerate(passes):
        abouts, places, values, gaps = _columns(reading, target, place_of_code)
        rows = np.searchsorted(judged.numbers, abouts)
        numbers[reader, rows, places] = values
        cells[reader, rows, places] = gaps
    return numbers, cells


def _columns(
    reading: Pass, target: Target, place_of_code: dict[int, int]
) -> tuple[NDArray[np.int64], ...]:
    stored = (
        Coding.objects.filter(reading=reading, **{f"{target}__isnull": False})
        .values_list(target.value, "code", "value", "gap")
        .iterator(chunk_size=ROWS_AT_ONCE)
    )
    flat: Iterator[int] = chain.from_iterable(
        (about, place_of_code[code], value or 0, CELL_OF_GAP[gap])
        for about, code, value, gap in stored
    )
    return tuple(np.fromiter(flat, dtype=np.int64).reshape(-1, 4).T)


def _accounts(study: Study) -> Judged:
    rows = Account.objects.filter(study=study).order_by("pk")
    columns = rows.values_list("pk", "label", "narrator", "period", "setting", "published")
    numbers, labels, narrators, periods, settings, published = _transposed(columns, 6)
    period = [band or _year(date) for band, date in zip(periods, published, strict=True)]
    return Judged(
        numbers=np.array(numbers, dtype=np.int64),
        labels=tuple(labels),
        narrators=np.array(narrators, dtype=np.int64),
        attributes={
            "period": np.array(period, dtype=np.str_),
            "group": np.array(_groups_left(study, numbers), dtype=np.str_),
            "setting": np.array(settings, dtype=np.str_),
        },
    )


def _groups_left(study: Study, accounts: Sequence[int]) -> list[str]:
    tellings = Telling.objects.filter(account__study=study).order_by("-pk")
    named = tellings.values_list(
        "account", "exit__spell__group__name", "exit__spell__group_gap"
    )
    first = {account: name or gap for account, name, gap in named.iterator(ROWS_AT_ONCE)}
    return [first.get(account, Gap.UNKNOWN.value) for account in accounts]


def _exits(study: Study) -> Judged:
    rows = Exit.objects.filter(spell__narrator__study=study).order_by("pk")
    return _endings(
        rows.values_list("pk", "ref", "spell__narrator", "spell__group__name", "spell__group_gap")
    )


def _spells(study: Study) -> Judged:
    rows = Spell.objects.filter(narrator__study=study).order_by("pk")
    return _endings(rows.values_list("pk", "ref", "narrator", "group__name", "group_gap"))


def _endings(columns) -> Judged:  # type: ignore[no-untyped-def]
    numbers, labels, narrators, names, gaps = _transposed(columns, 5)
    groups = [name or gap for name, gap in zip(names, gaps, strict=True)]
    return Judged(
        numbers=np.array(numbers, dtype=np.int64),
        labels=tuple(labels),
        narrators=np.array(narrators, dtype=np.int64),
        attributes={"group": np.array(groups, dtype=np.str_)},
    )


def _year(published: str) -> str:
    return published[:4] if published else "undated"


def _transposed(rows, width: int) -> list[list]:  # type: ignore
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


JUDGED = {Target.ACCOUNT: _accounts, Target.EXIT: _exits, Target.SPELL: _spells}
