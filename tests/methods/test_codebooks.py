"""What makes a codebook usable, and what is wrong with one that is not."""

from dataclasses import replace

import pytest

from exeunt.methods.codebooks import Code, Codebook, Scale, faults_of, problems_of

SOUND = Codebook(
    slug="reasons",
    title="Reasons",
    codes=(
        Code("L1", "In-fighting", dimension="leaving"),
        Code("L1.1", "Spies", parent="L1"),
        Code("J1", "War", dimension="joining"),
    ),
)


def with_codes(*codes):
    return replace(SOUND, codes=codes)


def test_a_sound_codebook_has_no_problems():
    assert problems_of(SOUND) == []


@pytest.mark.parametrize(
    ("codebook", "says", "place"),
    [
        (with_codes(), "no codes", None),
        (replace(SOUND, slug=" "), "no id", None),
        (replace(SOUND, title="one\ntwo"), "title holds a line break", None),
        (replace(SOUND, scale=Scale(values={})), "no values", None),
        (replace(SOUND, scale=Scale(values={0: "a\nb"})), "meaning of 0", None),
        (with_codes(Code("A", "a"), Code("A", "b")), "A stands twice", 1),
        (with_codes(Code("A", " ")), "needs a key and a label", 0),
        (with_codes(Code("", "a")), "needs a key and a label", 0),
        (with_codes(Code(" A", "a")), "spaces around", 0),
        (with_codes(Code("A", "a", parent="B")), "parent B, which is not", 0),
        (with_codes(Code("A", "a", parent="A")), "own ancestor", 0),
        (with_codes(Code("A" * 61, "a")), "61 characters; 60", 0),
        (with_codes(Code("A", "a\u202eb")), "label holds", 0),
        (with_codes(Code("A", "a", definition="x\x00")), "U+0000", 0),
        (with_codes(Code("A", "a", guid="not one")), "GUID “not one”", 0),
    ],
)
def test_each_fault_is_told_with_the_code_it_stands_at(codebook, says, place):
    assert any(says in fault.says and fault.place == place for fault in faults_of(codebook))


def test_two_codes_may_not_share_a_guid_in_any_case():
    guid = "0a000000-0000-0000-0000-000000000000"
    codebook = with_codes(Code("A", "a", guid=guid), Code("B", "b", guid=guid.upper()))
    assert [fault.place for fault in faults_of(codebook)] == [1]


def test_every_code_of_a_circle_is_told_and_those_that_lead_to_it_are_not():
    # D leads to the circle A -> B -> C -> A and is itself only too deep to end.
    codebook = with_codes(
        Code("D", "d", parent="A"),
        Code("A", "a", parent="B"),
        Code("B", "b", parent="C"),
        Code("C", "c", parent="A"),
    )
    ancestors = [f.place for f in faults_of(codebook) if "own ancestor" in f.says]
    assert ancestors == [1, 2, 3]


@pytest.mark.parametrize(("length", "faults"), [(51, 0), (52, 1)], ids=["deepest", "too deep"])
def test_a_tree_has_at_most_fifty_steps(length, faults):
    # 51 codes in a chain have 50 steps between the last and the first.
    chain = [Code(f"C{n}", "x", parent=f"C{n - 1}" if n else None) for n in range(length)]
    assert len(problems_of(with_codes(*chain))) == faults


def test_a_code_inherits_the_dimension_of_its_parent():
    assert SOUND.dimension_of(SOUND.codes[1]) == "leaving"


def test_dimensions_and_their_top_codes_come_in_order():
    assert SOUND.dimensions() == ("leaving", "joining")
    assert [code.key for code in SOUND.top_codes("leaving")] == ["L1"]


def test_a_code_is_found_by_its_key():
    assert SOUND.code("L1.1") == SOUND.codes[1]
    assert SOUND.code("L9") is None
