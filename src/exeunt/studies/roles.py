"""Who may do what in a study: one table."""

from enum import StrEnum


class Role(StrEnum):
    """What a member is in one study; one person may hold several roles."""

    LEAD = "lead"
    CODER = "coder"
    CUSTODIAN = "custodian"
    LEGAL_REVIEWER = "legal reviewer"
    EDITOR = "editor"
    VIEWER = "viewer"


class Act(StrEnum):
    """Something a member may want to do; the words complete “may …”."""

    SEE_FINDINGS = "see findings"
    READ_ACCOUNTS = "read accounts"
    READ_CODINGS = "read codings"
    ADD_ACCOUNTS = "add accounts"
    EDIT_ACCOUNTS = "edit accounts"
    IMPORT_ACCOUNTS = "import accounts"
    IMPORT_CODINGS = "import codings"
    EDIT_CODEBOOK = "edit a codebook"
    CODE = "code accounts"
    GIVE_OUT = "give out what is to be read"
    SETTLE = "settle differences"
    HAND_ON = "hand coded material to a colleague"
    MAKE_REPORT = "make a report"
    EDIT_PROTOCOL = "edit the protocol"
    APPOINT = "appoint members"
    READ_LEDGER = "read the ledger"
    TAKE_IN = "take in entrusted texts"
    ERASE = "erase somebody"
    HOLD = "place and lift legal holds"
    SEE_HOLDS = "see legal holds"
    HAND_OVER = "hand the archive over"
    MARK_HARD = "mark hard passages"
    RECORD_CONSENT = "record consent"
    SUSPEND = "stop everything of a narrator"
    SEE_CONSENT = "see consent"
    REVIEW_FREEDOM = "vouch for free consent"


EVERYONE = frozenset(Role)
LEAD = frozenset({Role.LEAD})

MAY: dict[Act, frozenset[Role]] = {
    Act.SEE_FINDINGS: EVERYONE,
    Act.READ_ACCOUNTS: frozenset({Role.LEAD, Role.CODER, Role.EDITOR}),
    Act.READ_CODINGS: LEAD,
    Act.ADD_ACCOUNTS: frozenset({Role.LEAD, Role.CODER}),
    Act.EDIT_ACCOUNTS: frozenset({Role.LEAD, Role.CODER}),
    Act.IMPORT_ACCOUNTS: LEAD,
    Act.IMPORT_CODINGS: LEAD,
    Act.EDIT_CODEBOOK: LEAD,
    Act.CODE: frozenset({Role.CODER}),
    Act.GIVE_OUT: LEAD,
    Act.SETTLE: frozenset({Role.LEAD, Role.CODER}),
    Act.HAND_ON: frozenset({Role.LEAD, Role.CODER}),
    Act.MAKE_REPORT: frozenset({Role.LEAD, Role.EDITOR}),
    Act.EDIT_PROTOCOL: LEAD,
    Act.APPOINT: LEAD,
    Act.READ_LEDGER: LEAD,
    Act.TAKE_IN: frozenset({Role.CUSTODIAN}),
    Act.ERASE: frozenset({Role.CUSTODIAN}),
    Act.HOLD: frozenset({Role.LEGAL_REVIEWER}),
    Act.SEE_HOLDS: frozenset({Role.LEAD, Role.CUSTODIAN, Role.LEGAL_REVIEWER}),
    Act.HAND_OVER: LEAD,
    Act.MARK_HARD: frozenset({Role.LEAD, Role.CODER, Role.CUSTODIAN}),
    Act.RECORD_CONSENT: frozenset({Role.LEAD, Role.CODER, Role.CUSTODIAN}),
    # A word to anybody is enough.
    Act.SUSPEND: EVERYONE,
    Act.SEE_CONSENT: EVERYONE - {Role.VIEWER},
    Act.REVIEW_FREEDOM: frozenset({Role.LEGAL_REVIEWER}),
}
