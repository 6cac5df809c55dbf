"""Rounds of reading as they are opened and read."""

from exeunt.stages.coding.actions.rounds import open_round
from exeunt.stages.coding.models import Assignment, Round
from exeunt.stages.coding.rules.rounds import Plan
from exeunt.stages.coding.states import Purpose, Sharing
from tests.making.coding import Desk


def a_plan(*coders, **how) -> Plan:
    """Plan a round for some coders, drawn with the seed 7 unless it says otherwise."""
    return Plan(coders=tuple(one.ref for one in coders), **{"seed": 7, **how})


def opened(desk: Desk, *coders, by, **how) -> Round:
    """Open a round."""
    return open_round(study=desk.study, version=desk.version, plan=a_plan(*coders, **how), by=by)


def calibrating(desk: Desk, cast, most: int = 2) -> Round:
    """Let Boris and Chidi read the same few."""
    kind = {"purpose": Purpose.CALIBRATION, "sharing": Sharing.EVERYBODY}
    return opened(desk, cast.boris, cast.chidi, by=cast.amina, most=most, **kind)


def given(coder) -> list[str]:
    """Return the labels that somebody was given, in the order drawn."""
    mine = Assignment.objects.filter(coder=coder).order_by("position")
    return list(mine.values_list("account__label", flat=True))


def read(desk: Desk, label: str, by, *cells: object) -> None:
    """Complete the sheet of an account."""
    desk.complete(label, *(cells or (1, "", 0)), by=by)
