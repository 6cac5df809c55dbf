"""The one list of what a child may call; nothing else can be asked of it.

The readers lie on a floor above, so they are named here and never imported: only the child
loads the one that it was told to.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from exeunt.sandbox.wire import Plain

SOURCES = "exeunt.stages.sources.intake"
CODING = "exeunt.stages.coding.intake"

READERS: Mapping[str, str] = MappingProxyType(
    {
        "table.csv": f"{SOURCES}.csv_rows:told",
        "table.jsonl": f"{SOURCES}.jsonl_rows:told",
        "table.xlsx": f"{SOURCES}.xlsx_rows:told",
        "codebook.csv": f"{CODING}.codebook_csv:told",
        "codebook.qdc": f"{CODING}.codebook_qdc:told",
        "codebook.xlsx": f"{CODING}.codebook_xlsx:told",
        "codebook.yaml": f"{CODING}.codebook_yaml:told",
        "pack.zip": f"{SOURCES}.texts.archive:told",
        "page.pdf": f"{SOURCES}.texts.pdf.images:told",
        "project.qdpx": f"{CODING}.project.qdpx:told",
        "project.taguette": f"{CODING}.project.taguette:told",
        "text.docx": f"{SOURCES}.texts.docx:told",
        "text.html": f"{SOURCES}.texts.webpage:told",
        "text.md": f"{SOURCES}.texts.markdown:told",
        "text.odt": f"{SOURCES}.texts.odt:told",
        "text.pdf": f"{SOURCES}.texts.pdf.reading:told",
        "text.rtf": f"{SOURCES}.texts.rtf:told",
        "text.srt": f"{SOURCES}.texts.srt:told",
        "text.txt": f"{SOURCES}.texts.txt:told",
        "text.vtt": f"{SOURCES}.texts.vtt:told",
    }
)

# Libraries that are large, and that readers use where they find them: only these are let have them.
LARGE = ("numpy", "lxml", "PIL")
NEEDS: Mapping[str, frozenset[str]] = MappingProxyType({"text.html": frozenset({"lxml"})})


class Handed(NamedTuple):
    """The foreign bytes as a child's reader gets them; each opening begins at the first byte."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


Reader = Callable[[Handed, Mapping[str, Plain]], Iterator[Plain]]
