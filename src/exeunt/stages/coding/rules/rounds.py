"""What a round of coding may give out, to whom, and what becomes of what nobody has begun."""

from collections.abc import Sequence
from typing import NamedTuple

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.methods.sharing import ALL
from exeunt.stages.coding.states import Purpose, Sharing

FEWEST_TO_CALIBRATE = 2
LARGEST_SEED = 2**63 - 1


class Plan(NamedTuple):
    """What somebody who leads wants to give out: what for, how, to whom, and how much of it.

    ``coders`` are references; ``most`` is how many things at most, None for all; ``overlap``
    is the share that two read, in percent; a ``seed`` of None is drawn. What somebody has begun
    or completed without being given it is given out only where ``begun`` says so.
    """

    purpose: Purpose = Purpose.MAIN
    sharing: Sharing = Sharing.BALANCED
    coders: tuple[str, ...] = ()
    overlap: int = 0
    most: int | None = None
    seed: int | None = None
    begun: bool = False
    note: str = ""


def check_plan(plan: Plan, *, known: Sequence[str]) -> None:
    """Refuse a plan that no draw could carry out; ``known`` are those who code here by hand."""
    if not plan.coders:
        raise Refusal("Say who is to read: choose at least one coder.")
    if len(set(plan.coders)) < len(plan.coders):
        raise Refusal("Each coder is named once.")
    if set(plan.coders) - set(known):
        raise Refusal(
            "Only somebody who codes in this study, and is no machine, can be given things to "
            "read. Whoever leads can make them a coder first."
        )
    if plan.purpose is Purpose.CALIBRATION:
        _check_calibrates(plan)
    if not 0 <= plan.overlap <= ALL:
        raise Refusal("What two coders read is a share of everything, from 0 to 100 percent.")
    if plan.overlap and plan.sharing is not Sharing.EVERYBODY and len(plan.coders) == 1:
        raise Refusal("What two should read needs two coders: choose another, or a share of 0.")
    if plan.most is not None and plan.most < 1:
        raise Refusal("A round gives out one thing at least.")
    if plan.seed is not None and not 0 <= plan.seed <= LARGEST_SEED:
        raise Refusal(
            "A seed is a whole number from 0 to {largest}; leave it out, and one is drawn.",
            largest=LARGEST_SEED,
        )


def _check_calibrates(plan: Plan) -> None:
    if len(plan.coders) < FEWEST_TO_CALIBRATE:
        raise Refusal("To compare how they read, a calibration takes two coders at least.")
    if plan.sharing is not Sharing.EVERYBODY:
        raise Refusal("In a calibration all read the same; choose “everybody reads all”.")
    if plan.most is None:
        raise Refusal("Say how many all should read to calibrate; ten to twenty are usual.")


def check_may_open(*, calibrating: int | None) -> None:
    """Refuse a round while a calibration is still open; ``calibrating`` is its number."""
    if calibrating is not None:
        raise NotYet(
            "Round {number} calibrates and is still open. Compare and talk it over, close it, "
            "and then give out the rest.",
            number=calibrating,
        )


def check_something_left(left: int, codebook: str) -> None:
    """Refuse a round that would give out nothing."""
    if not left:
        raise NotYet(
            "Nothing is left to give out with “{codebook}”: everything has been given out, or "
            "somebody has begun it. What nobody has begun can be taken back from a round, and "
            "what was begun can be given out too.",
            codebook=codebook,
        )


def check_may_change(*, closed: bool, number: int) -> None:
    """Refuse to move what a closed round gave out: what was left of it was taken back."""
    if closed:
        raise NotYet(
            "Round {number} is closed: what nobody had begun was taken back. Open a new round "
            "to give it out again.",
            number=number,
        )


def check_may_be_given(*, name: str, leads: bool, judged: int) -> None:
    """Refuse to give somebody who leads what others have judged: nothing hid it from them.

    A coder's sums stay closed while others have judged what they were given; of what they
    were not given, somebody who leads could see every judgement.
    """
    if leads and judged:
        raise NotYours(
            "{name} leads this study and could see how others judged {judged} of these. Give "
            "them to a coder who does not lead.",
            name=name,
            judged=judged,
        )


def check_is_another(*, same: bool) -> None:
    """Refuse to hand things on to whoever has them."""
    if same:
        raise Refusal("They have these already; choose another coder.")


def check_is_given(*, shared_out: bool, given: bool, begun: bool, codebook: str) -> None:
    """Refuse a coder's own reading of what was given to others, so that none is made by accident.

    What they have begun, before it was shared out, stays theirs to finish.
    """
    if shared_out and not given and not begun:
        raise NotYours(
            "With “{codebook}” each coder reads what they were given, so that nobody reads the "
            "same by accident, and this was not given to you. Whoever leads can give it to you.",
            codebook=codebook,
        )
