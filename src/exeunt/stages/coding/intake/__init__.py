"""Codebooks and codings as other people's files hold them, read into plain values."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from exeunt.errors import Sentence
from exeunt.sandbox.apart import believed, read_apart
from exeunt.stages.coding.intake.codebook_draft import LARGEST_CODEBOOK, CodebookDraft
from exeunt.stages.coding.intake.codebook_told import codebook_heard
from exeunt.stages.sources.intake.documents import document_at
from exeunt.stages.sources.intake.problems import refusal

__all__ = ["CODEBOOK_READERS", "CodebookDraft", "read_codebook_file"]

CODEBOOK_READERS: Mapping[str, str] = MappingProxyType(
    {
        ".yaml": "codebook.yaml",
        ".yml": "codebook.yaml",
        ".csv": "codebook.csv",
        ".xlsx": "codebook.xlsx",
        ".qdc": "codebook.qdc",
    }
)


def read_codebook_file(path: Path) -> CodebookDraft:
    """Read a codebook by the ending of its file: the codebook, and what was left behind.

    Its reader runs in a child process.
    """
    document = document_at(path, limit=LARGEST_CODEBOOK)
    reader = CODEBOOK_READERS.get(document.ending)
    if reader is None:
        known = ", ".join(CODEBOOK_READERS)
        says = "Codebooks are read from {known}; save it as one of these."
        raise refusal(document.name, Sentence(says, known=known))
    with document.open() as stream:
        told = read_apart(reader, stream, name=document.name)
    with believed(document.name):
        return codebook_heard(told)
