"""How much a reader of foreign bytes may take before it is stopped."""

from typing import NamedTuple

MEGABYTE = 1 << 20


class Limits(NamedTuple):
    """What one child may take: bytes of memory, seconds, and bytes that it may say.

    ``wall`` counts only the time that the parent waits for the child, so that a table may be
    stored while it is read. Both times leave room for starting and ending within half a minute.
    """

    memory: int = 512 * MEGABYTE
    cpu: int = 28
    wall: int = 28
    said: int = 256 * MEGABYTE
    line: int = 32 * MEGABYTE


LIMITS = Limits()
# For a table that is taken in by a command or a worker, for which nobody waits at a page.
BULK = Limits(cpu=300, wall=300, said=2048 * MEGABYTE)
