"""What a scope says, and whether it can be meant: one that contradicts itself is refused."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from exeunt.errors import BadInput, Problem, Sentence, Word
from exeunt.stages.consent.states import (
    INSIDE,
    Age,
    Channel,
    Display,
    Interpreter,
    Outcome,
    Relation,
    Timing,
    Told,
    Use,
    What,
)

EVERYWHERE = "everywhere"
# Stands for the limits of a paper that was signed before ours were read out to anybody.
BEFORE = "before"
# Whoever can open a browser can read these, wherever they are.
BORDERLESS = frozenset({Channel.SITE, Channel.SOCIAL})
LONGEST_TERRITORY = 200
COUNTRY = 2


class Cell(NamedTuple):
    """One thing that was agreed: what, for which use, where, in which countries, until when.

    ``territory`` is "everywhere" or ISO 3166-1 alpha-2 codes with blanks between them.
    """

    what: What
    use: Use
    channel: Channel
    territory: str
    until: date

    @property
    def countries(self) -> frozenset[str]:
        """The countries by code; empty where it is everywhere."""
        return frozenset() if self.territory == EVERYWHERE else frozenset(self.territory.split())

    def covers(self, other: "Cell") -> bool:
        """Tell whether this allows everything that another cell does, for as long.

        >>> long = Cell(What.TEXT, Use.STORE, Channel.INSIDE, EVERYWHERE, date(2030, 1, 1))
        >>> short = long._replace(until=date(2027, 1, 1), territory="DE FR")
        >>> long.covers(short), short.covers(long)
        (True, False)
        """
        same = self[:3] == other[:3]
        somewhere = bool(other.countries) and other.countries <= self.countries
        return same and (not self.countries or somewhere) and other.until <= self.until


class Freely(NamedTuple):
    """What may bear on how freely somebody spoke."""

    custody: Told = Told.UNKNOWN
    payment: Told = Told.UNKNOWN
    official_present: Told = Told.UNKNOWN
    pending_case: Told = Told.UNKNOWN
    interpreter: Interpreter = Interpreter.NONE

    @property
    def under_legal_process(self) -> bool:
        """Whether somebody may have spoken because of a law's hold on them; silence is a yes."""
        return any(
            told is not Told.NO for told in (self.custody, self.official_present, self.pending_case)
        )


class Proxy(NamedTuple):
    """Who speaks for the narrator, and what proves that they may."""

    relation: Relation
    proof: str


class Scope(NamedTuple):
    """Everything that one event grants, and under which conditions."""

    cells: frozenset[Cell] = frozenset()
    display: Display = Display.NONE
    not_before: date | None = None
    show_me_first: bool = False
    stop_if_risk_is_high: bool = True
    outcome: Outcome = Outcome.ERASE
    seal_until: date | None = None
    timing: Timing = Timing.AT_ONCE

    def until_for(self, what: What, use: Use) -> date | None:
        """Return until when something may be done, wherever that may be; None if it may not."""
        days = [cell.until for cell in self.cells if (cell.what, cell.use) == (what, use)]
        return max(days, default=None)

    @property
    def until(self) -> date | None:
        """The last day of the last cell."""
        return max((cell.until for cell in self.cells), default=None)


class Given(NamedTuple):
    """How consent was given: when, to what, by whom, in which words."""

    day: date
    scope: Scope
    language: str
    limits: str
    understood: bool
    age: Age = Age.UNKNOWN
    freely: Freely = Freely()
    witnessed: bool = False
    proxy: Proxy | None = None


def is_within(inner: Scope, outer: Scope, *, whatever_day: bool = False) -> bool:
    """Tell whether every cell of a scope is allowed by a cell of another one.

    ``whatever_day`` leaves out until when: a renewal makes it longer and nothing wider.
    """
    cells = [cell._replace(until=date.max) if whatever_day else cell for cell in outer.cells]
    return all(any(cell.covers(one) for cell in cells) for one in inner.cells)


def check_scope(scope: Scope, *, given: date, retention: date | None) -> None:
    """Refuse a scope that contradicts itself, with every contradiction at once.

    ``retention`` is the last day on which the study may keep anything.
    """
    problems = [*_of_cells(scope, given, retention), *_of_conditions(scope, given)]
    if problems:
        raise BadInput(*problems)


