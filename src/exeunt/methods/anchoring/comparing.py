"""What two long sequences have in common, in order: by what is rare in both, then step by step.

Patience diff (Bram Cohen): what occurs once on both sides is matched first, as much of it as
stands in one order, and the gaps between are compared in the same way. A gap without such a
thing is compared by Myers, E. W. (1986), An O(ND) difference algorithm and its variations,
Algorithmica 1, within a budget: the time is never that of the product of both lengths, and what
it does not reach counts as different.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Steps of Myers' search in one comparison, and differences in one gap.
MOST_STEPS = 2_000_000
MOST_DIFFERENCES = 200


class Run(NamedTuple):
    """So many items that are the same on both sides, from one place in each."""

    ours: int
    theirs: int
    size: int


class _Gap(NamedTuple):
    """A part of both sides that is yet to be compared."""

    ours: int
    ours_end: int
    theirs: int
    theirs_end: int


def common_runs(ours: Sequence[int], theirs: Sequence[int]) -> list[Run]:
    """Return what two sequences have in common, in the order of both.

    >>> common_runs([1, 2, 3, 4, 5], [1, 2, 9, 4, 5])
    [Run(ours=0, theirs=0, size=2), Run(ours=3, theirs=3, size=2)]
    """
    found: list[Run] = []
    gaps = [_Gap(0, len(ours), 0, len(theirs))]
    steps = MOST_STEPS
    while gaps:
        gap, same = _without_ends(gaps.pop(), ours, theirs)
        found += same
        if gap.ours == gap.ours_end or gap.theirs == gap.theirs_end:
            continue
        rare = _rare_in_both(gap, ours, theirs)
        if rare:
            found += rare
            gaps += _between(gap, rare)
        else:
            runs, rest, taken = _step_by_step(gap, (ours, theirs), steps)
            found += runs
            steps -= taken
            gaps += rest
    return _joined(sorted(run for run in found if run.size))


def _without_ends(
    gap: _Gap, ours: Sequence[int], theirs: Sequence[int]
) -> tuple[_Gap, tuple[Run, Run]]:
    """Take off what both sides begin with, and what they end with."""
    a, a_end, b, b_end = gap
    while a < a_end and b < b_end and ours[a] == theirs[b]:
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and ours[a_end - 1] == theirs[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
    ends = (Run(gap.ours, gap.theirs, a - gap.ours), Run(a_end, b_end, gap.ours_end - a_end))
    return _Gap(a, a_end, b, b_end), ends


def _rare_in_both(gap: _Gap, ours: Sequence[int], theirs: Sequence[int]) -> list[Run]:
    """Return the longest series of items that occur once on each side and keep their order."""
    a, b = ours[gap.ours : gap.ours_end], theirs[gap.theirs : gap.theirs_end]
    often_a, often_b = Counter(a), Counter(b)
    place_b = {item: place for place, item in enumerate(b) if often_b[item] == 1}
    pairs = [
        (place, place_b[item])
        for place, item in enumerate(a)
        if item in place_b and often_a[item] == 1
    ]
    return [Run(gap.ours + x, gap.theirs + y, 1) for x, y in _longest_rising(pairs)]


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of pairs, ordered by the first, whose second rises too."""
    # For each length, the lowest second that a rising part of it can end on, and where it stands.
    lowest: list[int] = []
    standing: list[int] = []
    before: list[int] = []
    for place, (_, second) in enumerate(pairs):
        length = bisect_left(lowest, second)
        lowest[length : length + 1] = [second]
        standing[length : length + 1] = [place]
        before.append(standing[length - 1] if length else -1)
    chosen: list[tuple[int, int]] = []
    place = standing[-1] if standing else -1
    while place >= 0:
        chosen.append(pairs[place])
        place = before[place]
    return chosen[::-1]


def _between(gap: _Gap, runs: Sequence[Run]) -> Iterator[_Gap]:
    """Return the gaps that runs leave, before, between and after them."""
    a, b = gap.ours, gap.theirs
    for run in runs:
        yield _Gap(a, run.ours, b, run.theirs)
        a, b = run.ours + run.size, run.theirs + run.size
    yield _Gap(a, gap.ours_end, b, gap.theirs_end)


def _step_by_step(
    gap: _Gap, sides: tuple[Sequence[int], Sequence[int]], steps: int
) -> tuple[list[Run], list[_Gap], int]:
    """Compare a gap by Myers' search; return what is common, what is left, and the steps taken.

    A way is a diagonal: how much further one is on our side than on theirs. ``furthest`` says
    how far on our side each way leads with so many differences. With too many differences the
    way that leads furthest is taken, and the rest is left.
    """
    a = sides[0][gap.ours : gap.ours_end]
    b = sides[1][gap.theirs : gap.theirs_end]
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    taken = 0
    ends = [(0, 0)]
    for differences in range(MOST_DIFFERENCES + 1):
        trace.append(furthest.copy())
        ends = []
        for way in range(-differences, differences + 1, 2):
            _, start = _step(furthest, way, differences)
            x = start
            while x < len(a) and x - way < len(b) and a[x] == b[x - way]:
                x += 1
            furthest[way] = x
            taken += 1 + x - start
            if x <= len(a) and x - way <= len(b):
                ends.append((x, x - way))
        if (len(a), len(b)) in ends or taken > steps:
            break
    end = max(ends, key=sum, default=(0, 0))
    runs = [Run(gap.ours + r.ours, gap.theirs + r.theirs, r.size) for r in _traced(trace, end)]
    rest = [gap._replace(ours=gap.ours + end[0], theirs=gap.theirs + end[1])]
    return runs, rest if taken <= steps else [], taken


def _step(furthest: dict[int, int], way: int, differences: int) -> tuple[int, int]:
    """Return from which way one comes onto this one, by one difference, and where one is then."""
    from_above = way == -differences or (
        way != differences and furthest[way - 1] < furthest[way + 1]
    )
    return (way + 1, furthest[way + 1]) if from_above else (way - 1, furthest[way - 1] + 1)


def _traced(trace: Sequence[dict[int, int]], end: tuple[int, int]) -> Iterator[Run]:
    """Walk back along the shortest way, and return the steps on which both sides are the same."""
    x, way = end[0], end[0] - end[1]
    for differences in range(len(trace) - 1, -1, -1):
        came_from, start = _step(trace[differences], way, differences)
        yield Run(start, start - way, x - start)
        way, x = came_from, trace[differences][came_from]


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join runs that follow one another without a gap on either side."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.ours + last.size, last.theirs + last.size) == run[:2]:
            joined[-1] = last._replace(size=last.size + run.size)
        else:
            joined.append(run)
    return joined
