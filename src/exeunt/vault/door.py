"""The vault's one door for the house: references in; positions, yes or no, and references out.

No function here takes a text or a name to look for: whoever could ask about any text could guess
names. Everything that goes through is counted, and written down in the vault's ledger.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db import transaction

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.methods.arabic_names import KnownName, Matcher
from exeunt.vault.actions.erasing import (
    Destroyed,
    Forget,
    Forgotten,
    destroy,
    enter_in_list,
    narrators_in,
    what_is_sealed,
)
from exeunt.vault.actions.noting import note, note_of
from exeunt.vault.actions.packing import pack
from exeunt.vault.actions.people import seal_person
from exeunt.vault.actions.texts import read_text
from exeunt.vault.erasures import Checkpoint
from exeunt.vault.queries import Keys, Plain, person_called, person_key, record_of, standing
from exeunt.vault.routing import VAULT
from exeunt.vault.states import Record, Standing

__all__ = [
    "Checkpoint",
    "Destroyed",
    "Forget",
    "Forgotten",
    "Keys",
    "Known",
    "Plain",
    "erase",
    "erase_again",
    "find_known_names",
    "has_been_made",
    "is_there",
    "may_be_contacted",
    "narrators_in",
    "pack",
    "register_narrator",
    "what_is_sealed",
]


class Known(NamedTuple):
    """Where somebody known is named in a stored text: a position and a narrator's reference."""

    start: int
    end: int
    narrator: str


def is_there() -> bool:
    """Tell whether this archive has a vault that can be used."""
    return standing() is Standing.WELL


def has_been_made() -> bool:
    """Tell whether this archive has a vault at all, in whatever state it is."""
    return standing() is not Standing.NONE


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


def erase(
    *, narrator: str, texts: Collection[str], forget: Forget, keys: Keys, by: str
) -> tuple[Destroyed, Checkpoint]:
    """Write a narrator into the erasure list, then destroy the keys and all that lay under them.

    Done twice, it changes nothing more. Whether they may be erased was asked before.
    """
    checkpoint = enter_in_list(narrator=narrator, keys=keys)
    gone = destroy(
        narrator=narrator, texts=texts, forget=forget, checkpoint=checkpoint, keys=keys, by=by
    )
    return gone, checkpoint


def erase_again(
    *, narrator: str, texts: Collection[str], forget: Forget, keys: Keys, by: str
) -> Destroyed:
    """Destroy what a backup brought back of somebody who stands in the erasure list already."""
    return destroy(narrator=narrator, texts=texts, forget=forget, checkpoint=None, keys=keys, by=by)


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
