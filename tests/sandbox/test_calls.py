"""The filter of calls, run by hand for both kinds of machine."""

import ctypes
import platform
import re
import struct
from pathlib import Path

import pytest

from exeunt.sandbox import calls

X86, ARM = calls.MACHINES["x86_64"], calls.MACHINES["aarch64"]
# What no reader may do, by the numbers of both machines: open, connect, clone, run, kill, trace.
NEVER = {"x86_64": (2, 257, 41, 42, 56, 57, 59, 62, 101, 16, 72, 425, 435),
         "aarch64": (56, 198, 203, 220, 221, 129, 117, 29, 25, 425, 435)}  # fmt: skip


def verdict(code, architecture, number):
    """Run a filter as the kernel would: loads, equal-jumps and returns are all that it has."""
    steps = list(struct.iter_unpack("=HBBI", code))
    seen = {calls.ARCHITECTURE: architecture, calls.NUMBER: number}
    place, held = 0, 0
    while True:
        operation, equal, other, value = steps[place]
        place += 1
        match operation:
            case calls.LOAD:
                held = seen[value]
            case calls.JUMP_IF_EQUAL:
                place += equal if held == value else other
            case _:
                return value


@pytest.mark.parametrize("machine", sorted(calls.MACHINES))
def test_the_listed_calls_pass_and_no_other(machine):
    architecture, place = calls.MACHINES[machine]
    code = calls.program(architecture, place)
    passed = {n for n in range(600) if verdict(code, architecture, n) == calls.ALLOW}
    assert passed == {numbers[place] for numbers in calls.ALLOWED.values()} - {-1}
    assert not passed & set(NEVER[machine])


@pytest.mark.parametrize("number", [0, 1, 0x40000000, 0x40000001, 2**32 - 1])
def test_calls_by_another_table_of_numbers_do_not_pass(number):
    code = calls.program(*X86)
    assert verdict(code, ARM[0], number) == calls.KILL
    assert (verdict(code, X86[0], number) == calls.ALLOW) == (number < 2)


def test_a_machine_that_is_not_known_is_not_filtered(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert calls.filter_calls(ctypes.CDLL(None)) is False


HEADERS = [
    (path, place)
    for path, place in (
        (Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), 0),
        (Path("/usr/include/asm-generic/unistd.h"), 1),
    )
    if path.exists()
]


@pytest.mark.parametrize(("path", "place"), HEADERS)
def test_the_numbers_are_those_of_the_kernel(path, place):
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", path.read_text())
    known = {name: int(number) for name, number in found}
    names = {"newfstatat": "fstatat"} if place else {}
    ours = {name: numbers[place] for name, numbers in calls.ALLOWED.items() if numbers[place] >= 0}
    assert {name: known.get(names.get(name, name), known.get(name)) for name in ours} == ours