def clean_territory(words: str) -> str:
    """Return "everywhere" or country codes in order; raises ValueError on anything else.

    >>> clean_territory("fr, DE")
    'DE FR'
    """
    codes = {code.upper() for code in words.replace(",", " ").split()}
    if not codes or codes == {EVERYWHERE.upper()}:
        return EVERYWHERE
    wrong = sorted(c for c in codes if len(c) != COUNTRY or not (c.isascii() and c.isalpha()))
    if wrong or len(" ".join(codes)) > LONGEST_TERRITORY:
        raise ValueError(
            Sentence("Write “everywhere”, or countries by their two letters, such as “DE FR”.")
        )
    return " ".join(sorted(codes))


def _of_cells(scope: Scope, given: date, retention: date | None) -> Iterator[Problem]:
    if not scope.cells:
        yield Problem(Sentence("Nothing is ticked. Tick at least what may be stored."))
    for what in What:
        found = _contradictions(what, _uses_of(scope, what))
        yield from (Problem(one) for one in found)
    if Use.PUBLISH in _uses_of(scope, What.TEXT) - _uses_of(scope, What.QUOTATION):
        says = Sentence("The whole text may be published, but no quotation: that cannot be done.")
        yield Problem(says)
    for cell in sorted(scope.cells):
        yield from (Problem(one) for one in _wrong_with(cell, given, retention))
    said = [cell[:4] for cell in scope.cells]
    if len(set(said)) < len(said):
        yield Problem(Sentence("The same is agreed twice until different days; keep one of them."))


def _uses_of(scope: Scope, what: What) -> set[Use]:
    return {cell.use for cell in scope.cells if cell.what is what}


def _contradictions(what: What, uses: Collection[Use]) -> Iterator[Sentence]:
    if uses and Use.STORE not in uses:
        says = "“{what}” may be used but not stored. Tick that it may be stored, or nothing of it."
        yield Sentence(says, what=Word(what))
    if Use.PROMOTE in uses and Use.PUBLISH not in uses:
        says = "“{what}” may be promoted for money but not published: tick both, or neither."
        yield Sentence(says, what=Word(what))


def _wrong_with(cell: Cell, given: date, retention: date | None) -> Iterator[Sentence]:
    named = {"what": Word(cell.what), "use": Word(cell.use)}
    if (cell.use in INSIDE) != (cell.channel is Channel.INSIDE):
        says = "“{what}: {use}” cannot be allowed for “{channel}”; choose another place for it."
        yield Sentence(says, **named, channel=Word(cell.channel))
    if cell.channel in BORDERLESS and cell.territory != EVERYWHERE:
        says = (
            "“{what}: {use}” is limited to {territory}, but {channel} is read everywhere: allow "
            "it everywhere, or not there."
        )
        yield Sentence(says, **named, territory=cell.territory, channel=Word(cell.channel))
    if cell.until < given:
        yield Sentence("“{what}: {use}” would end before it was agreed.", **named)
    if retention is not None and cell.until > retention:
        says = (
            "“{what}: {use}” would last until {until}, but the protocol keeps nothing after "
            "{retention}. Choose an earlier day, or agree a longer protocol first."
        )
        yield Sentence(says, **named, until=cell.until, retention=retention)


def _of_conditions(scope: Scope, given: date) -> Iterator[Problem]:
    uses = {cell.use for cell in scope.cells}
    if _shows_a_face(scope) and scope.display is Display.NONE:
        says = Sentence("A face cannot be shown of somebody who is not shown at all.")
        yield Problem(says, column="display")
    if scope.outcome is Outcome.ERASE and Use.TRAIN in uses:
        says = Sentence(
            "What a model has learned cannot be erased from it: choose another outcome of a "
            "withdrawal, or do not allow training."
        )
        yield Problem(says, column="outcome")
    yield from (Problem(says, column="seal_until") for says in _sealed(scope, given))
    if scope.not_before and scope.until and scope.not_before > scope.until:
        says = Sentence("Nothing may leave before a day on which everything has ended already.")
        yield Problem(says, column="not_before")


def _shows_a_face(scope: Scope) -> bool:
    return any(cell.what is What.FACE and cell.use not in INSIDE for cell in scope.cells)


def _sealed(scope: Scope, given: date) -> Iterator[Sentence]:
    if (scope.outcome is Outcome.SEAL_UNTIL) != (scope.seal_until is not None):
        yield Sentence("A day belongs to “seal until”, and to no other outcome.")
    elif scope.seal_until is not None and scope.seal_until <= given:
        yield Sentence("The day until which it would be sealed has passed already.")
