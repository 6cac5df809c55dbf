"""What documents that are ZIP containers share: the look before, their parts, their paragraphs."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from exeunt.errors import Sentence, Word
from exeunt.stages.sources.intake.containers import BLOCK_BYTES, Kind, check_container
from exeunt.stages.sources.intake.documents import MEGABYTE
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.draft import Gathering, Paragraph
from exeunt.stages.sources.intake.texts.xml_events import Listener, listen

DOCUMENT = Kind(
    what=Word("document"),
    unreadable="The document is cut off or damaged; {anew}.",
    anew=Word("open it where it was made and save it anew"),
    largest=300 * MEGABYTE,
)


class Packed:
    """A document's container that has been looked through."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Look through a container, or refuse it."""
        members = check_container(stream, name, DOCUMENT)
        self.name = name
        self.parts = frozenset(member.filename for member in members)
        self.container = zipfile.ZipFile(stream)

    def listen(self, part: str, listener: Listener) -> None:
        """Tell a listener what stands in one part."""
        if part not in self.parts:
            says = "The document is damaged or is not what its name says; {anew}."
            raise refusal(self.name, Sentence(says, anew=DOCUMENT.anew))
        listen(self._pieces(part), listener, name=self.name)

    def _pieces(self, part: str) -> Iterator[bytes]:
        with self.container.open(part) as stream:
            while piece := stream.read(BLOCK_BYTES):
                yield piece

    def refuse_macros(self) -> None:
        """Refuse a document that carries programs."""
        says = (
            "The document carries macros, which are programs; save it as .docx or .odt without "
            "them."
        )
        raise refusal(self.name, says)


class Paragraphs:
    """Paragraphs in the order in which they begin, though one may stand inside another."""

    def __init__(self, gathering: Gathering) -> None:
        """Begin with none."""
        self.gathering = gathering
        self.begun: list[list[str]] = []
        self.inside: list[list[str]] = []
        self.joins = False  # the mark between this paragraph and the next was deleted

    def begin(self) -> None:
        """Begin a paragraph, perhaps within another, or go on with one that has lost its end."""
        if self.joins and not self.inside:
            self.joins = False
            self.inside.append(self.begun[0])
            return
        pieces: list[str] = []
        self.begun.append(pieces)
        self.inside.append(pieces)

    def write(self, text: str) -> None:
        """Write into the paragraph that is open, if any is."""
        if self.inside:
            self.inside[-1].append(text)

    def end(self) -> None:
        """End the innermost paragraph, and hand over what is whole."""
        if self.inside:
            self.inside.pop()
        if not self.inside and not self.joins:
            self.hand_over()

    def hand_over(self) -> None:
        """Hand over every paragraph that was begun."""
        for pieces in self.begun:
            self.gathering.add(Paragraph("".join(pieces)))
        self.begun.clear()
        self.inside.clear()
