"""Which codes are given together: whole combinations (for UpSet plots) and pairs."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from exeunt.methods.proportions import Floats, as_given, check_matrix

MOST_CODES = 62


class Intersection(NamedTuple):
    """Exactly these codes and no other, and how many accounts gave them."""

    codes: tuple[str, ...]
    accounts: int


class Pair(NamedTuple):
    """Two codes, and how often they were given together, among accounts valued for both."""

    a: str
    b: str
    n_both: int
    n_a: int
    n_b: int
    n_seen: int

    @property
    def jaccard(self) -> float | None:
        """The share with both among those with either, or None where nobody gave either."""
        either = self.n_a + self.n_b - self.n_both
        return self.n_both / either if either else None

    @property
    def expected(self) -> float | None:
        """How many would give both if one had nothing to do with the other; None if unseen."""
        return self.n_a * self.n_b / self.n_seen if self.n_seen else None


def fully_seen(given: Floats) -> NDArray[np.bool_]:
    """Tell for each account whether every code has a value."""
    seen: NDArray[np.bool_] = np.count_nonzero(np.isnan(given), axis=1) == 0
    return seen


def patterns(given: Floats) -> NDArray[np.int64]:
    """Write each fully seen account as one number: bit ``i`` is set where code ``i`` is given."""
    values = as_given(given)
    if values.shape[1] > MOST_CODES:
        raise ValueError(f"combinations can be counted of at most {MOST_CODES} codes")
    powers = 1 << np.arange(values.shape[1], dtype=np.int64)
    return (values[fully_seen(values)] > 0) @ powers


def intersections(given: Floats, codes: Sequence[str]) -> list[Intersection]:
    """Count each combination of codes that occurs, the commonest first.

    ``given`` has shape (accounts, codes). Ties follow the order of the codes. Accounts lacking
    a value for any code are left out: nobody can say that they gave nothing else. The empty
    combination counts the accounts that were seen and gave none of these codes.
    """
    check_matrix(given, len(codes))
    found, counts = np.unique(patterns(given), return_counts=True)
    places = [tuple(i for i in range(len(codes)) if pattern >> i & 1) for pattern in found.tolist()]
    ordered = sorted(zip(places, counts.tolist(), strict=True), key=lambda one: (-one[1], one[0]))
    return [Intersection(tuple(codes[i] for i in place), count) for place, count in ordered]


def pairs(given: Floats, codes: Sequence[str]) -> list[Pair]:
    """Count for each two codes how often both were given, in the order of the codes.

    ``given`` has shape (accounts, codes). Every number of a pair is counted among the accounts
    that have a value for both codes.
    """
    check_matrix(given, len(codes))
    values = as_given(given)
    seen = (~np.isnan(values)).astype(np.float64)
    told = np.nan_to_num(values)
    both, told_seen, seen_both = told.T @ told, told.T @ seen, seen.T @ seen
    return [
        Pair(
            codes[i],
            codes[j],
            n_both=int(both[i, j]),
            n_a=int(told_seen[i, j]),
            n_b=int(told_seen[j, i]),
            n_seen=int(seen_both[i, j]),
        )
        for i, j in combinations(range(len(codes)), 2)
    ]
