"""Bad tables of codings: each is refused with its place, and nothing of it is kept."""

import pytest

from tests.archive.folders import CODINGS, rows_in, state_of
from tests.cli.terminal import done, refused

HEAD = "account_id,coder,code,value\n"
TEXT = "account_id,coder,code,value,target,start,end,quote\n"

BAD = {
    "no value": (
        "account_id,coder,code\nA-1,Boris,L1\n",
        "row 1, column “value”: This column is missing",
    ),
    "the same column twice": (
        "account_id,coder,code,value,valeur\nA-1,Boris,L1,1,1\n",
        "row 1, column “value”: The columns “value”, “valeur” all stand for “value”",
    ),
    "an unknown account": (
        HEAD + "A-9,Boris,L1,1\n",
        "row 2, column “account_id”: There is no account “A-9” in this study (did you mean “A-",
    ),
    "an unknown coder": (
        HEAD + "A-1,Borys,L1,1\n",
        "row 2, column “coder”: “Borys” is no coder of this study (did you mean “Boris”?). Add",
    ),
    "a member who is no coder": (
        HEAD + "A-1,Eve,L1,1\n",
        "row 2, column “coder”: “Eve” is no coder of this study",
    ),
    "an unknown code": (
        HEAD + "A-1,Boris,L1,1\nA-1,Boris,L9,1\n",
        "row 3, column “code”: There is no code “L9” in “icsr-2015”, version 1.",
    ),
    "a value outside the scale": (
        HEAD + "A-1,Boris,L1,2\n",
        "row 2, column “value”: “2” is outside the scale: 0, 1, unknown, not applicable",
    ),
    "a word for a value": (
        HEAD + "A-1,Boris,L1,yes\n",
        "row 2, column “value”: “yes” is outside the scale",
    ),
    "half a value": (
        HEAD + "A-1,Boris,L1,0.5\n",
        "row 2, column “value”: “0.5” is outside the scale",
    ),
    "the same coding twice with different values": (
        HEAD + "A-1,Boris,L1,1\nA-2,Boris,L1,1\nA-1,Boris,L1,0\n",
        "row 4, column “value”: This judgement stands in row 2 already with another value",
    ),
    "the same coding twice": (
        HEAD + "A-1,Boris,L1,1\nA-1,Boris,L1,1\n",
        "row 3, column “value”: This judgement stands in row 2 already; take one of the two out.",
    ),
    "a value beside a gap": (
        HEAD + "A-1,Boris,L1,1\nA-1,Boris,L1,unknown\n",
        "row 3, column “value”: This judgement stands in row 2 already with another value",
    ),
    "a coding that the archive has with another value": (
        HEAD + "A-1,Boris,L4,0\n",
        "row 2, column “value”: This judgement stands in the archive already with another value",
    ),
    "a coding that the archive has": (
        HEAD + "A-1,Boris,L4,1\n",
        "row 2, column “value”: This judgement stands in the archive already; take one",
    ),
    "an unknown target": (
        HEAD.replace("value", "value,target") + "A-1,Boris,L1,1,page\n",
        "row 2, column “target”: “page” is none of account, exit, spell, excerpt.",
    ),
    "a quote that is not there": (
        TEXT + "A-1,Boris,L1,1,excerpt,,,gold\n",
        "row 2, column “quote”: The quote does not stand in the text",
    ),
    "a quote that stands elsewhere": (
        TEXT + "A-1,Boris,L1,1,excerpt,0,5,bread\n",
        "row 2, column “quote”: At 0 to 5 the text says something else than the quote",
    ),
    "a place beyond the text": (
        TEXT + "A-1,Boris,L1,1,excerpt,0,999,\n",
        "row 2, column “start”: 0 to 999 is not inside the text, which has 40 characters.",
    ),
    "a place that is no number": (
        TEXT + "A-1,Boris,L1,1,excerpt,٠,٥,\n",
        "row 2, column “start”: “٠” to “٥” is no place in a text",
    ),
    "an excerpt of an account without a text": (
        TEXT + "A-4,Boris,L1,1,excerpt,0,5,\n",
        "row 2, column “start”: This account has no text here",
    ),
    "a formula": (
        HEAD + "A-1,Boris,L1,=1\n",
        "row 2, column “value”: The cell opens with “=”, which a spreadsheet would run",
    ),
    "a header and no rows": (HEAD, "The file has a header and no rows"),
    "nothing": ("", "The file is empty"),
}  # fmt: skip


