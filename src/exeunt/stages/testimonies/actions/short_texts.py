"""Taking in a table of many short texts, a row each: all of it or nothing."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db import transaction

from exeunt.errors import Sentence
from exeunt.members.models import Member
from exeunt.sandbox.limits import BULK
from exeunt.stages.sources.intake.tables import Table, read_table
from exeunt.stages.sources.intake.texts.languages import Languages
from exeunt.stages.sources.intake.texts.short import COLUMNS, ShortRow
from exeunt.stages.sources.queries import taken_before
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.accounts import AccountIntake
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.stages.testimonies.rules.drafts import AccountDraft, Drafting
from exeunt.stages.testimonies.rules.texts import label_from
from exeunt.studies.models import Study

EMPTY = dict.fromkeys(AccountRow._fields, "")
NO_TEXT = Sentence("This row has no text; take it out, or write what was said.")


def take_short_texts(
    *,
    study: Study,
    path: Path,
    name: str,
    provenance: Provenance,
    rename: Mapping[str, str],
    languages: Languages,
    by: Member,
) -> int:
    """Take a table of short texts in, and return how many there were.

    None are taken, and 0 is returned, where the study has taken in just these bytes before.
    Raises BadInput with every row that is wrong, and Refusal where the study may not hold such.
    """
    table = read_table(path, COLUMNS, rename=rename, limits=BULK)
    if taken_before(study, table.digest) is not None:
        return 0
    intake = _ShortIntake(study=study, path=path, by=by)
    intake.stem, intake.languages = label_from(name), languages
    with transaction.atomic():
        return intake.take(table, provenance.value, None).accounts


class _ShortIntake(AccountIntake):
    """An intake of accounts whose rows hold little more than words."""

    stem: str
    languages: Languages

    def _drafts(self, table: Table, provenance: str | None) -> Iterator[AccountDraft]:
        drafting = Drafting(self.problems, provenance=provenance)
        for number, cells in table.rows(self.problems):
            row = ShortRow._make(cells)
            if not row.text.strip():
                self.problems.add(NO_TEXT, row=number, column="text")
                continue
            draft = drafting.draft(number, self._row(number, row))
            if draft is not None:
                yield draft

    def _row(self, number: int, row: ShortRow) -> AccountRow:
        label = row.label or f"{self.stem} {number}".strip()
        language = row.language or self.languages.language_of(row.text)
        said = {
            "account_id": label,
            "narrator": row.speaker,
            "published": row.published,
            "language": language,
            "text": row.text,
        }
        return AccountRow(**{**EMPTY, **said})
