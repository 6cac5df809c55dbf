"""Random histories of consent, and whether anything was ever read or let go without scope.

    python -m tools.histories [--seed N] [HISTORIES]

What the rules answer is compared with an oracle that was written from the field's own words, apart
from them: it looks through the events from the latest back, and at single cells.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from exeunt.errors import Refusal
from exeunt.procedures.leaving import Known, may_leave_today
from exeunt.stages.consent.rules.events import Latest, check_may_follow
from exeunt.stages.consent.rules.scope import EVERYWHERE, Cell, Freely, Given, Scope
from exeunt.stages.consent.rules.standing import Asked, ConsentFacts, may_read
from exeunt.stages.consent.states import (
    INSIDE,
    Age,
    Basis,
    Channel,
    Display,
    Outcome,
    State,
    Told,
    Use,
    What,
)
from exeunt.stages.protection.rules.law import LawFacts
from exeunt.stages.protection.rules.safety import SafetyFacts
from exeunt.stages.protection.states import Exposure, Verdict

WHOLE, CHUNK = 100_000, 1_000
EXPLAINED = (
    "Random events of consent follow each other as the rules let them, beside random assessments\n"
    "of risk and readings of the law; after each, reads and uses\n"
    "are asked for on days at random, before the last event too. The rules' answer is compared\n"
    "with an oracle that was written from the field's own words, apart from them."
)
SEED = 2026
FIRST = date(2026, 1, 1)
STEPS, QUESTIONS = 8, 12
HALF, MOSTLY = 0.5, 0.8
COUNTRIES = ("", "DE", "SY")
TERRITORIES = (EVERYWHERE, "DE", "DE FR")
SHOWING = (Display.NONE, Display.PSEUDONYM, Display.CHOSEN_NAME)


class Happened(NamedTuple):
    """One event as it was written down."""

    state: State
    day: date
    given: Given | None = None
    outcome: Outcome | None = None


class Tried(NamedTuple):
    """How many histories, reads and uses were tried, and where the oracle says otherwise."""

    histories: int
    reads: int
    allowed: int
    violations: int
    refused: int


def main() -> None:
    """Walk through so many histories, and say what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("histories", type=int, nargs="?", default=CHUNK)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    tried = walk(asked.seed, asked.histories)
    print(
        f"{tried.histories} histories, {tried.reads} reads and uses asked for, {tried.allowed} "
        f"allowed, {tried.violations} without scope, {tried.refused} refused within scope"
    )
    raise SystemExit(1 if tried.violations + tried.refused else 0)


def walk(seed: int, histories: int) -> Tried:
    """Go through random histories; after each event, days and uses are asked at random."""
    luck = Random(seed)  # noqa: S311 - nothing is kept secret by it
    reads = allowed = violations = refused = 0
    for _ in range(histories):
        basis = luck.choice([Basis.CONSENT, Basis.PUBLIC_RECORD])
        for past in _history(luck):
            for _ in range(QUESTIONS):
                may, should = _asked(luck, basis, past)
                reads += 1
                allowed += may
                violations += may and not should
                refused += should and not may
    return Tried(histories, reads, allowed, violations, refused)


