"""Which event may follow which, and how consent may be given."""

from datetime import date, datetime
from typing import NamedTuple

from exeunt.errors import BadInput, NotYet, NotYours, Problem, Refusal, Sentence, Word
from exeunt.stages.consent.rules.scope import BEFORE, Given, Proxy, Scope, check_scope, is_within
from exeunt.stages.consent.states import (
    MOVES,
    STANDING,
    Age,
    Interpreter,
    Outcome,
    State,
    Timing,
)

LONGEST_PROOF = 80
LONGEST_REASON = 500
SHORTEST_REASON = 20


class Latest(NamedTuple):
    """The event that governs: its state, when it was written down, and the scope that stood."""

    state: State | None = None
    at: datetime | None = None
    scope: Scope = Scope()


class Chosen(NamedTuple):
    """What becomes of everything when consent is withdrawn, and when it shows outside."""

    outcome: Outcome = Outcome.ERASE
    seal_until: date | None = None
    timing: Timing = Timing.AT_ONCE


def check_may_follow(state: State, latest: Latest) -> None:
    """Refuse an event that cannot follow the one that governs."""
    if state not in MOVES[latest.state]:
        raise NotYet(
            "Consent is {now}; it cannot be {then} from there. What can follow: {able}.",
            now=Word(latest.state or "not asked for"),
            then=Word(state),
            able=", ".join(sorted(MOVES[latest.state])),
        )


def check_clock(now: datetime, latest: Latest) -> None:
    """Refuse to write an event before the one that it follows: the clock was set back."""
    if latest.at is not None and now < latest.at:
        raise NotYet(
            "The clock of this machine stands before the last event, of {day}. Set it right, then "
            "record this again.",
            day=latest.at.date(),
        )


def check_given(given: Given, *, today: date, retention: date | None) -> None:
    """Refuse consent that cannot be what somebody gave, with everything that is wrong with it."""
    problems = [*_when(given, today), *_who(given), *_how(given)]
    try:
        check_scope(given.scope, given=given.day, retention=retention)
    except BadInput as refused:
        problems += refused.problems
    if problems:
        raise BadInput(*problems)


def check_renewed(scope: Scope, latest: Latest) -> None:
    """Refuse a renewal that makes anything wider: that is asked for anew, from the beginning."""
    if not is_within(scope, latest.scope, whatever_day=True):
        raise Refusal(
            "A renewal makes consent longer, never wider. What is new is asked for in an intake."
        )


def check_narrowed(scope: Scope, latest: Latest) -> None:
    """Refuse a narrowing of nothing, one that takes nothing away, and one that adds something."""
    if latest.state not in STANDING:
        raise NotYet(
            "Only consent that stands can be narrowed; this one is {now}.", now=_now(latest)
        )
    if not is_within(scope, latest.scope):
        raise Refusal("A narrowing takes away; it cannot add. What is new takes an intake.")
    if scope == latest.scope:
        raise Refusal("Nothing is taken away. Untick what is no longer agreed to.")


def check_chosen(chosen: Chosen, *, today: date) -> None:
    """Refuse to seal until no day, or until one that has passed."""
    until = chosen.seal_until
    if (chosen.outcome is Outcome.SEAL_UNTIL) != (until is not None):
        says = Sentence("A day belongs to “seal until”, and to no other outcome.")
        raise BadInput(Problem(says, column="seal_until"))
    if until is not None and until <= today:
        says = Sentence("The day until which it would be sealed has passed already.")
        raise BadInput(Problem(says, column="seal_until"))


def check_may_review(state: State | None, given: Given | None, *, recorded_it: bool) -> None:
    """Refuse to vouch for consent that does not stand, is free anyway, or that one recorded."""
    if state not in STANDING or given is None:
        raise NotYet("Only consent that stands can be vouched for; record it first.")
    if not given.freely.under_legal_process:
        raise Refusal("This consent was given freely; nobody needs to vouch for it.")
    if recorded_it:
        raise NotYours("You recorded this consent, so somebody else must vouch for it.")


def check_reason(words: str) -> str:
    """Return why free consent is certain as one line, or refuse one that says nothing."""
    line = " ".join(words.split())
    if not SHORTEST_REASON <= len(line) <= LONGEST_REASON or not line.isprintable():
        says = Sentence(
            "Say in {least} to {most} characters why free consent is certain; never a name.",
            least=SHORTEST_REASON,
            most=LONGEST_REASON,
        )
        raise BadInput(Problem(says, column="reason"))
    return line


def _now(latest: Latest) -> Word:
    return Word(latest.state or "not asked for")


def _when(given: Given, today: date) -> list[Problem]:
    if given.day > today:
        return [Problem(Sentence("Consent cannot be given on a day to come."), column="day")]
    return []


def _who(given: Given) -> list[Problem]:
    problems = []
    if given.age is Age.IS_MINOR and given.proxy is None:
        says = Sentence(
            "A minor's consent needs a guardian beside it: say who, and what proves it."
        )
        problems.append(Problem(says, column="proxy"))
    if given.proxy is not None and not _is_proof(given.proxy):
        says = Sentence(
            "Somebody who speaks for a narrator needs a proof: the mark of the sealed paper, in at "
            "most {most} characters; never a name.",
            most=LONGEST_PROOF,
        )
        problems.append(Problem(says, column="proof"))
    return problems


def _is_proof(proxy: Proxy) -> bool:
    return proxy.proof.strip() != "" and len(proxy.proof) <= LONGEST_PROOF


def _how(given: Given) -> list[Problem]:
    problems = []
    if given.freely.interpreter is Interpreter.PARTY:
        says = Sentence(
            "The interpreter is a party to the matter, so nobody knows what was agreed. Ask again "
            "with somebody who has no stake in it."
        )
        problems.append(Problem(says, column="interpreter"))
    if not given.understood and given.limits != BEFORE:
        says = Sentence(
            "The narrator has not yet said in their own words what cannot be taken back. Read the "
            "limits again together, then ask again."
        )
        problems.append(Problem(says, column="understood"))
    return problems
