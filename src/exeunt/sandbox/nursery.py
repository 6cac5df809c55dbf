"""Children for many files one after another: a process each, without loading the reader anew.

For an import of hundreds of files. Each file still has a child of its own, which has seen no
other; what is shared is the process that it was forked from, which sees none at all.
"""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from typing import IO

from exeunt.errors import Refusal

# All that a child finds in its environment; the parent's holds secrets.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
NURSE = ("-m", "exeunt.sandbox.nurse")
NAME_BYTES, NUMBER_BYTES = 64, 8
LOST = -9


class Born:
    """A child that a nurse has forked, with as much of a process as its parent needs."""

    def __init__(self, number: int, pipes: tuple[int, int], door: socket.socket) -> None:
        """Take its number, the ends of its pipes, and where to ask what became of it."""
        self.pid = number
        self.stdin: IO[bytes] | None = os.fdopen(pipes[0], "wb", 0)
        self.stdout: IO[bytes] | None = os.fdopen(pipes[1], "rb", 0)
        self.returncode = LOST
        self._door = door

    def wait(self) -> int:
        """Let the nurse bury the child, which has been ended, and return with what it left."""
        with suppress(OSError):
            self._door.sendall(b".")
            told = _exactly(self._door, NUMBER_BYTES)
            if told:
                self.returncode = os.waitstatus_to_exitcode(int.from_bytes(told, "big"))
        return self.returncode


class Nursery:
    """A nurse while an import runs; it is started with the first file, and anew if it is lost."""

    def __init__(self, nurse: tuple[str, ...] = NURSE) -> None:
        """Start nothing yet."""
        self._command = [sys.executable, "-I", *nurse]
        self._nurse: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None

    def __enter__(self) -> "Nursery":
        """Begin an import."""
        return self

    def __exit__(self, *_trouble: object) -> None:
        """Send the nurse away."""
        self.close()

    def close(self) -> None:
        """End the nurse, who has no child left."""
        if self._door is not None:
            self._door.close()
        if self._nurse is not None:
            self._nurse.kill()
            self._nurse.wait()
        self._nurse = self._door = None

    def born(self, reader: str) -> Born:
        """Have a child forked that is to read with this reader."""
        for _ in range(2):
            with suppress(OSError):
                found = self._asked(reader)
                if found is not None:
                    return found
            self.close()
        raise Refusal("No reader can be started on this machine just now; try again in a moment.")

    def _asked(self, reader: str) -> Born | None:
        door = self._opened()
        from_parent, to_child = os.pipe()
        from_child, to_parent = os.pipe()
        try:
            name = reader.encode().ljust(NAME_BYTES)
            socket.send_fds(door, [name], [from_parent, to_parent])
            told = _exactly(door, NUMBER_BYTES)
        except OSError:
            told = b""
        finally:
            os.close(from_parent)
            os.close(to_parent)
        if not told:
            os.close(to_child)
            os.close(from_child)
            return None
        return Born(int.from_bytes(told, "big"), (to_child, from_child), door)

    def _opened(self) -> socket.socket:
        if self._door is None:
            ours, theirs = socket.socketpair()
            with theirs:
                self._nurse = subprocess.Popen(
                    self._command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=ENVIRONMENT,
                    cwd="/",
                    start_new_session=True,
                )
            self._door = ours
        return self._door


def _exactly(door: socket.socket, count: int) -> bytes:
    """Return so many bytes; none where the other side has gone."""
    held = b""
    while len(held) < count:
        piece = door.recv(count - len(held))
        if not piece:
            return b""
        held += piece
    return held
