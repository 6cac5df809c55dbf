"""Why a coder gave no value; the ways are never mixed up with zero."""

from enum import StrEnum


class Gap(StrEnum):
    """The three kinds of missing; missing is not zero."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    NOT_MENTIONED = "not mentioned"


class Target(StrEnum):
    """What a judgement is about."""

    ACCOUNT = "account"
    EXIT = "exit"
    SPELL = "spell"
    EXCERPT = "excerpt"
