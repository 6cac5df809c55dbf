"""What consent allows on a day: inside the study, and of what may leave it."""

from datetime import date
from typing import NamedTuple

from exeunt.errors import Sentence, Word
from exeunt.methods.conditions import Condition
from exeunt.stages.consent.rules.scope import Given, Scope
from exeunt.stages.consent.states import (
    INSIDE,
    STANDING,
    Age,
    Basis,
    Channel,
    Display,
    Outcome,
    State,
    Use,
    What,
)

# What a published account may be used for without anybody's consent.
PUBLIC = frozenset({Use.STORE, Use.CODE})
# From showing less to showing more.
SHOWING = (Display.NONE, Display.PSEUDONYM, Display.CHOSEN_NAME)
NONE_YET = Sentence("Nothing is needed.")
_MADE_UP = Condition(
    name="consent", met=True, says=Sentence("The account is invented."), changes=NONE_YET
)


class ConsentFacts(NamedTuple):
    """Everything that consent says of one narrator, as it was written down.

    ``day`` is that of the latest event. ``given`` is the consent that stands, or that was
    suspended, expired or withdrawn last; None where there is none that could be renewed or kept.
    ``outcome`` is what a withdrawal chose. ``reviewed`` tells whether a named reviewer has said why
    consent given under legal process is free.
    """

    basis: Basis
    state: State | None = None
    day: date | None = None
    given: Given | None = None
    outcome: Outcome | None = None
    reviewed: bool = False

    @property
    def scope(self) -> Scope:
        """What was granted; nothing where nothing was."""
        return self.given.scope if self.given is not None else Scope()


class Asked(NamedTuple):
    """What somebody wants to do with it; ``shown`` says that the narrator has seen exactly this."""

    what: What
    use: Use
    channel: Channel = Channel.INSIDE
    country: str = ""
    display: Display = Display.NONE
    shown: bool = False


class Openness(NamedTuple):
    """Until when text and coded data may be read inside the study; None where they may not."""

    text: date | None
    coded: date | None


SHUT = Openness(None, None)
OPEN = Openness(date.max, date.max)


def open_inside(facts: ConsentFacts) -> Openness:
    """Return until when somebody's text and coded data may be read by the study."""
    if facts.state is None and facts.basis is not Basis.CONSENT:
        return OPEN
    if facts.state in STANDING:
        return _granted(facts)
    if facts.state is State.WITHDRAWN:
        return _kept(facts)
    return SHUT


def may_read(facts: ConsentFacts, what: What, *, day: date) -> bool:
    """Tell whether the study may read somebody's text, or their coded data, on a day."""
    until = open_inside(facts).text if what is What.TEXT else open_inside(facts).coded
    return until is not None and _known(facts, day) <= until


def state_on(facts: ConsentFacts, day: date) -> State | None:
    """Return what consent is on a day: one whose last day has passed has expired."""
    until = facts.scope.until
    if facts.state in STANDING and until is not None and _known(facts, day) > until:
        return State.EXPIRED
    return facts.state


def consent_conditions(facts: ConsentFacts, asked: Asked, *, day: date) -> list[Condition]:
    """Return every condition that consent sets to a use on a day, met or not.

    The day of the latest event is today at the earliest, so that a clock that was set back
    brings nothing back.
    """
    if facts.basis is Basis.INVENTED and facts.state is None:
        return [_MADE_UP]
    if facts.basis is Basis.PUBLIC_RECORD and facts.state is None:
        return [_public(asked)]
    today = _known(facts, day)
    conditions = [_stands(facts, today), _covers(facts, asked, today)]
    if asked.use not in INSIDE:
        conditions += [
            _not_before(facts.scope, today),
            _display(facts.scope, asked),
            _first(facts.scope, asked),
            _free(facts),
            _of_age(facts),
            _understood(facts),
        ]
    return conditions


def _known(facts: ConsentFacts, day: date) -> date:
    return max(day, facts.day) if facts.day is not None else day


def _granted(facts: ConsentFacts) -> Openness:
    def until(what: What) -> date | None:
        days = [facts.scope.until_for(what, use) for use in (Use.STORE, Use.CODE)]
        return min((one for one in days if one is not None), default=None) if all(days) else None

    return Openness(until(What.TEXT), until(What.CODED_DATA))


