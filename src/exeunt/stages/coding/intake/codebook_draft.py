"""What every codebook reader shares: the draft it hands over, and the last check of it."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.methods.codebooks import LONGEST, Codebook, Level, Unit, faults_of
from exeunt.stages.sources.intake.problems import ProblemList

MOST_CODES = 5_000
LARGEST_CODEBOOK = 5_000_000
WHOLE_NUMBER = re.compile(r"-?\d{1,9}")
# Other words for the same units, as published schemes use them.
UNITS: Mapping[str, Unit] = {
    **{unit.value: unit for unit in Unit},
    "disengagement_event": Unit.EXIT,
}
LEVELS: Mapping[str, Level] = {level.value: level for level in Level}


class CodebookDraft(NamedTuple):
    """A codebook as a file gave it, and in sentences what of the file was left behind."""

    codebook: Codebook
    dropped: tuple[str, ...] = ()


def draft_of(
    codebook: Codebook,
    problems: ProblemList,
    *,
    rows: Sequence[int | None],
    dropped: Sequence[str] = (),
) -> CodebookDraft:
    """Hand over a codebook that can be used, or refuse it with the row of each faulty code."""
    if len(codebook.codes) > MOST_CODES:
        says = "It has {count:,} codes; {most:,} are the most. Split it."
        problems.add(Sentence(says, count=len(codebook.codes), most=MOST_CODES))
    for says, place in faults_of(codebook):
        problems.add(says, row=None if place is None else rows[place])
    problems.refuse_if_any()
    return CodebookDraft(codebook, tuple(dropped))


def suggestion(word: str, known: Sequence[str]) -> str:
    """Name the known word that was probably meant, or all of them."""
    close = get_close_matches(word.casefold(), known, n=1)
    if close:
        return Sentence("Did you mean “{near}”?", near=close[0])
    return Sentence("Known are {known}.", known=", ".join(known))


def slug_of(name: str) -> str:
    """Make a short name out of words, in whatever script they are.

    >>> slug_of("In-fighting & spies")
    'in-fighting-spies'
    """
    return re.sub(r"[^\w.]+", "-", name.casefold()).strip("-.")[: LONGEST["key"]].strip("-.")
