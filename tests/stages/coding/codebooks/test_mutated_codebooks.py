"""Damaged codebooks: a refusal in words or a codebook that can be used, and nothing else."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exeunt.errors import BadInput
from exeunt.methods.codebooks import Code, Codebook, problems_of
from exeunt.stages.coding.formats import write_codebook
from exeunt.stages.coding.intake import codebook_csv, codebook_qdc, codebook_yaml

BOOK = Codebook(
    "reasons",
    "Reasons",
    (
        Code("L1", "In-fighting", definition="Left …", dimension="leaving", note="a\nb"),
        Code("L1.1", "Spies", parent="L1"),
    ),
)
READERS = {
    "yaml": codebook_yaml.read_codebook,
    "csv": codebook_csv.read_codebook,
    "qdc": codebook_qdc.read_codebook,
}
PIECES = (
    b"\x00",
    b'"',
    b"\n",
    b"&x ",
    b"*x",
    b"- ",
    b": ",
    b"{",
    b"[",
    b"<Code>",
    b"</Code>",
    b"!!x ",
)


@st.composite
def mutated(draw, data):
    mutant = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(mutant)))
        end = start + draw(st.integers(0, 30))
        piece = (
            st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(bytes(mutant[start:end] * 2))
        )
        mutant[start:end] = draw(piece)
    return bytes(mutant)


def reads_or_refuses(kind, mutant):
    with suppress(BadInput):
        assert problems_of(READERS[kind](mutant, file=f"b.{kind}").codebook) == []


@pytest.mark.parametrize("kind", sorted(READERS))
@given(data=st.data())
def test_a_mutated_codebook_is_refused_or_can_be_used(kind, data):
    reads_or_refuses(kind, data.draw(mutated(write_codebook(BOOK, kind))))


@given(data=st.data())
def test_the_same_holds_where_yaml_has_no_compiled_parser(data):
    mutant = data.draw(mutated(write_codebook(BOOK, "yaml")))
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        reads_or_refuses("yaml", mutant)
