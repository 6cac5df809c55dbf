"""Who may see what others judged: blind until all who were given it, or began it, finished."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from exeunt.errors import NotYet, NotYours
from exeunt.studies.roles import Role

Plain = str | int | bool | None
FEWEST_READERS = 2
# Entries of such acts say how much was judged; what is about, and with what, is no judgement.
OF_A_READING = frozenset(
    {"code", "codings", "difference", "differences", "excerpts", "sheet", "span", "text"}
)
OF_NO_JUDGEMENT = frozenset({"of", "study", "codebook", "version", "member"})


class Standing(NamedTuple):
    """How far the readers of one thing have come, and where the member who asks stands.

    ``open`` counts sheets of those who still code here, ``given`` those who were given it and
    have not begun; a coder who left holds up nobody.
    """

    complete: int
    open: int
    codes_here: bool
    has_completed: bool
    given: int = 0

    @property
    def may_compare(self) -> bool:
        """Whether the readings may be shown side by side to who asks."""
        mine = self.has_completed or not self.codes_here
        return mine and self.complete >= FEWEST_READERS and not self.open and not self.given


def codes(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles has readings of their own to protect."""
    return Role.CODER in roles


def check_may_see_others(standing: Standing) -> None:
    """Refuse other readings of one thing before all who began it have completed it."""
    if standing.codes_here and not standing.has_completed:
        raise NotYet("You see what others judged here once you have completed your own reading.")
    if standing.complete < FEWEST_READERS:
        raise NotYet("There is nothing to compare yet: it takes two complete readings.")
    if standing.open:
        raise NotYet(
            "Somebody is still reading this; the readings are shown when all are complete."
        )
    if standing.given:
        raise NotYet(
            "Somebody who was given this has not begun it; the readings are shown when all are "
            "complete."
        )


def check_may_stop_coding(left: int) -> None:
    """Refuse to put aside one's own reading while others have read more: it could be looked at."""
    if left:
        raise NotYours(
            "You still have {left} to read that others have completed; without the role of a "
            "coder you would see them, and could take the role again. Complete them, or let "
            "another lead take the role from you.",
            left=left,
        )


def check_may_code_again(left: int) -> None:
    """Refuse to make oneself a coder again once one could see what others completed since."""
    if left:
        raise NotYours(
            "You have coded here before, and others have completed {left} since that you have "
            "not; nothing hid them from you. Let another lead make you a coder again.",
            left=left,
        )


def facts_told(act: str, facts: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return what the entry of another's act may tell somebody who codes: nothing of how much.

    >>> facts_told("text.marked", {"of": "9f", "study": "4d", "marked": 3})
    {'of': '9f', 'study': '4d'}
    >>> facts_told("round.closed", {"taken_back": 3})
    {'taken_back': 3}
    """
    if act.partition(".")[0] not in OF_A_READING:
        return dict(facts)
    return {name: fact for name, fact in facts.items() if name in OF_NO_JUDGEMENT}


def check_nothing_left(left: int, codebook: str) -> None:
    """Refuse sums and lists of judgements to a coder who still has to read what others have."""
    if left:
        raise NotYet(
            "You still have {left} to read with “{codebook}” that others have completed. Until "
            "then you see no findings, agreement or judgements of it, so that nothing sways you.",
            left=left,
            codebook=codebook,
        )
