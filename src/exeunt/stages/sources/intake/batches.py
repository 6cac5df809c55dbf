"""Taking a long stream in pieces that fit in memory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

ROWS = 2000


def in_batches(items: Iterable[Item], size: int = ROWS) -> Iterator[list[Item]]:
    """Yield lists of at most ``size`` items, in order, until there are none.

    >>> list(in_batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
