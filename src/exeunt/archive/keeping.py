"""The vault of an archive: made, found again, and told apart from others.

With the vault lost, swapped or shut, everything else goes on: only what needs it refuses.
"""

from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from exeunt.archive.blanks import fill_with_tables
from exeunt.archive.folder import ArchiveFolder, id_of
from exeunt.errors import ArchiveRefusal
from exeunt.ledger.queries import Sought, entries_about
from exeunt.ledger.verifying import Witness, holds, witness
from exeunt.members.models import Member
from exeunt.vault.actions.founding import Founded, found_vault
from exeunt.vault.actions.noting import anchor
from exeunt.vault.actions.packing import pack
from exeunt.vault.actions.unlocking import shut_what_ended
from exeunt.vault.models import Vault
from exeunt.vault.routing import VAULT
from exeunt.vault.states import Standing


class Kept(NamedTuple):
    """The vault as the archive knows it: its reference, and how long its ledger was last."""

    ref: str
    anchor: Witness | None


def make_vault(
    folder: ArchiveFolder, *, erasures: Path, first: Member, passphrase: str, by: Member
) -> Founded:
    """Make the vault of the archive that is open, and write into the marker that there is one.

    Refuses a place for the erasure list inside the archive: a thief, and a restore, would have
    both.
    """
    erasures = erasures.expanduser().resolve()
    if erasures.is_relative_to(folder.path.resolve()):
        raise ArchiveRefusal(
            f"{erasures} lies inside the archive. The erasure list must outlive it and its "
            "backups: name a file elsewhere, best on another medium."
        )
    if not erasures.parent.is_dir():
        raise ArchiveRefusal(f"There is no folder {erasures.parent}; make it, then try again.")
    if folder.facts().get("vault"):
        raise ArchiveRefusal(f"{folder.path} has a vault already.")
    folder.sealed.mkdir(mode=0o700, exist_ok=True)
    if connections[VAULT].vendor == "sqlite":
        connections[VAULT].close()
        folder.vault.touch(mode=0o600)
        connections[VAULT].settings_dict["NAME"] = str(folder.vault)
    fill_with_tables(VAULT)
    if Vault.objects.exists():
        raise ArchiveRefusal(
            f"A vault was begun in {folder.path} and cut off before anything was sealed in it. "
            "Empty its database (on SQLite, delete vault.sqlite3) and the erasure list that was "
            "begun with it, then try again."
        )
    founded = found_vault(
        archive=id_of(folder), erasures=erasures, first=first, passphrase=passphrase, by=by
    )
    folder.add_facts(vault=founded.vault.ref)
    return founded


def point_vault_to(folder: ArchiveFolder) -> None:
    """Point at the vault's database where it lies in the folder."""
    if connections[VAULT].vendor == "sqlite":
        connections[VAULT].close()
        name = str(folder.vault) if folder.has_vault() else ":memory:"
        connections[VAULT].settings_dict["NAME"] = name


def point_vault_away() -> None:
    """Let go of the vault's database."""
    settings.EXEUNT_VAULT_STANDING = Standing.NONE.value
    connections[VAULT].close()
    if connections[VAULT].vendor == "sqlite":
        connections[VAULT].settings_dict["NAME"] = ":memory:"


def look_at_vault(folder: ArchiveFolder) -> None:
    """Find out how the vault stands, and upgrade it where it is an older version's."""
    settings.EXEUNT_VAULT_STANDING = _standing(folder).value


def settle_vault(folder: ArchiveFolder) -> None:
    """Bring the vault to rest: nothing stands open too long, and no order of rows says anything.

    Done when an archive is opened, for a process that was killed, and again when it is closed.
    """
    if settings.EXEUNT_VAULT_STANDING != Standing.WELL:
        return
    shut_what_ended()
    ref = str(folder.facts()["vault"])
    if witness(VAULT) != _anchor(ref):
        anchor(by=ref)
    pack()


def _standing(folder: ArchiveFolder) -> Standing:
    ref = folder.facts().get("vault")
    if not isinstance(ref, str):
        return Standing.NONE
    if connections[VAULT].vendor == "sqlite" and not folder.has_vault():
        return Standing.LOST
    try:
        return _standing_of(Kept(ref, _anchor(ref)), id_of(folder))
    except DatabaseError:
        return Standing.LOST


def _standing_of(kept: Kept, archive: str) -> Standing:
    executor = MigrationExecutor(connections[VAULT])
    known = set(executor.loader.disk_migrations or ())
    if set(executor.loader.applied_migrations) - known:
        return Standing.NEWER
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", database=VAULT, verbosity=0, interactive=False)
    vault = Vault.objects.filter(pk=1).first()
    if vault is None:
        return Standing.LOST
    if vault.ref != kept.ref or vault.archive != archive:
        return Standing.OF_ANOTHER_ARCHIVE
    return Standing.WELL if _continues(kept.anchor) else Standing.OLDER


def _continues(anchor: Witness | None) -> bool:
    """Tell whether the vault's ledger holds all that the archive saw of it."""
    if anchor is None:
        return True
    now = witness(VAULT)
    return now is not None and (now == anchor or holds(anchor, on=VAULT))


def _anchor(ref: str) -> Witness | None:
    """Return the latest anchor of the vault's ledger in the archive's."""
    for entry in entries_about(ref, Sought(act="vault.anchored"), size=1).entries:
        return Witness(entry.facts["entries"], entry.facts["root"])
    return None
