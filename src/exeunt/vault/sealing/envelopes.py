"""Sealing bytes under a key, bound to the place where they lie (AES-256-GCM, NIST SP 800-38D)."""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from exeunt.errors import Refusal, Sentence
from exeunt.vault.sealing.padding import SHORTEST, padded, unpadded

KEY_LENGTH = 32
NONCE_LENGTH = 12
NOT_OPENED = Sentence(
    "Something that is sealed in the vault does not open here: it was changed or moved, or sealed "
    "for somebody else. Restore the vault from a backup."
)


class NotOpenedError(Refusal):
    """What was sealed does not open here: another key, another place, or changed bytes."""

    def __init__(self) -> None:
        """Say what it means for the person at the desk."""
        super().__init__(NOT_OPENED)


def new_key() -> bytes:
    """Draw a key."""
    return secrets.token_bytes(KEY_LENGTH)


def derived(key: bytes, purpose: bytes, *, length: int = KEY_LENGTH) -> bytes:
    """Return a key for one purpose only (HKDF with SHA-256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(key)


def seal(content: bytes, *, key: bytes, context: bytes, shortest: int = SHORTEST) -> bytes:
    """Seal content, padded, so that it opens with the key and in its context only."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return nonce + AESGCM(key).encrypt(nonce, padded(content, shortest=shortest), context)


def unseal(sealed: bytes, *, key: bytes, context: bytes) -> bytes:
    """Return what was sealed; raises NotOpenedError for another key, context or a changed byte."""
    try:
        nonce, rest = sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:]
        return unpadded(AESGCM(key).decrypt(nonce, rest, context))
    except (InvalidTag, ValueError):
        raise NotOpenedError from None


def blinded(key: bytes, context: bytes) -> str:
    """Return a name for something that nobody can compute without the key (HMAC, RFC 2104)."""
    return hmac.new(key, context, sha256).hexdigest()
