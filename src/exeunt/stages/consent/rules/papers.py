"""What a signed paper from before Exeunt can prove, and when it may be entered."""

from datetime import date

from exeunt.errors import NotYet, Refusal
from exeunt.stages.consent.rules.scope import BEFORE, Given
from exeunt.stages.consent.states import STANDING, State

# Nothing that a narrator has said since is overruled by an older paper.
BEFORE_ANYTHING = frozenset({None, State.REQUESTED})


def check_of_paper(given: Given) -> None:
    """Raise ValueError where consent from a paper claims what was read out here."""
    if given.limits != BEFORE or given.understood:
        raise ValueError("a paper from before proves nothing of our statement of limits")


def check_may_enter(state: State | None, given: Given | None, *, day: date, entered: bool) -> None:
    """Refuse a paper that is entered already, and one that is older than what was said since."""
    if entered:
        raise Refusal("This paper is entered already. What changed since takes an intake.")
    if state in BEFORE_ANYTHING:
        return
    from_paper = given is not None and given.limits == BEFORE
    if state in (*STANDING, State.EXPIRED) and from_paper and given is not None and given.day < day:
        return
    raise NotYet(
        "The narrator has said something since this paper was signed, and that counts. What they "
        "say now is recorded in an intake."
    )
