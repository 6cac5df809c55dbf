"""Sharing things to be read out among readers, so that anybody can draw the same again.

The pairs that read a thing together are dealt in an order whose every beginning meets each
reader about equally often: for an even number of readers the rounds of a tournament, for an
odd one Walecki's cycles (in Lucas, Récréations mathématiques, volume 2, 1892).
Randomness is handed in, and only ``random()`` is asked of it, whose numbers for a seed Python
keeps the same from version to version.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, cycle, groupby, islice
from math import floor
from random import Random
from typing import NamedTuple, TypeVar

One = TypeVar("One")
Pair = tuple[str, str]
Shares = dict[str, tuple[str, ...]]
ALL = 100


class Work(NamedTuple):
    """One thing to be read: its name, how long it is, and the stratum that it belongs to."""

    name: str
    length: int = 0
    stratum: str = ""


def read_by_all(names: Sequence[str], readers: Sequence[str], rng: Random) -> Shares:
    """Give everything to everybody, to each in an order of their own.

    >>> shares = read_by_all(["a", "b"], ["Boris", "Chidi"], Random(7))
    >>> [sorted(share) for share in shares.values()]
    [['a', 'b'], ['a', 'b']]
    """
    _check([Work(name) for name in names], readers, overlap=0)
    return {reader: tuple(_shuffled(names, rng)) for reader in readers}


def share_out(
    works: Sequence[Work], readers: Sequence[str], rng: Random, *, overlap: int = 0
) -> Shares:
    """Give every thing to one reader, and a share of them, in percent, to two.

    How much readers read differs by one at most, and so does how much pairs share. Each
    stratum is dealt out evenly, and within it the longest thing left goes to whoever has the
    least to read. Things without strata and lengths are shared out by lot alone.

    >>> shares = share_out([Work(name) for name in "abcdefghij"], ["B", "C", "D"], Random(7),
    ...                    overlap=20)
    >>> sorted(len(share) for share in shares.values()), len(shared_pairs(shares))
    ([4, 4, 4], 2)
    """
    _check(works, readers, overlap=overlap)
    drawn = sorted(_shuffled(works, rng), key=lambda work: (work.stratum, -work.length))
    seats = _shuffled(readers, rng)
    twice = _spread_over(len(drawn), how_many_twice(len(drawn), overlap), rng)
    piles: dict[str, list[Work]] = {reader: [] for reader in seats}
    both = [work for place, work in enumerate(drawn) if place in twice]
    for work, pair in zip(both, cycle(_pairs(seats)), strict=False):
        for reader in pair:
            piles[reader].append(work)
    _deal([work for place, work in enumerate(drawn) if place not in twice], piles)
    return {reader: _in_order(piles[reader], rng) for reader in readers}


def how_many_twice(things: int, overlap: int) -> int:
    """Return how many of so many things are read by two, rounded half up.

    >>> how_many_twice(58, 20), how_many_twice(5, 50)
    (12, 3)
    """
    return (things * overlap + ALL // 2) // ALL


def shared_pairs(shares: Mapping[str, Sequence[str]]) -> dict[Pair, int]:
    """Count for each pair of readers how much both have been given; pairs with nothing are out.

    >>> shared_pairs({"Boris": ["a", "b"], "Chidi": ["b", "c"]})
    {('Boris', 'Chidi'): 1}
    """
    holders: dict[str, list[str]] = {}
    for reader, names in shares.items():
        for name in names:
            holders.setdefault(name, []).append(reader)
    return dict(Counter(chain.from_iterable(combinations(who, 2) for who in holders.values())))


def _check(works: Sequence[Work], readers: Sequence[str], *, overlap: int) -> None:
    if not readers or len(set(readers)) < len(readers):
        raise ValueError("things are shared out among readers, each named once")
    if len({work.name for work in works}) < len(works):
        raise ValueError("a thing is shared out once")
    if any(work.length < 0 for work in works):
        raise ValueError("a length is 0 or more")
    if not 0 <= overlap <= ALL:
        raise ValueError("the overlap is a share in percent, from 0 to 100")
    if overlap and len(readers) == 1:
        raise ValueError("what two should read needs two readers")


def _shuffled(things: Sequence[One], rng: Random) -> list[One]:
    lots = [rng.random() for _ in things]
    return [things[place] for place in sorted(range(len(things)), key=lots.__getitem__)]


def _in_order(pile: Sequence[Work], rng: Random) -> tuple[str, ...]:
    return tuple(work.name for work in _shuffled(pile, rng))


def _spread_over(size: int, chosen: int, rng: Random) -> set[int]:
    """Choose places at even distances from a drawn beginning, so that all strata are met."""
    begin = rng.random()
    return {floor((step + begin) * size / chosen) for step in range(chosen)}


def _pairs(readers: Sequence[str]) -> list[Pair]:
    """List every pair once, so that in every beginning readers differ by one appearance at most."""
    count = len(readers)
    places = _tournament(count) if count % 2 == 0 else _cycles(count)
    return [(readers[one], readers[two]) for one, two in places]


def _tournament(count: int) -> Iterator[tuple[int, int]]:
    """Pair an even number round by round; in each round everybody meets one other."""
    last = count - 1
    for turn in range(last):
        yield last, turn
        for step in range(1, count // 2):
            yield (turn + step) % last, (turn - step) % last


def _cycles(count: int) -> Iterator[tuple[int, int]]:
    """Pair an odd number cycle by cycle; every second step of a cycle first, then the others.

    Each cycle passes everybody once. Its first half leaves one out, with whom the second begins.
    """
    hub = count - 1
    zigzag = [step // 2 if step % 2 == 0 else -(step + 1) // 2 for step in range(hub)]
    for turn in range(hub // 2):
        ring = [hub, *((turn + place) % hub for place in zigzag)]
        steps = [(ring[at], ring[(at + 1) % count]) for at in range(count)]
        yield from steps[: count - 1 : 2]
        yield steps[-1]
        yield from steps[1 : count - 1 : 2]


def _deal(works: Sequence[Work], piles: Mapping[str, list[Work]]) -> None:
    """Deal things, sorted by stratum and then the longest first, to piles that differ by one.

    A whole hand gives everybody one; of the last, who has the fewest things is given one.
    """
    lengths = {reader: sum(work.length for work in pile) for reader, pile in piles.items()}
    for _stratum, group in groupby(works, key=lambda work: work.stratum):
        rest = iter(group)
        while hand := list(islice(rest, len(piles))):
            fewest = sorted(piles, key=lambda reader: (len(piles[reader]), lengths[reader]))
            served = sorted(fewest[: len(hand)], key=lengths.__getitem__)
            for reader, work in zip(served, hand, strict=True):
                piles[reader].append(work)
                lengths[reader] += work.length
