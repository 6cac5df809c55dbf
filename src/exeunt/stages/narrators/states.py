"""How spells end, and how a narrator is described."""

from enum import StrEnum


class ExitKind(StrEnum):
    """How a spell ended: behaviour only, never belief."""

    LEFT = "left"
    DEMOBILISED = "demobilised"
    SIDE_SWITCH = "side switch"
    LATERAL_TRANSFER = "lateral transfer"
    EXPELLED = "expelled"
    CAPTURED = "captured"
    ESCAPED_THEN_RETURNED = "escaped then returned"
    GROUP_DISSOLVED = "group dissolved"
    UNKNOWN = "unknown"


class Gap(StrEnum):
    """Why something about a narrator is not said; the two are not the same."""

    UNKNOWN = "unknown"
    WITHHELD = "withheld"


class Gender(StrEnum):
    """As the narrator is described in what we received."""

    WOMAN = "woman"
    MAN = "man"
    ANOTHER = "another"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"
