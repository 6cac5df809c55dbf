"""In which setting and at about which age an account was given; what makes it hard to read."""

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


class Hardness(StrEnum):
    """What makes a passage hard to read."""

    VIOLENCE = "violence"
    SEXUAL_VIOLENCE = "sexual violence"
    HARM_TO_CHILDREN = "harm to children"
    DEATH_OF_RELATIVES = "death of relatives"
    SELF_HARM = "self-harm"
    TORTURE = "torture"


class Came(StrEnum):
    """What became of a file that was to be taken in."""

    TAKEN = "taken"
    TO_CONFIRM = "to be confirmed"
    THERE_BEFORE = "taken before"
    PASSED_OVER = "passed over"
    REFUSED = "refused"


class Pace(StrEnum):
    """How it stands with somebody's reading today."""

    READING = "reading"
    PAUSE = "a pause is due"
    HELD = "held until one goes on"
