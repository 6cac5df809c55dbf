"""CSV files, as people and their spreadsheets write them."""

import hashlib

import pytest

from exeunt.errors import BadInput

TWO_ROWS = [(2, ("A001", "L1", "1", "")), (3, ("A002", "L2", "-99", ""))]
PLAIN = "account_id,code,value\nA001,L1,1\nA002,L2,-99\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
        b"\xef\xbb\xbfsep=\t\n" + PLAIN.replace(",", "\t").encode(),
        PLAIN.rstrip().encode(),
        (PLAIN + "\n , ,\n\n").encode(),
        PLAIN.replace("\n", ",,\n").encode(),
        PLAIN.replace("L1", " L1\u00a0\u200f").encode(),
    ],
    ids=[
        "plain",
        "with a byte order mark",
        "UTF-16",
        "UTF-16, high byte first",
        "CRLF",
        "CR",
        "semicolons",
        "tabs",
        "sep= line",
        "sep= line with a tab and a mark",
        "no last line end",
        "blank rows at the end",
        "trailing separators",
        "spaces and unseen marks around a label",
    ],
)
def test_the_same_table_reads_the_same_however_it_was_saved(reading, data):
    assert list(reading(data).rows()) == TWO_ROWS


def test_a_separator_inside_a_name_does_not_mislead(reading):
    # By count the comma would win (two against one); by known names the semicolon does.
    table = reading('account_id;"code"\n"A,0,1";L1\n')
    assert list(table.rows()) == [(2, ("A,0,1", "L1", "", ""))]


def test_rows_are_counted_as_a_spreadsheet_counts_them(reading):
    # Row 2 spans two lines and row 3 is blank, so the last row is row 4 on line 5.
    table = reading('account_id,code,text\nA1,L1,"one\ntwo"\n\nA2,L2,x\n')
    assert [row for row, _ in table.rows()] == [2, 4]


def test_columns_come_in_the_order_asked_for_and_absent_ones_are_empty(reading):
    table = reading("text,code,account_id\nI left.,L1,A1\n")
    assert table.columns == ("account_id", "code", "text")
    assert list(table.rows()) == [(2, ("A1", "L1", "", "I left."))]


def test_prose_keeps_its_spaces_dashes_and_lines(reading):
    prose = "  – Je suis partie.\r\n- Pourquoi ?\t=1+1\n"
    table = reading(f'account_id,code,text\nA1,L1,"{prose}"\n')
    assert [cells[3] for _, cells in table.rows()] == [prose.replace("\r\n", "\n")]


def test_prose_keeps_its_spaces_where_the_row_is_otherwise_plain(reading):
    table = reading("account_id,code,text\n A1 ,L1, I left. \n")
    assert list(table.rows()) == [(2, ("A1", "L1", "", " I left. "))]


def test_a_table_may_be_read_twice(reading):
    table = reading(PLAIN)
    assert list(table.rows()) == list(table.rows())


def test_the_digest_is_of_the_bytes(reading):
    assert reading(PLAIN).digest == hashlib.sha256(PLAIN.encode()).hexdigest()


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("=1+1", "formula"),
        ("@cmd", "formula"),
        ("+1+2", "formula"),
        ("-1+2", "formula"),
        ("  =1", "formula"),
        ("＝1", "formula"),
        ("-", "formula"),
        ("a\x00b", "U+0000"),
        ("a\x1bb", "U+001B"),
        ("a\u202eb", "U+202E"),
        ("a\u2066b", "U+2066"),
        ("a\u2028b", "U+2028"),
        ("x" * 32_769, "32,768"),
    ],
)
def test_a_label_that_could_do_harm_is_refused_with_its_place(reading, cell, says):
    # More than the first bytes, which are looked at as a whole, comes before the cell.
    table = reading("account_id,code\n" + "A1,L1\n" * 1_000 + f"{cell},L1\n")
    with pytest.raises(BadInput, match=says.replace("+", r"\+")) as refused:
        list(table.rows())
    [problem] = refused.value.problems
    assert (problem.file, problem.row, problem.column) == ("codings.csv", 1_002, "account_id")


