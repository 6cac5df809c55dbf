"""Taking accounts in: all of a table or nothing of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.sandbox.limits import BULK
from exeunt.stages.narrators.actions.register import Register
from exeunt.stages.narrators.queries import genders_in
from exeunt.stages.sources.actions import announce_table, keep_table
from exeunt.stages.sources.intake.batches import in_batches
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.intake.tables import Table, read_table
from exeunt.stages.sources.models import Source
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.rules import check_study_is_unmixed
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.storing import store
from exeunt.stages.testimonies.intake.accounts import COLUMNS, AccountRow
from exeunt.stages.testimonies.queries.whole import labels_in
from exeunt.stages.testimonies.rules.drafts import AccountDraft, Drafting
from exeunt.stages.testimonies.rules.entering import Gate
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

Progress = Callable[[int], None]


class Taken(NamedTuple):
    """What an import of accounts brought in."""

    accounts: int
    with_text: int
    provenance: Provenance


def import_accounts(
    *,
    study: Study,
    path: Path,
    provenance: str | None = None,
    rename: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    by: Member,
) -> Taken:
    """Take in a table of accounts (CSV, XLSX or JSON Lines), all of it or nothing.

    ``provenance`` speaks for a table without such a column; ``rename`` maps headers of
    the file to the columns that they stand for; ``progress`` is told the rows done.
    Raises BadInput with every place that is wrong, and Refusal where the study may not
    hold such material.
    """
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    table = read_table(path, COLUMNS, rename=rename, limits=BULK)
    with transaction.atomic():
        return AccountIntake(study=study, path=path, by=by).take(table, provenance, progress)


class AccountIntake:
    """One import while it runs; it lives inside one transaction."""

    def __init__(self, *, study: Study, path: Path, by: Member) -> None:
        self.study = study
        self.path = path
        self.by = by
        self.problems = ProblemList(path.name)
        self.register = Register(study)
        self.gate = Gate(labels_in(study), genders_in(study))
        self.accounts = 0
        self.with_text = 0

    def take(self, table: Table, provenance: str | None, progress: Progress | None) -> Taken:
        """Read and store every row, then refuse the whole table if any was wrong."""
        drafts = self._drafts(table, provenance)
        first = next(drafts, None)
        if first is None:
            raise self.problems.refusal()
        source = self._announced(first.provenance)
        for batch in in_batches(chain([first], drafts)):
            self._store(batch, source)
            if progress is not None:
                progress(batch[-1].row)
        self.problems.refuse_if_any()
        moved_on(self.study)
        keep_table(source=source, path=self.path, digest=table.digest, by=self.by)
        record(
            "accounts.imported",
            subject=source.ref,
            by=self.by.ref,
            study=self.study.ref,
            accounts=self.accounts,
            texts=self.with_text,
        )
        return Taken(self.accounts, self.with_text, first.provenance)

    def _drafts(self, table: Table, provenance: str | None) -> Iterator[AccountDraft]:
        drafting = Drafting(self.problems, provenance=provenance)
        for number, cells in table.rows(self.problems):
            draft = drafting.draft(number, AccountRow._make(cells))
            if draft is not None:
                yield draft

    def _announced(self, provenance: Provenance) -> Source:
        check_study_is_unmixed(provenances_in(self.study), provenance)
        return announce_table(study=self.study, provenance=provenance, by=self.by)

    def _store(self, batch: Sequence[AccountDraft], source: Source) -> None:
        sound = [draft for draft in batch if self._may_enter(draft)]
        if self.problems:
            return  # the rest is only read, so that every problem is told at once
        store(sound, register=self.register, source=source, by=self.by)
        self.accounts += len(sound)
        self.with_text += sum(draft.has_text for draft in sound)

    def _may_enter(self, draft: AccountDraft) -> bool:
        faults = self.gate.faults(draft.label, draft.provenance, draft.exit)
        for column, says in faults.items():
            self.problems.add(says, row=draft.row, column=column)
        if not faults:
            self.register.check(draft.exit)
        return not faults
