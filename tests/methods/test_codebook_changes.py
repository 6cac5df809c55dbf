"""Two versions of a codebook are compared code by code, field by field, word by word."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.codebook_changes import Kept, changes_between, words_changed
from exeunt.methods.codebooks import Code, Level, Scale, Unit
from tests.making.codebooks import BINARY

J1, L1, L2 = BINARY.codes


def changed(*codes: Code):
    return changes_between(BINARY, replace(BINARY, codes=codes))


def test_nothing_changes_between_a_codebook_and_itself():
    assert not changes_between(BINARY, BINARY)


def test_what_was_added_and_taken_out_is_named():
    new = Code("L3", "Conduct", dimension="leaving")
    told = changed(J1, L1, new)

    assert (told.added, told.removed, told.changed, told.moved) == ((new,), (L2,), (), ())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", "Other"),
        ("definition", ""),
        ("dimension", "push"),
        ("parent", "L1"),
        ("use_when", "Always"),
        ("not_when", "Never"),
        ("note", "New"),
    ],
)
def test_every_field_of_a_code_is_compared(field, value):
    (change,) = changed(J1, L1, replace(L2, **{field: value})).changed

    assert change.code.key == "L2"
    assert [(one.field, one.before, one.after) for one in change.fields] == [
        (field, getattr(L2, field) or "", value)
    ]


def test_a_code_that_changed_its_place_is_named_and_those_it_passed_are_not():
    assert [code.key for code in changed(L2, J1, L1).moved] == ["L2"]


def test_the_codebook_s_own_facts_are_compared():
    scale = Scale(Level.ORDINAL, {0: "none", 1: "some"}, unknown=-99)
    other = replace(BINARY, title="T", source="S", unit=Unit.EXIT, scale=scale)
    told = changes_between(BINARY, other).book

    assert [change.field for change in told] == ["title", "source", "unit", "scale"]
    assert told[-1].after == "ordinal: 0 none; 1 some; -99 unknown"


@given(st.text("ab \n.", max_size=30), st.text("ab \n.", max_size=30))
def test_the_runs_together_say_both_texts(before, after):
    runs = words_changed(before, after)

    assert "".join(run.text for run in runs if run.kept is not Kept.NEW) == before
    assert "".join(run.text for run in runs if run.kept is not Kept.GONE) == after
