"""Codebooks as tables."""

import io

import openpyxl
import pytest

from exeunt.errors import BadInput
from exeunt.methods.codebooks import Code, Codebook, Level
from exeunt.stages.coding.formats import write_codebook
from exeunt.stages.coding.intake import codebook_xlsx
from exeunt.stages.coding.intake.codebook_csv import read_codebook


def test_two_columns_are_enough():
    codebook = read_codebook(b"code,label\nL1,In-fighting\n", file="Our codes.csv").codebook
    assert codebook == Codebook("our-codes", "", (Code("L1", "In-fighting"),))


def test_a_workbook_serves_as_well():
    book = openpyxl.Workbook()
    for row in [["code", "label", "parent"], ["L1", "In-fighting", None], [1.1, "Spies", "L1"]]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    codebook = codebook_xlsx.read_codebook(out.getvalue(), file="b.xlsx").codebook
    assert [(code.key, code.parent) for code in codebook] == [("L1", None), ("1.1", "L1")]


def test_french_and_arabic_headers_are_known():
    data = "clé;libellé;définition\nL1;Luttes;Une définition\n".encode()
    assert read_codebook(data, file="b.csv").codebook.codes[0].definition == "Une définition"
    data = "الرمز,التسمية\nL1,اقتتال\n".encode()
    assert read_codebook(data, file="b.csv").codebook.codes[0].label == "اقتتال"


def test_cells_that_a_spreadsheet_would_run_are_written_with_an_apostrophe():
    codebook = Codebook("b", "B", (Code("@L1", "=1+1", definition="-Non\n=2", note="'=x"),))
    cells = write_codebook(codebook, "csv").decode().splitlines()[1].split(",")
    assert (cells[0], cells[3], cells[4]) == ("'@L1", "'=1+1", "\"'-Non")
    assert read_codebook(write_codebook(codebook, "csv"), file="b.csv").codebook == codebook


def test_what_holds_for_the_whole_may_stand_in_any_row():
    data = b'code,label,scale,values\nL1,a,,\nL2,b,ordinal,"0 = none\n2 = large"\n'
    scale = read_codebook(data, file="b.csv").codebook.scale
    assert (scale.level, dict(scale.values)) == (Level.ORDINAL, {0: "none", 2: "large"})


@pytest.mark.parametrize(
    ("data", "row", "column", "says"),
    [
        ("code,label\nL1,a\nL1,b\n", 3, None, "twice"),
        ("code,label\nL1,\n", 2, None, "needs a key and a label"),
        ("code,label,parent\nL1,a,L2\n", 2, None, "parent L2"),
        ("code,label,title\nL1,a,T\nL2,b,U\n", 3, "title", "an earlier row says otherwise"),
        ("code,label,unit\nL1,a,acount\n", 2, "unit", "Did you mean “account”"),
        ("code,label,unknown\nL1,a,x\n", 2, "unknown", "whole number"),
        ("code,label,values\nL1,a,many\n", 2, "values", "is not a value"),
        ("code,label\n=1,a\n", 2, "code", "formula"),
        ("code\nL1\n", 1, "label", "missing"),
    ],
)
def test_a_fault_is_told_at_its_row(data, row, column, says):
    with pytest.raises(BadInput) as refused:
        read_codebook(data.encode(), file="b.csv")
    found = [(p.row, p.column) for p in refused.value.problems if says in p.says]
    assert found == [(row, column)]
