"""Making the vault of an archive."""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exeunt.errors import Refusal
from exeunt.members.models import Member
from exeunt.vault.actions.custodians import NOBODY, Prepared, lay_down
from exeunt.vault.actions.noting import anchor
from exeunt.vault.actions.wrapping import fresh_key
from exeunt.vault.erasures import begin_list, public_of
from exeunt.vault.models import Vault
from exeunt.vault.queries import standing
from exeunt.vault.routing import VAULT
from exeunt.vault.states import Purpose, Standing


@dataclass(frozen=True)
class Founded:
    """A new vault: its reference, the first custodian's key, and the word for the safe."""

    vault: Vault
    first: Prepared
    word: str = field(repr=False)


def found_vault(
    *, archive: str, erasures: Path, first: Member, passphrase: str, by: Member
) -> Founded:
    """Make the vault of the archive that is open, its tables being there.

    ``erasures`` is where the erasure list will lie, outside the archive's folder.
    """
    if standing() is not Standing.NONE or Vault.objects.exists():
        raise Refusal("This archive has a vault already.")
    with transaction.atomic(using=VAULT):
        vault = Vault.objects.create(archive=archive, signs_with=b"", erasures=str(erasures))
        prepared, paper = lay_down(vault=vault, first=first, passphrase=passphrase, by=by)
        signing = fresh_key(Purpose.SIGNING, NOBODY, 1, vault=vault)
        vault.signs_with = public_of(signing)
        vault.save(update_fields=["signs_with"])
        begin_list(erasures, vault=vault.ref, day=timezone.localdate(), key=signing)
    settings.EXEUNT_VAULT_STANDING = Standing.WELL.value
    anchor(by=by.ref)
    return Founded(vault, prepared, paper.word)
