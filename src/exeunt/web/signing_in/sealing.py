"""Sealing what the database must not show: second factors, and what a session holds.

AES-256-GCM under a key that is derived from the server's key for one purpose only. What is sealed
for one purpose, or about one thing, does not open for another.
"""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from exeunt.archive.key import derived
from exeunt.errors import Refusal

VERSION = "x1:"
NONCE = 12


class SealedElsewhere(Refusal):
    """Something was sealed under another key, or has been changed since."""


def seal(text: str, *, purpose: str, about: str = "") -> str:
    """Seal a text for a purpose, about one thing where there is one to name."""
    return sealed_with(os.urandom(NONCE), text, purpose=purpose, about=about)


def sealed_with(nonce: bytes, text: str, *, purpose: str, about: str = "") -> str:
    """Seal a text with a nonce that is given, so that a known answer can be tested."""
    sealed = _cipher(purpose).encrypt(nonce, text.encode(), _context(purpose, about))
    return VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str, about: str = "") -> str:
    """Open what was sealed for that purpose about that thing, or refuse."""
    try:
        body = base64.urlsafe_b64decode(sealed.removeprefix(VERSION))
        opened = _cipher(purpose).decrypt(body[:NONCE], body[NONCE:], _context(purpose, about))
    except (InvalidTag, ValueError, binascii.Error):
        opened = None
    if opened is None or not sealed.startswith(VERSION):
        raise SealedElsewhere(
            "This was sealed with another key of the server, or has been changed since. "
            "Ask a lead of your study for a new link to sign in."
        )
    return opened.decode()


def _cipher(purpose: str) -> AESGCM:
    return AESGCM(derived(settings.EXEUNT_SERVER_KEY, purpose))


def _context(purpose: str, about: str) -> bytes:
    return f"{VERSION}{purpose}\0{about}".encode()
