"""Judgements as arrays: readers by things by codes, with every gap kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from exeunt.methods.readings import Cell, Due, Settled
from exeunt.stages.coding.models import (
    Adjudication,
    Assignment,
    CodebookVersion,
    Coding,
    Pass,
    Sheet,
)
from exeunt.stages.coding.queries.settled_excerpts import (
    READ_ONCE,
    UNSETTLED,
    anything_settled,
    became,
)
from exeunt.stages.coding.queries.visibility import open_things
from exeunt.stages.coding.rules.blindness import FEWEST_READERS
from exeunt.stages.coding.states import Gap, SheetState, Target
from exeunt.studies.models import Study

CELL_OF_GAP = {
    "": Cell.VALUE,
    Gap.UNKNOWN: Cell.UNKNOWN,
    Gap.NOT_APPLICABLE: Cell.NOT_APPLICABLE,
    Gap.NOT_MENTIONED: Cell.NOT_MENTIONED,
}
ROWS_AT_ONCE = 20_000
# Lower than any value on a scale, and than the numbers that stand for gaps beside values.
NOTHING = -(2**15)
# Where only gaps were given, the first of these that was.
GAPS_IN_ORDER = (Cell.UNKNOWN, Cell.NOT_APPLICABLE)
Codes = Sequence[tuple[int, str]]
Grids = tuple[NDArray[np.int16], NDArray[np.int8]]


class Judged(NamedTuple):
    """The things that were judged: accounts, or the exits, spells or excerpts in them."""

    target: Target
    numbers: NDArray[np.int64]
    labels: tuple[str, ...]
    narrators: NDArray[np.int64]
    attributes: dict[str, NDArray[np.str_]]


def is_marked(version: CodebookVersion) -> bool:
    """Tell whether what is counted is made of marks in texts."""
    return Target(version.unit) is Target.EXCERPT


def grids_of(
    passes: Sequence[Pass], judged: Judged, codes: Codes, *, version: CodebookVersion
) -> Grids:
    """Return what each reader said of each thing and code, on complete sheets only."""
    places = {pk: place for place, (pk, _) in enumerate(codes)}
    if is_marked(version):
        return _marked_grids(passes, judged, places)
    return _judged_grids(passes, judged, places)


def due_of(
    passes: Sequence[Pass], judged: Judged, cells: NDArray[np.int8], *, version: CodebookVersion
) -> Due | None:
    """Return who was to read what, where it was shared out; whoever has read it was to.

    None where nothing was shared out: then everybody is to read everything.
    """
    shared = Assignment.objects.filter(version=version, **{f"{judged.target}__isnull": False})
    pairs = list(shared.values_list("coder", judged.target.value))
    if not pairs:
        return None
    readers = {reading.coder_id: place for place, reading in enumerate(passes)}
    due = Due(
        readers=np.asarray((cells != Cell.NOT_CODED).any(axis=2)),
        awaited=np.zeros(len(judged.numbers), dtype=bool),
    )
    rows = np.searchsorted(judged.numbers, np.array([thing for _, thing in pairs]))
    for (coder, _), row in zip(pairs, rows.tolist(), strict=True):
        if coder in readers:
            due.readers[readers[coder], row] = True
        else:
            due.awaited[row] = True
    return due


def settled_of(
    judged: Judged, codes: Codes, grids: Grids, *, study: Study, version: CodebookVersion
) -> Settled | None:
    """Return the study's own answer: what is agreed or settled; None where nothing is settled."""
    places = {pk: place for place, (pk, _) in enumerate(codes)}
    if is_marked(version):
        if not anything_settled(study, version):
            return None
        return _settled_marks(judged, places, grids, study=study, version=version)
    agreed = Adjudication.objects.filter(
        code__version=version, **{f"{judged.target}__isnull": False}
    )
    rows = list(agreed.values_list(judged.target.value, "code", "value", "gap"))
    if not rows:
        return None
    settled = _what_all_say(grids)
    at = np.searchsorted(judged.numbers, np.array([row[0] for row in rows]))
    for row, (_, code, value, gap) in zip(at.tolist(), rows, strict=True):
        settled.numbers[row, places[code]] = value or 0
        settled.cells[row, places[code]] = CELL_OF_GAP[gap]
    return settled


def _what_all_say(grids: Grids) -> Settled:
    """Return what two readers or more said alike, and nothing where they differ."""
    numbers, cells = grids
    said = np.where(cells == Cell.VALUE, numbers, -1 - cells)
    read = cells != Cell.NOT_CODED
    highest = np.where(read, said, NOTHING).max(axis=0)
    lowest = np.where(read, said, -NOTHING - 1).min(axis=0)
    agreed = (read.sum(axis=0) >= FEWEST_READERS) & (highest == lowest)
    values = np.where(agreed & (highest >= 0), highest, 0).astype(np.int16)
    gaps = np.where(highest >= 0, Cell.VALUE, -1 - highest)
    return Settled(values, np.where(agreed, gaps, Cell.NOT_CODED).astype(np.int8))


