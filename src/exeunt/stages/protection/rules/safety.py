"""Whether it is safe: two assessors, the worse verdict, and a last day."""

from datetime import date
from typing import NamedTuple

from exeunt.errors import Sentence, Word
from exeunt.methods.conditions import Condition
from exeunt.stages.protection.states import WORSE, Verdict

NOTHING = Sentence("Nothing is needed.")
HALF = Sentence("One of two assessors has judged.")
NEVER = Sentence("Nobody has assessed the risk.")
ASSESS = Sentence("Two people who do not edit the story assess the risk, each by themselves.")


class SafetyFacts(NamedTuple):
    """The latest assessment, as it was written down; all of it empty where there is none.

    ``day`` is that of the later of the two judgements.
    """

    first: Verdict | None = None
    second: Verdict | None = None
    valid_until: date | None = None
    day: date | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The worse of both verdicts; None before both have judged.

        >>> SafetyFacts(Verdict.LOW, Verdict.HIGH).verdict.value
        'high'
        """
        if self.first is None or self.second is None:
            return None
        return max(self.first, self.second, key=WORSE.index)


def is_current(facts: SafetyFacts, day: date) -> bool:
    """Tell whether both have judged and the last day has not passed.

    The day of the judgements is today at the earliest: a clock that is set back revives nothing.
    """
    if facts.verdict is None or facts.valid_until is None:
        return False
    return _known(facts, day) <= facts.valid_until


def is_high(facts: SafetyFacts) -> bool:
    """Tell whether anybody fears much; one assessor is enough for it."""
    fears = [one for one in (facts.first, facts.second) if one is not None]
    return any(WORSE.index(one) >= WORSE.index(Verdict.HIGH) for one in fears)


def safety_condition(facts: SafetyFacts, *, day: date, bar: Verdict) -> Condition:
    """Return whether it is safe enough on a day: assessed, current, and below the study's bar."""
    if facts.verdict is None:
        says = (
            "One of two assessors has judged." if facts.first else "Nobody has assessed the risk."
        )
        return Condition("safety", met=False, says=Sentence(says), changes=ASSESS)
    if not is_current(facts, day):
        says = Sentence("The assessment has lapsed on {day}.", day=facts.valid_until)
        return Condition("safety", met=False, says=says, changes=ASSESS)
    met = WORSE.index(facts.verdict) < WORSE.index(bar)
    says = Sentence(
        "Risk is {verdict}, assessed until {day}.",
        verdict=Word(facts.verdict),
        day=facts.valid_until,
    )
    lower = Sentence(
        "Carry the safety plan out, then assess anew; it must come below {bar}.", bar=Word(bar)
    )
    return Condition("safety", met=met, says=says, changes=NOTHING if met else lower)


def _known(facts: SafetyFacts, day: date) -> date:
    return max(day, facts.day) if facts.day is not None else day
