"""The few calls to the kernel that a reader needs; every other one is answered with "no".

An allow-list, so that what a newer kernel can do is refused as well. To open a file is not on
it: once the reader is loaded, the child has its bytes and nothing else.
Source: Linux seccomp(2), filters of classic BPF.
"""

import ctypes
import platform
import struct
from collections.abc import Mapping
from types import MappingProxyType

# What `uname -m` says -> the audit architecture of its calls, and their place in the table.
MACHINES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
)
# Asked most often first. -1: this machine has no such call.
ALLOWED: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "read": (0, 63),
        "write": (1, 64),
        "pread64": (17, 67),
        "mmap": (9, 222),
        "munmap": (11, 215),
        "mremap": (25, 216),
        "brk": (12, 214),
        "madvise": (28, 233),
        "mprotect": (10, 226),
        "lseek": (8, 62),
        "fstat": (5, 80),
        "stat": (4, -1),
        "newfstatat": (262, 79),
        "close": (3, 57),
        "futex": (202, 98),
        "getrandom": (318, 278),
        "clock_gettime": (228, 113),
        "clock_nanosleep": (230, 115),
        "gettimeofday": (96, 169),
        "getpid": (39, 172),
        "gettid": (186, 178),
        "getrusage": (98, 165),
        "sysinfo": (99, 179),
        "sched_yield": (24, 124),
        "rt_sigaction": (13, 134),
        "rt_sigprocmask": (14, 135),
        "rt_sigreturn": (15, 139),
        "sigaltstack": (131, 132),
        "restart_syscall": (219, 128),
        "exit": (60, 93),
        "exit_group": (231, 94),
    }
)

LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER, ARCHITECTURE = 0, 4  # where they stand in what the kernel shows to a filter
ALLOW, KILL, SAY_NO = 0x7FFF0000, 0x80000000, 0x00050001  # the last with EPERM
PR_SET_SECCOMP, MODE_FILTER = 22, 2


class _Program(ctypes.Structure):
    """A filter as the kernel takes it: how long it is, and where."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def filter_calls(libc: ctypes.CDLL) -> bool:
    """Let the kernel refuse every call but those few, for good; False where it cannot."""
    known = MACHINES.get(platform.machine())
    if known is None:
        return False
    code = program(*known)
    held = ctypes.create_string_buffer(code, len(code))
    filtering = _Program(len(code) // 8, ctypes.addressof(held))
    return bool(libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(filtering), 0, 0) == 0)


def program(architecture: int, place: int) -> bytes:
    """Write the filter for one kind of machine."""
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
    ]
    for numbers in ALLOWED.values():
        if numbers[place] >= 0:
            steps += [(JUMP_IF_EQUAL, 0, 1, numbers[place]), (RETURN, 0, 0, ALLOW)]
    steps.append((RETURN, 0, 0, SAY_NO))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
