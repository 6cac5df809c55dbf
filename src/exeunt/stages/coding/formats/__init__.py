"""Codebooks in the formats that other programs and people read."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from exeunt.methods.codebooks import Codebook, problems_of
from exeunt.stages.coding.formats import codebook_csv, codebook_qdc, codebook_yaml

__all__ = ["CODEBOOK_WRITERS", "write_codebook"]

CODEBOOK_WRITERS: Mapping[str, Callable[[Codebook], bytes]] = MappingProxyType(
    {
        "yaml": codebook_yaml.write_codebook,
        "csv": codebook_csv.write_codebook,
        "qdc": codebook_qdc.write_codebook,
    }
)


def write_codebook(codebook: Codebook, kind: str) -> bytes:
    """Write a codebook as yaml, csv or qdc: UTF-8, line ends as LF, no byte order mark.

    Raises ValueError for another kind, and for a codebook that cannot be used.
    """
    if kind not in CODEBOOK_WRITERS:
        raise ValueError(f"codebooks are written as {', '.join(CODEBOOK_WRITERS)}, not {kind}")
    if problems := problems_of(codebook):
        raise ValueError("this codebook cannot be written: " + " ".join(problems))
    return CODEBOOK_WRITERS[kind](_with_lf(codebook))


def _with_lf(codebook: Codebook) -> Codebook:
    codes = tuple(
        replace(
            code,
            definition=_lf(code.definition),
            use_when=_lf(code.use_when),
            not_when=_lf(code.not_when),
            note=_lf(code.note),
        )
        for code in codebook
    )
    return replace(codebook, codes=codes)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
