"""What a child does to itself before it looks at a foreign byte; none of it can be undone."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from exeunt.sandbox.calls import filter_calls
from exeunt.sandbox.limits import Limits

PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
MOST_FILES = 16
ORPHANED = 3_600  # seconds after which a child ends whose parent has forgotten it
# Refused by the interpreter itself, where the kernel cannot be asked to.
CLOSED = ("socket.", "subprocess.", "os.", "ctypes.", "shutil.", "pty.", "open", "import", "winreg")


class Standing(NamedTuple):
    """Which protections hold for a child on this machine."""

    limits: bool = False
    network: bool = False
    calls: bool = False

    @property
    def whole(self) -> bool:
        """Whether every one of them holds."""
        return all(self)


Guard = Callable[[Limits], bool]


def close_others(keep: int | None) -> None:
    """Close every descriptor but the three that each process has, and the one to be read."""
    last = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if keep is None:
        os.closerange(3, last)
        return
    os.closerange(3, keep)
    os.closerange(keep + 1, last)


def set_limits(limits: Limits) -> bool:
    """Take memory, time, files and further processes away; False where the system lets it not."""
    bounds = {
        resource.RLIMIT_AS: (limits.memory, limits.memory),
        # A second later the kernel kills; before, it says that it was the processor's time.
        resource.RLIMIT_CPU: (limits.cpu, limits.cpu + 1),
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (MOST_FILES, MOST_FILES),
    }
    signal.alarm(ORPHANED)
    held = [_bounded(kind, *most) for kind, most in bounds.items()]
    return all(held)


def leave_network(_limits: Limits) -> bool:
    """Move into a network of one's own in which there is nothing; False where this is refused."""
    libc = _libc()
    if not hasattr(libc, "unshare"):
        return False
    return bool(libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)


def give_up_calls(_limits: Limits) -> bool:
    """Give up every call to the kernel that a reader has no use for; False where it cannot."""
    libc = _libc()
    if not hasattr(libc, "prctl"):
        return False
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) and filter_calls(libc)


GUARDS: Mapping[str, Guard] = MappingProxyType(
    {"limits": set_limits, "network": leave_network, "calls": give_up_calls}
)


def lock(limits: Limits, guards: Mapping[str, Guard] = GUARDS) -> Standing:
    """Lock this process in, and say what holds.

    Where the kernel does not filter calls, the interpreter refuses sockets, files, processes
    and modules: enough against a reader led astray, not against one that was taken over.
    """
    standing = Standing(**{name: guard(limits) for name, guard in guards.items()})
    if not standing.calls:
        sys.addaudithook(_refuse)
    return standing


def _bounded(kind: int, soft: int, hard: int) -> bool:
    try:
        there = resource.getrlimit(kind)[1]
        most = hard if there == resource.RLIM_INFINITY else min(hard, there)
        resource.setrlimit(kind, (min(soft, most), most))
    except (OSError, ValueError):
        return False
    return True


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(CLOSED):
        raise PermissionError("a reader of foreign bytes may not do this")
