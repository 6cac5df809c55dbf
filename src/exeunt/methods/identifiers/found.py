"""What a rule found, where, and which of two overlapping finds counts."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, Protocol


class Kind(StrEnum):
    """What sort of thing points to a person."""

    PERSON = "person"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    ADDRESS = "address"
    PLACE = "place"
    DATE = "date"
    AGE = "age"
    UNIT = "unit"
    ID = "id"


DIRECT = frozenset(
    {Kind.PERSON, Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.ADDRESS, Kind.ID},
)
# Where two finds overlap, the rule that is less often wrong counts: earlier here is stronger.
_STRONGEST_FIRST = (
    "e-mail",
    "link",
    "handle",
    "passport or file",
    "phone",
    "street",
    "calendar",
    "age",
    "unit",
    "place of several words",
    "kunya",
    "title",
    "introduced",
    "facility",
    "gazetteer",
    "given name",
    "capitals after a preposition",
    "capitals",
    "said again",
)
_STRENGTH = {rule: place for place, rule in enumerate(_STRONGEST_FIRST)}
# What a finder of someone else's says stands between the rules that know and those that guess.
_STRENGTH_OF_OTHERS = _STRENGTH["given name"]


class Found(NamedTuple):
    """One identifier: code points of the original text, its kind and the rule that found it."""

    start: int
    end: int
    kind: Kind
    rule: str

    @property
    def direct(self) -> bool:
        """Whether it names or reaches one person by itself."""
        return self.kind in DIRECT


class Finder(Protocol):
    """Anything that finds identifiers in a text, such as a model that learned from reviews."""

    def __call__(self, text: str) -> Iterable[Found]:
        """Return what was found, as code points of the text."""


def without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Return finds that do not overlap, in order: the stronger rule first, then the longer.

    What a weaker find covers beyond a stronger one stays found, so that nothing is uncovered
    by choosing.
    """
    ordered = sorted(set(found), key=lambda one: (one.start, *_rank(one)))
    kept: list[Found] = []
    for one in ordered:
        _place(one, kept)
    return kept


def _rank(one: Found) -> tuple[int, int]:
    return _STRENGTH.get(one.rule, _STRENGTH_OF_OTHERS), one.start - one.end


def _place(one: Found, kept: list[Found]) -> None:
    """Put a find after those that start before it, giving way or cutting them short."""
    while kept and kept[-1].end > one.start and _covers_better(one, kept[-1]):
        last = kept.pop()
        if last.start < one.start:
            kept.append(last._replace(end=one.start))
            break
    start = max(one.start, kept[-1].end) if kept else one.start
    if start < one.end:
        kept.append(one._replace(start=start))


def _covers_better(one: Found, last: Found) -> bool:
    return one.end >= last.end and _rank(one) < _rank(last)
