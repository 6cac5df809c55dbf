"""Codebooks of every shape that is allowed."""

import unicodedata
from types import MappingProxyType

from hypothesis import strategies as st

from exeunt.methods.codebooks import Code, Codebook, Level, Scale, Unit

LETTERS = st.characters(categories=("L", "N", "P", "S"), include_characters=" '=+-@")


def one_form(text: str) -> str:
    """Write a label as every reader of tables does: trimmed, and each letter in one form."""
    return unicodedata.normalize("NFC", text.strip())


LINES = st.text(LETTERS, max_size=30).map(one_form)
WORDS = st.text(LETTERS, min_size=1, max_size=30).map(one_form).filter(bool)
PROSE = st.text(
    st.characters(
        categories=("L", "N", "P", "S", "M", "Zs"), include_characters="\n\t'=+-@#:\x85\u2028\u200f"
    ),
    max_size=60,
)
NUMBERS = st.none() | st.integers(-99, 99)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Draw a codebook in which a code may narrow any code before it."""
    keys = draw(st.lists(WORDS, min_size=1, max_size=5, unique=True))
    guids = draw(st.lists(st.uuids().map(str), min_size=5, max_size=5, unique=True))
    codes = tuple(
        Code(
            key=key,
            label=draw(WORDS),
            definition=draw(PROSE),
            dimension=draw(LINES),
            parent=draw(st.sampled_from([None, *keys[:place]])),
            use_when=draw(PROSE),
            not_when=draw(PROSE),
            note=draw(PROSE),
            guid=draw(st.sampled_from(["", guids[place]])),
        )
        for place, key in enumerate(keys)
    )
    return Codebook(
        slug=draw(WORDS),
        title=draw(LINES),
        codes=codes,
        unit=draw(st.sampled_from(Unit)),
        scale=draw(scales()),
        source=draw(LINES),
    )


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """Draw a scale with at least one value."""
    values = draw(st.dictionaries(st.integers(0, 9), LINES, min_size=1, max_size=4))
    return Scale(
        level=draw(st.sampled_from(Level)),
        values=MappingProxyType(values),
        unknown=draw(NUMBERS),
        not_applicable=draw(NUMBERS),
        blank=draw(LINES),
    )
