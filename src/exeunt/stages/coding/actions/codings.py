"""Taking codings in: all of a table or nothing of it.

What was judged of an account is a complete reading of it; a bulk of them is written as plain
values, in the order of their index.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from exeunt.desk.bulk import Written, write_rows
from exeunt.ledger.recording import record
from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.sandbox.limits import BULK
from exeunt.stages.coding.actions.counting import count_differences
from exeunt.stages.coding.intake.codings import COLUMNS
from exeunt.stages.coding.models import Coding, Excerpt, Pass, Sheet
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.coded_table import (
    ABOUT,
    CODER,
    TARGET,
    TARGETS,
    CodedTable,
    Progress,
    Rows,
    in_order,
)
from exeunt.stages.coding.queries.lookup import Lookup, Span
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.states import SheetState, Target
from exeunt.stages.sources.intake.tables import read_table
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

STORED_AT_ONCE = 5000
# The columns of a judgement as they are written; the targets come first, in their order.
WRITTEN = (*(target.value for target in TARGETS), "reading", "code", "value", "gap", "note")


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
    table = read_table(path, COLUMNS, rename=rename, limits=BULK)
    with transaction.atomic():
        coded = CodedTable(table, Lookup(study, version), version)
        coded.read(progress)
        coded.problems.refuse_if_any()
        moved_on(study)
        taken = _Storing(study, coded).store(progress)
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


class _Storing:
    """One sound table while it is written down; it lives inside one transaction."""

    def __init__(self, study: Study, coded: CodedTable) -> None:
        self.study = study
        self.coded = coded
        self.version = coded.version
        self.now = timezone.now()

    def store(self, progress: Progress | None) -> TakenCodings:
        """Write the judgements down in the order of their index, then the sheets."""
        rows = in_order(self._with_excerpts(self.coded.rows()))
        passes = self._passes(rows)
        for stored in range(0, len(rows), STORED_AT_ONCE):
            batch = rows[stored : stored + STORED_AT_ONCE].tolist()
            write_rows(Coding, WRITTEN, self._codings(batch, passes))
            if progress is not None:
                progress(stored + len(batch))
        self._complete_sheets(passes)
        return TakenCodings(len(rows), len(self.coded.spans), len(passes))

    def _with_excerpts(self, rows: Rows) -> Rows:
        """Put the numbers of excerpts where the places of their spans stood."""
        spans = self.coded.spans
        if not spans:
            return rows
        there = Excerpt.objects.filter(text_version__account__study=self.study)
        known = {
            Span(*place): pk
            for *place, pk in there.values_list("text_version", "start", "end", "pk")
        }
        fresh = [span for span in spans if span not in known]
        made = Excerpt.objects.bulk_create(
            Excerpt(text_version_id=span.text_version, start=span.start, end=span.end)
            for span in fresh
        )
        known.update(zip(fresh, (excerpt.pk for excerpt in made), strict=True))
        rows = rows.copy()
        numbers = np.array([known[span] for span in spans], dtype=np.int64)
        of_excerpts = rows[:, TARGET] == TARGETS.index(Target.EXCERPT)
        rows[of_excerpts, ABOUT] = numbers[rows[of_excerpts, ABOUT]]
        return rows

    def _passes(self, rows: Rows) -> dict[int, int]:
        return {
            coder: Pass.objects.get_or_create(
                study=self.study,
                coder_id=coder,
                version=self.version,
                defaults={"began": self.now},
            )[0].pk
            for coder in np.unique(rows[:, CODER]).tolist()
        }

    def _codings(self, batch: list[list[int]], passes: Mapping[int, int]) -> Iterator[Written]:
        sayings = [(value, str(gap or "")) for value, gap in self.coded.sayings]
        for target, about, code, coder, said, row in batch:
            targets: list[int | None] = [None] * len(TARGETS)
            targets[target] = about
            yield *targets, passes[coder], code, *sayings[said], self.coded.notes.get(row, "")

    def _complete_sheets(self, passes: Mapping[int, int]) -> None:
        """Count each reading as complete, but for sheets that their coder has open by hand."""
        unit = unit_of(self.version).value
        for coder, things in self.coded.read_by.items():
            there = Sheet.objects.filter(reading=passes[coder], **{f"{unit}__isnull": False})
            fresh = things.difference(there.values_list(unit, flat=True))
            columns = ("ref", "reading", unit, "state", "memo", "revision", "saved", "completed")
            sheets = self._sheets(sorted(fresh), passes[coder])
            while batch := list(islice(sheets, STORED_AT_ONCE)):
                write_rows(Sheet, columns, batch)
        if self.coded.read_by:
            touched = set().union(*self.coded.read_by.values())
            count_differences(self.study, self.version, touched)

    def _sheets(self, things: Iterable[int], reading: int) -> Iterator[Written]:
        now = connection.ops.adapt_datetimefield_value(self.now)
        complete = SheetState.COMPLETE.value, "", 1, now, now
        for thing in things:
            yield new_reference(), reading, thing, *complete