def make_rows(first: int) -> Iterator[dict[str, Any]]:
    """Walk through the full count, a chunk at a time; the first so many chunks were walked."""
    for chunk in range(first, WHOLE // CHUNK):
        tried = walk(SEED + chunk, CHUNK)
        yield tried._asdict() | {"wrong": tried.violations + tried.refused > 0}


def tell_rows(rows: Sequence[dict[str, Any]]) -> Sequence[tuple[str, ...]]:
    """Return the figures of all chunks together."""

    def total(name: str) -> str:
        return f"{sum(row[name] for row in rows):,}"

    return (
        ("histories walked", total("histories"), ""),
        ("reads and uses asked for", total("reads"), ""),
        ("… that were allowed", total("allowed"), ""),
        ("… that were allowed without scope", total("violations"), "0"),
        ("… that were refused within scope", total("refused"), "0"),
    )


def _history(luck: Random) -> Iterator[list[Happened]]:
    past: list[Happened] = []
    day = FIRST
    yield past
    for _ in range(STEPS):
        day += timedelta(days=luck.randrange(0, 90))
        state = luck.choice(list(State))
        try:
            check_may_follow(state, Latest(past[-1].state if past else None))
        except Refusal:
            continue
        given = _given(luck, day) if state in (State.GIVEN, State.RENEWED) else None
        outcome = luck.choice(list(Outcome)) if state is State.WITHDRAWN else None
        past = [*past, Happened(state, day, given, outcome)]
        yield past


def _given(luck: Random, day: date) -> Given:
    cells = frozenset(
        Cell(
            luck.choice(list(What)),
            luck.choice(list(Use)),
            luck.choice(list(Channel)),
            luck.choice(TERRITORIES),
            day + timedelta(days=luck.randrange(1, 200)),
        )
        for _ in range(luck.randrange(1, 40))
    )
    readable = frozenset(
        Cell(what, use, Channel.INSIDE, EVERYWHERE, day + timedelta(days=luck.randrange(1, 200)))
        for what in (What.TEXT, What.CODED_DATA)
        for use in (Use.STORE, Use.CODE)
        if luck.random() < MOSTLY
    )
    scope = Scope(
        cells | readable,
        display=luck.choice(SHOWING),
        not_before=day + timedelta(days=luck.randrange(60)) if luck.random() < HALF else None,
        show_me_first=luck.random() < HALF,
    )
    told = [Told.NO, Told.NO, Told.NO, Told.YES, Told.UNKNOWN]
    custody, payment, official, pending = (luck.choice(told) for _ in range(4))
    freely = Freely(custody, payment, official, pending)
    age = luck.choice([Age.ADULT, Age.ADULT, *Age])
    return Given(day, scope, "en", "2026-12", luck.random() < MOSTLY, age, freely)


def _asked(luck: Random, basis: Basis, past: list[Happened]) -> tuple[bool, bool]:
    """Ask for one read or one use, on a day that may lie before the last event."""
    facts = _facts(basis, past, reviewed=luck.random() > MOSTLY)
    day = FIRST + timedelta(days=luck.randrange(-30, 700))
    if luck.random() < HALF:
        what = luck.choice([What.TEXT, What.CODED_DATA])
        return may_read(facts, what, day=day), readable(basis, past, what=what, day=day)
    asked = _use(luck, facts)
    known = Known(facts, _safety(luck, day), _law(luck, day))
    may = may_leave_today(known, asked, day=day).may
    should = usable(basis, past, asked, day=day, reviewed=facts.reviewed)
    if asked.use not in INSIDE:
        should = should and safe(known.safety, day) and lawful(known.law, day)
    return may, should


def _safety(luck: Random, day: date) -> SafetyFacts:
    """Two verdicts, one or none, and a last day about the one on which it is asked."""
    verdicts = [Verdict.LOW, Verdict.LOW, Verdict.MODERATE, *Verdict]
    first = luck.choice(verdicts) if luck.random() < MOSTLY else None
    second = luck.choice(verdicts) if first is not None and luck.random() < MOSTLY else None
    judged = day + timedelta(days=luck.randrange(-60, 10))
    return SafetyFacts(first, second, judged + timedelta(days=luck.randrange(10, 200)), judged)


def _law(luck: Random, day: date) -> LawFacts:
    if luck.random() > MOSTLY:
        return LawFacts()
    read = day + timedelta(days=luck.randrange(-60, 10))
    until = read + timedelta(days=luck.randrange(10, 200))
    return LawFacts(luck.choice([Exposure.CLEAR, *Exposure]), until, read)


def _use(luck: Random, facts: ConsentFacts) -> Asked:
    cells = sorted(facts.scope.cells)
    if cells and luck.random() < MOSTLY:
        cell = luck.choice(cells)
        what, use, channel = cell.what, cell.use, cell.channel
    else:
        what, use = luck.choice(list(What)), luck.choice(list(Use))
        channel = luck.choice(list(Channel))
    return Asked(
        what,
        use,
        channel,
        luck.choice(COUNTRIES),
        luck.choice(SHOWING),
        shown=luck.random() < MOSTLY,
    )


def _facts(basis: Basis, past: list[Happened], *, reviewed: bool) -> ConsentFacts:
    """Gather facts as the archive's queries do."""
    last = past[-1] if past else None
    places = [place for place, one in enumerate(past) if one.given is not None]
    given = past[places[-1]].given if places else None
    since = [one.state for one in past[places[-1] + 1 :]] if places else []
    keeps = {State.SUSPENDED, State.EXPIRED, State.WITHDRAWN}
    if not set(since) <= keeps or State.WITHDRAWN in since[:-1]:
        given = None
    return ConsentFacts(
        basis=basis,
        state=last.state if last else None,
        day=last.day if last else None,
        given=given,
        outcome=last.outcome if last else None,
        reviewed=reviewed and given is not None,
    )


# --- the oracle -----------------------------------------------------------------------------------


def readable(basis: Basis, past: list[Happened], *, what: What, day: date) -> bool:
    """Tell, from the field's words, whether the study may read somebody's text or coded data."""
    if not past:
        return basis is Basis.PUBLIC_RECORD
    last, today = past[-1], max(day, past[-1].day)
    if last.given is not None:
        return _lets_code(last.given, what, today)
    if last.state is not State.WITHDRAWN or last.outcome in (Outcome.ERASE, Outcome.SEAL_UNTIL):
        return False
    if last.outcome is Outcome.DEIDENTIFY and what is What.TEXT:
        return False
    stood = _stood(past)
    if stood is not None:
        return _lets_code(stood, what, today)
    return basis is Basis.PUBLIC_RECORD


def usable(basis: Basis, past: list[Happened], asked: Asked, *, day: date, reviewed: bool) -> bool:
    """Tell, from the field's words, whether something may be used where it is asked for."""
    if not past:
        return basis is Basis.PUBLIC_RECORD and asked.use in (Use.STORE, Use.CODE)
    last, today = past[-1], max(day, past[-1].day)
    given = last.given
    if given is None or today > max(cell.until for cell in given.scope.cells):
        return False
    if not any(_fits(cell, asked, today) for cell in given.scope.cells):
        return False
    if asked.use in INSIDE:
        return True
    return _may_leave(given, asked, today, reviewed=reviewed)


def safe(facts: SafetyFacts, day: date) -> bool:
    """Tell whether two assessors found it safe enough, and on this day still do."""
    fine = {Verdict.LOW, Verdict.MODERATE}
    both = facts.first in fine and facts.second in fine
    until, judged = facts.valid_until, facts.day
    return both and until is not None and judged is not None and max(day, judged) <= until


def lawful(facts: LawFacts, day: date) -> bool:
    """Tell whether somebody has read the law, and on this day nothing in it stands in the way."""
    until, read = facts.valid_until, facts.day
    if until is None or read is None or facts.exposure is Exposure.EXPOSED:
        return False
    return max(day, read) <= until


def _may_leave(given: Given, asked: Asked, today: date, *, reviewed: bool) -> bool:
    scope, freely = given.scope, given.freely
    if scope.not_before is not None and today < scope.not_before:
        return False
    if scope.show_me_first and not asked.shown:
        return False
    if SHOWING.index(asked.display) > SHOWING.index(scope.display):
        return False
    pressed = {freely.custody, freely.official_present, freely.pending_case} != {Told.NO}
    return given.age is Age.ADULT and given.understood and (reviewed or not pressed)


def _fits(cell: Cell, asked: Asked, today: date) -> bool:
    here = cell.territory == EVERYWHERE or asked.country in cell.territory.split()
    return cell[:3] == asked[:3] and here and today <= cell.until


def _lets_code(given: Given, what: What, today: date) -> bool:
    return all(
        any(
            cell.what is what and cell.use is use and today <= cell.until
            for cell in given.scope.cells
        )
        for use in (Use.STORE, Use.CODE)
    )


def _stood(past: list[Happened]) -> Given | None:
    """Return what stood when it was withdrawn, though it may have been stopped or have ended."""
    for one in reversed(past[:-1]):
        if one.given is not None:
            return one.given
        if one.state not in (State.SUSPENDED, State.EXPIRED):
            return None
    return None


if __name__ == "__main__":
    main()
