"""Making lengths alike, so that a ciphertext does not tell how much was written."""

SHORTEST = 1024
DOUBLING_UNTIL = 1 << 20
MARK = b"\x80"


def padded(content: bytes, *, shortest: int = SHORTEST) -> bytes:
    """Return content with a mark and zeros after it (ISO/IEC 7816-4), as long as many others.

    Lengths double from 1 KiB to 1 MiB; beyond, at most 12 % is added (PADMÉ; Nikitin et al.,
    PoPETs 2019).
    """
    length = max(_rounded(len(content) + 1), shortest)
    return content + MARK + bytes(length - len(content) - 1)


def unpadded(content: bytes) -> bytes:
    """Return what was padded; raises ValueError where the mark is missing."""
    stripped = content.rstrip(b"\0")
    if not stripped.endswith(MARK):
        raise ValueError("what was opened has no end mark")
    return stripped[:-1]


def _rounded(length: int) -> int:
    if length <= SHORTEST:
        return SHORTEST
    if length <= DOUBLING_UNTIL:
        return 1 << (length - 1).bit_length()
    exponent = length.bit_length() - 1
    lost = exponent - exponent.bit_length()
    step = 1 << lost
    return (length + step - 1) & ~(step - 1)
