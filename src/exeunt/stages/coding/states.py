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


# What can be marked in a text: with a codebook of accounts, excerpts show why one judged so.
IN_TEXTS = (Target.ACCOUNT, Target.EXCERPT)


class SheetState(StrEnum):
    """How far one coder's reading of one account has come."""

    OPEN = "open"
    COMPLETE = "complete"


class Purpose(StrEnum):
    """What a round of coding is for."""

    CALIBRATION = "calibration"
    MAIN = "main"


class Sharing(StrEnum):
    """How the work of a round is shared out among its coders."""

    EVERYBODY = "all"
    RANDOM = "random"
    BALANCED = "balanced"


class Do(StrEnum):
    """What a coder does in a text."""

    MARK = "mark"
    UNMARK = "unmark"
    MOVE = "move"
    MEMO = "memo"


class Unlike(StrEnum):
    """In what the marks of readers differ on one stretch."""

    MARKED = "marked"
    VALUE = "value"
    BOUNDS = "bounds"


class Take(StrEnum):
    """What is taken of what readers marked on a stretch; a reader's own is taken by letter."""

    UNION = "union"
    INTERSECTION = "intersection"
    OWN = "own"
    NOTHING = "none"


class Outcome(StrEnum):
    """What became of a stretch on which readers differ."""

    SETTLED = "settled"
    SENT_BACK = "sent back"


class Whose(StrEnum):
    """Whose judgements something is sought by."""

    ALL = "all"
    MINE = "mine"
    SETTLED = "settled"


class Of(StrEnum):
    """Of what a code was given: of just the words that are found, or of their whole account."""

    PLACE = "place"
    ACCOUNT = "account"


# A complete sheet is opened again only while no other reader has completed the same account.
MOVES: dict[SheetState, frozenset[SheetState]] = {
    SheetState.OPEN: frozenset({SheetState.COMPLETE}),
    SheetState.COMPLETE: frozenset({SheetState.OPEN}),
}
