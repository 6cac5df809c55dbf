"""A codebook from a workbook: the same table as in CSV."""

from collections.abc import Iterator, Mapping

from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.coding.intake.codebook_csv import NAMES, read_codebook_table
from exeunt.stages.coding.intake.codebook_draft import CodebookDraft
from exeunt.stages.coding.intake.codebook_told import codebook_told
from exeunt.stages.sources.intake import xlsx_rows
from exeunt.stages.sources.intake.documents import document_of


def told(handed: Handed, _options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the codebook to the parent: what a child is started for."""
    return codebook_told(read_codebook, handed)


def read_codebook(data: bytes, *, file: str = "codebook.xlsx") -> CodebookDraft:
    """Read a codebook from the bytes of an XLSX workbook, as if it were its CSV."""
    return read_codebook_table(xlsx_rows.table_of(document_of(data, name=file), NAMES))
