"""A codebook on its way from a child to its parent, as plain values."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from exeunt.methods.codebooks import Code, Codebook, Level, Scale, Unit, problems_of
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import (
    Plain,
    list_in,
    names_in,
    number_in,
    or_none,
    sentence_in,
    sentence_written,
    text_in,
)
from exeunt.stages.coding.intake.codebook_draft import CodebookDraft

CODE_FIELDS = (
    "key",
    "label",
    "definition",
    "dimension",
    "parent",
    "use_when",
    "not_when",
    "note",
    "guid",
)


class CodebookReader(Protocol):
    """Takes the bytes of a file and its name, and gives a draft or refuses the file."""

    def __call__(self, data: bytes, *, file: str) -> CodebookDraft:
        """Read one codebook."""


def codebook_told(read: CodebookReader, handed: Handed) -> Iterator[Plain]:
    """Read a codebook and tell it as plain values."""
    with handed.open() as stream:
        yield codebook_plain(read(stream.read(), file=handed.name))


def codebook_plain(draft: CodebookDraft) -> Plain:
    """Make plain values of a codebook."""
    codebook, scale = draft.codebook, draft.codebook.scale
    return {
        "slug": codebook.slug,
        "title": codebook.title,
        "unit": codebook.unit,
        "source": codebook.source,
        "codes": [[getattr(code, name) for name in CODE_FIELDS] for code in codebook.codes],
        "level": scale.level,
        "values": [[number, meaning] for number, meaning in scale.values.items()],
        "unknown": scale.unknown,
        "not_applicable": scale.not_applicable,
        "blank": scale.blank,
        "dropped": [sentence_written(says) for says in draft.dropped],
    }


def codebook_heard(told: Plain) -> CodebookDraft:
    """Take a codebook from what a child told; raises ValueError where it is none."""
    parts = names_in(told)
    codebook = Codebook(
        slug=text_in(parts["slug"]),
        title=text_in(parts["title"]),
        codes=tuple(map(_code, list_in(parts["codes"]))),
        unit=Unit(text_in(parts["unit"])),
        scale=_scale(parts),
        source=text_in(parts["source"]),
    )
    if problems_of(codebook):
        raise ValueError("a codebook that cannot be used")
    return CodebookDraft(codebook, tuple(map(sentence_in, list_in(parts["dropped"]))))


def _code(values: Plain) -> Code:
    named = dict(zip(CODE_FIELDS, list_in(values), strict=True))
    parent = or_none(text_in, named.pop("parent"))
    return Code(parent=parent, **{name: text_in(value) for name, value in named.items()})


def _scale(parts: Mapping[str, Plain]) -> Scale:
    pairs = [list_in(pair) for pair in list_in(parts["values"])]
    return Scale(
        level=Level(text_in(parts["level"])),
        values=MappingProxyType({number_in(n): text_in(meaning) for n, meaning in pairs}),
        unknown=or_none(number_in, parts["unknown"]),
        not_applicable=or_none(number_in, parts["not_applicable"]),
        blank=text_in(parts["blank"]),
    )
