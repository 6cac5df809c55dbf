"""The nurse: a process that never sees a foreign byte, and forks a child for each file.

Run as ``python -I -m exeunt.sandbox.nurse`` by `nursery`, which speaks with it over its standard
input. A reader is loaded here before the fork, so that the child need not load it; the child then
locks itself in as every other does, reads its one file, and is gone.
"""

import os
import socket
from collections.abc import Mapping
from types import MappingProxyType

from exeunt.sandbox import child
from exeunt.sandbox.limits import LIMITS, Limits
from exeunt.sandbox.locks import (
    GUARDS,
    Guard,
    close_others,
    give_up_calls,
    leave_network,
    set_limits,
)
from exeunt.sandbox.readers import READERS

NAME_BYTES, NUMBER_BYTES = 64, 8
PIPES = 2
DOOR = 0


def main(readers: Mapping[str, str] = READERS) -> None:
    """Fork a child for every reader that is asked for, until nobody asks any more."""
    close_others(None)
    door = socket.socket(fileno=os.dup(DOOR))
    guards = _guards(networked=not leave_network(LIMITS))
    while True:
        asked, pipes, _, _ = socket.recv_fds(door, NAME_BYTES, PIPES)
        if len(asked) < NAME_BYTES or len(pipes) < PIPES:
            os._exit(0)
        name = asked.decode().strip()
        if name in readers:
            child.loaded(name, readers)
        number = os.fork()
        if number == 0:
            _be_child(pipes, readers, guards)
        for pipe in pipes:
            os.close(pipe)
        _tell(door, number)
        # Whoever asked ends the child first: until it is waited for, its number is nobody else's.
        if not door.recv(1):
            os._exit(0)
        _tell(door, os.waitpid(number, 0)[1])


def _be_child(pipes: list[int], readers: Mapping[str, str], guards: Mapping[str, Guard]) -> None:
    try:
        os.setsid()
        for place, pipe in enumerate(pipes):
            os.dup2(pipe, place)
        child.main(readers, guards)
    finally:
        os._exit(1)


def _guards(*, networked: bool) -> Mapping[str, Guard]:
    """Return how a child locks itself in, which has left the network with its nurse already."""

    def left(_limits: Limits) -> bool:
        return not networked

    return MappingProxyType(
        {**GUARDS, "limits": set_limits, "network": left, "calls": give_up_calls}
    )


def _tell(door: socket.socket, number: int) -> None:
    door.sendall(number.to_bytes(NUMBER_BYTES, "big"))


if __name__ == "__main__":
    main()
