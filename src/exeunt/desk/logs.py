"""What goes into the log of a server: where something failed, never what was in its hands."""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlacesOnly(logging.Formatter):
    """Writes of an exception its kind and its places in the code, and leaves out what it says.

    A database quotes the row that it refused, a decoder the bytes: an exception's words may hold
    a name.
    """

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's name
        """Return the kinds and places of an exception and of those it came from."""
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: ARG002, N802 - logging's names
        """Return nothing: a stack without an exception tells no more than the entry itself."""
        return ""


def _told(fault: BaseException) -> Iterator[str]:
    earlier = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if earlier is not None:
        yield from _told(earlier)
        yield "then"
    yield f"{type(fault).__module__}.{type(fault).__qualname__}"
    for frame in traceback.extract_tb(fault.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
