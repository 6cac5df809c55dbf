"""The child: loads one reader, locks itself in, reads, says what it found, and is gone.

Run as ``python -I -m exeunt.sandbox.child`` by `apart`. Nothing that it is told stands in its
arguments or its environment, where others could see it; all comes through its standard input.
"""

import io
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import BinaryIO, NamedTuple

from exeunt.errors import BadInput
from exeunt.sandbox.limits import Limits
from exeunt.sandbox.locks import GUARDS, Guard, close_others, lock
from exeunt.sandbox.readers import LARGE, NEEDS, READERS, Handed, Reader
from exeunt.sandbox.wire import (
    LENGTH_DIGITS,
    NO_MEMORY,
    UNKNOWN_READER,
    Plain,
    list_in,
    names_in,
    number_in,
    or_none,
    refusal_written,
    text_in,
    understood,
    written,
)

DONE = 0
HELD_BACK = 1 << 16
# Codecs that libraries load only when they meet them: by then no file can be opened.
CODECS = (
    "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "cp437", "latin_1",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
    "iso8859_2", "iso8859_6", "iso8859_15", "koi8_r", "mac_roman",
)  # fmt: skip


class Order(NamedTuple):
    """What the child was told to do: the reader, the bytes' name and size, and its limits."""

    reader: str
    name: str
    size: int
    descriptor: int | None
    options: Mapping[str, Plain]
    limits: Limits


class _Window(io.RawIOBase):
    """A view of an open file with a place of its own, so that it can be opened many times."""

    def __init__(self, descriptor: int, size: int) -> None:
        super().__init__()
        self.descriptor, self.size, self.place = descriptor, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = os.pread(self.descriptor, len(buffer), self.place)
        buffer[: len(block)] = block
        self.place += len(block)
        return len(block)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise OSError("before the first byte")
        self.place = base + offset
        return self.place

    def tell(self) -> int:
        return self.place


def main(readers: Mapping[str, str] = READERS, guards: Mapping[str, Guard] = GUARDS) -> None:
    """Do what standard input orders, and leave without looking back."""
    order = _order()
    close_others(order.descriptor)
    mouth = os.dup(1)
    os.dup2(2, 1)  # what a library prints goes nowhere
    reader = loaded(order.reader, readers)
    with os.fdopen(mouth, "wb", HELD_BACK) as saying:
        saying.write(written({"standing": lock(order.limits, guards)._asdict()}))
        saying.flush()
        try:
            _read(reader, order, saying)
            saying.flush()
        except MemoryError:
            os._exit(NO_MEMORY)
        os._exit(DONE)


def nothing(_handed: Handed, _options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Read nothing: what is asked is how the child stands."""
    return iter(())


def loaded(name: str, readers: Mapping[str, str]) -> Reader:
    """Load one reader of the list, and the codecs that it may meet; the rest stays unloaded."""
    if not name:
        return nothing
    if name not in readers:
        os._exit(UNKNOWN_READER)
    for codec in CODECS:
        import_module(f"encodings.{codec}")
    for library in LARGE:
        kept_out = library not in NEEDS.get(name, ())
        if kept_out and library not in sys.modules:
            sys.modules[library] = None  # type: ignore[assignment]
        elif not kept_out and sys.modules.get(library) is None:
            sys.modules.pop(library, None)
    module, _, function = readers[name].partition(":")
    found: Reader = getattr(import_module(module), function)
    return found


def _order() -> Order:
    length = int(_exactly(LENGTH_DIGITS), 16)
    told = names_in(understood(_exactly(length)))
    return Order(
        reader=text_in(told["reader"]),
        name=text_in(told["name"]),
        size=number_in(told["size"]),
        descriptor=or_none(number_in, told["descriptor"]),
        options=names_in(told["options"]),
        limits=Limits(*(number_in(limit) for limit in list_in(told["limits"]))),
    )


def _read(reader: Reader, order: Order, saying: BinaryIO) -> None:
    try:
        for value in reader(_handed(order), order.options):
            saying.write(written({"value": value}))
            saying.flush()
        saying.write(written({"end": True}))
    except BadInput as refused:
        saying.write(written({"refused": refusal_written(refused)}))
    except MemoryError:
        raise
    except Exception:
        # What went wrong is in terms of the bytes, so none of it is told.
        saying.write(written({"failed": True}))


def _handed(order: Order) -> Handed:
    if order.descriptor is None:
        data = _exactly(order.size)
        return Handed(order.name, order.size, lambda: io.BytesIO(data))
    descriptor, size = order.descriptor, order.size
    return Handed(order.name, size, lambda: io.BufferedReader(_Window(descriptor, size), HELD_BACK))


def _exactly(count: int) -> bytes:
    held = bytearray()
    while len(held) < count:
        block = os.read(0, min(count - len(held), 1 << 20))
        if not block:
            raise EOFError("the parent has hung up")
        held += block
    return bytes(held)


if __name__ == "__main__":
    main()