def refusal_of(archive, file, *words):
    """Take a file in, which must change nothing, and return the sentence."""
    before = state_of(archive)
    sentence = refused("import", "codings", file, *words, at=archive)
    assert state_of(archive) == before
    return sentence


@pytest.mark.parametrize(("text", "says"), BAD.values(), ids=BAD)
def test_a_bad_table_is_refused_with_its_place(archive, tmp_path, text, says):
    file = tmp_path / "codings.csv"
    file.write_text(text, encoding="utf-8")

    sentence = refusal_of(archive, file)

    place = "codings.csv, " if says.startswith("row") else "codings.csv: "
    assert sentence.startswith(place + says)


def test_a_fault_after_good_rows_keeps_none_of_them(archive, tmp_path):
    file = tmp_path / "codings.csv"
    good = "".join(f"A-{number},Boris,J{code},0\n" for number in (1, 2) for code in (1, 2, 3))
    file.write_text(HEAD + good + "A-3,Boris,J1,7\n", encoding="utf-8")

    assert refusal_of(archive, file).startswith("codings.csv, row 8, column “value”: ")


def test_excerpts_of_a_refused_table_are_not_kept(archive, tmp_path):
    file = tmp_path / "codings.csv"
    file.write_text(
        TEXT + "A-1,Boris,L1,1,excerpt,,,bread\nA-1,Boris,L1,1,excerpt,,,gold\n", encoding="utf-8"
    )

    refusal_of(archive, file)

    assert rows_in(archive, "SELECT count(*) FROM coding_excerpt") == [(0,)]


def test_a_table_in_windows_1256_is_refused(archive, tmp_path):
    file = tmp_path / "codings.csv"
    file.write_bytes((HEAD + "رواية,Boris,L1,1\n").encode("cp1256"))

    # 28 bytes of header stand before the first Arabic letter.
    assert refusal_of(archive, file).startswith("codings.csv: Byte 28 (counted from 0)")


def test_a_file_of_200_megabytes_is_refused_unread(archive, tmp_path):
    file = tmp_path / "codings.csv"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)

    assert refusal_of(archive, file).startswith("codings.csv: The file has 200.0 MB")


def test_codings_need_a_codebook(archive, tmp_path):
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")
    done("study", "new", "second", at=archive)

    words = (tmp_path / "codings.csv", "--study", "second")
    assert "This study has no codebook yet" in refusal_of(archive, *words)


ARABIC = CODINGS.replace("account_id,coder,code,value", "رقم الرواية,المرمز,الرمز,القيمة")

SAME = {
    "a byte order mark": CODINGS.encode("utf-8-sig"),
    "CRLF": CODINGS.replace("\n", "\r\n").encode(),
    "semicolons": CODINGS.replace(",", ";").encode(),
    "semicolons under a hint": ("sep=;\r\n" + CODINGS.replace(",", ";")).encode(),
    "tabs": CODINGS.replace(",", "\t").encode(),
    "UTF-16 with its mark": CODINGS.encode("utf-16"),
    "Arabic headers": ARABIC.encode(),
    "gaps in words": CODINGS.replace("A-4,Chidi,L4,", "A-4,Chidi,L4,not mentioned").encode(),
}


def content_of(archive):
    """What an archive holds of its codings, without the numbers that it gave them."""
    return rows_in(
        archive,
        "SELECT a.label, m.name, k.key, c.value, c.gap FROM coding_coding c "
        "JOIN testimonies_account a ON a.id = c.account_id JOIN coding_code k ON k.id = c.code_id "
        "JOIN coding_pass p ON p.id = c.reading_id JOIN members_member m ON m.id = p.coder_id "
        "ORDER BY 1, 2, 3",
    )


@pytest.mark.parametrize("data", SAME.values(), ids=SAME)
def test_a_table_in_another_dress_gives_the_same_archive(archive, begun_too, tmp_path, data):
    (tmp_path / "codings.csv").write_bytes(data)
    (tmp_path / "accounts.csv").write_text(
        "account_id\n" + "".join(f"A-{number}\n" for number in range(1, 6)), encoding="utf-8"
    )
    words = ("import", "accounts", tmp_path / "accounts.csv", "--provenance", "invented")
    done(*words, at=begun_too)

    done("import", "codings", tmp_path / "codings.csv", at=begun_too)

    assert content_of(begun_too) == content_of(archive)
