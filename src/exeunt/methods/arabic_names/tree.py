"""Known names as a tree of their parts, and the shorter forms in which people write a name.

From the root each branch is a part; where a name ends stands whose it is, and how much of the
score of a whole name this form of it deserves.
"""

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from itertools import chain

from exeunt.methods.arabic_names.alignment import MARK
from exeunt.methods.arabic_names.pairs import TURNED

DROPPED = 0.75
SINGLE = 0.65
SHORTEST_SINGLE = 4
MOST_PARTS = 8

Parts = tuple[str, ...]
Places = tuple[int, ...]


class Form(IntEnum):
    """How much of a name is written, and in which order."""

    WHOLE = 0
    TURNED_ROUND = 1
    SHORTENED = 2


class Node:
    """One place in the tree: the parts that may follow, and the names that end here.

    ``names`` holds, for each form, whose name it is and what it is worth.
    """

    __slots__ = ("following", "names")

    def __init__(self) -> None:
        # Most places end a name and lead nowhere: a dictionary for each would cost a third.
        self.following: dict[int, Node] | None = None
        self.names: dict[Form, dict[int, float]] = {}

    def after(self, part: int) -> "Node":
        """Return the place that a part leads to, made where there is none."""
        if self.following is None:
            self.following = {}
        node = self.following.get(part)
        if node is None:
            node = self.following[part] = Node()
        return node


class Tree:
    """The parts of all known names, each part a number."""

    def __init__(self) -> None:
        self.root = Node()
        self.numbers: dict[str, int] = {}

    def add(self, parts: Parts, *, person: int) -> None:
        """Add a person's name, with the shorter and the turned forms of it."""
        parts = parts[:MOST_PARTS]
        numbers = [self.numbers.setdefault(part, len(self.numbers)) for part in parts]
        for form, worth, places in forms(tuple(part.startswith(MARK) for part in parts)):
            if len(places) == 1 < len(parts) and len(parts[places[0]]) < SHORTEST_SINGLE:
                continue
            node = self.root
            for place in places:
                node = node.after(numbers[place])
            people = node.names.setdefault(form, {})
            people[person] = max(worth, people.get(person, 0.0))


@lru_cache(maxsize=1024)
def forms(marks: tuple[bool, ...]) -> tuple[tuple[Form, float, Places], ...]:
    """Return which parts of a name stand in which of its forms, given which of them are marks.

    The forms are the whole, the last part first, and what is left when some are left out.

    >>> [places for _, _, places in forms((True, False, False))]  # abu, salim, halabi
    [(0, 1, 2), (2, 0, 1), (0, 1), (2,)]
    """
    if all(marks):
        return ()
    units = _units(marks)
    found = [(Form.WHOLE, 1.0, tuple(range(len(marks))))]
    if len(units) > 1:
        found.append((Form.TURNED_ROUND, TURNED, _joined([units[-1], *units[:-1]])))
        for some in _shortened(units):
            places = _joined(some)
            found.append((Form.SHORTENED, SINGLE if len(places) == 1 else DROPPED, places))
    return tuple(found)


def _shortened(units: list[Places]) -> list[list[Places]]:
    """Leave out the first unit of a name, the last ones, or those in the middle."""
    first, last = units[:1], units[-1:]
    ways = [first, last, units[:-1], units[1:], units[:2], [*first, *last]]
    shorter = {_joined(way): way for way in ways if len(way) < len(units)}
    return list(shorter.values())


def _units(marks: tuple[bool, ...]) -> list[Places]:
    """Keep "abu", "umm", "ibn" and "abd" with the part after them."""
    units: list[Places] = []
    waiting: Places = ()
    for place, mark in enumerate(marks):
        waiting = (*waiting, place)
        if not mark:
            units.append(waiting)
            waiting = ()
    units[-1] = (*units[-1], *waiting)
    return units


def _joined(units: Iterable[Places]) -> Places:
    return tuple(chain.from_iterable(units))
