"""A server as its user would start it, and the processor time of all its processes."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from .processes import BENCHMARKS, EXEUNT, environment
from .readers import Load, Outcome

TICKS = os.sysconf("SC_CLK_TCK")
GIVEN_UP_AFTER = 60.0
POLLED_EVERY = 0.05
PATIENCE = 10.0
LAST_WORDS = 2_000


class Server(NamedTuple):
    """A server that answers on a port of this machine: the process that starts the others."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """Return the seconds of processor that its processes have used so far."""
        return sum(map(_seconds_of, family(self.process.pid)))

    def kill(self) -> None:
        """End every process of it, without a word of warning."""
        for pid in family(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(
    command: Sequence[str], *, port: int, log: Path, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Start a server and wait until it answers; whatever is left of it is killed in the end."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(process, port)
    try:
        _wait(server, log)
        yield server
    finally:
        end(server)


def end(server: Server) -> None:
    """End a server in its own order, and by force what does not end."""
    if server.process.poll() is None:
        server.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.process.wait(timeout=PATIENCE)
    if server.process.poll() is None:
        server.kill()


@contextmanager
def serving_archive(archive: Path, *, workers: int = 2) -> Iterator[Server]:
    """Serve an archive by the real command."""
    port = free_port()
    command = [EXEUNT, "serve", str(archive), "--port", str(port), "--workers", str(workers)]
    with serving(command, port=port, log=archive.with_suffix(".log")) as server:
        yield server


def read_by_many(load: Load) -> Outcome:
    """Let readers read in a process of their own, so that their work is not the server's."""
    done = subprocess.run(
        [sys.executable, "-m", "measuring.readers"],
        cwd=BENCHMARKS,
        input=json.dumps(load._asdict()),
        capture_output=True,
        text=True,
        check=True,
    )
    return Outcome(**json.loads(done.stdout))


def free_port() -> int:
    """Return a port of this machine that nobody uses at present."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def family(pid: int) -> list[int]:
    """Return a process and all that it, and those that it started, have started."""
    parents = {
        int(path.name): int(fields[1])
        for path in Path("/proc").iterdir()
        if path.name.isdecimal() and (fields := _fields(int(path.name)))
    }
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _seconds_of(pid: int) -> float:
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _fields(pid: int) -> list[str]:
    """Return what Linux tells of a process, from its state on; nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _wait(server: Server, log: Path) -> None:
    give_up = monotonic() + GIVEN_UP_AFTER
    while not _answers(server.port):
        if server.process.poll() is not None or monotonic() > give_up:
            said = log.read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"the server never answered:\n{said[-LAST_WORDS:]}")
        sleep(POLLED_EVERY)


def _answers(port: int) -> bool:
    connection = HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/")
        return bool(connection.getresponse().status)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
