"""Sealing a file block by block, so that no block can be moved, dropped or added."""

from collections.abc import Iterable, Iterator

from exeunt.vault.sealing.contexts import bound_to
from exeunt.vault.sealing.envelopes import NotOpenedError, seal, unseal
from exeunt.vault.sealing.padding import padded, unpadded

# With its end mark, a full block is exactly as long as the padding makes it.
BLOCK = (1 << 16) - 1
MEASURE = 4


def sealed_blocks(content: bytes, *, key: bytes, name: str) -> Iterator[bytes]:
    """Return a file's sealed blocks; each knows its number and whether it is the last."""
    whole = padded(content)
    pieces = [whole[at : at + BLOCK] for at in range(0, len(whole), BLOCK)]
    for number, piece in enumerate(pieces):
        context = _context(name, number, last=number == len(pieces) - 1)
        block = seal(piece, key=key, context=context)
        yield len(block).to_bytes(MEASURE, "big") + block


def opened_blocks(blocks: Iterable[bytes], *, key: bytes, name: str) -> bytes:
    """Return what a file held; raises NotOpenedError where a block is missing or out of place."""
    found = list(blocks)
    if not found:
        raise NotOpenedError
    last = len(found) - 1
    whole = b"".join(
        unseal(block, key=key, context=_context(name, number, last=number == last))
        for number, block in enumerate(found)
    )
    return unpadded(whole)


def blocks_in(content: bytes) -> Iterator[bytes]:
    """Cut a sealed file into its blocks; raises NotOpenedError where it is cut off."""
    at = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + MEASURE], "big")
        block = content[at + MEASURE : at + MEASURE + length]
        if not length or len(block) != length:
            raise NotOpenedError
        yield block
        at += MEASURE + length


def _context(name: str, number: int, *, last: bool) -> bytes:
    return bound_to("file", name, number, "last" if last else "more")
