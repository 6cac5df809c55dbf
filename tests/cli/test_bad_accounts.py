"""Bad tables of accounts: each is refused with its place, and nothing of it is kept."""

import os

import openpyxl
import pytest

from tests.archive.folders import ACCOUNTS, rows_in, state_of
from tests.cli.terminal import done, refused

# The place comes first; then a piece of the sentence that says what to do.
BAD = {
    "no account_id": (
        "narrator,provenance\nN-1,invented\n",
        "row 1, column “account_id”: This column is missing",
    ),
    "the same column twice": (
        "account_id,provenance,gender,gender\nB-1,invented,man,man\n",
        "row 1, column “gender”: The columns “gender”, “gender” all stand for “gender”",
    ),
    "the same column in two languages": (
        "account_id,provenance,gender,الجنس\nB-1,invented,man,man\n",
        "row 1, column “gender”: The columns “gender”, “الجنس” all stand for “gender”",
    ),
    "an unknown column": (
        "account_id,provenance,gendr\nB-1,invented,man\n",
        "row 1, column “gendr”: This column is not known. Did you mean “gender”?",
    ),
    "a column without a name": (
        "account_id,,provenance\nB-1,x,invented\n",
        "row 1: Column 2 has no name",
    ),
    "no word on where it comes from": (
        "account_id,gender\nB-1,man\n",
        "row 2, column “provenance”: It is not said where this comes from",
    ),
    "a provenance that is none": (
        "account_id,provenance\nB-1,invented\nB-2,hearsay\n",
        "row 3, column “provenance”: “hearsay” is neither",
    ),
    "invented and real mixed": (
        "account_id,provenance\nB-1,invented\nB-2,public record\n",
        "row 3, column “provenance”: This row is public record and the rows above are invented",
    ),
    "an account without a label": (
        "account_id,provenance\nB-1,invented\n,invented\n",
        "row 3, column “account_id”: This row has no account",
    ),
    "the same account twice": (
        "account_id,provenance\nB-1,invented\nB-2,invented\nB-1,invented\n",
        "row 4, column “account_id”: The account “B-1” stands in row 2 already",
    ),
    "an account that the study has": (
        "account_id,provenance\nB-1,invented\nA-1,invented\n",
        "row 3, column “account_id”: The account “A-1” is in this study already",
    ),
    "a word outside the choices": (
        "account_id,provenance,exit_kind\nB-1,invented,arrested\n",
        "row 2, column “exit_kind”: “arrested” is not one of “left”, “demobilised”",
    ),
    "a date that is none": (
        "account_id,provenance,left\nB-1,invented,2014-13\n",
        "row 2, column “left”: ",
    ),
    "a period beyond eighty characters": (
        f"account_id,provenance,period\nB-1,invented,{'x' * 81}\n",
        "row 2, column “period”: 81 characters; at most 80 fit here.",
    ),
    "one narrator with two genders": (
        "account_id,provenance,narrator,gender\nB-1,invented,M-1,man\nB-2,invented,M-1,woman\n",
        "row 3, column “gender”: ",
    ),
    "a formula": (
        "account_id,provenance,citation\nB-1,invented,=HYPERLINK(1)\n",
        "row 2, column “citation”: The cell opens with “=”, which a spreadsheet would run",
    ),
    "a formula in full width": (
        "account_id,provenance,period\nB-1,invented,＝1+1\n",
        "row 2, column “period”: The cell opens with “＝”, which a spreadsheet would run",
    ),
    "a change of direction": (
        "account_id,provenance,period\nB-1,invented,20\u202e14\n",
        "row 2, column “period”: Character 3 is the hidden U+202E",
    ),
    "a row with a cell too many": (
        "account_id,provenance\nB-1,invented\nB-2,invented,x\n",
        "row 3: The row has 3 cells where the header has 2",
    ),
    "a quotation mark that is never closed": (
        'account_id,provenance\nB-1,"invented\n',
        "row 2: A quotation mark opens in this row and is never closed",
    ),
    "a header and no rows": (
        "account_id,provenance\n",
        "The file has a header and no rows",
    ),
    "nothing": ("", "The file is empty"),
    "blank lines": ("\n \n\n", "The file is empty"),
}  # fmt: skip

