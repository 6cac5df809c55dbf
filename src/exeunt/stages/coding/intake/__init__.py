"""Codebooks and codings as other people's files hold them, read into plain values."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from exeunt.errors import Sentence
from exeunt.stages.coding.intake import codebook_csv, codebook_qdc, codebook_yaml
from exeunt.stages.coding.intake.codebook_draft import LARGEST_CODEBOOK, CodebookDraft
from exeunt.stages.sources.intake.documents import document_at
from exeunt.stages.sources.intake.problems import refusal

__all__ = ["CODEBOOK_READERS", "CodebookDraft", "read_codebook_file"]


class CodebookReader(Protocol):
    """Takes the bytes of a file and its name, and gives a draft or refuses the file."""

    def __call__(self, data: bytes, *, file: str) -> CodebookDraft:
        """Read one codebook."""


CODEBOOK_READERS: Mapping[str, CodebookReader] = MappingProxyType(
    {
        ".yaml": codebook_yaml.read_codebook,
        ".yml": codebook_yaml.read_codebook,
        ".csv": codebook_csv.read_codebook,
        ".xlsx": codebook_csv.read_codebook,
        ".qdc": codebook_qdc.read_codebook,
    }
)


def read_codebook_file(path: Path) -> CodebookDraft:
    """Read a codebook by the ending of its file: the codebook, and what was left behind."""
    document = document_at(path, limit=LARGEST_CODEBOOK)
    reader = CODEBOOK_READERS.get(document.ending)
    if reader is None:
        known = ", ".join(CODEBOOK_READERS)
        says = "Codebooks are read from {known}; save it as one of these."
        raise refusal(document.name, Sentence(says, known=known))
    with document.open() as stream:
        return reader(stream.read(), file=document.name)
