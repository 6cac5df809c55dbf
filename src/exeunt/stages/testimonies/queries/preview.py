"""What an import of accounts would do, without doing it."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from exeunt.desk.uploads import Upload
from exeunt.errors import BadInput, Problem, Refusal, sentence_of
from exeunt.members.models import Member
from exeunt.stages.narrators.queries import genders_in, groups_in
from exeunt.stages.narrators.rules import gap_in
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.intake.tables import read_table
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.rules import check_may_keep, check_study_is_unmixed
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.intake.accounts import COLUMNS, AccountRow
from exeunt.stages.testimonies.queries.whole import labels_in
from exeunt.stages.testimonies.rules.drafts import AccountDraft, Drafting
from exeunt.stages.testimonies.rules.entering import Gate
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

SHOWN = 10
MOST_PROBLEMS = 100
TELL_EVERY = 2000
LARGEST_LOOKED_AT = 20_000_000


class Preview(NamedTuple):
    """What would be taken in, and everything that stands against it."""

    accounts: int
    with_text: int
    provenances: Mapping[str, int]
    languages: Mapping[str, int]
    new_narrators: int
    new_groups: tuple[str, ...]
    first: tuple[AccountDraft, ...]
    columns: tuple[str, ...]
    problems: tuple[Problem, ...]
    unlisted: int

    @property
    def may_be_taken_in(self) -> bool:
        """Whether nothing stands against it."""
        return not self.problems and self.accounts > 0


def accounts_preview(
    study: Study,
    path: Path,
    *,
    provenance: str | None = None,
    rename: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
    by: Member,
) -> Preview:
    """Read a table as an import would, and say what it would bring in; nothing is kept.

    A file that cannot be read at all, or whose header does not fit, is a preview with its problems.
    """
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    looking = _Looking(study, ProblemList("", most=MOST_PROBLEMS))
    try:
        table = read_table(path, COLUMNS, rename=rename)
        columns = table.columns
        drafting = Drafting(looking.problems, provenance=provenance)
        for number, cells in table.rows(looking.problems):
            looking.look(drafting.draft(number, AccountRow._make(cells)))
            if progress is not None and number % TELL_EVERY == 0:
                progress(number)
    except BadInput as refused:
        columns = ()
        looking.problems.take(refused)
    return looking.seen(columns)


def preview_of(
    study: Study, upload: Upload, *, provenance: str | None, by: Member
) -> Preview | None:
    """Look at a table that was sent; None where it is too large to be looked at while one waits."""
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    if upload.path.stat().st_size > LARGEST_LOOKED_AT:
        return None
    return accounts_preview(study, upload.path, provenance=provenance, by=by)


class _Looking:
    """A reading while it runs: counts, and the first rows."""

    def __init__(self, study: Study, problems: ProblemList) -> None:
        self.study = study
        self.problems = problems
        self.known = genders_in(study)
        self.gate = Gate(labels_in(study), self.known)
        self.accounts = self.with_text = 0
        self.provenances: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.narrators: set[str] = set()
        self.groups: set[str] = set()
        self.first: list[AccountDraft] = []

    def look(self, draft: AccountDraft | None) -> None:
        if draft is None:
            return
        if self.gate.provenance is None:
            self._may_be_kept(draft)
        for column, says in self.gate.faults(draft.label, draft.provenance, draft.exit).items():
            self.problems.add(says, row=draft.row, column=column)
        self.accounts += 1
        self.with_text += bool(draft.text.strip())
        self.provenances[draft.provenance] += 1
        self.languages[draft.described.language] += 1
        self.narrators.add(draft.exit.narrator)
        self.groups |= {draft.exit.group, draft.exit.to_group}
        if len(self.first) < SHOWN:
            self.first.append(draft)

    def _may_be_kept(self, draft: AccountDraft) -> None:
        try:
            check_study_is_unmixed(provenances_in(self.study), draft.provenance)
            check_may_keep(Provenance(draft.provenance), self.study.protocol_facts())
        except Refusal as refusal:
            self.problems.add(sentence_of(refusal))

    def seen(self, columns: tuple[str, ...]) -> Preview:
        named = {group for group in self.groups if gap_in(group) is None}
        return Preview(
            accounts=self.accounts,
            with_text=self.with_text,
            provenances=dict(self.provenances),
            languages=dict(self.languages.most_common()),
            new_narrators=len(self.narrators - self.known.keys()),
            new_groups=tuple(sorted(named - set(groups_in(self.study)))),
            first=tuple(self.first),
            columns=columns,
            problems=tuple(self.problems.listed),
            unlisted=self.problems.unlisted,
        )
