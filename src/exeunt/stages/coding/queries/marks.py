"""What complete readers marked in texts, for queries and acts that have asked who may know."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from exeunt.stages.coding.models import CodebookVersion, Coding, Sheet
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import passes_of
from exeunt.stages.coding.rules.marks import Mark, Stretch, stretches
from exeunt.stages.coding.states import SheetState, Target
from exeunt.stages.testimonies.models import TextVersion
from exeunt.studies.models import Study

AT_ONCE = 1_000
ROWS_AT_ONCE = 20_000


class MarkedCode(NamedTuple):
    """What the complete readers of one account marked in its latest text with one code."""

    account: int
    text_version: int
    code: int
    readers: frozenset[int]
    marks: tuple[Mark, ...]

    def stretches(self) -> list[Stretch]:
        """Return the stretches of the text that anybody marked."""
        return stretches(self.marks, self.readers)


def has_marks(version: CodebookVersion) -> bool:
    """Tell whether what is marked in texts is compared: whoever reads then reads whole accounts."""
    return unit_of(version) is Target.ACCOUNT


def marked_codes(
    study: Study,
    version: CodebookVersion,
    accounts: Iterable[int],
    *,
    code: int | None = None,
) -> Iterator[MarkedCode]:
    """Walk what was marked in these accounts, code by code; a reader is the number of a pass.

    Marks that were lost when a text was corrected wait for a new place and are not among them.
    """
    numbers = iter(sorted(accounts))
    while batch := list(islice(numbers, AT_ONCE)):
        readers = complete_readers(study, version, batch)
        for (account, text, marked), marks in _marks(study, version, batch, code=code):
            theirs = readers.get(account, frozenset())
            kept = tuple(mark for mark in marks if mark.reader in theirs)
            if kept:
                yield MarkedCode(account, text, marked, theirs, kept)


def complete_readers(
    study: Study, version: CodebookVersion, accounts: Collection[int]
) -> dict[int, frozenset[int]]:
    """Return, by account, the passes whose reading of it is complete."""
    sheets = Sheet.objects.filter(
        reading__in=list(passes_of(study, version)),
        account__in=accounts,
        state=SheetState.COMPLETE,
    )
    pairs = sheets.order_by("account").values_list("account", "reading")
    return {
        account: frozenset(reading for _, reading in rows)
        for account, rows in groupby(pairs, key=lambda pair: pair[0])
    }


def latest_texts(accounts: Collection[int]) -> dict[int, int]:
    """Return the number of the latest version of each account's text; no text is loaded."""
    versions = TextVersion.objects.filter(account__in=accounts).order_by("account", "number")
    return dict(versions.values_list("account", "pk"))


def _marks(
    study: Study, version: CodebookVersion, accounts: Sequence[int], *, code: int | None
) -> Iterator[tuple[tuple[int, int, int], list[Mark]]]:
    there = Coding.objects.filter(
        reading__in=list(passes_of(study, version)),
        excerpt__text_version__in=list(latest_texts(accounts).values()),
        code__proposed_by__isnull=True,
    )
    if code is not None:
        there = there.filter(code=code)
    rows = there.order_by("excerpt__text_version__account", "code").values_list(
        "excerpt__text_version__account",
        "excerpt__text_version",
        "code",
        "reading",
        "excerpt__start",
        "excerpt__end",
        "value",
        "gap",
    )
    for about, found in groupby(rows.iterator(ROWS_AT_ONCE), key=lambda row: row[:3]):
        yield about, [Mark(*row[3:]) for row in found]
