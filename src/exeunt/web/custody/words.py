"""What the vault's fixed words are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from exeunt.methods.identifiers import Kind
from exeunt.procedures.entrusting.lifting import Why
from exeunt.procedures.entrusting.reviewing import MarkState
from exeunt.vault.room import Reason, Record

Words = str | Promise

REASONS: dict[Reason, Words] = {
    Reason.INTAKE: _("to register somebody, or take a text in"),
    Reason.MASKING: _("to mask a text"),
    Reason.CONTACT: _("to get in touch with somebody"),
    Reason.CORRECTION: _("to correct a record"),
    Reason.ACCESS_REQUEST: _("to answer somebody who asks what is kept of them"),
    Reason.ERASURE: _("to erase somebody"),
    Reason.SAFETY: _("because somebody may be in danger"),
    Reason.LEGAL_ORDER: _("because a court has ordered it"),
    Reason.KEYS: _("to let a custodian in, or take a key away"),
}
RECORDS: dict[Record, Words] = {
    Record.NAMES: _("Names"),
    Record.CONTACTS: _("Ways to reach them"),
    Record.PLACES: _("Places"),
    Record.PAPERS: _("Papers"),
    Record.RISKS: _("Risks"),
    Record.FILES: _("Texts and files"),
}
HOLDS: dict[Record, Words] = {
    Record.NAMES: _("the name, and every other name they are known by"),
    Record.CONTACTS: _("telephone, mail, a person between; which of them is safe"),
    Record.PLACES: _("where they come from, where they are now"),
    Record.PAPERS: _("consent forms, identity papers, case numbers"),
    Record.RISKS: _("who may want to harm them, and what was agreed about it"),
    Record.FILES: _("what they entrusted, as it was handed over"),
}
KINDS: dict[Kind, Words] = {
    Kind.PERSON: _("a person"),
    Kind.PLACE: _("a place"),
    Kind.DATE: _("a date"),
    Kind.AGE: _("an age"),
    Kind.UNIT: _("a unit"),
    Kind.PHONE: _("a telephone number"),
    Kind.EMAIL: _("an e-mail address"),
    Kind.HANDLE: _("a name in a network"),
    Kind.ADDRESS: _("an address"),
    Kind.ID: _("a number on papers"),
}
# What the rules call themselves; a page translates the word that stands beside a mark.
RULES = (
    gettext_noop("e-mail"),
    gettext_noop("link"),
    gettext_noop("handle"),
    gettext_noop("passport or file"),
    gettext_noop("phone"),
    gettext_noop("street"),
    gettext_noop("calendar"),
    gettext_noop("age"),
    gettext_noop("unit"),
    gettext_noop("place of several words"),
    gettext_noop("kunya"),
    gettext_noop("title"),
    gettext_noop("introduced"),
    gettext_noop("facility"),
    gettext_noop("gazetteer"),
    gettext_noop("given name"),
    gettext_noop("capitals after a preposition"),
    gettext_noop("capitals"),
    gettext_noop("said again"),
)
STATES: dict[MarkState, Words] = {
    MarkState.PROPOSED: _("undecided"),
    MarkState.ACCEPTED: _("masked"),
    MarkState.REFUSED: _("left in clear"),
}
WHYS: dict[Why, Words] = {
    Why.NOTHING_HIDDEN: _("it hides nothing"),
    Why.PUBLIC_FACT: _("it is publicly known, and points to nobody"),
    Why.NARRATOR_ASKED: _("the narrator asked for it"),
    Why.COURT_ORDER: _("a court has ordered it"),
}
WAYS: dict[str, Words] = {
    "phone": _("telephone"),
    "messenger": _("messenger"),
    "email": _("e-mail"),
    "person": _("through somebody"),
    "other": _("otherwise"),
}
# What was done in the vault, as it follows the name of who did it.
ACTS: dict[str, Words] = {
    "book.rekeyed": _("wrote the replacements of a study under a new key"),
    "contact.asked": _("asked whether somebody may be contacted"),
    "custodian.admitted": _("let a custodian in"),
    "custodian.prepared": _("made a key"),
    "custodian.removed": _("took a custodian's key away"),
    "form.opened": _("opened a signed paper"),
    "form.sealed": _("sealed a signed paper"),
    "ledger.read": _("read the vault's ledger"),
    "names.sought": _("had known names looked for in a text"),
    "original.opened": _("opened the file that a text came in"),
    "person.sealed": _("sealed who somebody is"),
    "record.edited": _("changed a record of somebody"),
    "record.opened": _("opened a record of somebody"),
    "text.opened": _("opened a raw text"),
    "text.sealed": _("sealed a raw text"),
    "vault.made": _("made the vault"),
    "vault.not-opened": _("gave a wrong passphrase"),
    "vault.opened": _("opened the vault"),
    "vault.shut": _("shut the vault"),
}


def kind_words(kind: str) -> Words:
    """Return what a kind of identifier is called."""
    return KINDS[Kind(kind)] if kind in set(Kind) else kind
