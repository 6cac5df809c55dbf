"""XML as a stream of events: no tree is built, and nothing in it is fetched or expanded."""

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from exeunt.errors import Sentence
from exeunt.stages.sources.intake.problems import refusal

DEEPEST = 200
BETWEEN = " "  # the namespace, this, and the name
DAMAGED = Sentence("A part of the document is damaged; open it where it was made and save it anew.")


class Listener(Protocol):
    """Is told of elements and text, in the order of the file."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Be told that an element begins."""

    def text(self, text: str) -> None:
        """Be told a piece of text."""

    def end(self, tag: str) -> None:
        """Be told that an element ends."""


def listen(pieces: Iterable[bytes], listener: Listener, *, name: str) -> None:
    """Tell a listener what stands in XML; a document type, or elements too deep, are refused."""
    _Parsing(listener, name).feed(pieces)


class _Parsing:
    """One parser with its hooks; refusals come out as they were raised."""

    def __init__(self, listener: Listener, name: str) -> None:
        self.listener = listener
        self.name = name
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator=BETWEEN)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = listener.text
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.ExternalEntityRefHandler = self.refuse

    def feed(self, pieces: Iterable[bytes]) -> None:
        try:
            for piece in pieces:
                self.parser.Parse(piece, False)  # noqa: FBT003
            self.parser.Parse(b"", True)  # noqa: FBT003
        except (expat.ExpatError, ValueError, LookupError) as trouble:
            raise refusal(self.name, DAMAGED) from trouble

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            says = "The document is nested more than {deepest} deep; save it anew as plain text."
            raise refusal(self.name, Sentence(says, deepest=DEEPEST))
        self.listener.start(tag, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.listener.end(tag)

    def refuse(self, *_declared: object) -> int:
        says = (
            "The document declares a document type or entities, which are not read; save it anew."
        )
        raise refusal(self.name, says)


def local(tag: str) -> str:
    """Return an element's name without its namespace.

    >>> local("urn:x p")
    'p'
    """
    return tag.rpartition(BETWEEN)[2]
