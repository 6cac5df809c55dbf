"""A codebook is kept in versions; what was coded with one keeps its meaning."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from exeunt.errors import BadInput, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.methods.codebooks import Code, Level, Scale
from exeunt.stages.coding.codebooks import READY, ready_codebook
from exeunt.stages.coding.models import Code as StoredCode
from exeunt.stages.coding.models import CodebookVersion, Coding
from exeunt.stages.coding.queries.codebooks import (
    codebooks_of,
    damaged_codebooks,
    digest_of,
    plain,
    version_called,
)
from tests.making.archive import rows_everywhere
from tests.making.codebooks import BINARY, GRADED
from tests.making.coding import a_codebook, code, judgement
from tests.making.ledger import execute
from tests.making.studies import a_staffed_study
from tests.making.testimonies import some_accounts

CHANGED = replace(BINARY, codes=(*BINARY.codes, Code("L3", "Conduct", dimension="leaving")))
NESTED = replace(
    BINARY, codes=(Code("L1a", "Spies", parent="L1"), *BINARY.codes, Code("X", "X", parent="L1a"))
)


def test_a_codebook_is_handed_out_as_it_was_brought_in(cast, study):
    for codebook in (BINARY, GRADED, replace(NESTED, slug="nested")):
        version = a_codebook(study, cast, codebook)

        assert plain(CodebookVersion.objects.get(pk=version.pk)) == codebook


@pytest.mark.parametrize("slug", READY)
def test_every_ready_codebook_can_be_kept(cast, study, slug):
    version = a_codebook(study, cast, ready_codebook(slug))

    assert digest_of(plain(version)) == version.digest
    assert plain(version).codes == ready_codebook(slug).codes


def test_a_change_makes_the_next_version_and_leaves_the_earlier_one_alone(cast, study):
    first, second = a_codebook(study, cast), a_codebook(study, cast, CHANGED)

    assert (first.number, second.number) == (1, 2)
    assert plain(first) == BINARY
    assert plain(second) == CHANGED
    assert version_called("reasons", study=study) == second
    assert version_called("reasons@1", study=study) == first
    assert Entry.objects.latest("position").facts == {
        "codebook": "reasons",
        "version": 2,
        "digest": second.digest,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other reasons"},
        {"source": "Invented"},
        {"codes": BINARY.codes[::-1]},
        {"codes": (replace(BINARY.codes[0], definition="Another."), *BINARY.codes[1:])},
        {"scale": replace(BINARY.scale, unknown=-98)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_changes_makes_a_version(cast, study, change):
    a_codebook(study, cast)

    assert a_codebook(study, cast, replace(BINARY, **change)).number == 2


def test_a_codebook_that_has_not_changed_is_refused(cast, study):
    a_codebook(study, cast)
    before = rows_everywhere()
    with pytest.raises(Refusal, match="“reasons” is the same as its version 1"):
        a_codebook(study, cast, replace(BINARY))

    assert rows_everywhere() == before


def test_codings_keep_the_version_that_they_were_made_with(cast, study, captures, tmp_path):
    some_accounts(1, tmp_path, study=study, cast=cast)
    first = a_codebook(study, cast)
    code([judgement("A0001", "L1")], tmp_path, study=study, cast=cast)
    second = a_codebook(study, cast, CHANGED)
    code([judgement("A0001", "L3")], tmp_path, study=study, cast=cast, name="b.csv")

    assert [
        (c.reading.version, c.code.version, c.code.key) for c in Coding.objects.order_by("pk")
    ] == [
        (first, first, "L1"),
        (second, second, "L3"),
    ]


def test_the_same_codebook_in_another_study_begins_anew(cast, study):
    other = a_staffed_study(cast, "other")

    assert [a_codebook(one, cast).number for one in (study, other)] == [1, 1]


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ((Code("A", "a", parent="B"), Code("B", "b", parent="A")), "its own ancestor"),
        ((Code("A", "a", parent="A"),), "its own ancestor"),
        ((Code("A", "a"), Code("A", "b")), "stands twice"),
        ((Code("A", "a", parent="Z"),), "which is not in this codebook"),
        ((Code("A", ""),), "needs a key and a label"),
        ((), "no codes"),
        ((Code("A" * 61, "a"),), "60 are the most"),
        ((Code("A", "a" * 301),), "300 are the most"),
        ((Code("A", "a", dimension="d" * 61),), "60 are the most"),
    ],
    ids=lambda given: given if isinstance(given, str) else None,
)
def test_a_codebook_that_cannot_be_used_is_refused_whole(cast, study, codes, says):
    before = rows_everywhere()
    with pytest.raises(BadInput, match=says):
        a_codebook(study, cast, replace(BINARY, codes=codes))

    assert rows_everywhere() == before


@pytest.mark.parametrize(
    "slug",
    ["أسباب", "my reasons", "reasons@2", "x" * 61],
    ids=["Arabic", "a space", "an @", "long"],
)
def test_a_short_name_that_could_not_be_called_or_recorded_is_refused(cast, study, slug):
    before = rows_everywhere()
    with pytest.raises(Refusal):
        a_codebook(study, cast, replace(BINARY, slug=slug))

    assert rows_everywhere() == before


def test_a_scale_below_zero_is_refused_since_nothing_could_be_counted_with_it(cast, study):
    scale = Scale(Level.ORDINAL, {-1: "against", 0: "none", 1: "for"})
    with pytest.raises(Refusal, match="-1"):
        a_codebook(study, cast, replace(BINARY, scale=scale))


def test_nobody_but_the_lead_keeps_a_codebook(cast, study):
    before = rows_everywhere()
    for other in cast[1:]:
        with pytest.raises(NotYours, match="You may not edit a codebook"):
            a_codebook(study, cast._replace(amina=other))

    assert rows_everywhere() == before


def test_versions_are_called_by_name_and_number(cast, study):
    with pytest.raises(Refusal, match="no codebook yet"):
        version_called(None, study=study)
    only = a_codebook(study, cast)

    assert version_called(None, study=study) == only
    assert version_called("@1", study=study) == only
    a_codebook(study, cast, GRADED)
    with pytest.raises(Refusal, match=r"more than one codebook.*reasons, graded"):
        version_called(None, study=study)
    for name in ("reasons@2", "reasons@0", "reasons@x", "reasons@-1", "reasons@²"):
        with pytest.raises(Refusal, match="Versions: 1"):
            version_called(name, study=study)
    with pytest.raises(Refusal, match=r"There is no codebook “reson”.*Codebooks: reasons, graded"):
        version_called("reson", study=study)


def test_codebooks_are_listed_with_their_latest_version(cast, study, captures, tmp_path):
    some_accounts(1, tmp_path, study=study, cast=cast)
    a_codebook(study, cast)
    a_codebook(study, cast, CHANGED)
    code([judgement("A0001", "L1")], tmp_path, study=study, cast=cast)
    a_codebook(study, cast, GRADED)

    assert [(x.slug, x.version, x.codes, x.passes) for x in codebooks_of(study, by=cast.vera)] == [
        ("reasons", 2, 4, 1),
        ("graded", 1, 3, 0),
    ]


def test_a_definition_that_was_changed_past_exeunt_is_found(cast, study):
    version = a_codebook(study, cast)
    assert list(damaged_codebooks()) == []

    execute("UPDATE coding_code SET definition = 'Something else.' WHERE key = 'L1'")

    assert list(damaged_codebooks()) == [version]


def test_the_database_itself_refuses_a_code_twice_and_one_that_narrows_itself(cast, study):
    version = a_codebook(study, cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredCode.objects.create(version=version, position=9, key="L1", label="Again")
    loop = version.code_set.get(key="L1")
    with pytest.raises(DatabaseError), transaction.atomic():
        version.code_set.filter(pk=loop.pk).update(parent=loop)
