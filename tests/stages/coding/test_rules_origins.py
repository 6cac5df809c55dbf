"""Where the codes of a rewritten codebook come from: plain values in, plain values out."""

import pytest

from exeunt.errors import NotThere, Refusal
from exeunt.methods.codebooks import Code
from exeunt.stages.coding.rules.origins import Rewritten, merged, split


def test_a_merge_needs_two_and_takes_the_narrower_along():
    codes = (Code("A", "a"), Code("B", "b"), Code("C", "c", parent="B"))
    now = merged(Rewritten(codes), ["A", "B"], into="A")

    assert [(code.key, code.parent) for code in now.codes] == [("A", None), ("C", "A")]
    assert now.origins.merged == {"A": ("A", "B")}
    with pytest.raises(Refusal, match="at least two"):
        merged(Rewritten(codes), ["A"], into="A")
    with pytest.raises(NotThere):
        merged(Rewritten(codes), ["A", "Z"], into="A")


def test_a_code_merged_into_what_narrows_it_stands_in_its_place():
    codes = (Code("A", "a"), Code("B", "b", parent="A"), Code("C", "c", parent="B"))
    now = merged(Rewritten(codes), ["A", "B"], into="B")

    assert [(code.key, code.parent) for code in now.codes] == [("B", None), ("C", "B")]


def test_a_split_needs_two_new_keys():
    codes = (Code("A", "a"), Code("B", "b"))
    with pytest.raises(Refusal, match="at least two"):
        split(Rewritten(codes), "A", [Code("A1", "one")])
    with pytest.raises(Refusal, match="taken"):
        split(Rewritten(codes), "A", [Code("A1", "one"), Code("B", "two")])


def test_parts_that_are_merged_again_are_as_the_whole_was():
    codes = (Code("A", "a"), Code("B", "b"))
    parts = split(Rewritten(codes), "A", [Code("A1", "one"), Code("A2", "two")])
    again = merged(parts, ["A", "A1", "A2"], into="A")

    assert [code.key for code in again.codes] == ["A", "B"]
    assert (again.origins.of("A"), dict(again.origins.split)) == (("A",), {})
