"""The vault's one door for the house: references in; positions, yes or no, and references out.

No function here takes a text or a name to look for: whoever could ask about any text could guess
names. Everything that goes through is counted, and written down in the vault's ledger.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db import transaction

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.methods.arabic_names import KnownName, Matcher
from exeunt.vault.actions.noting import note, note_of
from exeunt.vault.actions.people import seal_person
from exeunt.vault.actions.texts import read_text
from exeunt.vault.queries import Keys, Plain, person_called, person_key, record_of, standing
from exeunt.vault.routing import VAULT
from exeunt.vault.states import Record, Standing

__all__ = [
    "Keys",
    "Known",
    "find_known_names",
    "is_there",
    "may_be_contacted",
    "register_narrator",
]


class Known(NamedTuple):
    """Where somebody known is named in a stored text: a position and a narrator's reference."""

    start: int
    end: int
    narrator: str


def is_there() -> bool:
    """Tell whether this archive has a vault that can be used."""
    return standing() is Standing.WELL


def register_narrator(
    *, narrator: str, records: Mapping[Record, Plain], keys: Keys, by: Member
) -> None:
    """Seal who a narrator is; refuses where it is sealed already."""
    seal_person(narrator=narrator, records=records, keys=keys, by=by)


def find_known_names(
    *, source: str, narrator: str, among: Iterable[str], keys: Keys, by: Member
) -> list[Known]:
    """Find where narrators, by their references, are named in a text that is stored here."""
    with transaction.atomic(using=VAULT):
        person = person_called(narrator, keys=keys)
        note_of(person, "names.sought", keys=keys, by=by.ref)
    paragraphs = read_text(person, source, keys=keys).content["text"]
    found = Matcher(_names(among, keys=keys)).find(paragraphs)
    return [Known(one.start, one.end, one.key) for one in found]


def may_be_contacted(*, narrator: str, keys: Keys, by: Member) -> bool:
    """Tell whether a safe way to reach a narrator is kept; no record is a no."""
    with transaction.atomic(using=VAULT):
        note("contact.asked", subject=keys.vault.ref, by=by.ref)
    try:
        person = person_called(narrator, keys=keys)
    except NotThere:
        return False
    key = person_key(person, keys=keys)
    contacts, _ = record_of(person, Record.CONTACTS, key=key, vault=keys.vault)
    return any(one.get("safe") for one in contacts.get("ways", []))


def _names(narrators: Iterable[str], *, keys: Keys) -> Iterator[KnownName]:
    for narrator in narrators:
        try:
            person = person_called(narrator, keys=keys)
        except NotThere:
            continue
        key = person_key(person, keys=keys)
        names, _ = record_of(person, Record.NAMES, key=key, vault=keys.vault)
        surfaces = tuple(
            name for name in [names.get("name", ""), *names.get("aliases", [])] if name
        )
        if surfaces:
            yield KnownName(narrator, surfaces)
