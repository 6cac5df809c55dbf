"""A table of codings as it would be taken in: every judgement, and everything that is wrong.

A table may hold millions of judgements, so each is kept as six small numbers until the
whole file is known to be sound.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from exeunt.errors import BadInput, Refusal, Sentence, sentence_of
from exeunt.stages.coding.intake.codebook_csv import unguarded
from exeunt.stages.coding.intake.codings import CodingRow
from exeunt.stages.coding.models import CodebookVersion, Coding
from exeunt.stages.coding.queries.codebooks import scale_of
from exeunt.stages.coding.queries.lookup import Lookup, Span
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.rules.values import check_same_value, target_from, value_from
from exeunt.stages.coding.states import Gap, Target
from exeunt.stages.sources.intake.problems import MOST_LISTED, ProblemList
from exeunt.stages.sources.intake.tables import Table

Progress = Callable[[int], None]
Said = tuple[int | None, Gap | None]
Rows = NDArray[np.int64]
Judged = tuple[int, int, int, int | None, str]

TARGETS = tuple(Target)
PLACES = {target: place for place, target in enumerate(TARGETS)}
SPAN = ("excerpt__text_version", "excerpt__start", "excerpt__end")
# The six numbers of a judgement; the first four say what it is a judgement on.
TARGET, ABOUT, CODE, CODER, SAID, ROW = range(6)
IN_THE_ARCHIVE = 0
TOLD_EVERY = 10_000


class Place(NamedTuple):
    """What one row is about: an account, and what of it was judged."""

    account: int
    target: Target
    about: int


class CodedTable:
    """The judgements of one file as rows of numbers, and what is wrong with the rest."""

    def __init__(
        self, table: Table, lookup: Lookup, version: CodebookVersion, *, most: int = MOST_LISTED
    ) -> None:
        """Take a table; ``most`` problems are listed, the rest are counted."""
        self.table = table
        self.problems = ProblemList(table.document.name, most=most)
        self.lookup = lookup
        self.version = version
        self.scale = scale_of(version)
        self.unit = Target(version.unit)
        self.numbers = array("q")
        self.notes: dict[int, str] = {}
        self.sayings: dict[Said, int] = {}
        self.cells: dict[str, int] = {}
        self.spans: dict[Span, int] = {}
        self.read_by: dict[int, set[int]] = {}

    def read(self, progress: Progress | None) -> None:
        """Read the whole file and find repetitions; what is wrong stands in ``problems``."""
        for done, (number, cells) in enumerate(self.table.rows(self.problems), start=1):
            self._take(number, CodingRow._make(cells))
            if progress is not None and done % TOLD_EVERY == 0:
                progress(done)
        self._find_repetitions()

    def rows(self) -> Rows:
        """Return the judgements, a row of six numbers each."""
        return np.frombuffer(self.numbers, dtype=np.int64).reshape(-1, ROW + 1)

    def coders(self) -> Counter[int]:
        """Count the judgements of each coder."""
        return Counter(self.numbers[CODER :: ROW + 1])

    def _take(self, number: int, row: CodingRow) -> None:
        column = "account_id"
        try:
            account = self.lookup.account(row.account_id)
            column = "coder"
            coder = self.lookup.coder(row.coder)
            column = "code"
            code = self.lookup.code(row.code)
            column = "value"
            said = self._said(row.value)
            column = "target"
            target = target_from(row.target, otherwise=self.unit)
            column = "quote" if row.quote else "start"
            about = self._about(target, account, row)
        except Refusal as refusal:
            self.problems.add(sentence_of(refusal), row=number, column=column)
            return
        self.numbers.extend((PLACES[target], about, code, coder, said, number))
        if row.note:
            self.notes[number] = unguarded(row.note)
        self._note_reader(coder, Place(account, target, about))

    def _note_reader(self, coder: int, place: Place) -> None:
        """Note that a coder has read what this row is about.

        Whoever judged anything in an account has read it, be it an excerpt only.
        """
        if unit_of(self.version) is Target.ACCOUNT:
            self.read_by.setdefault(coder, set()).add(place.account)
        elif place.target is self.unit:
            self.read_by.setdefault(coder, set()).add(place.about)

    def _said(self, cell: str) -> int:
        known = self.cells.get(cell)
        if known is None:
            known = self.cells[cell] = self._saying(value_from(cell, self.scale))
        return known

    def _saying(self, said: Said) -> int:
        return self.sayings.setdefault(said, len(self.sayings))

    def _about(self, target: Target, account: int, row: CodingRow) -> int:
        if target is Target.ACCOUNT:
            return account
        if target is not Target.EXCERPT:
            return self.lookup.ending(target, account)
        quote = unguarded(row.quote)
        span = self.lookup.span(account, start=row.start, end=row.end, quote=quote)
        return self.spans.setdefault(span, len(self.spans))

    def _find_repetitions(self) -> None:
        rows = in_order(np.concatenate([self._stored_before(), self.rows()]))
        same = (rows[1:, :SAID] == rows[:-1, :SAID]).all(axis=1)
        for place in np.flatnonzero(same).tolist():
            self._complain(rows[place].tolist(), rows[place + 1].tolist())

    def _complain(self, earlier: list[int], now: list[int]) -> None:
        where = Sentence("in row {row}", row=earlier[ROW])
        if earlier[ROW] == IN_THE_ARCHIVE:
            where = Sentence("in the archive")
        sayings = list(self.sayings)
        try:
            check_same_value(sayings[earlier[SAID]], sayings[now[SAID]], where)
        except Refusal as refusal:
            self.problems.add(sentence_of(refusal), row=now[ROW], column="value")

    def _stored_before(self) -> Rows:
        """Return what these coders have judged before, as rows of the same six numbers."""
        there = Coding.objects.filter(
            reading__version=self.version, reading__coder__in=self.coders().keys()
        )
        rows = [
            (place, about, code, coder, self._saying((value, Gap(gap) if gap else None)))
            for place, target in enumerate(TARGETS)
            for about, code, coder, value, gap in self._judged_before(there, target)
        ]
        known = np.array(rows, dtype=np.int64).reshape(-1, SAID + 1)
        return np.pad(known, ((0, 0), (0, 1)), constant_values=IN_THE_ARCHIVE)

    def _judged_before(self, there: QuerySet[Coding], target: Target) -> Iterator[Judged]:
        said = ("code", "reading__coder", "value", "gap")
        about = SPAN if target is Target.EXCERPT else (target.value,)
        rows = there.filter(**{f"{target}__isnull": False}).values_list(*about, *said)
        if target is not Target.EXCERPT:
            yield from rows
            return
        for version, start, end, *judged in rows:
            span = self.spans.get(Span(version, start, end))
            if span is not None:
                yield (span, *judged)


def read_whole(table: CodedTable) -> None:
    """Read a table to its end, also where a fault of the file itself ends it early."""
    try:
        table.read(None)
    except BadInput as refused:
        table.problems.take(refused)


def in_order(rows: Rows) -> Rows:
    """Put judgements into the order of their index."""
    return rows[np.lexsort(tuple(rows[:, place] for place in (ROW, CODER, CODE, ABOUT, TARGET)))]
