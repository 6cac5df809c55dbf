"""What is said of a narrator, read from the words that people write."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from exeunt.errors import BadInput, NotYet, Problem, Refusal, Sentence, Word
from exeunt.methods.chronology import certainly_before, read_date
from exeunt.stages.narrators.states import ExitKind, Gap, Gender
from exeunt.stages.sources.intake.fields import Fields

SILENT = frozenset({Gender.UNKNOWN, Gender.WITHHELD})
GAPS = frozenset(Gap)
LONGEST_REFERENCE = 80
Choice = TypeVar("Choice", bound=StrEnum)


class SpellFacts(NamedTuple):
    """One spell and how it ended; a group is its name, or the word for why it has none."""

    group: str
    began: str
    kind: ExitKind
    ended: str
    to_group: str


class ExitFacts(NamedTuple):
    """One spell and how it ended, as one account tells it of its narrator."""

    narrator: str
    gender: Gender
    group: str
    began: str
    kind: ExitKind
    ended: str
    to_group: str


class HoldFacts(NamedTuple):
    """A legal hold that stands: what orders it, who placed it when, and whether on all."""

    reference: str
    placed_by: str
    day: str
    whole_study: bool


class Dated(Protocol):
    """What began and ended, in EDTF."""

    @property
    def began(self) -> str:
        """When it began."""

    @property
    def ended(self) -> str:
        """When it ended."""


class Genders:
    """What is known of each narrator's gender, while more is told."""

    def __init__(self, known: Mapping[str, Gender]) -> None:
        """Start from what the study knows, by label."""
        self._before = known
        self.known = dict(known)
        self.learned: set[str] = set()

    def check(self, narrator: str, told: Gender) -> None:
        """Refuse what contradicts what is known, and remember what it adds."""
        known = self.known.get(narrator, told)
        check_same_gender(known, told, narrator)
        better = better_known(known, told)
        if better != known and narrator in self._before:
            self.learned.add(narrator)
        self.known[narrator] = better


def spell_in(fields: Fields, prefix: str = "") -> SpellFacts:
    """Read one spell and how it ended; the fields bear the names of a table's columns."""
    return SpellFacts(
        group=fields.short(f"{prefix}group_left"),
        began=fields.date(f"{prefix}joined"),
        kind=choice_in(fields, f"{prefix}exit_kind", ExitKind.UNKNOWN),
        ended=fields.date(f"{prefix}left"),
        to_group=fields.short(f"{prefix}group_joined"),
    )


def choice_in(fields: Fields, name: str, otherwise: Choice) -> Choice:
    """Read one of a few fixed answers from a field."""
    return fields.read(
        name, lambda words: choice_from(words, type(otherwise), otherwise=otherwise), otherwise
    )


def choice_from(words: str, choices: type[Choice], *, otherwise: Choice) -> Choice:
    """Read one of a few fixed answers; an empty cell gives ``otherwise``."""
    cleaned = " ".join(words.replace("_", " ").casefold().split())
    if not cleaned:
        return otherwise
    try:
        return choices(cleaned)
    except ValueError:
        known = ", ".join(f"“{choice}”" for choice in choices)
        raise Refusal("“{words}” is not one of {known}.", words=words, known=known) from None


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
            "The narrator “{narrator}” is a {known} elsewhere and a {told} here; "
            "correct one of them, or give this account a narrator of its own.",
            narrator=narrator,
            known=known,
            told=told,
        )


def check_order(fields: Fields, facts: Dated, prefix: str = "") -> None:
    """Complain at the field of its end where a spell surely ended before it began."""
    if ends_before_it_begins(facts):
        says = Sentence("Left before they joined; one of the two dates is wrong.")
        fields.complain(says, f"{prefix}left")


def ends_before_it_begins(facts: Dated) -> bool:
    """Tell whether a spell surely ended before it began; partly known dates get the benefit."""
    if not (facts.began and facts.ended):
        return False
    return certainly_before(read_date(facts.ended), read_date(facts.began)) is True


def check_may_erase(holds: Sequence[HoldFacts]) -> None:
    """Refuse to erase anybody on whom, or on whose study, a legal hold stands."""
    for hold in holds:
        whom = "the whole study" if hold.whole_study else "this narrator"
        raise NotYet(
            "A legal hold stands on {whom}: “{reference}”, placed by {name} on {day}. Nothing was "
            "erased; it can be as soon as a legal reviewer has lifted the hold.",
            whom=Word(whom),
            reference=hold.reference,
            name=hold.placed_by,
            day=hold.day,
        )


def clean_reference(words: str) -> str:
    """Return what orders a hold as one short line, such as a court's file number."""
    line = " ".join(words.split())
    if not line or len(line) > LONGEST_REFERENCE or not line.isprintable():
        says = Sentence(
            "Say in at most {most} characters what orders the hold, such as a court and its file "
            "number; never a name or what the matter is about.",
            most=LONGEST_REFERENCE,
        )
        raise BadInput(Problem(says, column="reference"))
    return line


def check_may_lift(*, lifted: bool) -> None:
    """Refuse to lift what is lifted already."""
    if lifted:
        raise Refusal("This hold was lifted already.")
