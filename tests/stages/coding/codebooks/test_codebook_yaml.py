"""Codebooks in YAML: plain text in a tree, and every fault with its line."""

import pytest

from exeunt.errors import BadInput
from exeunt.methods.codebooks import Level, Unit
from exeunt.stages.coding.intake.codebook_yaml import read_codebook

HEAD = "id: b\ntitle: B\n"
CODES = "codes:\n  - {id: A, label: a}\n"


def read(text):
    return read_codebook(text.encode(), file="b.yaml").codebook


def refused(text):
    with pytest.raises(BadInput) as caught:
        read_codebook(text.encode() if isinstance(text, str) else text, file="b.yaml")
    return [(problem.row, problem.column, problem.says) for problem in caught.value.problems]


def test_text_stays_text():
    codebook = read(
        HEAD + "codes:\n  - {id: 1.10, label: No, note: ~}\n  - {id: 007, label: 'null'}\n"
    )
    assert [(c.key, c.label, c.note) for c in codebook] == [("1.10", "No", ""), ("007", "null", "")]


def test_the_unit_of_published_schemes_is_an_exit():
    assert read(HEAD + "unit: disengagement_event\n" + CODES).unit is Unit.EXIT


def test_a_scale_may_name_its_values_or_only_list_them():
    named = read(
        HEAD + "scale: {type: ordinal, values: {0: none, 2: large}, unknown: -99}\n" + CODES
    )
    listed = read(HEAD + "scale: {values: [0, 1]}\n" + CODES)
    assert (named.scale.level, dict(named.scale.values)) == (Level.ORDINAL, {0: "none", 2: "large"})
    assert named.scale.unknown == -99
    assert dict(listed.scale.values) == {0: "not given", 1: "given"}


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        ("a: &x [1]\nb: *x\n", 1, "Anchors"),
        ("id: b\ntitle: !!python/object/apply:os.system ['ls']\n", 2, "tag"),
        ("a: [\n", 2, "well-formed"),
        ("a: 1\n---\nb: 1\n", 2, "second document"),
        ("[" * 5_000, 1, "nested too deeply"),
        ("- a\n", 1, "begins with"),
        ("just text\n", 1, "begins with"),
        ("", None, "empty"),
        ("# only a remark\n", None, "empty"),
        ("id: \x07\n", None, "does not allow"),
        (b"id: \xff\n", None, "not UTF-8"),
        (b"x" * 5_000_001, None, "Split it"),
    ],
    ids=[
        "reference",
        "tag",
        "broken",
        "two documents",
        "deep",
        "a list",
        "a word",
        "nothing",
        "a remark",
        "a bell",
        "another encoding",
        "too large",
    ],
)
def test_what_is_more_or_less_than_a_tree_of_text_is_refused(text, row, says):
    [(found_row, _, found)] = refused(text)
    assert found_row == row
    assert says in found


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        (HEAD + "id: c\n" + CODES, (3, "id"), "twice"),
        (HEAD + "uint: exit\n" + CODES, (3, "uint"), "Did you mean “unit”"),
        (HEAD + "unit: person\n" + CODES, (3, "unit"), "“person” is not known"),
        (HEAD + "title2: x\n" + CODES, (3, "title2"), "Did you mean “title”"),
        (HEAD + CODES + "  - {id: B, lable: b}\n", (5, "lable"), "Did you mean “label”"),
        (HEAD + CODES + "  - {id: A, label: b}\n", (5, None), "twice"),
        (HEAD + CODES + "  - {id: B, label: b, parent: C}\n", (5, None), "parent C"),
        (HEAD + CODES + "  - {id: B, label: b, parent: B}\n", (5, None), "ancestor"),
        (HEAD + CODES + "  - {id: B}\n", (5, None), "needs a key and a label"),
        (HEAD + CODES + "  - B\n", (5, None), "A code is written as"),
        (HEAD + "codes: none\n", (3, None), "after a dash"),
        (HEAD + "codes: []\n", (None, None), "no codes"),
        (HEAD, (None, None), "no codes"),
        (HEAD + CODES + "  - {id: B, label: [b]}\n", (5, "label"), "one piece of text"),
        (HEAD + "scale: {unknown: x}\n" + CODES, (3, "unknown"), "whole number"),
        (HEAD + "scale: {values: {a: b}}\n" + CODES, (3, None), "whole number"),
        (HEAD + "scale: {values: []}\n" + CODES, (3, None), "no values"),
        (HEAD + "scale: binary\n" + CODES, (3, None), "Write the scale as"),
        ("title: B\n" + CODES, (None, None), "no id"),
    ],
)
def test_a_fault_is_told_at_its_line(text, place, says):
    assert any((row, column) == place and says in found for row, column, found in refused(text))


def test_a_codebook_of_too_many_codes_is_refused():
    codes = "".join(f"  - {{id: C{number}, label: c}}\n" for number in range(5_001))
    assert "5,000 are the most" in refused(HEAD + "codes:\n" + codes)[0][2]
