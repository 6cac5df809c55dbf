"""One leaf of a long list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
_WHOLE = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """The rows of one leaf, and where in the list it stands; leaves count from 1."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def of(self) -> int:
        """How many leaves there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place in the list of this leaf's first row, from 1; 0 in an empty list."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place in the list of this leaf's last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def previous(self) -> int | None:
        """The number of the leaf before, or None."""
        return min(self.number - 1, self.of) if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the leaf after, or None."""
        return self.number + 1 if self.number < self.of else None


def leaf_number(words: str | None) -> int:
    """Read which leaf an address asks for; anything that is no number asks for the first.

    >>> [leaf_number(words) for words in ("3", "-1", "many", None)]
    [3, 1, 1, 1]
    """
    number = int(words) if words and _WHOLE.fullmatch(words) else 1
    return max(number, 1)
