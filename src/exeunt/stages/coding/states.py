"""Why a coder gave no value, what a judgement is about, and how far a reading has come."""

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


# What is judged on a sheet; excerpts are judged in the text.
SHEETED = (Target.ACCOUNT, Target.EXIT, Target.SPELL)


class SheetState(StrEnum):
    """How far one coder's reading of one account has come."""

    OPEN = "open"
    COMPLETE = "complete"


# A complete sheet is opened again only while no other reader has completed the same account.
MOVES: dict[SheetState, frozenset[SheetState]] = {
    SheetState.OPEN: frozenset({SheetState.COMPLETE}),
    SheetState.COMPLETE: frozenset({SheetState.OPEN}),
}
