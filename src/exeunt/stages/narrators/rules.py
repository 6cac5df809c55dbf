"""What is said of a narrator, read from the words that people write."""

from enum import StrEnum
from typing import NamedTuple, TypeVar

from exeunt.errors import Refusal
from exeunt.methods.chronology import certainly_before, read_date
from exeunt.stages.narrators.states import ExitKind, Gap, Gender

SILENT = frozenset({Gender.UNKNOWN, Gender.WITHHELD})
GAPS = frozenset(Gap)
Choice = TypeVar("Choice", bound=StrEnum)


class ExitFacts(NamedTuple):
    """One spell and how it ended, as one account tells it."""

    narrator: str
    gender: Gender
    group: str
    began: str
    kind: ExitKind
    ended: str
    to_group: str


def choice_from(words: str, choices: type[Choice], *, otherwise: Choice) -> Choice:
    """Read one of a few fixed answers; an empty cell gives ``otherwise``."""
    cleaned = " ".join(words.replace("_", " ").casefold().split())
    if not cleaned:
        return otherwise
    try:
        return choices(cleaned)
    except ValueError:
        known = ", ".join(f"“{choice}”" for choice in choices)
        raise Refusal(f"“{words}” is not one of {known}.") from None


def gap_in(group: str) -> Gap | None:
    """Return why no group is named, or None where one is; an empty cell is unknown."""
    if not group:
        return Gap.UNKNOWN
    return Gap(group.casefold()) if group.casefold() in GAPS else None


def next_gap_in(group: str) -> Gap | None:
    """Return why the next group is not named; an empty cell says that there was none to name."""
    return gap_in(group) if group else None


def better_known(known: Gender, told: Gender) -> Gender:
    """Return what two tellings say together: a gender that is named, before one that is not."""
    return told if known in SILENT and told not in SILENT else known


def check_same_gender(known: Gender, told: Gender, narrator: str) -> None:
    """Refuse two tellings that make one narrator two people."""
    if known != told and known not in SILENT and told not in SILENT:
        raise Refusal(
            f"The narrator “{narrator}” is a {known} elsewhere and a {told} here; "
            "correct one of them, or give this account a narrator of its own."
        )


def ends_before_it_begins(facts: ExitFacts) -> bool:
    """Tell whether a spell surely ended before it began; partly known dates get the benefit."""
    if not (facts.began and facts.ended):
        return False
    return certainly_before(read_date(facts.ended), read_date(facts.began)) is True
