"""Whole coded projects of other programs, read into one plain shape, each in a child process."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from exeunt.errors import Sentence
from exeunt.sandbox.apart import believed, rows_apart
from exeunt.sandbox.limits import BULK, Limits
from exeunt.sandbox.wire import Plain
from exeunt.stages.coding.intake.project.telling import Counted, ProjectDraft, Unplaced, draft_heard
from exeunt.stages.sources.intake.documents import MEGABYTE, Document, document_at
from exeunt.stages.sources.intake.problems import refusal

__all__ = [
    "LARGEST_PROJECT",
    "PROJECT_READERS",
    "Counted",
    "ProjectDraft",
    "Unplaced",
    "read_project",
]

LARGEST_PROJECT = 500 * MEGABYTE
PROJECT_READERS: Mapping[str, str] = MappingProxyType(
    {".qdpx": "project.qdpx", ".sqlite3": "project.taguette"}
)
NOTHING: Mapping[str, str] = MappingProxyType({})


def read_project(
    path: Path,
    *,
    named: str = "",
    countings: Mapping[str, str] = NOTHING,
    limits: Limits = BULK,
) -> ProjectDraft:
    """Read a project by the ending of its file, with the places of its selections found.

    ``named`` is what its owner calls the file. ``countings`` says how the places of a text were
    counted, by the text's name or GUID, or of all by ``*``; what is not said is found out.
    """
    found = document_at(path, limit=LARGEST_PROJECT)
    document = Document(named or found.name, found.size, found.open)
    reader = _reader_of(document)
    options: Mapping[str, Plain] = {"countings": dict(countings)}
    with document.open() as stream:
        told = rows_apart(reader, stream, name=document.name, options=options, limits=limits)
        with closing(told), believed(document.name):
            return draft_heard(told)


def _reader_of(document: Document) -> str:
    if document.size == 0:
        raise refusal(document.name, "The file is empty; check that the right one was saved.")
    reader = PROJECT_READERS.get(document.ending)
    if reader is None:
        known = ", ".join(PROJECT_READERS)
        says = "Projects are read from {known}; export it as one of these."
        raise refusal(document.name, Sentence(says, known=known))
    return reader
