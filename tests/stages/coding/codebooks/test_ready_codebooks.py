"""The codebooks that come with Exeunt."""

from importlib.resources import files

import pytest

from exeunt.errors import NotThere
from exeunt.methods.codebooks import Level, Unit
from exeunt.stages.coding import codebooks
from exeunt.stages.coding.codebooks import crosswalk, ready_codebook, ready_codebooks

# Counted in the published lists: codes with a dimension, and those that narrow one.
SIZES = {
    "published-accounts-2026": (12, 0),
    "icsr-2015": (12, 22),
    "altier-2017": (14, 2),
    "d3-barriers": (4, 0),
}


@pytest.mark.parametrize("slug", ready_codebooks())
def test_every_code_has_a_label_a_definition_and_a_dimension(slug):
    codebook = ready_codebook(slug)
    for code in codebook:
        assert code.label
        assert code.definition.endswith(".")
        assert codebook.dimension_of(code)


@pytest.mark.parametrize("slug", ready_codebooks())
def test_the_ready_codebooks_have_all_their_codes(slug):
    codes = ready_codebook(slug).codes
    top = sum(code.parent is None for code in codes)
    assert (top, len(codes) - top) == SIZES[slug]


@pytest.mark.parametrize("slug", ready_codebooks())
def test_codes_named_in_hints_stand_in_the_same_codebook(slug):
    codebook = ready_codebook(slug)
    for code in codebook:
        for _, opening, rest in [code.not_when.rpartition("(")]:
            named = rest.partition(")")[0].replace(" or ", ", ").split(", ") if opening else []
            assert all(codebook.code(key) for key in named), (code.key, named)


def test_units_and_scales_are_those_of_the_published_schemes():
    altier = ready_codebook("altier-2017")
    assert (altier.unit, altier.scale.level) == (Unit.EXIT, Level.ORDINAL)
    assert dict(altier.scale.values) == {0: "no role", 1: "some/small role", 2: "large role"}
    assert ready_codebook("d3-barriers").unit is Unit.SPELL
    assert ready_codebook("icsr-2015").scale.unknown == -99
    assert ready_codebook("published-accounts-2026").scale.blank.startswith("no reason")


def test_notes_say_where_a_label_was_seen():
    notes = {code.note.split(".")[0] for code in ready_codebook("icsr-2015")}
    assert notes == {"Label seen in the published summary", "Reconstructed from press reports"}


def test_every_file_is_ready_or_the_crosswalk():
    there = {entry.name for entry in files(codebooks).iterdir() if entry.name.endswith(".yaml")}
    assert there == {f"{slug}.yaml" for slug in ready_codebooks()} | {"crosswalk.yaml"}


def test_a_codebook_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(NotThere, match="There are published-accounts-2026"):
        ready_codebook("icsr")


def test_the_crosswalk_speaks_of_codes_that_exist():
    pairs = crosswalk()
    assert len(pairs) == 5
    for pair in pairs:
        assert ready_codebook(pair.codebook).code(pair.code)
        assert ready_codebook(pair.other_codebook).code(pair.other_code)
