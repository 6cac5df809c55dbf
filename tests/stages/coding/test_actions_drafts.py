"""A codebook is rewritten in a draft, and kept as one new version."""

from dataclasses import replace

import pytest

from exeunt.errors import BadInput, Changed, NotThere, NotYours, Refusal
from exeunt.methods.codebooks import Code
from exeunt.stages.coding.actions.drafts import (
    add_code,
    begin_draft,
    change_code,
    discard_draft,
    keep_draft,
    move_code,
    remove_code,
    revise_codebook,
)
from exeunt.stages.coding.models import CodebookVersion, Draft
from exeunt.stages.coding.queries.codebook_pages import codebook_page, compare_versions
from exeunt.stages.coding.queries.codebooks import plain
from exeunt.stages.coding.queries.drafts import codes_of, drafted, own_draft
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.archive import acts, rows_everywhere
from tests.making.codebooks import BINARY
from tests.making.coding import a_codebook
from tests.making.studies import a_staffed_study

J1, L1, L2 = BINARY.codes
L3 = Code("L3", "Conduct", dimension="leaving")
L1A = Code("L1a", "Spies", parent="L1")


@pytest.fixture
def draft(cast, study) -> Draft:
    """Amina begins to rewrite the codebook of three codes."""
    a_codebook(study, cast)
    return begin_draft(study=study, slug="reasons", by=cast.amina)


def keys(draft: Draft) -> list[str]:
    return [code.key for code in codes_of(Draft.objects.get(pk=draft.pk))]


def test_a_draft_begins_as_the_latest_version(cast, draft):
    assert drafted(draft) == BINARY
    assert begin_draft(study=draft.codebook.study, slug="reasons", by=cast.amina) == draft
    assert acts().count("draft.begun") == 1


def test_codes_are_added_changed_moved_and_removed(cast, draft):
    add_code(draft=draft, code=L3, by=cast.amina)
    add_code(draft=draft, code=L1A, by=cast.amina)
    assert keys(draft) == ["J1", "L1", "L2", "L3", "L1a"]
    draft = change_code(draft=draft, code=replace(L2, label="Cruelty"), revision=3, by=cast.amina)
    move_code(draft=draft, key="L3", steps=-1, by=cast.amina)
    draft = remove_code(draft=draft, key="J1", by=cast.amina)

    assert keys(draft) == ["L1", "L3", "L2", "L1a"]
    assert codes_of(draft)[2].label == "Cruelty"
    assert CodebookVersion.objects.count() == 1


def test_a_new_code_comes_behind_its_last_sibling(cast, draft):
    add_code(draft=draft, code=L1A, by=cast.amina)
    add_code(draft=draft, code=L3, by=cast.amina)

    assert keys(draft) == ["J1", "L1", "L2", "L3", "L1a"]


def test_the_first_code_does_not_move_up(cast, draft):
    move_code(draft=draft, key="J1", steps=-1, by=cast.amina)

    assert keys(draft) == ["J1", "L1", "L2"]


def test_a_code_sent_twice_is_added_once(cast, draft):
    add_code(draft=draft, code=L3, by=cast.amina)
    add_code(draft=draft, code=L3, by=cast.amina)

    assert keys(draft).count("L3") == 1


@pytest.mark.parametrize(
    ("act", "refusal", "sentence"),
    [
        (lambda d, by: add_code(draft=d, code=replace(L1, label="X"), by=by), Refusal, "is taken"),
        (lambda d, by: remove_code(draft=d, key="L9", by=by), NotThere, "nothing here"),
        (lambda d, by: move_code(draft=d, key="L9", steps=1, by=by), NotThere, "nothing here"),
    ],
    ids=["a taken key", "removing nothing", "moving nothing"],
)
def test_what_cannot_be_done_to_a_draft(cast, draft, act, refusal, sentence):
    before = rows_everywhere()
    with pytest.raises(refusal, match=sentence):
        act(draft, cast.amina)

    assert rows_everywhere() == before


def test_a_code_that_others_narrow_is_not_removed(cast, draft):
    add_code(draft=draft, code=L1A, by=cast.amina)
    with pytest.raises(Refusal, match="L1a narrow “L1”"):
        remove_code(draft=draft, key="L1", by=cast.amina)


def test_a_draft_that_was_changed_elsewhere_shows_both(cast, draft):
    change_code(draft=draft, code=replace(L2, label="Cruelty"), revision=1, by=cast.amina)
    with pytest.raises(Changed, match="changed elsewhere") as changed:
        change_code(draft=draft, code=replace(L2, label="Violence"), revision=1, by=cast.amina)

    assert (changed.value.theirs["label"], changed.value.revision) == ("Cruelty", 2)


def test_keeping_makes_one_version_and_ends_the_draft(cast, study, draft):
    add_code(draft=draft, code=L3, by=cast.amina)
    version = keep_draft(draft=draft, from_version=1, by=cast.amina)

    assert (version.number, plain(version).codes) == (2, (J1, L1, L2, L3))
    assert own_draft(study, "reasons", by=cast.amina) is None
    told = compare_versions(study, "reasons@1", "reasons@2", by=cast.vera)
    assert [code.key for code in told.added] == ["L3"]
    assert codebook_page(study, "reasons@1", by=cast.vera).is_latest is False


def test_a_draft_that_changes_nothing_is_not_kept(cast, draft):
    with pytest.raises(Refusal, match="nothing has changed"):
        keep_draft(draft=draft, from_version=1, by=cast.amina)


def test_a_draft_that_cannot_be_used_is_not_kept(cast, draft):
    add_code(draft=draft, code=Code("L9", "Orphan", parent="L8"), by=cast.amina)
    with pytest.raises(BadInput, match="L9 has the parent L8"):
        keep_draft(draft=draft, from_version=1, by=cast.amina)

    assert Draft.objects.exists()


def test_a_version_kept_meanwhile_is_told_and_keeping_again_is_a_decision(cast, study, draft):
    add_code(draft=draft, code=L3, by=cast.amina)
    a_codebook(study, cast, replace(BINARY, title="Other"))
    with pytest.raises(Changed, match="Version 2 was kept since you began with version 1") as told:
        keep_draft(draft=draft, from_version=1, by=cast.amina)

    version = keep_draft(draft=draft, from_version=told.value.revision, by=cast.amina)
    assert version.number == 3


def test_a_draft_can_be_given_up(cast, draft):
    discard_draft(draft=draft, by=cast.amina)

    assert not Draft.objects.exists()


def test_a_draft_is_its_writer_s_alone(cast, study, draft):
    appoint(study=study, member=cast.edda, role=Role.LEAD, by=cast.amina)
    with pytest.raises(NotThere):
        discard_draft(draft=draft, by=cast.edda)
    assert own_draft(study, "reasons", by=cast.edda) is None


def test_only_a_lead_rewrites(cast, study, draft):
    for member in cast[1:]:
        with pytest.raises(NotYours, match="You may not edit a codebook"):
            begin_draft(study=study, slug="reasons", by=member)
        with pytest.raises(NotYours):
            revise_codebook(study=study, codebook=BINARY, from_version=1, by=member)


def test_a_codebook_of_another_study_is_not_there(cast, draft):
    other = a_staffed_study(cast, "other")
    with pytest.raises(NotThere):
        begin_draft(study=other, slug="reasons", by=cast.amina)
    with pytest.raises(NotThere):
        revise_codebook(study=other, codebook=BINARY, from_version=1, by=cast.amina)
