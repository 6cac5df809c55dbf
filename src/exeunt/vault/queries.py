"""Reading the vault: what stands where, and what opens with whose key."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from exeunt.errors import NotThere
from exeunt.vault.models import (
    Book,
    Custodian,
    Person,
    Sealed,
    Text,
    Unlocking,
    Vault,
    Wrap,
)
from exeunt.vault.routing import VAULT
from exeunt.vault.rules.opening import check_stands
from exeunt.vault.sealing.contexts import bound_to
from exeunt.vault.sealing.envelopes import NotOpenedError, blinded, unseal
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
        return handle_under(self.link, what, ref, vault=self.vault)


def handle_under(link: bytes, what: str, ref: str, *, vault: Vault) -> str:
    """Return the keyed hash of a reference under one link key."""
    return blinded(link, bound_to(what, vault.ref, ref))


def tie_under(link: bytes, row: Person | Text | Book, *, vault: Vault) -> str:
    """Return what ties a row's handle to the row, under one link key."""
    return blinded(link, bound_to("tie", vault.ref, row._meta.model_name or "", row.pk, row.handle))


def check_tied(row: Person | Text | Book, *, keys: Keys) -> None:
    """Refuse a row that was given another one's handle: it would show somebody else."""
    if row.tie != tie_under(keys.link, row, vault=keys.vault):
        raise NotOpenedError


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
    return _unwrapped(wrap, vault=vault, holder=holder, pair=pair)


def unwrapped(wrap: Wrap, *, keys: Keys) -> bytes:
    """Return the key in a row that was wrapped to who has the vault open."""
    return _unwrapped(wrap, vault=keys.vault, holder=keys.custodian, pair=keys.pair)


def keys_of_people(people: Iterable[Person], *, keys: Keys) -> dict[int, bytes]:
    """Return the keys under which several people lie, by their numbers."""
    versions = {person.pk: person.key_version for person in people}
    wraps = Wrap.objects.filter(
        purpose=Purpose.PERSON, owner__in=list(versions), holder=keys.custodian
    )
    found = [wrap for wrap in wraps if wrap.version == versions[wrap.owner]]
    return {wrap.owner: unwrapped(wrap, keys=keys) for wrap in found}


def link_begun(vault: Vault) -> int | None:
    """Return the version of the keys that a change of keys has begun to give, if one has."""
    later = Wrap.objects.filter(purpose=Purpose.LINK, version__gt=vault.link_version)
    return later.order_by("-version").values_list("version", flat=True).first()


def link_keys(keys: Keys) -> list[bytes]:
    """Return every link key there was; the earlier ones tell whom earlier entries are about."""
    wraps = Wrap.objects.filter(purpose=Purpose.LINK, holder=keys.custodian)
    return [unwrapped(wrap, keys=keys) for wrap in wraps.order_by("-version")]


def _unwrapped(wrap: Wrap, *, vault: Vault, holder: Custodian, pair: KeyPair) -> bytes:
    return unwrap(bytes(wrap.wrapped), pair=pair, context=context_of_wrap(vault, wrap, holder))


def person_called(narrator: str, *, keys: Keys) -> Person:
    """Return who a narrator is, still sealed; refuses where nothing is kept of them."""
    found = Person.objects.filter(handle=keys.handle("person", narrator)).first()
    if found is None:
        raise NotThere("There is nothing here.")
    check_tied(found, keys=keys)
    return found


def person_key(person: Person, *, keys: Keys) -> bytes:
    """Return the key under which all of one person lies."""
    return key_of(Purpose.PERSON, person.pk, person.key_version, keys=keys)


def context_of_record(vault: Vault, person: Person, *, record: str) -> bytes:
    """Return what one record of a person is bound to."""
    return bound_to("record", vault.ref, person.pk, record, person.key_version)


def record_of(person: Person, record: Record, *, key: bytes, vault: Vault) -> tuple[Plain, int]:
    """Return one record of a person, opened, and its revision."""
    sealed = Sealed.objects.get(person=person, record=record)
    return opened_record(sealed, person, key=key, vault=vault)


def opened_record(sealed: Sealed, person: Person, *, key: bytes, vault: Vault) -> tuple[Plain, int]:
    """Return what a record's row holds, and its revision."""
    context = context_of_record(vault, person, record=str(sealed.record))
    found = read_plain(unseal(bytes(sealed.content), key=key, context=context))
    return found["plain"], found["revision"]


def context_of_text(vault: Vault, text: Text, part: str) -> bytes:
    """Return what one part of a raw text is bound to: its content, or how far its masking is."""
    return bound_to("text", vault.ref, text.pk, part, text.revision, text.key_version)


def text_of(source: str, *, keys: Keys) -> Text:
    """Return the raw text of a source, still sealed."""
    found = Text.objects.filter(handle=keys.handle("text", source)).first()
    if found is None:
        raise NotThere("There is nothing here.")
    check_tied(found, keys=keys)
    return found


def context_of_book(vault: Vault, book: Book) -> bytes:
    """Return what a study's book of replacements is bound to."""
    return bound_to("book", vault.ref, book.pk, book.revision, book.key_version)


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
