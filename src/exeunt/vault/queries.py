"""Reading the vault: what stands where, and what opens with whose key."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from exeunt.errors import NotThere
from exeunt.vault.models import Book, Custodian, Person, Sealed, Text, Unlocking, Vault, Wrap
from exeunt.vault.routing import VAULT
from exeunt.vault.rules.opening import check_stands
from exeunt.vault.sealing.contexts import bound_to
from exeunt.vault.sealing.envelopes import blinded, unseal
from exeunt.vault.sealing.wrapping import KeyPair, unwrap
from exeunt.vault.states import CustodianState, HolderKind, Purpose, Record, Standing

Plain = dict[str, Any]


@dataclass(frozen=True)
class Keys:
    """An open vault in one custodian's hands; never written, never shown.

    ``unlocking`` is where the budget is kept; none for the command line's acts on keys.
    """

    vault: Vault
    custodian: Custodian
    pair: KeyPair = field(repr=False)
    link: bytes = field(repr=False)
    unlocking: Unlocking | None = None

    def handle(self, what: str, ref: str) -> str:
        """Return the keyed hash under which something of the archive is found here."""
        return blinded(self.link, bound_to(what, self.vault.ref, ref))


def standing() -> Standing:
    """Return how the vault stood when the archive was opened."""
    return Standing(settings.EXEUNT_VAULT_STANDING)


def the_vault() -> Vault:
    """Return the vault, or refuse where there is none that can be used."""
    check_stands(standing())
    return Vault.objects.get(pk=1)


def holders() -> list[Custodian]:
    """Return everybody to whom every key is wrapped, the paper included."""
    return list(Custodian.objects.filter(state=CustodianState.ACTIVE).order_by("ref"))


def custodians() -> list[Custodian]:
    """Return all who keep a key or have made one, but not the paper."""
    return list(
        Custodian.objects.filter(kind=HolderKind.CUSTODIAN)
        .exclude(state=CustodianState.REMOVED)
        .order_by("ref")
    )


def custodian_with(member: str) -> Custodian | None:
    """Return a member's key that opens or waits to, by the member's reference."""
    return next((one for one in custodians() if one.member == member), None)


def context_of_wrap(vault: Vault, wrap: Wrap, holder: Custodian) -> bytes:
    """Return what a wrapped key is bound to."""
    return bound_to("wrap", vault.ref, wrap.purpose, wrap.owner, wrap.version, holder.ref)


def key_of(purpose: Purpose, owner: int, version: int, *, keys: Keys) -> bytes:
    """Return a key that was wrapped to who has the vault open."""
    return key_for(purpose, owner, version, vault=keys.vault, holder=keys.custodian, pair=keys.pair)


def key_for(
    purpose: Purpose, owner: int, version: int, *, vault: Vault, holder: Custodian, pair: KeyPair
) -> bytes:
    """Return a key by a holder's own pair; refuses where it was not wrapped to them."""
    wrap = Wrap.objects.filter(purpose=purpose, owner=owner, version=version, holder=holder).first()
    if wrap is None:
        raise NotThere("There is nothing here.")
    return unwrap(bytes(wrap.wrapped), pair=pair, context=context_of_wrap(vault, wrap, holder))


def person_called(narrator: str, *, keys: Keys) -> Person:
    """Return who a narrator is, still sealed; refuses where nothing is kept of them."""
    found = Person.objects.filter(handle=keys.handle("person", narrator)).first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def person_key(person: Person, *, keys: Keys) -> bytes:
    """Return the key under which all of one person lies."""
    return key_of(Purpose.PERSON, person.pk, person.key_version, keys=keys)


def context_of_record(vault: Vault, person: Person, *, record: str, revision: int) -> bytes:
    """Return what one record of a person is bound to."""
    return bound_to("record", vault.ref, person.pk, record, revision, person.key_version)


def record_of(person: Person, record: Record, *, key: bytes, vault: Vault) -> tuple[Plain, int]:
    """Return one record of a person, opened, and its revision."""
    sealed = Sealed.objects.get(person=person, record=record)
    context = context_of_record(vault, person, record=record.value, revision=sealed.revision)
    return read_plain(unseal(bytes(sealed.content), key=key, context=context)), sealed.revision


def context_of_text(vault: Vault, text: Text, part: str) -> bytes:
    """Return what one part of a raw text is bound to: its content, or how far its masking is."""
    return bound_to("text", vault.ref, text.handle, part, text.revision, text.key_version)


def text_of(source: str, *, keys: Keys) -> Text:
    """Return the raw text of a source, still sealed."""
    found = Text.objects.filter(handle=keys.handle("text", source)).first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def context_of_book(vault: Vault, book: Book) -> bytes:
    """Return what a study's book of replacements is bound to."""
    return bound_to("book", vault.ref, book.handle, book.revision, book.key_version)


def read_plain(content: bytes) -> Plain:
    """Read a record as it was written."""
    found = json.loads(content)
    return found if isinstance(found, dict) else {}


def as_written(plain: Plain) -> bytes:
    """Write a record, ready to be sealed."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def people() -> Iterable[Person]:
    """Return everybody who is sealed here, in no order that says anything."""
    return Person.objects.using(VAULT).order_by("pk").iterator(500)
