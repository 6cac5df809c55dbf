"""How much harm a leaked field could do: every field of every model declares its tier."""

from enum import IntEnum


class Tier(IntEnum):
    """The four tiers; movement up is by gate only."""

    IDENTITY = 0
    SEALED = 1
    WORKING = 2
    PUBLIC = 3
