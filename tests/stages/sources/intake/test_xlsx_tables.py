"""Workbooks: the first sheet, read like the CSV of the same content."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from exeunt.errors import BadInput


def workbook(rows, **sheets):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in sheets.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, change):
    """Return the workbook with its parts changed: change(name, bytes) -> (name, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return out.getvalue()


HEADER = ["account_id", "code", "value", "text"]
SMALL = workbook([HEADER, ["A1", "L1", 1, None]])


def test_a_workbook_reads_like_the_csv_of_the_same_content(reading):
    rows = [
        HEADER,
        ["A001", "L1", 1, "- Non, dit-il.\nEt il partit."],
        ["A002", "L2", -99, None],
        [None, None, None, None],
        ["A003", "L3", 0.5, "قال: تركت المجموعة"],
    ]
    csv = (
        'account_id,code,value,text\nA001,L1,1,"- Non, dit-il.\nEt il partit."\n'
        "A002,L2,-99,\n,,,\nA003,L3,0.5,قال: تركت المجموعة\n"
    )
    from_xlsx = list(reading(workbook(rows, Other=[]), "codings.xlsx").rows())
    assert from_xlsx == list(reading(csv).rows())
    assert [row for row, _ in from_xlsx] == [2, 3, 5]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-99, "-99"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (date(2015, 9, 18), "2015-09-18"),
        (datetime(2015, 9, 18, 14, 30), "2015-09-18T14:30:00"),
        (time(14, 30), "14:30:00"),
        ("007", "007"),
    ],
)
def test_values_become_the_text_that_a_person_sees(reading, value, text):
    table = reading(workbook([HEADER, ["A1", "L1", value, None]]), "codings.xlsx")
    assert [cells[2] for _, cells in table.rows()] == [text]


@pytest.mark.parametrize(
    ("value", "says"),
    [("=SUM(A1:A2)", "holds a formula"), ("#N/A", "shows the error #N/A")],
)
def test_formulas_and_errors_are_refused_with_their_cell(reading, value, says):
    table = reading(workbook([HEADER, ["A1", "L1", 1, value]]), "codings.xlsx")
    with pytest.raises(BadInput, match=says) as refused:
        list(table.rows())
    assert (refused.value.problems[0].row, refused.value.problems[0].column) == (2, "D")


def test_a_wrong_note_of_the_size_loses_no_rows(reading):
    def shrink(name, data):
        return name, data.replace(b'<dimension ref="A1:D3"', b'<dimension ref="A1:A1"')

    data = workbook([HEADER, ["A1", "L1", 1, None], ["A2", "L2", 0, None]])
    assert len(list(reading(repacked(data, shrink), "codings.xlsx").rows())) == 2


def test_a_row_number_beyond_any_sheet_is_refused_and_not_counted_up_to(reading):
    def far(name, data):
        return name, data.replace(b'<row r="2"', b'<row r="999999999"').replace(
            b'"A2"', b'"A999999999"'
        )

    with pytest.raises(BadInput, match="1,048,576"):
        list(reading(repacked(SMALL, far), "codings.xlsx").rows())


def test_a_row_that_reaches_too_far_right_is_refused(reading):
    wide = ["A1", "L1", 1, None, *[None] * 300, "x"]
    # 4 + 300 + 1 = 305 columns, the last of which is KS.
    with pytest.raises(BadInput, match="row 2: The row reaches to column KS"):
        list(reading(workbook([HEADER, wide]), "codings.xlsx").rows())


@pytest.mark.parametrize("name", ["../../evil.xml", "/evil.xml", "..\\evil.xml"])
def test_a_part_that_points_outside_is_refused(reading, name):
    out = io.BytesIO(SMALL)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(BadInput, match="points outside"):
        reading(out.getvalue(), "codings.xlsx")


def test_a_bomb_is_refused_by_its_ratio_before_it_is_unpacked(reading):
    def swell(name, data):
        # Three million blanks pack to some three thousand bytes, about 1,000 to 1.
        return name, data + b" " * 3_000_000 if name.endswith("sheet1.xml") else data

    with pytest.raises(BadInput, match="200 times its size"):
        reading(repacked(SMALL, swell), "codings.xlsx")


def test_too_many_parts_are_refused(reading):
    out = io.BytesIO(SMALL)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"x{number}", b"")
    with pytest.raises(BadInput, match="which is too much"):
        reading(out.getvalue(), "codings.xlsx")


def test_entities_are_refused(reading):
    def declare(name, data):
        if not name.endswith("sheet1.xml"):
            return name, data
        return name, b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data.split(b"?>", 1)[-1]

    with pytest.raises(BadInput, match="damaged"):
        list(reading(repacked(SMALL, declare), "codings.xlsx").rows())


@pytest.mark.parametrize(
    "data", [b"", b"code\nL1\n", SMALL[:500], b"\xd0\xcf\x11\xe0"], ids=["no", "CSV", "half", "old"]
)
def test_what_is_no_workbook_is_refused(reading, data):
    with pytest.raises(BadInput):
        reading(data, "codings.xlsx")


def test_a_workbook_with_data_on_two_sheets_is_refused_with_their_names(reading):
    with pytest.raises(BadInput, match=r"several sheets .Sheet, Other."):
        reading(workbook([HEADER], Other=[["x"]]), "codings.xlsx")


def test_a_hidden_sheet_is_not_passed_over_in_silence(reading):
    book = openpyxl.load_workbook(io.BytesIO(workbook([HEADER], Secret=[])))
    book["Secret"].sheet_state = "hidden"
    hidden = io.BytesIO()
    book.save(hidden)
    with pytest.raises(BadInput, match=r"hidden sheets .Secret."):
        reading(hidden.getvalue(), "codings.xlsx")


@pytest.mark.parametrize("cells", ["A2:A3", "A1:B1"])
def test_merged_cells_are_refused_for_all_but_the_first_are_empty(reading, cells):
    book = openpyxl.Workbook()
    for row in [HEADER, ["A1", "L1", 1, None], ["A2", "L1", 1, None]]:
        book.active.append(row)
    book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(BadInput, match=f"Cells are merged \\({cells} first\\)"):
        reading(out.getvalue(), "codings.xlsx")


def test_merged_cells_are_found_across_the_pieces_of_a_sheet(reading):
    filler = "x" * 300_000
    merged = workbook([HEADER, ["A1", "L1", 1, filler]])
    at_the_end = repacked(
        merged,
        lambda name, part: (
            name,
            part.replace(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells>'
            ),
        ),
    )
    with pytest.raises(BadInput, match="B2:B3 first"):
        reading(at_the_end, "codings.xlsx")
