"""What an alpha permits one to say: Krippendorff's thresholds, in plain words."""

import math
from enum import StrEnum

FIRM_FROM = 0.8
TENTATIVE_FROM = 0.667
DECIMALS = 9


class Standing(StrEnum):
    """How far conclusions may lean on a code (Krippendorff 2004, p. 241; 2018, ch. 12)."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    UNRELIABLE = "unreliable"
    UNKNOWN = "unknown"

    @property
    def wording(self) -> str:
        """Say it to a reader who does not know the thresholds."""
        return _WORDINGS[self]


_WORDINGS = {
    Standing.FIRM: "firm",
    Standing.TENTATIVE: "tentative: report with care",
    Standing.UNRELIABLE: "do not rely on it alone: not ranked, not headlined",
    Standing.UNKNOWN: "cannot be told",
}


def standing_of(alpha: float | None) -> Standing:
    """Return what an alpha permits: firm from .80, tentative from .667, unknown without one.

    Raises ValueError on what cannot be an alpha.

    >>> standing_of(0.75).wording
    'tentative: report with care'
    """
    if alpha is None:
        return Standing.UNKNOWN
    # The last bits of a sum must not decide between two words.
    rounded = round(alpha, DECIMALS)
    if math.isnan(rounded) or rounded > 1:
        raise ValueError("An alpha is a number no greater than 1.")
    if rounded >= FIRM_FROM:
        return Standing.FIRM
    return Standing.TENTATIVE if rounded >= TENTATIVE_FROM else Standing.UNRELIABLE
