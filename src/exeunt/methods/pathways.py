"""From the reasons for joining to the reasons for leaving."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from exeunt.methods.proportions import Floats, Share, as_given, check_matrix


class Crossing(NamedTuple):
    """One reason for joining met by one reason for leaving.

    All numbers are counted among the ``n_seen`` accounts that have a value for both codes.
    """

    joining: str
    leaving: str
    n_both: int
    n_joining: int
    n_leaving: int
    n_seen: int
    level: float = 0.95

    @property
    def share(self) -> Share:
        """Of those who joined for this, how many left for that."""
        return Share(self.n_both, self.n_joining, self.level)


def crossings(
    joining: Floats,
    leaving: Floats,
    *,
    joining_codes: Sequence[str],
    leaving_codes: Sequence[str],
    level: float = 0.95,
) -> list[Crossing]:
    """Cross every reason for joining with every reason for leaving, in the codebook's order.

    Both are of shape (accounts, codes), row for row the same accounts; graded values above 0
    count as given. An account that says nothing of joining, or nothing of leaving, is in no
    number: it is not known to have left for something else.
    """
    check_matrix(joining, len(joining_codes))
    check_matrix(leaving, len(leaving_codes))
    if len(joining) != len(leaving):
        raise ValueError("joining and leaving must be of the same accounts, row for row")
    came, left = as_given(joining), as_given(leaving)
    came_seen, left_seen = (~np.isnan(came)).astype(float), (~np.isnan(left)).astype(float)
    came, left = np.nan_to_num(came), np.nan_to_num(left)
    both, seen = came.T @ left, came_seen.T @ left_seen
    joined, departed = came.T @ left_seen, came_seen.T @ left
    return [
        Crossing(
            j,
            k,
            n_both=int(both[row, column]),
            n_joining=int(joined[row, column]),
            n_leaving=int(departed[row, column]),
            n_seen=int(seen[row, column]),
            level=level,
        )
        for row, j in enumerate(joining_codes)
        for column, k in enumerate(leaving_codes)
    ]