def _kept(facts: ConsentFacts) -> Openness:
    """What stays readable after a withdrawal, by the outcome that was chosen.

    A withdrawal keeps; it opens nothing that was never open.
    """
    never = SHUT if facts.basis is Basis.CONSENT else OPEN
    granted = _granted(facts) if facts.given is not None else never
    if facts.outcome is Outcome.KEEP_INTERNAL:
        return granted
    if facts.outcome is Outcome.DEIDENTIFY:
        return Openness(None, granted.coded)
    return SHUT


def _public(asked: Asked) -> Condition:
    return Condition(
        "consent",
        asked.use in PUBLIC,
        Sentence("The basis is public record: it permits storing, coding and aggregates."),
        NONE_YET
        if asked.use in PUBLIC
        else Sentence("Only the narrator's own consent allows more; ask for it in an intake."),
    )


def _stands(facts: ConsentFacts, today: date) -> Condition:
    state = state_on(facts, today)
    return Condition(
        "consent",
        state in STANDING,
        Sentence("Consent is {state}.", state=Word(state or "not asked for")),
        NONE_YET if state in STANDING else _CHANGES.get(state, _ASK),
    )


_ASK = Sentence("Ask for consent in an intake with the narrator.")
_CHANGES: dict[State | None, Sentence] = {
    State.EXPIRED: Sentence("Renew it together with the narrator."),
    State.SUSPENDED: Sentence("Only the narrator can go on with it, or withdraw it."),
    State.WITHDRAWN: Sentence("Nothing changes it but the narrator asking to begin anew."),
    State.REFUSED: Sentence("The narrator has said no; nothing is asked again without cause."),
}


def _covers(facts: ConsentFacts, asked: Asked, today: date) -> Condition:
    fitting = [
        cell
        for cell in facts.scope.cells
        if (cell.what, cell.use, cell.channel) == (asked.what, asked.use, asked.channel)
        and (not cell.countries or asked.country in cell.countries)
    ]
    until = max((cell.until for cell in fitting), default=None)
    met = until is not None and today <= until
    named = {"what": Word(asked.what), "use": Word(asked.use), "channel": Word(asked.channel)}
    says = "The scope allows “{what}: {use}” for “{channel}” until {until}."
    if until is None:
        says = "The scope does not allow “{what}: {use}” for “{channel}”."
    return Condition(
        "scope",
        met,
        Sentence(says, **named, until=until),
        NONE_YET if met else Sentence("Ask the narrator for it in an intake, or leave it out."),
    )


def _not_before(scope: Scope, today: date) -> Condition:
    day = scope.not_before
    met = day is None or today >= day
    says = (
        Sentence("Nothing leaves before {day}.", day=day) if day else Sentence("It may leave now.")
    )
    return Condition("not before", met, says, NONE_YET if met else Sentence("Wait until that day."))


def _display(scope: Scope, asked: Asked) -> Condition:
    met = SHOWING.index(asked.display) <= SHOWING.index(scope.display)
    return Condition(
        "display",
        met,
        Sentence("The narrator is shown as: {display}.", display=Word(scope.display)),
        NONE_YET if met else Sentence("Show less of them, or ask them."),
    )


def _first(scope: Scope, asked: Asked) -> Condition:
    met = asked.shown or not scope.show_me_first
    says = "The narrator has seen it." if asked.shown else "The narrator wants to see it first."
    if not scope.show_me_first:
        says = "The narrator need not see it first."
    changes = NONE_YET if met else Sentence("Show it to them exactly as it would leave.")
    return Condition("shown first", met, Sentence(says), changes)


def _free(facts: ConsentFacts) -> Condition:
    freely = facts.given is not None and not facts.given.freely.under_legal_process
    met = freely or facts.reviewed
    says = "Consent was given freely." if freely else "Consent was given under legal process."
    changes = Sentence("A reviewer says in writing, by name, why free consent is certain.")
    return Condition("freely given", met, Sentence(says), NONE_YET if met else changes)


def _of_age(facts: ConsentFacts) -> Condition:
    age = facts.given.age if facts.given is not None else Age.UNKNOWN
    met = age is Age.ADULT
    return Condition(
        "of age",
        met,
        Sentence("The narrator is or was: {age}.", age=Word(age)),
        NONE_YET if met else Sentence("Whoever is or was a minor in it is never published."),
    )


def _understood(facts: ConsentFacts) -> Condition:
    met = facts.given is not None and facts.given.understood
    says = "The narrator has said in their own words what cannot be taken back."
    if not met:
        says = "Nobody has asked the narrator what cannot be taken back."
    changes = Sentence("Read the limits out together, then renew, or ask in an intake.")
    return Condition("understood", met, Sentence(says), NONE_YET if met else changes)