BAD_BYTES = {
    "Windows-1256": (
        "account_id,provenance,period\nB-1,invented,قديم\n".encode("cp1256"),
        # 29 bytes of header, 13 of row: "B-1,invented," then the first Arabic letter.
        "Byte 42 (counted from 0) is not UTF-8. Only UTF-8",
    ),
    "UTF-16 without a mark": (
        "account_id,provenance\nB-1,invented\n".encode("utf-16-le"),
        "The file holds NUL bytes (the first at byte 1, counted from 0)",
    ),
    "UTF-32": ("account_id\nB-1\n".encode("utf-32"), "This is UTF-32, which is not read"),
    "a PDF": (b"%PDF-1.7\n...", "This is a PDF, not text"),
    "a workbook under a wrong name": (b"PK\x03\x04....", "This is a ZIP archive or a workbook"),
    "a mark and nothing else": (b"\xef\xbb\xbf", "The file is empty"),
}


def refusal_of(archive, file, *words):
    """Take a file in, which must change nothing, and return the sentence."""
    before = state_of(archive)
    sentence = refused("import", "accounts", file, *words, at=archive)
    assert state_of(archive) == before
    return sentence


@pytest.mark.parametrize(("text", "says"), BAD.values(), ids=BAD)
def test_a_bad_table_is_refused_with_its_place(archive, tmp_path, text, says):
    file = tmp_path / "accounts.csv"
    file.write_text(text, encoding="utf-8")

    sentence = refusal_of(archive, file)

    place = "accounts.csv, " if says.startswith("row") else "accounts.csv: "
    assert sentence.startswith(place + says)


@pytest.mark.parametrize(("data", "says"), BAD_BYTES.values(), ids=BAD_BYTES)
def test_a_file_that_cannot_be_read_is_refused(archive, tmp_path, data, says):
    file = tmp_path / "accounts.csv"
    file.write_bytes(data)

    assert refusal_of(archive, file).startswith(f"accounts.csv: {says}")


