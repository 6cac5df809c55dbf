"""A whole project in REFI-QDA's exchange format (.qdpx): a container of one .qde and its texts.

Source: REFI-QDA Standard 1.5, sections 8.1 (container) and 8.3 (paths of sources). Some programs
name the .qde after the project, and the folder `Sources` instead of `sources`; both are read.
"""

import codecs
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from exeunt.errors import BadInput, Sentence, Word
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain, names_in, text_in
from exeunt.stages.coding.intake.project.assembly import Assembly
from exeunt.stages.coding.intake.project.elements import Elements
from exeunt.stages.coding.intake.project.placing import Placing
from exeunt.stages.coding.intake.project.raw import RawText
from exeunt.stages.coding.intake.project.telling import head_told, text_told
from exeunt.stages.sources.intake.containers import BLOCK_BYTES, Kind, check_container
from exeunt.stages.sources.intake.documents import MEGABYTE
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.xml_events import listen

PROJECT = Kind(
    what=Word("project"),
    unreadable="This is no project in the exchange format (.qdpx), or it is damaged; {anew}.",
    anew=Word("export it anew"),
    largest=1_000 * MEGABYTE,
    most=20_000,
)
MOST_CHARACTERS = 50_000_000
WITHIN = "internal://"
PACKED = (".zip", ".qdpx", ".7z", ".rar", ".tar", ".gz", ".bz2", ".xz", ".zst")
ZIP_MARK = b"PK\x03\x04"


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the project to the parent: what a child is started for."""
    with handed.open() as stream:
        parts = Parts(stream, handed.name)
        elements = Elements(handed.name)
        listen(parts.pieces(parts.project), elements, name=handed.name)
        assembly = Assembly(elements.project, elements.codebook, parts.words_of)
        placing = Placing(assembly, _countings(options))
        placed = list(placing.texts())
        yield head_told(assembly.head())
        for text, choice in placed:
            yield text_told(text, choice)


def _countings(options: Mapping[str, Plain]) -> Mapping[str, str]:
    wanted = names_in(options.get("countings", {}))
    return {name: text_in(counting) for name, counting in wanted.items()}


class Parts:
    """The parts of a project's container, once it was found sound."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Look through a container, or refuse it."""
        members = check_container(stream, name, PROJECT)
        self.name = name
        self.container = zipfile.ZipFile(stream)
        self.parts = {member.filename.replace("\\", "/").casefold(): member for member in members}
        for part in self.parts:
            if part.endswith(PACKED):
                says = "The project holds the archive “{part}”; unpack it and export anew."
                raise refusal(name, Sentence(says, part=part[:200]))
        self.project = self._project()
        self.characters = 0

    def _project(self) -> str:
        found = [part for part in self.parts if part.endswith(".qde") and "/" not in part]
        if len(found) != 1:
            says = (
                "The container holds {count} project files (.qde) where it should hold one; "
                "export the project anew."
            )
            raise refusal(self.name, Sentence(says, count=len(found)))
        return found[0]

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield a part piece by piece."""
        with self.container.open(self.parts[part]) as stream:
            while piece := stream.read(BLOCK_BYTES):
                yield piece

    def words_of(self, text: RawText) -> str | None:
        """Return a text as the file stores it; None where only its layout is given."""
        if text.content is not None:
            return self._counted(text.content)
        if not text.plain:
            return None
        where = self._where(text.plain)
        if where is None:
            raise self._missing(text)
        return self._counted(_decoded(b"".join(self.pieces(where)), text, name=self.name))

    def _where(self, path: str) -> str | None:
        if not path.startswith(WITHIN):
            return None
        inside = PurePosixPath(path.removeprefix(WITHIN).lstrip("/").casefold())
        wanted = (f"sources/{inside}", str(inside), f"sources/{inside.name}")
        return next((part for part in wanted if part in self.parts), None)

    def _missing(self, text: RawText) -> BadInput:
        says = (
            "The text “{name}” should be at “{path}”, which is not in the file; export the "
            "project anew, with its sources inside."
        )
        return refusal(
            self.name, Sentence(says, name=text.name[:200], path=(text.plain or "")[:200])
        )

    def _counted(self, words: str) -> str:
        self.characters += len(words)
        if self.characters > MOST_CHARACTERS:
            says = "The texts have more than {most:,} characters; export a part at a time."
            raise refusal(self.name, Sentence(says, most=MOST_CHARACTERS))
        return words


def _decoded(data: bytes, text: RawText, *, name: str) -> str:
    """Decode a text as UTF-8, or as UTF-16 with its mark; keep a byte order mark that it has."""
    if data.startswith(ZIP_MARK):
        says = "The text “{name}” is an archive, not plain text; export the project anew."
        raise refusal(name, Sentence(says, name=text.name[:200]))
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return "\ufeff" + data.decode("utf-16") if wide else data.decode("utf-8")
    except UnicodeDecodeError as trouble:
        says = "The text “{name}” is not UTF-8 (byte {place}, counted from 0); export anew."
        raise refusal(name, Sentence(says, name=text.name[:200], place=trouble.start)) from trouble
