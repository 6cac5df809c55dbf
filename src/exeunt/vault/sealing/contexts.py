"""What a ciphertext is bound to, so that it opens in its own place only."""

VERSION = b"exeunt vault 1"


def bound_to(purpose: str, *places: str | int) -> bytes:
    """Return the bytes that a ciphertext is bound to: what it is for, and where it lies.

    Every part carries its length, so that no two different contexts are written alike.
    """
    parts = [VERSION, purpose.encode(), *(str(place).encode() for place in places)]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
