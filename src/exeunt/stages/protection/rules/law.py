"""Whether the law stands in the way of being heard, as somebody has read the notes on it."""

from datetime import date
from typing import NamedTuple

from exeunt.errors import Sentence, Word
from exeunt.methods.conditions import Condition
from exeunt.stages.protection.states import Exposure

NOTHING = Sentence("Nothing is needed.")
READ = Sentence("A legal reviewer reads the notes on the law of where the narrator is.")
HELD = Sentence("Only a change of the law, or of where the narrator is, changes it.")


class LawFacts(NamedTuple):
    """The latest legal reading of one narrator; all of it empty where there is none.

    ``valid_until`` is the earliest day on which a note that it rests on expires.
    """

    exposure: Exposure | None = None
    valid_until: date | None = None
    day: date | None = None


def law_condition(facts: LawFacts, *, day: date) -> Condition:
    """Return whether the law stands in the way on a day: read, current, and no exposure left."""
    if facts.exposure is None or facts.valid_until is None:
        says = Sentence("Nobody has looked at the law.")
        return Condition("law", met=False, says=says, changes=READ)
    today = max(day, facts.day) if facts.day is not None else day
    if today > facts.valid_until:
        says = Sentence("What was read of the law has expired on {day}.", day=facts.valid_until)
        return Condition("law", met=False, says=says, changes=READ)
    met = facts.exposure is not Exposure.EXPOSED
    says = Sentence(
        "Before the law the narrator is {exposure}, read until {day}.",
        exposure=Word(facts.exposure),
        day=facts.valid_until,
    )
    return Condition("law", met=met, says=says, changes=NOTHING if met else HELD)
