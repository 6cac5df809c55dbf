"""Random references: the only way in which the ledger and other stores name a thing."""

import secrets

LENGTH = 16


def new_reference() -> str:
    """Return 16 hexadecimal digits (64 bits) that tell nothing and cannot be guessed."""
    return secrets.token_hex(LENGTH // 2)
