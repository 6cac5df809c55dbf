"""Taking codings in: all of a table or nothing of it.

A table may hold millions of judgements, so each is kept as six small numbers until the
whole file is known to be sound; then they are written in the order of their index.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.intake.codings import COLUMNS, CodingRow
from exeunt.stages.coding.models import CodebookVersion, Coding, Excerpt, Pass
from exeunt.stages.coding.queries.codebooks import scale_of, version_called
from exeunt.stages.coding.queries.lookup import Lookup, Span
from exeunt.stages.coding.rules import check_same_value, target_from, value_from
from exeunt.stages.coding.states import Gap, Target
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.intake.tables import Table, read_table
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

Progress = Callable[[int], None]
Said = tuple[int | None, Gap | None]
Rows = NDArray[np.int64]
Written = tuple[int | str | None, ...]

Judged = tuple[int, int, int, int | None, str]

TARGETS = tuple(Target)
SPAN = ("excerpt__text_version", "excerpt__start", "excerpt__end")
# The six numbers of a judgement; the first four say what it is a judgement on.
TARGET, ABOUT, CODE, CODER, SAID, ROW = range(6)
IN_THE_ARCHIVE = 0
STORED_AT_ONCE = 5000
# The columns of a judgement as they are written; the targets come first, in their order.
WRITTEN = (*(target.value for target in TARGETS), "reading", "code", "value", "gap", "note")
TOLD_EVERY = 10_000


class TakenCodings(NamedTuple):
    """What an import of codings brought in."""

    codings: int
    excerpts: int
    coders: int


def import_codings(
    *,
    study: Study,
    path: Path,
    codebook: str | None = None,
    rename: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    by: Member,
) -> TakenCodings:
    """Take in a table of codings (CSV, XLSX or JSON Lines), all of it or nothing.

    ``codebook`` names the version they were made with (the study's only one if None);
    ``rename`` maps headers of the file to columns; ``progress`` is told the rows done.
    Raises BadInput with every place that is wrong.
    """
    require(Act.IMPORT_CODINGS, study=study, by=by)
    version = version_called(codebook, study=study)
    table = read_table(path, COLUMNS, rename=rename)
    with transaction.atomic():
        judgements = _Judgements(table, Lookup(study, version), version)
        judgements.read(progress)
        taken = judgements.store(study, progress)
        record(
            "codings.imported",
            subject=study.ref,
            by=by.ref,
            codebook=version.codebook.slug,
            version=version.number,
            digest=table.digest,
            codings=taken.codings,
            excerpts=taken.excerpts,
        )
    return taken


class _Judgements:
    """The judgements of one file as columns of numbers, and what is wrong with the rest."""

    def __init__(self, table: Table, lookup: Lookup, version: CodebookVersion) -> None:
        self.table = table
        self.problems = ProblemList(table.document.name)
        self.lookup = lookup
        self.version = version
        self.scale = scale_of(version)
        self.unit = Target(version.unit)
        self.columns = tuple(array("q") for _ in range(6))
        self.notes: dict[int, str] = {}
        self.sayings: dict[Said, int] = {}
        self.cells: dict[str, int] = {}
        self.spans: dict[Span, int] = {}

    def read(self, progress: Progress | None) -> None:
        """Read the whole file, find repetitions, and refuse it if anything is wrong."""
        for done, (number, cells) in enumerate(self.table.rows(self.problems), start=1):
            self._take(number, CodingRow._make(cells))
            if progress is not None and done % TOLD_EVERY == 0:
                progress(done)
        self._find_repetitions()
        self.problems.refuse_if_any()

    def store(self, study: Study, progress: Progress | None) -> TakenCodings:
        """Write the judgements down in the order of their index."""
        rows = _in_order(self._with_excerpts(study, self._rows()))
        passes = self._passes(study, rows)
        for stored in range(0, len(rows), STORED_AT_ONCE):
            batch = rows[stored : stored + STORED_AT_ONCE].tolist()
            _write(list(self._codings(batch, passes)))
            if progress is not None:
                progress(stored + len(batch))
        return TakenCodings(len(rows), len(self.spans), len(passes))

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
            self.problems.add(str(refusal), row=number, column=column)
            return
        judged = TARGETS.index(target), about, code, coder, said, number
        for cells, cell in zip(self.columns, judged, strict=True):
            cells.append(cell)
        if row.note:
            self.notes[number] = row.note

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
        span = self.lookup.span(account, start=row.start, end=row.end, quote=row.quote)
        return self.spans.setdefault(span, len(self.spans))

    def _rows(self) -> Rows:
        return np.array([np.frombuffer(cells, dtype=np.int64) for cells in self.columns]).T

    def _find_repetitions(self) -> None:
        rows = _in_order(np.concatenate([self._stored_before(), self._rows()]))
        same = (rows[1:, :SAID] == rows[:-1, :SAID]).all(axis=1)
        for place in np.flatnonzero(same).tolist():
            self._complain(rows[place].tolist(), rows[place + 1].tolist())

    def _complain(self, earlier: list[int], now: list[int]) -> None:
        where = "in the archive" if earlier[ROW] == IN_THE_ARCHIVE else f"in row {earlier[ROW]}"
        sayings = list(self.sayings)
        try:
            check_same_value(sayings[earlier[SAID]], sayings[now[SAID]], where)
        except Refusal as refusal:
            self.problems.add(str(refusal), row=now[ROW], column="value")

    def _stored_before(self) -> Rows:
        """Return what these coders have judged before, as rows of the same six numbers."""
        there = Coding.objects.filter(
            reading__version=self.version, reading__coder__in=set(self.columns[CODER])
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

    def _with_excerpts(self, study: Study, rows: Rows) -> Rows:
        """Put the numbers of excerpts where the places of their spans stood."""
        if not self.spans:
            return rows
        there = Excerpt.objects.filter(text_version__account__study=study)
        known = {
            Span(*place): pk
            for *place, pk in there.values_list("text_version", "start", "end", "pk")
        }
        fresh = [span for span in self.spans if span not in known]
        made = Excerpt.objects.bulk_create(
            Excerpt(text_version_id=span.text_version, start=span.start, end=span.end)
            for span in fresh
        )
        known.update(zip(fresh, (excerpt.pk for excerpt in made), strict=True))
        numbers = np.array([known[span] for span in self.spans], dtype=np.int64)
        of_excerpts = rows[:, TARGET] == TARGETS.index(Target.EXCERPT)
        rows[of_excerpts, ABOUT] = numbers[rows[of_excerpts, ABOUT]]
        return rows

    def _passes(self, study: Study, rows: Rows) -> dict[int, int]:
        return {
            coder: Pass.objects.get_or_create(
                study=study,
                coder_id=coder,
                version=self.version,
                defaults={"began": timezone.now()},
            )[0].pk
            for coder in np.unique(rows[:, CODER]).tolist()
        }

    def _codings(self, batch: list[list[int]], passes: Mapping[int, int]) -> Iterator[Written]:
        sayings = [(value, str(gap or "")) for value, gap in self.sayings]
        for target, about, code, coder, said, row in batch:
            targets: list[int | None] = [None] * len(TARGETS)
            targets[target] = about
            yield *targets, passes[coder], code, *sayings[said], self.notes.get(row, "")


def _write(codings: Sequence[Written]) -> None:
    """Insert judgements as plain values; a model made of each would take six times as long."""
    quote = connection.ops.quote_name
    columns = {field.name: str(field.column) for field in Coding._meta.concrete_fields}
    names = ", ".join(quote(columns[name]) for name in WRITTEN)
    marks = ", ".join(["%s"] * len(WRITTEN))
    statement = f"INSERT INTO {quote(Coding._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, codings)


def _in_order(rows: Rows) -> Rows:
    return rows[np.lexsort(tuple(rows[:, place] for place in (ROW, CODER, CODE, ABOUT, TARGET)))]
