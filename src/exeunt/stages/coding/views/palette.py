"""The codes of a codebook as they lie before a coder: each with a place, a colour and a line."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from exeunt.methods.codebooks import Code, Codebook
from exeunt.stages.coding.queries.codebook_pages import lines_of
from exeunt.stages.coding.queries.examples import ShownExample

COLOURS, LINES = 8, 5
NUMBERED = 9
NONE: Mapping[str, tuple[ShownExample, ...]] = MappingProxyType({})


class Look(NamedTuple):
    """How the marks of a code look: one of the colours, and one of the kinds of underline.

    As 8 and 5 have no divisor in common, 40 codes look different, and neighbours differ in both.

    >>> Look.at(0), Look.at(9), Look.at(40) == Look.at(0)
    (Look(slot=0, colour=0, line=0), Look(slot=9, colour=1, line=4), True)
    """

    slot: int
    colour: int
    line: int

    @classmethod
    def at(cls, place: int) -> "Look":
        """Return the look of the code at a place, counted from 0."""
        return cls(place % (COLOURS * LINES), place % COLOURS, place % LINES)

    @property
    def classes(self) -> str:
        """Name the look for the style sheet."""
        return f"tint-{self.colour} line-{self.line}"


class Choice(NamedTuple):
    """One code that can be given: the key that gives it, how deep it stands, how it looks."""

    code: Code
    depth: int
    number: int | None
    look: Look
    proposed: bool = False
    examples: tuple[ShownExample, ...] = ()

    @property
    def steps(self) -> range:
        """One for each step below the top."""
        return range(self.depth)


def palette_of(
    codebook: Codebook,
    proposed: Iterable[Code],
    examples: Mapping[str, tuple[ShownExample, ...]] = NONE,
) -> list[Choice]:
    """Return the codes in the order of the codebook, then those that the coder proposed."""
    codes = [(line.code, line.depth, False) for line in lines_of(codebook)]
    codes += [(code, 0, True) for code in proposed]
    return [
        Choice(
            code=code,
            depth=depth,
            number=place + 1 if place < NUMBERED else None,
            look=Look.at(place),
            proposed=is_proposed,
            examples=() if is_proposed else examples.get(code.key, ()),
        )
        for place, (code, depth, is_proposed) in enumerate(codes)
    ]
