"""Finding one stretch on which complete readings differ, for who settles it and who shows it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from exeunt.errors import NotThere
from exeunt.stages.coding.models import (
    Code,
    CodebookVersion,
    Difference,
    Sheet,
    SpanDifference,
)
from exeunt.stages.coding.queries.marks import latest_texts, marked_codes
from exeunt.stages.coding.queries.things import Thing
from exeunt.stages.coding.rules.spans import InDispute, check_differ_here
from exeunt.stages.coding.rules.surroundings import sentences_around
from exeunt.stages.coding.states import Outcome, Target
from exeunt.stages.testimonies.models import TextVersion
from exeunt.studies.models import Study

_WORD = re.compile(r"[0-9]{1,5}-[0-9]{1,9}-[0-9]{1,9}")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class At(NamedTuple):
    """Where a stretch is: the place of its code in the codebook, from 0, and its bounds."""

    place: int
    start: int
    end: int

    @property
    def word(self) -> str:
        """Write it as it stands in an address.

        >>> At(0, 12, 40).word
        '0-12-40'
        """
        return "-".join(map(str, self))


class Dispute(NamedTuple):
    """What settling needs of a stretch, and where it stands."""

    text_version: int
    case: InDispute


def at_called(word: str) -> At:
    """Read where a stretch is from an address, or refuse as if there were nothing."""
    if not _WORD.fullmatch(word):
        raise NotThere("There is nothing here.")
    return At(*map(int, word.split("-")))


def code_at(version: CodebookVersion, place: int) -> Code:
    """Return the code at a place of the codebook, counted from 0."""
    codes = list(version.code_set.all()[place : place + 1])
    if not codes:
        raise NotThere("There is nothing here.")
    return codes[0]


def dispute_at(
    study: Study,
    version: CodebookVersion,
    thing: Thing,
    *,
    code: Code,
    sheets: Sequence[Sheet],
    at: At,
) -> Dispute:
    """Find a stretch on which these complete readings differ; refuse where they do not."""
    found = next(marked_codes(study, version, [thing.number], code=code.pk), None)
    every = found.stretches() if found is not None else []
    here = next((one for one in every if one.place == (at.start, at.end)), None)
    stretch = check_differ_here(here)
    number = latest_texts([thing.number])[thing.number]
    text = TextVersion.objects.get(pk=number).text
    case = InDispute(
        stretch=stretch,
        letters={
            LETTERS[number % len(LETTERS)]: sheet.reading_id for number, sheet in enumerate(sheets)
        },
        sentences=sentences_around(text, stretch.place),
        length=len(text),
        beyond=[one.place for one in every if one.place != stretch.place],
    )
    return Dispute(number, case)


def all_is_settled(version: CodebookVersion, thing: Thing) -> bool:
    """Tell whether nothing that the readers of an account differ about is left to settle."""
    codes = Difference.objects.filter(version=version, unsettled__gt=0, **thing.where)
    return not codes.exists() and not stretches_left(version, thing)


def stretches_left(version: CodebookVersion, thing: Thing) -> bool:
    """Tell whether there are stretches of an account's text that are not settled."""
    if thing.target is not Target.ACCOUNT:
        return False
    spans = SpanDifference.objects.filter(version=version, account=thing.number)
    return spans.exclude(outcome=Outcome.SETTLED).exists()
