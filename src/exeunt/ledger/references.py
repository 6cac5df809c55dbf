"""Random references: the only way in which the ledger and other stores name a thing."""

import secrets

LENGTH = 16


def new_reference() -> str:
    """Return 16 hexadecimal digits (64 bits) that tell nothing and cannot be guessed."""
    return secrets.token_hex(LENGTH // 2)


def new_references(count: int) -> list[str]:
    """Return so many at once: asking the system for chance takes longer than anything else."""
    drawn = secrets.token_hex(count * LENGTH // 2)
    return [drawn[start : start + LENGTH] for start in range(0, len(drawn), LENGTH)]