def test_every_place_that_is_wrong_is_told_at_once(archive, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text(
        "account_id,provenance,gender,left\nB-1,invented,mann,2014\nB-2,invented,man,20x4\n",
        encoding="utf-8",
    )

    first, second = refusal_of(archive, file).splitlines()

    assert first.startswith("accounts.csv, row 2, column “gender”: ")
    assert second.startswith("accounts.csv, row 3, column “left”: ")


def test_many_faults_are_counted_and_not_all_listed(archive, tmp_path):
    file = tmp_path / "accounts.csv"
    rows = "".join(f"B-{number},hearsay\n" for number in range(30))
    file.write_text("account_id,provenance\n" + rows, encoding="utf-8")

    lines = refusal_of(archive, file).splitlines()

    assert len(lines) == 21
    assert lines[-1] == "… and 10 more like these."


def test_a_fault_beyond_the_first_thousands_leaves_nothing_behind(begun, tmp_path):
    file = tmp_path / "accounts.csv"
    rows = "".join(f"B-{number},invented\n" for number in range(4500))
    file.write_text(f"account_id,provenance\n{rows}B-1,invented\n", encoding="utf-8")

    assert refusal_of(begun, file).startswith("accounts.csv, row 4502, column “account_id”: ")


def test_entrusted_accounts_wait_for_the_vault(begun, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,provenance\nB-1,entrusted\n", encoding="utf-8")

    assert "Entrusted accounts cannot be taken in here" in refusal_of(begun, file)
    file.write_text("account_id\nB-1\n", encoding="utf-8")
    assert "Entrusted accounts" in refusal_of(begun, file, "--provenance", "entrusted")


def test_real_accounts_wait_for_the_protocol(begun, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,provenance\nB-1,public record\n", encoding="utf-8")

    assert "or with “exeunt study protocol”." in refusal_of(begun, file)


def test_real_accounts_do_not_enter_a_study_of_invented_ones(archive, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,provenance\nB-1,public record\n", encoding="utf-8")

    assert "Begin another study for it" in refusal_of(archive, file)


def test_a_header_that_was_renamed_must_be_there(archive, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,provenance\nB-1,invented\n", encoding="utf-8")

    sentence = refusal_of(archive, file, "--column", "period=publshed")

    assert sentence.startswith("accounts.csv, row 1, column “publshed”: You renamed this column")


def test_a_renaming_must_name_a_column_that_there_is(archive, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,provenance,when\nB-1,invented,2014\n", encoding="utf-8")

    assert "moon" in refusal_of(archive, file, "--column", "moon=when")


# --- what is no table at all ---------------------------------------------------------------------


def test_a_file_of_200_megabytes_is_refused_unread(archive, tmp_path):
    file = tmp_path / "accounts.csv"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)

    sentence = refusal_of(archive, file)

    assert sentence.startswith("accounts.csv: The file has 200.0 MB; the limit is 100.0 MB. Split")
    assert len(list((archive / "captures").iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("accounts.csv", lambda path: None, "There is no such file"),
        ("accounts.csv", lambda path: path.mkdir(), "This is a folder"),
        ("accounts.csv", os.mkfifo, "This is a device or a pipe"),
        ("accounts.csv", lambda path: path.symlink_to("/etc/passwd"), "This is a link"),
        ("accounts.ods", lambda path: path.write_text("x"), "Tables are read from .csv"),
        ("accounts", lambda path: path.write_text("x"), "Tables are read from .csv"),
        ("accounts.xlsx", lambda path: path.write_text("x"), "This is not a readable .xlsx"),
        ("accounts.jsonl", lambda path: path.write_text("["), ""),
    ],
    ids=["nothing", "a folder", "a pipe", "a link", "ods", "no ending", "no workbook", "no lines"],
)
def test_what_is_no_table_is_refused(archive, tmp_path, name, make, says):
    make(tmp_path / name)

    assert refusal_of(archive, tmp_path / name).startswith(f"{name}")
    assert says in refusal_of(archive, tmp_path / name)


def workbook(path, rows):
    """Write rows as the first sheet of a workbook; a text that opens with = is a formula."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_a_formula_in_a_workbook_is_refused(archive, tmp_path):
    file = tmp_path / "accounts.xlsx"
    rows = [["account_id", "provenance", "period"], ["B-1", "invented", "=1+1"]]
    workbook(file, rows)

    sentence = refusal_of(archive, file)

    assert sentence.startswith("accounts.xlsx, row 2, column “C”: The cell holds a formula")


# --- what can be read is read, and gives the same archive ----------------------------------------

HEADERS_IN_ARABIC = {
    "account_id": "رقم الرواية",
    "narrator": "الراوي",
    "gender": "الجنس",
    "group_left": "الجماعة المتروكة",
    "left": "تاريخ الخروج",
    "exit_kind": "نوع الخروج",
    "language": "اللغة",
    "text": "النص",
}
HEADER, _, BODY = ACCOUNTS.partition("\n")

SAME = {
    "a byte order mark": ACCOUNTS.encode("utf-8-sig"),
    "CRLF": ACCOUNTS.replace("\n", "\r\n").encode(),
    "UTF-16 with its mark": ACCOUNTS.encode("utf-16"),
    "no line end at the end": ACCOUNTS.rstrip("\n").encode(),
    "capitals and spaces in headers": (HEADER.upper().replace("_", " ") + "\n" + BODY).encode(),
    "Arabic headers": (
        ",".join(HEADERS_IN_ARABIC[name] for name in HEADER.split(",")) + "\n" + BODY
    ).encode(),
}


def content_of(archive):
    """What an archive holds of its accounts, without the numbers that it gave them."""
    return rows_in(
        archive,
        "SELECT a.label, n.label, n.gender, g.name, t.ended, t.kind, a.language, x.text, x.digest "
        "FROM testimonies_account a JOIN narrators_narrator n ON n.id = a.narrator_id "
        "JOIN testimonies_telling t ON t.account_id = a.id "
        "JOIN narrators_exit e ON e.id = t.exit_id JOIN narrators_spell s ON s.id = e.spell_id "
        "LEFT JOIN narrators_group g ON g.id = s.group_id "
        "LEFT JOIN testimonies_textversion x ON x.account_id = a.id ORDER BY a.label",
    )


def taken_in(begun, file):
    """Take a file of invented accounts in, and return what the archive then holds."""
    done("import", "accounts", file, "--provenance", "invented", at=begun)
    return content_of(begun)


@pytest.mark.parametrize("data", SAME.values(), ids=SAME)
def test_a_table_in_another_dress_gives_the_same_archive(archive, begun_too, tmp_path, data):
    (tmp_path / "accounts.csv").write_bytes(data)

    assert taken_in(begun_too, tmp_path / "accounts.csv") == content_of(archive)


@pytest.mark.parametrize("separator", [";", "\t"], ids=["semicolons", "tabs"])
def test_another_separator_gives_the_same_archive(archive, begun_too, tmp_path, separator):
    rows = [line.split(",", 7) for line in ACCOUNTS.splitlines()]
    text = "\n".join(separator.join(row) for row in rows)
    (tmp_path / "accounts.csv").write_text(text, encoding="utf-8")

    assert taken_in(begun_too, tmp_path / "accounts.csv") == content_of(archive)


def test_a_workbook_gives_the_same_archive(archive, begun_too, tmp_path):
    rows = [line.split(",", 7) for line in ACCOUNTS.splitlines()]
    workbook(tmp_path / "accounts.xlsx", [[cell.strip('"') for cell in row] for row in rows])

    assert taken_in(begun_too, tmp_path / "accounts.xlsx") == content_of(archive)
