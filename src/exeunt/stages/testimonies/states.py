"""In which setting, and at about which age, an account was given."""

from enum import StrEnum


class Setting(StrEnum):
    """Whether the narrator was free to speak, as far as is known."""

    FREE = "free"
    UNDER_LEGAL_PROCESS = "under legal process"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


class AgeBand(StrEnum):
    """Age when speaking, in bands."""

    UNDER_18 = "under 18"
    UNDER_25 = "18-24"
    UNDER_35 = "25-34"
    UNDER_50 = "35-49"
    FROM_50 = "50 or older"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"
