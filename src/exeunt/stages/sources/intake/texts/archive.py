"""A ZIP of texts: its files one after another, told by a child; an archive within is not opened."""

import base64
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from exeunt.errors import Sentence, Word
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain, sentence_written
from exeunt.stages.sources.intake.containers import Kind, check_container, is_link
from exeunt.stages.sources.intake.documents import MEGABYTE

ARCHIVE = Kind(
    what=Word("archive"),
    unreadable="The archive is cut off or damaged; {anew}.",
    anew=Word("make it anew, or take its files in from a folder"),
    largest=1_000 * MEGABYTE,
    most=10_000,
    passes_links=True,
)
LARGEST_WITHIN = 20 * MEGABYTE
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar")
ASIDE = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
IS_LINK = Sentence("This is a link to another place, which is not followed; take the file itself.")
IS_HIDDEN = Sentence("Hidden files, which systems write for themselves, are passed over.")
IS_EMPTY = Sentence("The file is empty; check that the right one was saved.")
IS_ARCHIVE = Sentence(
    "An archive within an archive is not opened; unpack it and take its files in."
)


def told(handed: Handed, _options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell file after file to the parent: its name, and its bytes or why it was passed over."""
    with handed.open() as stream:
        members = check_container(stream, handed.name, ARCHIVE)
        container = zipfile.ZipFile(stream)
        for member in members:
            if member.is_dir():
                continue
            why = _passed_over(member)
            if why is not None:
                yield {"name": name_of(member), "passed": sentence_written(why)}
            else:
                data = base64.b64encode(container.read(member)).decode()
                yield {"name": name_of(member), "data": data}


def name_of(member: zipfile.ZipInfo) -> str:
    """Return a file's name; old programs write it in bytes of their own, and most mean UTF-8."""
    name = member.filename.replace("\\", "/")
    if member.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def passes_over(name: str) -> bool:
    """Tell whether a file is one that systems write for themselves."""
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") or part.casefold() in ASIDE for part in parts)


def _passed_over(member: zipfile.ZipInfo) -> Sentence | None:
    name = name_of(member)
    if passes_over(name):
        return IS_HIDDEN
    if is_link(member):
        return IS_LINK
    if name.casefold().endswith(ARCHIVES):
        return IS_ARCHIVE
    if member.file_size == 0:
        return IS_EMPTY
    if member.file_size > LARGEST_WITHIN:
        says = "Within an archive a file has {most:,.0f} MB at most; take this one in by itself."
        return Sentence(says, most=LARGEST_WITHIN / MEGABYTE)
    return None
