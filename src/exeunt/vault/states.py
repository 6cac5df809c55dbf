"""The fixed words of the vault."""

from enum import StrEnum


class CustodianState(StrEnum):
    """Whether a custodian's key opens anything."""

    PREPARED = "prepared"
    ACTIVE = "active"
    REMOVED = "removed"


class HolderKind(StrEnum):
    """Who holds a key: a custodian, or a sheet of paper in a safe."""

    CUSTODIAN = "custodian"
    PAPER = "paper"


class Record(StrEnum):
    """What is sealed of one person, apart from each other; every person has every one."""

    NAMES = "names"
    CONTACTS = "contacts"
    PLACES = "places"
    PAPERS = "papers"
    RISKS = "risks"
    FILES = "files"


class Reason(StrEnum):
    """Why somebody opens the vault; the words stand in its ledger."""

    INTAKE = "intake"
    MASKING = "masking"
    CONTACT = "contact"
    CORRECTION = "correction"
    ACCESS_REQUEST = "access-request"
    ERASURE = "erasure"
    KEYS = "keys"
    SAFETY = "safety"
    LEGAL_ORDER = "legal-order"


class Purpose(StrEnum):
    """What a wrapped key is for."""

    LINK = "link"
    SIGNING = "signing"
    BOOK = "book"
    PERSON = "person"


class Standing(StrEnum):
    """How the vault stands when an archive is opened."""

    NONE = "none"
    WELL = "well"
    LOST = "lost"
    OF_ANOTHER_ARCHIVE = "of another archive"
    OLDER = "older than the archive"
    NEWER = "newer than this version"
