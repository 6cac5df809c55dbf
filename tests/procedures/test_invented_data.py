"""The invented study that ships with Exeunt is whole, marked as invented, and fits its texts."""

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from importlib import resources
from itertools import groupby, pairwise
from typing import Any

import pytest

from exeunt.methods.chronology import certainly_before, read_date
from exeunt.stages.coding.codebooks import ready_codebook
from exeunt.stages.narrators.states import ExitKind, Gender

DATA = resources.files("exeunt") / "procedures" / "demonstration" / "data"
READERS = {"first-reader", "second-reader"}
VALUES = {"1", "0", "", "unknown", "not applicable"}
KEYS = [
    "account_id",
    "narrator",
    "provenance",
    "language",
    "citation",
    "published",
    "setting",
    "gender",
    "age_band",
    "group_left",
    "group_joined",
    "joined",
    "left",
    "exit_kind",
    "text",
]

Row = dict[str, Any]


def text_of(name: str) -> str:
    return (DATA / name).read_bytes().decode("utf-8")


ACCOUNTS: dict[str, Row] = {
    row["account_id"]: row for row in map(json.loads, text_of("accounts.jsonl").splitlines())
}
CODINGS: list[Row] = list(csv.DictReader(io.StringIO(text_of("codings.csv"), newline="")))
OF_ACCOUNTS = [row for row in CODINGS if row["target"] == "account"]
OF_EXCERPTS = [row for row in CODINGS if row["target"] == "excerpt"]
BOOK = ready_codebook("icsr-2015")
TOP = {d: [c.key for c in BOOK.top_codes(d)] for d in ("joining", "leaving")}

each_account = pytest.mark.parametrize("account", ACCOUNTS.values(), ids=ACCOUNTS.keys())


def judgement(row: Row) -> tuple[str, str, str]:
    return row["account_id"], row["coder"], row["code"]


def top_level(key: str) -> str:
    code = BOOK.code(key)
    return code.parent or code.key if code else key


@pytest.mark.parametrize("name", ["accounts.jsonl", "codings.csv", "README.md"])
def test_a_file_is_composed_text_with_plain_line_ends_and_no_hidden_characters(name):
    text = text_of(name)
    hidden = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn"}}
    assert hidden == {"\n"}
    assert text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)


def test_there_are_ten_accounts_by_nine_narrators_in_three_languages():
    assert len(text_of("accounts.jsonl").splitlines()) == len(ACCOUNTS) == 10
    assert Counter(a["language"] for a in ACCOUNTS.values()) == {"en": 4, "ar": 3, "fr": 3}
    told = Counter(a["narrator"] for a in ACCOUNTS.values())
    assert len(told) == 9
    assert [narrator for narrator, n in told.items() if n > 1] == ["N-03"]


@each_account
def test_an_account_has_every_field_and_says_that_it_is_invented(account):
    assert list(account) == KEYS
    assert account["provenance"] == "invented"
    assert account["citation"].startswith("Invented testimony")
    assert account["setting"] in {"free", "under legal process", "unknown", "withheld"}
    assert account["gender"] in set(Gender)
    assert account["age_band"] in {"18-24", "25-34", "35-49", "50 or older", "withheld"}
    assert account["exit_kind"] in set(ExitKind)


@each_account
def test_an_account_is_of_readable_length_in_paragraphs_with_a_mask(account):
    text = account["text"]
    assert 350 <= len(text.split()) <= 700
    assert all(p.strip() == p and "\n" not in p for p in text.split("\n\n"))
    assert text.count("\n\n") >= 5
    assert re.search(r"\[Person \d\]", text)


@each_account
def test_the_dates_of_an_account_can_be_read_and_follow_one_another(account):
    known = [read_date(account[k]) for k in ("joined", "left", "published") if account[k]]
    for earlier, later in pairwise(known):
        assert certainly_before(earlier, later)


