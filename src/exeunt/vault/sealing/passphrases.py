"""Sealing a custodian's secret under a passphrase (Argon2id, RFC 9106)."""

import secrets
import unicodedata
from typing import NamedTuple

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from exeunt.vault.sealing.envelopes import KEY_LENGTH, seal, unseal

SALT_LENGTH = 16


class Cost(NamedTuple):
    """How hard each guess is made: rounds, lanes, and memory in KiB."""

    rounds: int = 3
    lanes: int = 4
    memory: int = 256 * 1024

    def written(self) -> str:
        """Write it as one word, to lie beside what was sealed."""
        return f"{self.rounds}-{self.lanes}-{self.memory}"


def cost_from(word: str) -> Cost:
    """Read a cost as it was written; raises ValueError for anything else."""
    rounds, lanes, memory = (int(part) for part in word.split("-"))
    return Cost(rounds, lanes, memory)


class Locked(NamedTuple):
    """A secret under a passphrase, and what a right guess costs."""

    salt: bytes
    cost: Cost
    sealed: bytes


def lock(secret: bytes, *, passphrase: str, context: bytes, cost: Cost) -> Locked:
    """Seal a secret under a passphrase."""
    salt = secrets.token_bytes(SALT_LENGTH)
    key = _stretched(passphrase, salt=salt, cost=cost)
    return Locked(salt, cost, seal(secret, key=key, context=context))


def unlock(locked: Locked, *, passphrase: str, context: bytes) -> bytes:
    """Return the secret; raises NotOpenedError for any other passphrase, after the same work."""
    key = _stretched(passphrase, salt=locked.salt, cost=locked.cost)
    return unseal(locked.sealed, key=key, context=context)


def _stretched(passphrase: str, *, salt: bytes, cost: Cost) -> bytes:
    # A passphrase is the same however the keyboard composes its letters.
    words = unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass")
    return Argon2id(
        salt=salt,
        length=KEY_LENGTH,
        iterations=cost.rounds,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    ).derive(words)
