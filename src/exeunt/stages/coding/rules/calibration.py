"""What a calibration round says: how far all agree on each code, and what to talk about first."""

from collections.abc import Sequence
from typing import NamedTuple

from exeunt.errors import Listed, NotYet, Sentence
from exeunt.methods.agreement import Standing, standing_of
from exeunt.stages.coding.rules.rounds import FEWEST_TO_CALIBRATE

GOOD = frozenset({Standing.FIRM, Standing.TENTATIVE})
MOST_NAMED = 5


class CodeLine(NamedTuple):
    """How the coders of a calibration judged one code: on how many things, and where they differ.

    ``alpha`` is None where all said the same throughout, or nobody could say.
    """

    code: str
    label: str
    things: int
    differ: int
    alpha: float | None

    @property
    def standing(self) -> Standing:
        """What the alpha would permit to say."""
        return standing_of(self.alpha)

    @property
    def agrees(self) -> bool:
        """Whether nothing needs to be talked over."""
        return not self.differ


class Calibration(NamedTuple):
    """What a calibration says, code by code, those to talk about first."""

    coders: int
    things: int
    codes: tuple[CodeLine, ...]

    @property
    def to_talk_about(self) -> tuple[CodeLine, ...]:
        """The codes on which coders differ, the least agreed first."""
        return tuple(line for line in self.codes if line.differ)

    @property
    def says(self) -> Sentence:
        """Say in a sentence or two what came out, and what to do about it."""
        talk = self.to_talk_about
        if not talk:
            return Sentence(
                "{coders} coders read the same {things} and agree on everything. The rest can "
                "be given out.",
                coders=self.coders,
                things=self.things,
            )
        return Sentence(
            "{coders} coders read the same {things}. They agree wholly on {agreed} of {codes} "
            "codes, and with an alpha of .667 or more on {good}. Talk first about {first}, and "
            "then put into the codebook what you settled on.",
            coders=self.coders,
            things=self.things,
            agreed=len(self.codes) - len(talk),
            codes=len(self.codes),
            good=sum(line.standing in GOOD for line in talk),
            first=Listed(line.code for line in talk[:MOST_NAMED]),
        )


def in_order_of_need(lines: Sequence[CodeLine]) -> tuple[CodeLine, ...]:
    """Put first what needs to be talked over most: the lowest alpha, then the most differences.

    >>> lines = [CodeLine("a", "", 9, 1, 0.8), CodeLine("b", "", 9, 3, 0.1),
    ...          CodeLine("c", "", 9, 0, None)]
    >>> [line.code for line in in_order_of_need(lines)]
    ['b', 'a', 'c']
    """
    return tuple(sorted(lines, key=lambda one: (one.agrees, _of(one.alpha), -one.differ)))


def _of(alpha: float | None) -> float:
    return alpha if alpha is not None else 0.0


def check_all_have_read(left: int, *, readers: int) -> None:
    """Refuse what a calibration says before everybody has completed it: nobody is to be swayed."""
    if left:
        raise NotYet(
            "{left} readings of this calibration are not complete; it says nothing before all "
            "are, so that nobody is swayed.",
            left=left,
        )
    if readers < FEWEST_TO_CALIBRATE:
        raise NotYet("There is nothing to compare: it takes two coders who have read the same.")
