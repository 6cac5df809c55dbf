"""Excerpts show what a code means: to whom, for how long, and what becomes of them."""

import pytest

from exeunt.errors import NotThere, NotYours
from exeunt.members.actions import add_member
from exeunt.stages.coding.actions.drafts import begin_draft, change_code, keep_draft
from exeunt.stages.coding.actions.erasing import coded_of, erase_coded
from exeunt.stages.coding.actions.examples import drop_example, show_example
from exeunt.stages.coding.models import Coding, Example, Excerpt
from exeunt.stages.coding.queries.drafts import codes_of
from exeunt.stages.coding.queries.examples import examples_of, examples_page
from exeunt.stages.testimonies.models import Account
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.reading import at, words
from tests.making.spans import LEFT, PAID, Disputed, a_disputed_text


@pytest.fixture
def disputed(cast, study) -> Disputed:
    """A text that Boris and Chidi have read and marked."""
    return a_disputed_text(study, cast)


@pytest.fixture
def shown(disputed, cast) -> Example:
    """An excerpt to which both gave L2, as its example."""
    ref = offered(disputed, "L2", by=cast.amina)[LEFT]
    return show_example(
        study=disputed.study,
        version=disputed.version,
        key="L2",
        excerpt=ref,
        why="It is the word itself.",
        by=cast.amina,
    )


def offered(disputed: Disputed, key: str, *, by) -> dict[str, str]:
    page = examples_page(disputed.study, disputed.version, key, by=by)
    return {one.words: one.ref for one in page.offered}


def seen(disputed: Disputed, *, by) -> list[str]:
    found = examples_of(disputed.study, disputed.version, by=by)
    return [one.excerpt.words for ones in found.values() for one in ones]


def test_what_was_settled_is_offered_first(disputed, cast):
    disputed.settle(PAID, "union", by=cast.amina)

    assert next(iter(offered(disputed, "L1", by=cast.amina))) == PAID


def test_who_may_read_accounts_sees_an_example_and_nobody_else(disputed, shown, cast):
    assert seen(disputed, by=cast.boris) == [LEFT]
    assert seen(disputed, by=cast.amina) == [LEFT]
    assert seen(disputed, by=cast.vera) == []
    assert LEFT not in offered(disputed, "L2", by=cast.amina)


def test_whoever_still_has_to_read_the_text_is_not_shown_it(disputed, shown, cast):
    hanif = add_member(name="Hanif", by=cast.amina)
    appoint(study=disputed.study, member=hanif, role=Role.CODER, by=cast.amina)

    assert seen(disputed, by=hanif) == []


def test_choosing_it_again_says_something_else_of_it(disputed, shown, cast):
    show_example(
        study=disputed.study,
        version=disputed.version,
        key="L2",
        excerpt=shown.excerpt.ref,
        why="Plain.",
        by=cast.amina,
    )

    assert Example.objects.get().why == "Plain."


def test_only_who_leads_chooses(disputed, shown, cast):
    with pytest.raises(NotYours):
        drop_example(study=disputed.study, example=shown, by=cast.boris)
    with pytest.raises(NotThere):
        show_example(
            study=disputed.study, version=disputed.version, key="L2", excerpt="0", by=cast.amina
        )


def test_its_excerpt_stays_when_the_last_mark_is_taken_off_and_goes_with_the_example(
    disputed, shown, cast
):
    number = shown.excerpt_id
    Coding.objects.filter(excerpt=number).delete()
    drop_example(study=disputed.study, example=shown, by=cast.amina)

    assert not Excerpt.objects.filter(pk=number).exists()


def test_examples_go_along_with_the_next_version(disputed, shown, cast):
    draft = begin_draft(study=disputed.study, slug=disputed.version.codebook.slug, by=cast.amina)
    last = codes_of(draft)[-1]
    changed = type(last)(last.key, "Another label", dimension=last.dimension, parent=last.parent)
    draft = change_code(draft=draft, code=changed, revision=1, by=cast.amina)
    version = keep_draft(draft=draft, from_version=1, by=cast.amina)

    kept = Example.objects.filter(code__version=version)
    assert [(one.code.key, one.excerpt_id) for one in kept] == [("L2", shown.excerpt_id)]


def test_they_are_erased_with_whom_they_are_of(disputed, shown):
    narrator = Account.objects.get().narrator

    assert coded_of(narrator)["examples"] == 1
    erase_coded(narrator)
    assert not Example.objects.exists()


def test_the_page_offers_excerpts_and_the_codebook_shows_what_was_chosen(
    disputed, cast, browser_of
):
    amina = browser_of(cast.amina)
    version = disputed.version.name
    place = at("coding:examples", disputed.study, codebook=version, key="L2")
    ref = offered(disputed, "L2", by=cast.amina)[LEFT]
    before = words(amina.get(place))
    after = words(amina.post(place, {"excerpt": ref, "why": "The word."}, follow=True))
    book = words(amina.get(at("coding:codebook", disputed.study, codebook=version)))

    assert "There is no example yet." in before
    assert "The excerpt is an example now." in after
    assert LEFT in book
    assert "The word." in book
    drop = at("coding:drop-example", disputed.study, ref=Example.objects.get().ref)
    assert "no example any more" in words(amina.post(drop, follow=True))


def test_who_codes_sees_it_beside_the_code(disputed, shown, cast, browser_of):
    place = at("coding:text", disputed.study, codebook=disputed.version.name, ref=disputed.ref)
    page = browser_of(cast.boris).get(place).content.decode()

    assert f">{LEFT}</blockquote>" in page
    assert "It is the word itself." in page
