"""Damaged tables: a refusal in words or rows of text, and never anything else."""

import io
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.documents import document_of
from tests.making.tables import table_here

COLUMNS = (Column("code"), Column("text", long=True, required=False))


def _workbook():
    book = openpyxl.Workbook()
    book.active.append(["code", "text"])
    book.active.append(["L1", "a, b"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


VALID = {
    "t.csv": b'\xef\xbb\xbfcode;text\r\nL1;"a ""b""\nc"\r\nL2;\r\n',
    "u.csv": 'code,text\nL1,"أ"\n'.encode("utf-16"),
    "t.jsonl": b'{"code": "L1", "text": "a"}\n{"code": -1.5e3}\n',
    "t.xlsx": _workbook(),
}


@st.composite
def mutated(draw, data):
    """Replace, delete, double or cut a few stretches of the bytes."""
    mutant = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(mutant)))
        end = start + draw(st.integers(0, 12))
        piece = draw(
            st.sampled_from([b"", b"\x00", b'"', b"\n", b"\xff\xfe", b"PK", mutant[start:end] * 2])
        )
        mutant[start:end] = piece or draw(st.binary(max_size=6))
    return bytes(mutant)


@pytest.mark.parametrize("name", sorted(VALID))
@given(data=st.data())
def test_a_mutated_table_is_refused_or_read(name, data):
    mutant = data.draw(mutated(VALID[name]))
    with suppress(BadInput):
        for row, cells in table_here(document_of(mutant, name=name), COLUMNS).rows():
            assert row >= 1
            assert all(isinstance(cell, str) for cell in cells)


@pytest.mark.parametrize("name", sorted(VALID))
def test_the_unmutated_table_is_read(name):
    assert list(table_here(document_of(VALID[name], name=name), COLUMNS).rows())