@each_account
def test_another_group_is_named_where_and_only_where_the_person_moved_to_one(account):
    moved = account["exit_kind"] in {ExitKind.LATERAL_TRANSFER, ExitKind.SIDE_SWITCH}
    assert bool(account["group_joined"]) == moved


def test_arabic_accounts_mix_directions_and_carry_vowel_marks():
    arabic = [a["text"] for a in ACCOUNTS.values() if a["language"] == "ar"]
    assert all(re.search("[a-zA-Z]{3}", text) for text in arabic)
    assert all(re.search("[\u064e-\u0652]", text) for text in arabic)


def test_both_readers_judged_every_account_on_every_top_level_code_once():
    codes = [*TOP["joining"], *TOP["leaving"]]
    assert codes == ["J1", "J2", "J3", "L1", "L2", "L3", "L4"]
    asked = Counter((a, r, c) for a in ACCOUNTS for r in READERS for c in codes)
    assert Counter(map(judgement, OF_ACCOUNTS)) == asked


def test_every_row_has_a_known_code_a_known_target_and_a_known_value():
    keys = {code.key for code in BOOK}
    assert {row["code"] for row in CODINGS} <= keys
    assert len(OF_ACCOUNTS) + len(OF_EXCERPTS) == len(CODINGS)
    assert {row["value"] for row in OF_ACCOUNTS} == VALUES
    assert {row["value"] for row in OF_EXCERPTS} == {"1"}


def test_blank_is_said_of_a_whole_dimension_or_not_at_all():
    values = {judgement(row): row["value"] for row in OF_ACCOUNTS}
    for account in ACCOUNTS:
        for reader in READERS:
            for codes in TOP.values():
                blank = [values[account, reader, code] == "" for code in codes]
                assert all(blank) or not any(blank), (account, reader)


def test_the_readers_differ_in_eight_of_seventy_judgements():
    # One each in INV-01, -02, -03, -04, -05, -07, -09 and -10; 10 accounts x 7 codes.
    by_pair: dict[tuple[str, str], set[str]] = {}
    for row in OF_ACCOUNTS:
        by_pair.setdefault((row["account_id"], row["code"]), set()).add(row["value"])
    assert len(by_pair) == 70
    assert sum(len(values) > 1 for values in by_pair.values()) == 8


def test_every_quote_is_the_span_that_its_offsets_name():
    for row in OF_EXCERPTS:
        text = ACCOUNTS[row["account_id"]]["text"]
        assert row["quote"]
        assert text[int(row["start"]) : int(row["end"])] == row["quote"], judgement(row)


def test_a_judgement_of_an_account_names_no_span():
    assert {(r["start"], r["end"], r["quote"]) for r in OF_ACCOUNTS} == {("", "", "")}


def test_a_reader_gives_a_code_where_and_only_where_a_passage_is_marked_for_it():
    given = {judgement(row) for row in OF_ACCOUNTS if row["value"] == "1"}
    top = {*TOP["joining"], *TOP["leaving"]}
    marked = {(r["account_id"], r["coder"], top_level(r["code"])) for r in OF_EXCERPTS}
    assert {m for m in marked if m[2] in top} == given


def test_each_reader_marked_three_to_six_passages_in_every_account():
    counts = Counter((row["account_id"], row["coder"]) for row in OF_EXCERPTS)
    assert set(counts) == {(a, r) for a in ACCOUNTS for r in READERS}
    assert all(3 <= n <= 6 for n in counts.values())


def test_some_passages_of_one_reader_overlap():
    spans = [
        [(int(r["start"]), int(r["end"])) for r in rows]
        for _, rows in groupby(OF_EXCERPTS, key=lambda r: (r["account_id"], r["coder"]))
    ]
    overlaps = [(a, b) for group in spans for a, b in pairwise(group) if b[0] < a[1]]
    assert overlaps


def test_an_offset_counted_in_utf_16_would_be_caught_by_one_account():
    assert [a for a, row in ACCOUNTS.items() if any(ord(c) > 0xFFFF for c in row["text"])] == [
        "INV-10"
    ]
