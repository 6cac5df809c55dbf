"""Giving a key to a custodian: HPKE (RFC 9180) with a post-quantum hybrid.

X25519 with ML-KEM-768 (X-Wing): what is copied today stays shut even if one of them is broken
later. HPKE has no associated data here, so the context goes into ``info``.
"""

from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from exeunt.vault.sealing.envelopes import NotOpenedError, derived

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
MLKEM_SEED = 64
MLKEM_PUBLIC = 1184


class KeyPair(NamedTuple):
    """A custodian's pair: whoever has the secret half opens what was wrapped to the public one."""

    secret: hpke.MLKEM768X25519PrivateKey
    public: bytes


def key_pair(secret: bytes) -> KeyPair:
    """Return the pair that belongs to a custodian's secret of 32 bytes."""
    lattice = MLKEM768PrivateKey.from_seed_bytes(
        derived(secret, b"exeunt vault mlkem 1", length=MLKEM_SEED)
    )
    curve = X25519PrivateKey.from_private_bytes(derived(secret, b"exeunt vault x25519 1"))
    public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return KeyPair(hpke.MLKEM768X25519PrivateKey(lattice, curve), public)


def wrap(key: bytes, *, to: bytes, context: bytes) -> bytes:
    """Wrap a key to a public key of ours; it opens for its holder and in this context only."""
    public = hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(to[:MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(to[MLKEM_PUBLIC:]),
    )
    return SUITE.encrypt(key, public, context)


def unwrap(wrapped: bytes, *, pair: KeyPair, context: bytes) -> bytes:
    """Return a key that was wrapped; raises NotOpenedError for another holder or context."""
    try:
        return SUITE.decrypt(wrapped, pair.secret, context)
    except (InvalidTag, ValueError):
        raise NotOpenedError from None
