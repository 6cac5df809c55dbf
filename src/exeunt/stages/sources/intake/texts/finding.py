"""What somebody hands over, file by file: of a folder or a ZIP too, and none without a word."""

import base64
import binascii
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from exeunt.errors import BadInput, Sentence
from exeunt.sandbox.apart import believed, rows_apart
from exeunt.sandbox.limits import BULK
from exeunt.sandbox.wire import Plain, names_in, sentence_in, text_in
from exeunt.stages.sources.intake.documents import LARGEST_FILE, document_at
from exeunt.stages.sources.intake.tables import TABLE_ENDINGS
from exeunt.stages.sources.intake.texts import TEXT_ENDINGS
from exeunt.stages.sources.intake.texts.archive import (
    IS_EMPTY,
    IS_HIDDEN,
    IS_LINK,
    passes_over,
)
from exeunt.stages.sources.intake.texts.draft import LARGEST_TEXT_FILE

PACKED = ".zip"
PROJECTS = (".qdpx", ".qde")
LARGEST_ARCHIVE = 512 << 20
LONGEST_NAME = 1_000
IS_PROJECT = Sentence(
    "This is a project of a program for coding; take it in as a project, which brings its texts "
    "with their codings."
)
# A plain text is a text here, whatever tables may be called.
TABLES = frozenset(TABLE_ENDINGS) - frozenset(TEXT_ENDINGS)
TAKEN = (*TEXT_ENDINGS, *sorted(TABLES), PACKED)


class FoundFile(NamedTuple):
    """One file: its name with the folders in which it was found, and its bytes.

    ``says`` is why it was passed over, where it was. A table has a ``path``, and no bytes here.
    """

    name: str
    content: bytes = b""
    says: str = ""
    path: Path | None = None


def files_in(path: Path, *, called: str = "") -> Iterator[FoundFile]:
    """Yield the files of what was handed over, in the order of their names.

    ``called`` is its owner's name for it, where it lies here under another. What cannot be read
    is yielded with the sentence that says why.
    """
    name = called or path.name
    if path.is_dir() and not path.is_symlink():
        yield from _in_folder(path, name)
    else:
        yield from _in_file(path, name)


def how_many_in(path: Path) -> int | None:
    """Count the files of what was handed over; None where an archive is among them."""
    if path.suffix.casefold() == PACKED:
        return None
    if not path.is_dir() or path.is_symlink():
        return 1
    number = 0
    for _, _, files in os.walk(path):
        if any(name.casefold().endswith(PACKED) for name in files):
            return None
        number += len(files)
    return number


def _in_folder(folder: Path, name: str) -> Iterator[FoundFile]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as trouble:
        says = "The folder cannot be looked into ({reason}); ask its owner, or copy it."
        reason = trouble.strerror or str(trouble.errno)
        yield FoundFile(name, says=Sentence(says, reason=reason))
        return
    for entry in entries:
        below = f"{name}/{entry.name}"
        if passes_over(entry.name):
            yield FoundFile(below, says=IS_HIDDEN)
        elif entry.is_symlink():
            yield FoundFile(below, says=IS_LINK)
        elif entry.is_dir():
            yield from _in_folder(Path(entry.path), below)
        else:
            yield from _in_file(Path(entry.path), below)


def _in_file(path: Path, name: str) -> Iterator[FoundFile]:
    ending = Path(name).suffix.casefold()
    if ending in PROJECTS:
        yield FoundFile(name, says=IS_PROJECT)
        return
    try:
        if ending == PACKED:
            yield from _in_archive(path, name)
            return
        if ending in TABLES:
            document_at(path, limit=LARGEST_FILE)
            yield FoundFile(name, path=path)
            return
        with document_at(path, limit=LARGEST_TEXT_FILE).open() as stream:
            content = stream.read()
    except BadInput as refused:
        yield FoundFile(name, says=refused.problems[0].says)
        return
    yield FoundFile(name, content, says="" if content else IS_EMPTY)


def _in_archive(path: Path, name: str) -> Iterator[FoundFile]:
    document = document_at(path, limit=LARGEST_ARCHIVE)
    with document.open() as stream:
        told = rows_apart("pack.zip", stream, name=name, limits=BULK)
        with closing(told):
            for value in told:
                with believed(name):
                    found = archived(value, name)
                yield found


def archived(value: Plain, archive: str) -> FoundFile:
    """Take a file from what a child told; raises ValueError where it is none."""
    parts = names_in(value)
    name = f"{archive}/{text_in(parts['name'])[:LONGEST_NAME]}"
    if "passed" in parts:
        return FoundFile(name, says=sentence_in(parts["passed"]))
    if name.casefold().endswith(PROJECTS):
        return FoundFile(name, says=IS_PROJECT)
    if Path(name).suffix.casefold() in TABLES:
        says = "A table within an archive is not read; unpack it and take it in by itself."
        return FoundFile(name, says=Sentence(says))
    try:
        return FoundFile(name, base64.b64decode(text_in(parts["data"]), validate=True))
    except binascii.Error as trouble:
        raise ValueError("no bytes") from trouble
