"""What this process has in its memory stays there when it breaks down."""

import resource


def leave_no_dump() -> None:
    """Forbid this process, and those it starts, to write their memory to the disk in a crash.

    Names and keys may be in it while the vault stands open.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
