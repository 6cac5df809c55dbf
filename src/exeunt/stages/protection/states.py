"""The fixed words of protection: verdicts on risk, and what a legal reading says."""

from enum import StrEnum


class Verdict(StrEnum):
    """How much an assessor fears for a narrator, from least to most."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    UNACCEPTABLE = "unacceptable"


class Exposure(StrEnum):
    """What the law of where a narrator is does to somebody who speaks."""

    CLEAR = "clear"
    RELIEF = "exposed, with relief"
    EXPOSED = "exposed"


WORSE = tuple(Verdict)
