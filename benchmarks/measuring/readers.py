"""Readers who open pages, as a process of its own: ``python -m measuring.readers``.

Takes a load as JSON on standard input and prints what came of it as JSON. Plain sockets and
nothing more, so that the load costs little of the processors that it is measured on.
"""

import asyncio
import json
import random
import sys
from collections.abc import Sequence
from time import perf_counter, process_time
from typing import NamedTuple

GIVEN_UP_AFTER = 30.0
REASONS_KEPT = 5
OK = b"200"


class Load(NamedTuple):
    """Who reads what: each page is a list of addresses that are asked for one after the other.

    ``pause`` is the mean time between two pages in seconds, drawn from an exponential
    distribution; 0 makes readers who never pause. ``ends`` is how a whole page ends.
    """

    port: int
    pages: list[list[str]]
    headers: list[str]
    readers: int
    seconds: float
    pause: float
    seed: int
    ends: str = ""


class Outcome(NamedTuple):
    """What came of a load; times are of whole pages, in milliseconds, sorted."""

    seconds: float
    took: list[float]
    octets: int
    errors: int
    reasons: list[str]
    used: float


class Reader:
    """One reader with one connection, which is made anew when the server has closed it."""

    def __init__(self, load: Load, number: int) -> None:
        """Be the reader of that number."""
        self.load = load
        self.chance = random.Random(f"{load.seed}/{number}")
        self.headers = load.headers[number % len(load.headers)]
        self.took: list[float] = []
        self.reasons: list[str] = []
        self.octets = 0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def read(self, until: float) -> None:
        """Open pages until the time is over, and stop thinking then."""
        if self.load.pause:
            await self._think(until, self.chance.uniform(0, self.load.pause))
        while perf_counter() < until:
            began = perf_counter()
            fault = await self._page(self.chance.choice(self.load.pages))
            self.took.append((perf_counter() - began) * 1e3)
            if fault:
                self.reasons.append(fault)
            if self.load.pause:
                await self._think(until, self.chance.expovariate(1 / self.load.pause))
        self._close()

    async def _think(self, until: float, seconds: float) -> None:
        await asyncio.sleep(max(0.0, min(seconds, until - perf_counter())))

    async def _page(self, addresses: Sequence[str]) -> str:
        for address in addresses:
            try:
                async with asyncio.timeout(GIVEN_UP_AFTER):
                    status, body = await self._answer(address)
            except (OSError, EOFError, ValueError, TimeoutError) as fault:
                self._close()
                return f"{address}: {fault!r}"
            self.octets += len(body)
            if status != OK or not body.rstrip().endswith(self.load.ends.encode()):
                return f"{address}: {status.decode()}"
        return ""

    async def _answer(self, address: str) -> tuple[bytes, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.load.port)
        reading, writing = self._streams
        writing.write(
            f"GET {address} HTTP/1.1\r\nHost: localhost:{self.load.port}\r\n"
            f"{self.headers}\r\n".encode()
        )
        head = (await reading.readuntil(b"\r\n\r\n")).lower()
        body = await _body(reading, head)
        if b"connection: close" in head:
            self._close()
        return head.split(b" ", 2)[1], body

    def _close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _body(reading: asyncio.StreamReader, head: bytes) -> bytes:
    """Read the body of an answer, whole or in chunks."""
    if b"content-length: " in head:
        length = head.split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0]
        return await reading.readexactly(int(length))
    if b"transfer-encoding: chunked" not in head:
        return await reading.read()
    parts = []
    while size := int(await reading.readline(), 16):
        parts.append(await reading.readexactly(size))
        await reading.readexactly(2)
    await reading.readexactly(2)
    return b"".join(parts)


async def read(load: Load) -> Outcome:
    """Let all read at once, and put together what they met."""
    began = perf_counter()
    readers = [Reader(load, number) for number in range(load.readers)]
    await asyncio.gather(*(reader.read(began + load.seconds) for reader in readers))
    reasons = [reason for reader in readers for reason in reader.reasons]
    return Outcome(
        seconds=perf_counter() - began,
        took=sorted(time for reader in readers for time in reader.took),
        octets=sum(reader.octets for reader in readers),
        errors=len(reasons),
        reasons=reasons[:REASONS_KEPT],
        used=process_time(),
    )


if __name__ == "__main__":
    print(json.dumps(asyncio.run(read(Load(**json.load(sys.stdin))))._asdict()))
