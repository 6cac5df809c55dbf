"""A stopwatch and a memory gauge around a command.

Keep this module, and whoever calls it, small: Linux counts the caller's own memory as the
peak of a child until the child has become another program.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

BENCHMARKS = Path(__file__).resolve().parents[1]
EXEUNT = str(Path(sys.executable).with_name("exeunt"))
KIBIBYTES_IN_A_MEGABYTE = 1e6 / 1024


class Cost(NamedTuple):
    """What a command cost, and what it printed."""

    seconds: float
    cpu: float
    megabytes: float
    said: str = ""


def cost_of(
    command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Cost:
    """Run a command to its end; return its wall and processor time and its peak of memory.

    Raises RuntimeError with what it printed where it fails.
    """
    start = perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=env or environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(seconds, cpu, usage.ru_maxrss / KIBIBYTES_IN_A_MEGABYTE, said)


def cost_of_module(module: str, *arguments: str | Path) -> Cost:
    """Run one of the modules that lie beside this one, as a process of its own."""
    return cost_of([sys.executable, "-m", module, *map(str, arguments)], cwd=BENCHMARKS)


def cost_of_exeunt(*arguments: str | Path, archive: Path) -> Cost:
    """Run the real command on an archive."""
    command = [EXEUNT, *map(str, arguments)]
    return cost_of(command, env=environment(EXEUNT_ARCHIVE=str(archive)))


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment as a user's: compiled modules are kept between runs."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("EXEUNT_")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own | more
