"""A masked text, cut at its masks, so that a page can show what was said and what was hidden."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol


class Covering(Protocol):
    """Anything that stands over a stretch of a text and says what it hides."""

    @property
    def start(self) -> int:
        """The place of its first sign."""

    @property
    def end(self) -> int:
        """The place after its last."""

    @property
    def kind(self) -> str:
        """What kind of thing it hides."""


class Piece(NamedTuple):
    """Some words of a working text; of a mask also what kind of thing it hides, else nothing."""

    words: str
    kind: str = ""


def pieces_of(text: str, masks: Iterable[Covering]) -> list[Piece]:
    """Cut a text at its masks, which stand in its order."""
    return list(_cut(text, masks))


def _cut(text: str, masks: Iterable[Covering]) -> Iterator[Piece]:
    at = 0
    for mask in masks:
        if at < mask.start:
            yield Piece(text[at : mask.start])
        yield Piece(text[mask.start : mask.end], mask.kind)
        at = mask.end
    if text[at:]:
        yield Piece(text[at:])
