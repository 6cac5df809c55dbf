"""A vault as Dana keeps it, and what people in it are called."""

from pathlib import Path
from typing import Any, NamedTuple

from exeunt.members.models import Member
from exeunt.vault.actions.founding import Founded, found_vault
from exeunt.vault.actions.people import seal_person
from exeunt.vault.actions.unlocking import keys_now, keys_with, open_vault
from exeunt.vault.queries import Keys
from exeunt.vault.states import Reason, Record
from tests.people import Cast

PASSPHRASE = "four lamps beside the quiet river"
OTHER_PASSPHRASE = "seven boats under a paper moon"
# What a guess costs in tests: next to nothing.
CHEAP = "1-1-64"
SESSION = "a-session-of-dana"
ARCHIVE_ID = "0" * 32


class MadeVault(NamedTuple):
    """A vault whose custodian is Dana, and where its sealed files and its erasure list lie."""

    founded: Founded
    dana: Member
    sealed: Path
    erasures: Path

    def keys(self) -> Keys:
        """Open it for one command, as Dana."""
        return keys_with(passphrase=PASSPHRASE, by=self.dana)

    def opened(self, reason: Reason = Reason.MASKING) -> Keys:
        """Open it for ten minutes in a browser, as Dana; with a budget."""
        word = open_vault(passphrase=PASSPHRASE, reason=reason, session=SESSION, by=self.dana)
        return keys_now(word, session=SESSION, by=self.dana)


def a_vault(cast: Cast, folder: Path, settings: Any) -> MadeVault:
    """Make a vault for the archive under test; Dana keeps it."""
    settings.EXEUNT_GUESSING_COST = CHEAP
    settings.EXEUNT_VAULT_STANDING = "none"
    sealed, erasures = folder / "sealed", folder / "elsewhere" / "erasures.jsonl"
    settings.EXEUNT_SEALED = str(sealed)
    sealed.mkdir()
    erasures.parent.mkdir()
    founded = found_vault(
        archive=ARCHIVE_ID,
        erasures=erasures,
        first=cast.dana,
        passphrase=PASSPHRASE,
        by=cast.dana,
    )
    return MadeVault(founded, cast.dana, sealed, erasures)


def a_person(vault: MadeVault, narrator: str, *, keys: Keys | None = None, **names: Any) -> None:
    """Seal somebody invented under a narrator's reference."""
    records = {
        Record.NAMES: {"name": "Rahma Testwell", "aliases": ["Umm Zayn"], **names},
        Record.CONTACTS: {"ways": [{"kind": "phone", "value": "+44 7700 900123", "safe": True}]},
    }
    seal_person(narrator=narrator, records=records, keys=keys or vault.keys(), by=vault.dana)
