"""Writing acts down in the vault's own ledger, and anchoring that ledger in the archive's."""

from django.db import transaction

from exeunt.ledger.models import Entry
from exeunt.ledger.recording import Fact, record
from exeunt.ledger.references import new_reference
from exeunt.ledger.verifying import witness
from exeunt.vault.models import Person, Vault
from exeunt.vault.queries import Keys
from exeunt.vault.routing import VAULT
from exeunt.vault.sealing.contexts import bound_to
from exeunt.vault.sealing.envelopes import blinded

LENGTH = 16


def note(act: str, *, subject: str, by: str, **facts: Fact) -> Entry:
    """Write an act of the vault down, inside the caller's transaction."""
    return record(act, subject=subject, by=by, on=VAULT, **facts)


def note_of(person: Person, act: str, *, keys: Keys, by: str, **facts: Fact) -> Entry:
    """Write down an act upon one person, named so that only a custodian can tell who it was."""
    nonce = new_reference()
    return note(
        act, subject=name_in_ledger(person.pk, nonce, keys=keys), by=by, nonce=nonce, **facts
    )


def name_in_ledger(person: int, nonce: str, *, keys: Keys) -> str:
    """Return what one entry calls a person; every entry calls them something else."""
    return name_under(keys.link, person, nonce, vault=keys.vault)


def name_under(link: bytes, person: int, nonce: str, *, vault: Vault) -> str:
    """Return what an entry calls a person that was written under one link key."""
    return blinded(link, bound_to("ledger", vault.ref, person, nonce))[:LENGTH]


@transaction.atomic
def anchor(*, by: str) -> None:
    """Write into the archive's ledger how long the vault's is, and its root.

    To be called when the act's own transaction has succeeded: what was done in the vault is then
    known outside it, though not to whom.
    """
    vault = Vault.objects.get(pk=1)
    seen = witness(VAULT)
    if seen is not None:
        record("vault.anchored", subject=vault.ref, by=by, entries=seen.size, root=seen.root)