@pytest.mark.parametrize("cell", ["-99", "+1", "-0.5", "-0,5", "x" * 32_768, "أبو 1 = 2", "a-b"])
def test_harmless_labels_pass(reading, cell):
    table = reading(f'account_id,code\nA1,"{cell}"\n')
    assert [cells[1] for _, cells in table.rows()] == [cell]


@pytest.mark.parametrize("cell", ["a\x07b", "a\x92b"], ids=["bell", "mis-decoded apostrophe"])
def test_control_characters_in_prose_are_refused(reading, cell):
    table = reading(f"account_id,code,text\nA1,L1,{cell}\n")
    with pytest.raises(BadInput, match="Character 2 is the hidden"):
        list(table.rows())


def test_prose_over_five_million_characters_is_refused(reading):
    table = reading("account_id,code,text\nA1,L1," + "x" * 5_300_000 + "\n")
    with pytest.raises(BadInput, match="row 2: A cell has more than 5,242,880"):
        list(table.rows())


def test_a_ragged_row_is_refused_with_both_widths(reading):
    table = reading("account_id,code\nA1\nA1,L1,x\n")
    with pytest.raises(BadInput) as refused:
        list(table.rows())
    assert [(p.row, p.says[:40]) for p in refused.value.problems] == [
        (2, "The row has 1 cells where the header has"),
        (3, "The row has 3 cells where the header has"),
    ]


def test_twenty_problems_are_listed_and_the_rest_counted(reading):
    table = reading("account_id,code\n" + "=a,=b\n" * 15)
    with pytest.raises(BadInput, match="and 10 more") as refused:
        list(table.rows())
    # 15 rows with two faults each: 30, of which 20 are listed.
    assert (len(refused.value.problems), refused.value.unlisted) == (20, 10)


def test_what_ends_the_reading_is_told_after_what_was_found_before(reading):
    table = reading('account_id,code\n=a,L1\n"A1,L1\n')
    with pytest.raises(BadInput) as refused:
        list(table.rows())
    assert [problem.row for problem in refused.value.problems] == [2, 3]


@pytest.mark.parametrize(
    ("row", "says"),
    [('"A1,L1', "never closed"), ('"A"1,L1', "write it twice")],
    ids=["open quotation mark", "quotation mark inside"],
)
def test_broken_quotation_marks_are_refused_with_their_row(reading, row, says):
    table = reading(f"account_id,code\nA0,L1\n{row}\n")
    with pytest.raises(BadInput, match=f"row 3: .*{says}"):
        list(table.rows())


def test_a_wrong_encoding_is_refused_at_its_byte(reading):
    # The header has 16 bytes and its line end; the first Arabic letter comes after “A1,”.
    data = b"account_id,code\nA1," + "رواية".encode("windows-1256") + b"\n"
    with pytest.raises(BadInput, match=r"Byte 19 .* not UTF-8.*Windows-1256"):
        reading(data)


def test_the_wrong_byte_is_found_far_behind_the_beginning(reading):
    rows = b"A1,L1\n" * 20_000
    table = reading(b"\xef\xbb\xbfaccount_id,code\n" + rows + b"A1,\xff\n")
    # 3 of the mark, 16 of the header, 6 each of 20,000 rows, 3 of the last.
    with pytest.raises(BadInput, match="Byte 120022 "):
        list(table.rows())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n\n  \n", "empty"),
        (PLAIN.encode("utf-16-le"), "NUL"),
        (PLAIN.encode("utf-32"), "UTF-32"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old or locked"),
        (b"%PDF-1.7", "PDF"),
    ],
    ids=["no bytes", "only a mark", "only blanks", "NUL", "UTF-32", "ZIP", "XLS", "PDF"],
)
def test_what_is_no_csv_is_refused(reading, data, says):
    with pytest.raises(BadInput, match=says):
        reading(data)


def test_a_header_without_rows_is_refused(reading):
    with pytest.raises(BadInput, match="a header and no rows"):
        list(reading("account_id,code\n").rows())
