"""Laying the vault's rows anew, so that where they lie tells no order of entry.

A row that is added goes to where there is room, and the log of writes holds the latest in their
order: both would tell which rows came together, and when.
"""

from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from exeunt.ledger.verifying import witness
from exeunt.vault.models import Book, Person, Sealed, Text, Unlocking, Vault, Wrap
from exeunt.vault.routing import VAULT

LAID_ANEW = (Person, Wrap, Sealed, Text, Book, Unlocking)


def pack() -> bool:
    """Write every row again in the order of the numbers that were drawn by lot.

    Returns whether they lie so: not where somebody is writing just now, or inside a transaction.
    """
    connection = connections[VAULT]
    seen = witness(VAULT)
    if connection.in_atomic_block or seen is None:
        return False
    if not Vault.objects.exclude(packed=seen.size).update(packed=seen.size):
        return True
    done = _pack(connection)
    if not done:
        Vault.objects.update(packed=0)
    return done


def _pack(connection: BaseDatabaseWrapper) -> bool:
    try:
        with connection.cursor() as cursor:
            for statement in _statements(connection.vendor):
                cursor.execute(statement)
            busy = cursor.fetchone() if connection.vendor == "sqlite" else None
    except OperationalError:
        return False
    return busy is None or not busy[0]


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
    tables = [model._meta.db_table for model in LAID_ANEW]
    return [f'CLUSTER "{table}" USING "{table}_pkey"' for table in tables]
