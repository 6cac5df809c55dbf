"""Where material comes from, which decides what may be done with it."""

from enum import StrEnum


class Provenance(StrEnum):
    """The three kinds of material."""

    INVENTED = "invented"
    PUBLIC_RECORD = "public record"
    ENTRUSTED = "entrusted"


class SourceKind(StrEnum):
    """What was received."""

    TABLE = "table"
    CITATION = "citation"
    TEXT = "text"
