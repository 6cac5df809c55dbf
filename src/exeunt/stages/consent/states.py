"""The fixed words of consent: its states and moves, and what a scope is made of.

States are the events of ISO/IEC TS 27560:2023 under the names of the W3C's Data Privacy
Vocabulary.
"""

from enum import StrEnum


class State(StrEnum):
    """What an event makes of consent; the latest one governs."""

    REQUESTED = "requested"
    REFUSED = "refused"
    GIVEN = "given"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    SUPERSEDED = "superseded"


class Basis(StrEnum):
    """What lets the house hold somebody's words at all."""

    CONSENT = "consent"
    PUBLIC_RECORD = "public record"
    INVENTED = "invented"


class What(StrEnum):
    """What of somebody's telling a cell is about."""

    TEXT = "text"
    QUOTATION = "quotation"
    CODED_DATA = "coded data"
    DEMOGRAPHICS = "demographics in bands"
    VOICE = "voice"
    FACE = "face"


class Use(StrEnum):
    """What may be done with it."""

    STORE = "store"
    CODE = "code"
    QUOTE_INTERNALLY = "quote internally"
    PUBLISH = "publish"
    BROADCAST = "broadcast"
    TEACH = "teach"
    SHARE = "share with partner"
    PROMOTE = "paid promotion"
    TRAIN = "train a model"


class Channel(StrEnum):
    """Where it may be done."""

    INSIDE = "inside the study"
    SITE = "our site"
    REPORT = "report"
    PRINT = "print"
    SOCIAL = "social media"
    AIR = "radio or television"
    EVENT = "event"
    CLASSROOM = "classroom"
    PARTNER = "partner"


class Display(StrEnum):
    """How the narrator is shown."""

    NONE = "none"
    PSEUDONYM = "pseudonym"
    CHOSEN_NAME = "chosen name"


class Outcome(StrEnum):
    """What becomes of everything when consent is withdrawn, as chosen in advance."""

    ERASE = "erase"
    SEAL_UNTIL = "seal until"
    DEIDENTIFY = "de-identify and keep"
    KEEP_INTERNAL = "keep internal"


class Timing(StrEnum):
    """When a withdrawal shows outside: a sudden gap speaks, too."""

    AT_ONCE = "at once"
    NEXT_REBUILD = "with the next rebuild"


class Told(StrEnum):
    """An answer to what may bear on how freely somebody spoke."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Age(StrEnum):
    """Whether the narrator is, or was in what they tell, a minor."""

    ADULT = "adult throughout"
    WAS_MINOR = "minor then"
    IS_MINOR = "minor now"
    UNKNOWN = "unknown"


class Interpreter(StrEnum):
    """Who carried the words across."""

    NONE = "none"
    INDEPENDENT = "independent"
    PARTY = "a party"


class Relation(StrEnum):
    """Who speaks for a narrator, where somebody does."""

    GUARDIAN = "guardian"
    COUNSEL = "counsel"
    RELATIVE = "relative"


INSIDE = frozenset({Use.STORE, Use.CODE, Use.QUOTE_INTERNALLY})
STANDING = frozenset({State.GIVEN, State.RENEWED})
# Whoever knows of them can tell: anybody stops, and nobody is kept from it by what went before.
STOPS = frozenset({State.SUSPENDED, State.WITHDRAWN})

MOVES: dict[State | None, frozenset[State]] = {
    None: frozenset({State.REQUESTED, State.GIVEN, State.REFUSED}) | STOPS,
    State.REQUESTED: frozenset({State.GIVEN, State.REFUSED}) | STOPS,
    State.REFUSED: frozenset({State.REQUESTED}) | STOPS,
    State.GIVEN: frozenset({State.RENEWED, State.EXPIRED, State.INVALIDATED, State.SUPERSEDED})
    | STOPS,
    State.RENEWED: frozenset({State.RENEWED, State.EXPIRED, State.INVALIDATED, State.SUPERSEDED})
    | STOPS,
    State.SUSPENDED: frozenset({State.RENEWED, State.GIVEN, State.REQUESTED, State.INVALIDATED})
    | {State.WITHDRAWN},
    State.WITHDRAWN: frozenset({State.REQUESTED}),
    State.EXPIRED: frozenset({State.RENEWED, State.GIVEN, State.REQUESTED}) | STOPS,
    State.INVALIDATED: frozenset({State.REQUESTED, State.GIVEN}) | STOPS,
    State.SUPERSEDED: frozenset({State.GIVEN}),
}
