"""May it leave today? One pure rule over plain facts of consent, safety and law.

Grades, disclosure and the approvals of two people are further conditions of the same answer; they
join it with the stages that hold them. Every no says what would change it.
"""

from datetime import date
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.methods.conditions import Condition
from exeunt.stages.consent.rules.standing import Asked, ConsentFacts, consent_conditions
from exeunt.stages.consent.states import INSIDE
from exeunt.stages.protection.rules.law import LawFacts, law_condition
from exeunt.stages.protection.rules.safety import SafetyFacts, is_high, safety_condition
from exeunt.stages.protection.states import Verdict


class Answer(NamedTuple):
    """Whether it may leave, and every condition that was asked for it."""

    conditions: tuple[Condition, ...]

    @property
    def may(self) -> bool:
        """Whether every condition is met."""
        return all(one.met for one in self.conditions)

    @property
    def against(self) -> tuple[Condition, ...]:
        """The conditions that are not met."""
        return tuple(one for one in self.conditions if not one.met)


class Known(NamedTuple):
    """What is known of a narrator, gathered from three stages."""

    consent: ConsentFacts
    safety: SafetyFacts = SafetyFacts()
    law: LawFacts = LawFacts()


def may_leave_today(
    known: Known, asked: Asked, *, day: date, bar: Verdict = Verdict.HIGH
) -> Answer:
    """Answer with every condition, its state, and what would change it.

    What stays inside the study needs consent alone. ``bar`` is the verdict that risk must stay
    below.
    """
    conditions = consent_conditions(known.consent, asked, day=day)
    if asked.use not in INSIDE:
        conditions += [
            safety_condition(known.safety, day=day, bar=bar),
            law_condition(known.law, day=day),
        ]
        if known.consent.scope.stop_if_risk_is_high:
            conditions.append(_stops(known.safety))
    return Answer(tuple(conditions))


def _stops(safety: SafetyFacts) -> Condition:
    """The narrator's own condition: one assessor who fears much is enough to stop."""
    if not is_high(safety):
        says, changes = Sentence("Nobody fears much."), Sentence("Nothing is needed.")
        return Condition("stop if risk is high", met=True, says=says, changes=changes)
    says = Sentence("The narrator wants everything to stop: risk is high.")
    changes = Sentence("Make them safer, then assess the risk anew.")
    return Condition("stop if risk is high", met=False, says=says, changes=changes)