def _settled_marks(
    judged: Judged,
    codes: Mapping[int, int],
    grids: Grids,
    *,
    study: Study,
    version: CodebookVersion,
) -> Settled:
    """Make an account's answer of its settled excerpts; none while any stretch is unsettled."""
    read = (grids[1] != Cell.NOT_CODED).any(axis=2).sum(axis=0) >= FEWEST_READERS
    rows, unsettled = list[tuple[int, int, int, int]](), list[tuple[int, int]]()
    for one in became(study, version):
        place = int(np.searchsorted(judged.numbers, one.account)), codes[one.code]
        if one.how in {UNSETTLED, READ_ONCE}:
            unsettled.append(place)
        rows += [(*place, span.value or 0, CELL_OF_GAP[span.gap]) for span in one.spans]
    numbers, cells = _highest(rows, (len(judged.numbers), len(codes)))
    cells[~read] = Cell.NOT_CODED
    for row, code in unsettled:
        cells[row, code] = Cell.NOT_CODED
    return Settled(numbers, cells)


def _marked_grids(passes: Sequence[Pass], judged: Judged, codes: Mapping[int, int]) -> Grids:
    """Make each reader's value for an account out of what they marked in its text."""
    shape = len(judged.labels), len(codes)
    numbers = np.zeros((len(passes), *shape), dtype=np.int16)
    cells = np.full((len(passes), *shape), Cell.NOT_CODED, dtype=np.int8)
    for reader, reading in enumerate(passes):
        complete = Sheet.objects.filter(
            reading=reading, state=SheetState.COMPLETE, account__isnull=False
        )
        read = np.array(list(complete.values_list("account", flat=True)), dtype=np.int64)
        done = np.searchsorted(judged.numbers, read)
        theirs = _highest(_marks(reading, judged, codes), shape)
        numbers[reader, done], cells[reader, done] = theirs[0][done], theirs[1][done]
    return numbers, cells


def _marks(
    reading: Pass, judged: Judged, codes: Mapping[int, int]
) -> Iterator[tuple[int, int, int, int]]:
    stored = (
        Coding.objects.filter(
            reading=reading, excerpt__isnull=False, code__proposed_by__isnull=True
        )
        .values_list("excerpt__text_version__account", "code", "value", "gap")
        .iterator(chunk_size=ROWS_AT_ONCE)
    )
    rows = {number: row for row, number in enumerate(judged.numbers.tolist())}
    return (
        (rows[account], codes[code], value or 0, CELL_OF_GAP[gap])
        for account, code, value, gap in stored
    )


def _highest(rows: Iterable[tuple[int, int, int, int]], shape: tuple[int, int]) -> Grids:
    """Keep the highest value of each account and code; else why there is none; else nothing."""
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 4).T
    accounts, codes, values, gaps = flat
    numbers = np.zeros(shape, dtype=np.int16)
    cells = np.full(shape, Cell.NOT_MENTIONED, dtype=np.int8)
    for gap in reversed(GAPS_IN_ORDER):
        cells[accounts[gaps == gap], codes[gaps == gap]] = gap
    given = gaps == Cell.VALUE
    where = accounts[given], codes[given]
    cells[where] = Cell.VALUE
    np.maximum.at(numbers, where, values[given].astype(np.int16))
    return numbers, cells


def _judged_grids(
    passes: Sequence[Pass], judged: Judged, codes: Mapping[int, int]
) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
    shape = len(passes), len(judged.labels), len(codes)
    numbers = np.zeros(shape, dtype=np.int16)
    cells = np.full(shape, Cell.NOT_CODED, dtype=np.int8)
    still_open = list(open_things(passes, judged.target))
    for reader, reading in enumerate(passes):
        abouts, places, values, gaps = _columns(reading, judged.target, codes)
        rows = np.searchsorted(judged.numbers, abouts)
        numbers[reader, rows, places] = values
        cells[reader, rows, places] = gaps
        unread = [thing for pass_, thing in still_open if pass_ == reading.pk]
        cells[reader, np.searchsorted(judged.numbers, np.array(unread, dtype=np.int64))] = (
            Cell.NOT_CODED
        )
    return numbers, cells


def _columns(
    reading: Pass, target: Target, codes: Mapping[int, int]
) -> tuple[NDArray[np.int64], ...]:
    stored = (
        Coding.objects.filter(reading=reading, **{f"{target}__isnull": False})
        .values_list(target.value, "code", "value", "gap")
        .iterator(chunk_size=ROWS_AT_ONCE)
    )
    flat: Iterator[int] = chain.from_iterable(
        (about, codes[code], value or 0, CELL_OF_GAP[gap]) for about, code, value, gap in stored
    )
    return tuple(np.fromiter(flat, dtype=np.int64).reshape(-1, 4).T)
