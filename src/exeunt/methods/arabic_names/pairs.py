"""Whether two written names may be one: their parts laid side by side, in order."""

from collections.abc import Sequence

from exeunt.methods.arabic_names.alignment import MARK, likeness
from exeunt.methods.arabic_names.parts import ABD
from exeunt.methods.arabic_names.words import sequences

Parts = tuple[str, ...]

# What is left of a score where the names differ in this.
TURNED = 0.97
RUN_TOGETHER = 0.95
PART_MISSING = 0.75
ABD_MISSING = 0.85
MARK_MISSING = 0.5
SAME_NAME = 0.8
MOST_WAYS = 3


def same_name(one: str, other: str) -> float:
    """Return how surely two written names are one name: 1 for certainly, 0 for certainly not.

    Above ``SAME_NAME`` they are taken for the same.

    >>> same_name("Abou Youssef El Halabi", "أبو يوسف الحلبي") > SAME_NAME
    True
    >>> same_name("Abu Yusuf al-Halabi", "Abu Yusuf al-Himsi") > SAME_NAME
    False
    """
    scores = [score(a, b) for a in sequences(one) for b in sequences(other)]
    return max(scores, default=0.0)


def score(one: Parts, other: Parts) -> float:
    """Return how alike two names' parts are, also with the last part of one put first."""
    best = max(_in_order(one, other), RUN_TOGETHER * _run_together(one, other))
    if len(one) > 1 and len(other) > 1:
        turned = (one[-1], *one[:-1])
        best = max(best, TURNED * _in_order(turned, other), TURNED * _in_order(_back(one), other))
    return best


def _back(parts: Parts) -> Parts:
    return (*parts[1:], parts[0])


def combined(likenesses: Sequence[float]) -> float:
    """Return how alike whole names are: as much as their least alike parts, and as all of them.

    >>> combined([1.0, 0.5]) < 0.75
    True
    """
    if not likenesses:
        return 0.0
    return 0.6 * min(likenesses) + 0.4 * sum(likenesses) / len(likenesses)


def _in_order(one: Parts, other: Parts) -> float:
    """Find the best way to pair parts in order; parts without a partner lower the score."""
    best: dict[tuple[int, int], list[tuple[float, list[float]]]] = {(0, 0): [(1.0, [])]}
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            ways = best.setdefault((i, j), [])
            if i:
                cost = _missing(one[i - 1])
                ways += [(kept * cost, pairs) for kept, pairs in best[i - 1, j]]
            if j:
                cost = _missing(other[j - 1])
                ways += [(kept * cost, pairs) for kept, pairs in best[i, j - 1]]
            if i and j:
                like = likeness(one[i - 1], other[j - 1])
                alike = [] if one[i - 1].startswith(MARK) else [like]
                ways += [(kept, [*pairs, *alike]) for kept, pairs in best[i - 1, j - 1] if like]
            best[i, j] = sorted(ways, key=_worth, reverse=True)[:MOST_WAYS]
    return max((_worth(way) for way in best[len(one), len(other)] if way[1]), default=0.0)


def _worth(way: tuple[float, list[float]]) -> float:
    kept, pairs = way
    return kept * (combined(pairs) if pairs else 1.0)


def _missing(part: str) -> float:
    if part == ABD:
        return ABD_MISSING
    return MARK_MISSING if part.startswith(MARK) else PART_MISSING


def _run_together(one: Parts, other: Parts) -> float:
    """Names whose words were joined or split otherwise still sound the same."""
    marks = [part for part in one if part.startswith(MARK)]
    if len(one) == len(other) or marks != [part for part in other if part.startswith(MARK)]:
        return 0.0
    return likeness(*("".join(p for p in parts if p[0] != MARK) for parts in (one, other)))
