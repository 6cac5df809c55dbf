"""The parent's side: start a child, hand it the bytes, and believe nothing that it says."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, suppress
from itertools import islice
from typing import BinaryIO, NamedTuple

from exeunt.errors import BadInput, Problem, Refusal, Sentence
from exeunt.sandbox.limits import LIMITS, MEGABYTE, Limits
from exeunt.sandbox.locks import Standing
from exeunt.sandbox.nursery import ENVIRONMENT, Born, Nursery
from exeunt.sandbox.wire import (
    LENGTH_DIGITS,
    NO_MEMORY,
    NOTHING,
    UNKNOWN_READER,
    Plain,
    names_in,
    refusal_in,
    understood,
    written,
)

Content = bytes | BinaryIO
Child = subprocess.Popen[bytes] | Born
CHILD = ("-m", "exeunt.sandbox.child")
BLOCK_BYTES = 1 << 16


class Asked(NamedTuple):
    """One file to be read apart: by which reader, under which name and limits."""

    reader: str
    content: Content
    name: str
    options: Mapping[str, Plain]
    limits: Limits
    nursery: Nursery | None = None


def read_apart(
    reader: str,
    content: Content,
    *,
    name: str,
    options: Mapping[str, Plain] = NOTHING,
    limits: Limits = LIMITS,
    child: tuple[str, ...] = CHILD,
    nursery: Nursery | None = None,
) -> Plain:
    """Have one reader make one plain value of foreign bytes, in a child process of its own.

    From a ``nursery`` the child comes with its reader loaded; its bytes are then at hand.
    Raises BadInput with what the reader found wrong, or with one sentence where the child was
    stopped or broke down. The value is foreign: check its shape under `believed`.
    """
    asked = Asked(reader, content, name, options, limits, nursery)
    with closing(_values(asked, child)) as told:
        values = list(islice(told, 2))
    if len(values) != 1:
        raise damaged(name)
    return values[0]


def rows_apart(
    reader: str,
    content: Content,
    *,
    name: str,
    options: Mapping[str, Plain] = NOTHING,
    limits: Limits = LIMITS,
    child: tuple[str, ...] = CHILD,
    nursery: Nursery | None = None,
) -> Generator[Plain, None, None]:
    """Have one reader make plain values of foreign bytes one after another, as they are taken.

    The child ends with the last value, or when the iterator is closed.
    """
    return _values(Asked(reader, content, name, options, limits, nursery), child)


class believed:  # noqa: N801
    """Turn a shape that no honest reader makes into the refusal of the file."""

    def __init__(self, name: str) -> None:
        """Take the name by which the file is refused."""
        self.name = name

    def __enter__(self) -> None:
        """Begin to look at what was said."""

    def __exit__(self, kind: type[BaseException] | None, trouble: object, _where: object) -> None:
        """Refuse the file if it was not what it should be."""
        if kind is not None and issubclass(kind, ValueError | TypeError | KeyError):
            raise damaged(self.name) from None


def damaged(name: str) -> BadInput:
    """Make the refusal of a file at which its reader broke down."""
    says = (
        "The file is damaged or is not what its name says; open it where it was made and save "
        "it anew."
    )
    return BadInput(Problem(says, file=name))


def standing(child: tuple[str, ...] = CHILD) -> Standing:
    """Start a child that reads nothing, and tell which protections hold for it."""
    talk = _Talk(Asked("", b"", "", NOTHING, LIMITS), child)
    for _ in talk.values():
        pass
    return talk.standing or Standing()


def _values(asked: Asked, child: tuple[str, ...]) -> Generator[Plain, None, None]:
    return _Talk(asked, child).values()


class _Talk:
    """One child from its start to its end."""

    def __init__(self, asked: Asked, child: tuple[str, ...]) -> None:
        self.asked = asked
        self.command = [sys.executable, "-I", *child]
        self.standing: Standing | None = None
        self.left = float(asked.limits.wall)

    def values(self) -> Generator[Plain, None, None]:
        """Yield what the child says until it has said all; leave no process behind."""
        process = self._started()
        try:
            ended = yield from self._said(process)
        finally:
            self._end(process)
        if not ended:
            raise self._why(process.returncode)

    def _started(self) -> Child:
        content = self.asked.content
        if self.asked.nursery is not None and isinstance(content, bytes):
            return self.asked.nursery.born(self.asked.reader)
        kept = () if isinstance(content, bytes) else (content.fileno(),)
        try:
            return subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=ENVIRONMENT,
                cwd="/",
                pass_fds=kept,
                start_new_session=True,
            )
        except OSError as trouble:
            raise Refusal(
                "No reader can be started on this machine just now; try again in a moment."
            ) from trouble

    def _said(self, process: Child) -> Generator[Plain, None, bool]:
        for line in self._lines(process):
            with believed(self.asked.name):
                told = names_in(understood(line))
                self._note(told)
            if "end" in told:
                return True
            if "value" in told:
                yield told["value"]
        return False

    def _note(self, told: Mapping[str, Plain]) -> None:
        if "refused" in told:
            raise refusal_in(told["refused"], file=self.asked.name)
        if "standing" in told:
            facts = names_in(told["standing"])
            self.standing = Standing(*(bool(facts[name]) for name in Standing._fields))
        elif not told.keys() & {"value", "end"}:
            raise ValueError("nothing that a child may say")

    def _lines(self, process: Child) -> Iterator[bytes]:
        held, total = bytearray(), 0
        for block in self._blocks(process):
            total += len(block)
            held += block
            if len(held) > self.asked.limits.line or total > self.asked.limits.said:
                raise self._too_much()
            if b"\n" in block:
                *lines, rest = held.split(b"\n")
                held = bytearray(rest)
                yield from map(bytes, lines)

    def _blocks(self, process: Child) -> Iterator[bytes]:
        """Yield what comes while handing over what is to be read, as long as there is time."""
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a child without pipes")
        ears, mouth = process.stdout.fileno(), process.stdin.fileno()
        os.set_blocking(mouth, False)
        pending = self._order()
        waiting = select.poll()
        waiting.register(ears, select.POLLIN)
        waiting.register(mouth, select.POLLOUT)
        while True:
            ready = self._wait(waiting)
            if mouth in ready:
                _send(mouth, pending)
                if not pending:
                    waiting.unregister(mouth)
            if ears in ready:
                block = os.read(ears, BLOCK_BYTES)
                if not block:
                    return
                yield block

    def _wait(self, waiting: select.poll) -> list[int]:
        began = time.perf_counter()
        ready = [descriptor for descriptor, _ in waiting.poll(max(self.left, 0) * 1000)]
        self.left -= time.perf_counter() - began
        if not ready or self.left <= 0:
            raise self._too_long()
        return ready

    def _order(self) -> list[memoryview]:
        content = self.asked.content
        order = written(
            {
                "reader": self.asked.reader,
                "name": self.asked.name,
                "size": _size_of(content),
                "descriptor": None if isinstance(content, bytes) else content.fileno(),
                "options": dict(self.asked.options),
                "limits": list(self.asked.limits),
            }
        )
        length = f"{len(order):0{LENGTH_DIGITS}x}".encode()
        parts = (length + order, content) if isinstance(content, bytes) else (length + order,)
        return [memoryview(part) for part in parts if part]

    def _end(self, process: Child) -> None:
        # Not waited for yet, so the number of the group cannot belong to anybody else.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()

    def _why(self, code: int) -> Exception:
        if code == UNKNOWN_READER:
            return LookupError(f"no reader “{self.asked.reader}”")
        if self.standing is None:
            return Refusal("The reader of foreign files does not start; install Exeunt anew.")
        if code == -signal.SIGXCPU:
            return self._too_long()
        if code in {NO_MEMORY, -signal.SIGKILL}:
            return self._too_much()
        return damaged(self.asked.name)

    def _too_long(self) -> BadInput:
        says = "Reading the file takes longer than {seconds} seconds; split it and try again."
        return self._refusal(Sentence(says, seconds=self.asked.limits.wall))

    def _too_much(self) -> BadInput:
        says = "Reading the file takes more than {most:,} MB of memory; split it and try again."
        return self._refusal(Sentence(says, most=self.asked.limits.memory // MEGABYTE))

    def _refusal(self, says: str) -> BadInput:
        return BadInput(Problem(says, file=self.asked.name))


def _send(mouth: int, pending: list[memoryview]) -> None:
    try:
        pending[0] = pending[0][os.write(mouth, pending[0]) :]
    except BlockingIOError:
        return
    except BrokenPipeError:
        pending.clear()  # it has stopped listening; what it said last tells why
        return
    if not pending[0]:
        del pending[0]


def _size_of(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else os.fstat(content.fileno()).st_size
