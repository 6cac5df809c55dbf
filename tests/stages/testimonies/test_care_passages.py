"""Hard passages are marked, kept when the text changes, and never dropped in silence."""

import pytest

from exeunt.errors import BadInput, NotThere, NotYet, NotYours
from exeunt.stages.testimonies.actions.by_hand import edit_account
from exeunt.stages.testimonies.actions.erasing import erase_told
from exeunt.stages.testimonies.actions.passages import mark_hard
from exeunt.stages.testimonies.models import Account, Passage
from exeunt.stages.testimonies.queries.account import account_page, words_of
from exeunt.stages.testimonies.queries.passages import hard_page, shown_latest
from exeunt.stages.testimonies.states import Hardness
from tests.making.archive import acts, rows_everywhere
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study
from tests.making.testimonies import an_account

HARD = "They beat a man until he did not move any more."
TEXT = f"I came in spring.\n\n{HARD}\n\nI left in autumn."


@pytest.fixture
def account(cast, study, captures) -> Account:
    return an_account(study, cast, account_id="A1", text=TEXT)


def mark(account, *paragraphs, by, number=1, kind=Hardness.VIOLENCE, taken=()):
    return mark_hard(
        account=account, number=number, paragraphs=paragraphs, kind=kind, taken=taken, by=by
    )


def rewritten(account, text, cast):
    """The account after Boris has corrected its text."""
    account.refresh_from_db()
    words = {**words_of(account), "text": text}
    return edit_account(account=account, revision=account.revision, words=words, by=cast.boris)


def shown(account):
    return shown_latest([account])[account.pk]


def words_in(text) -> list[tuple[str, bool]]:
    """What each part of a shown text says, and whether it is folded."""
    said = ("".join(piece.words for piece in part.pieces) for part in text.parts)
    return list(zip(said, (part.warning is not None for part in text.parts), strict=True))


@pytest.mark.parametrize("name", ["amina", "boris", "dana"])
def test_who_leads_codes_or_takes_in_marks_a_passage(cast, study, account, name):
    by = getattr(cast, name)
    (passage,) = mark(account, 2, by=by)

    assert TEXT[passage.start : passage.end] == HARD
    assert (passage.kind, passage.made_by) == ("violence", by.ref)
    assert acts()[-1] == "passages.marked"
    assert words_in(shown(account)) == [
        ("I came in spring.", False),
        (HARD, True),
        ("I left in autumn.", False),
    ]


@pytest.mark.parametrize("name", ["lina", "edda", "vera", "eve"])
def test_nobody_else_marks_one_or_sees_the_page(cast, study, account, name):
    before = rows_everywhere()
    for attempt in (
        lambda by: mark(account, 2, by=by),
        lambda by: hard_page(study, account.ref, by=by),
    ):
        with pytest.raises(NotYours):
            attempt(getattr(cast, name))

    assert rows_everywhere() == before


def test_a_mark_is_set_once_and_taken_away_by_its_reference(cast, account):
    mark(account, 2, by=cast.boris)
    (passage,) = mark(account, 2, by=cast.chidi)
    mark(account, kind=None, taken=[passage.ref], by=cast.dana)
    mark(account, kind=None, taken=[passage.ref], by=cast.dana)

    assert not Passage.objects.exists()


def test_one_paragraph_can_be_hard_in_two_ways(cast, account):
    mark(account, 2, by=cast.boris)
    mark(account, 2, kind=Hardness.TORTURE, by=cast.boris)
    part = shown(account).parts[1]

    assert part.warning == "About 11 words on violence and torture. Open when you are ready."
    assert shown(account).hard == 1


@pytest.mark.parametrize(
    ("paragraphs", "how", "refusal"),
    [
        ((), {}, NotYet),
        ((2,), {"number": 2}, NotYet),
        ((2,), {"kind": None}, BadInput),
        ((9,), {}, NotThere),
        ((0,), {}, NotThere),
    ],
    ids=["nothing", "another version", "no kind", "no such paragraph", "paragraph 0"],
)
def test_what_makes_no_sense_is_refused(cast, account, paragraphs, how, refusal):
    before = rows_everywhere()
    with pytest.raises(refusal):
        mark(account, *paragraphs, by=cast.boris, **how)

    assert rows_everywhere() == before


def test_an_account_without_text_has_nothing_to_mark(cast, study, captures):
    bare = an_account(study, cast, account_id="A2")
    with pytest.raises(NotYet, match="no text yet"):
        mark(bare, 1, by=cast.boris)

    assert hard_page(study, bare.ref, by=cast.boris).version is None


def test_marks_of_another_account_stay(cast, study, account):
    other = an_account(study, cast, account_id="A2", text=TEXT)
    (passage,) = mark(other, 2, by=cast.boris)
    mark(account, 1, taken=[passage.ref], by=cast.boris)

    assert Passage.objects.filter(ref=passage.ref).exists()


@pytest.mark.parametrize(
    "text",
    [
        f"I came in early spring.\n\n{HARD}\n\nI left.",
        f"I left.\n\n{HARD}",
        TEXT.replace("any more", "anymore"),
    ],
    ids=["others changed", "moved", "corrected"],
)
def test_a_mark_goes_with_its_paragraph_into_the_next_version(cast, account, text):
    mark(account, 2, by=cast.boris)
    rewritten(account, text, cast)
    now = shown(account)

    assert (now.hard, now.lost) == (1, 0)
    assert ["beat a man" in said for said, folded in words_in(now) if folded] == [True]
    assert acts()[-2:] == ["passages.carried", "account.edited"]


def test_a_lost_mark_folds_the_whole_text_until_somebody_has_looked(cast, study, account):
    mark(account, 2, by=cast.boris)
    rewritten(account, "Something else entirely.\n\nAnd a bit more.", cast)
    lost = hard_page(study, account.ref, by=cast.dana).lost

    assert words_in(shown(account)) == [("Something else entirely.\n\nAnd a bit more.", True)]
    assert shown(account).lost == 1
    assert [one.words for one in lost] == [HARD]

    mark(account, 2, number=2, taken=[lost[0].passage.ref], by=cast.dana)
    assert words_in(shown(account)) == [
        ("Something else entirely.", False),
        ("And a bit more.", True),
    ]


def test_a_lost_passage_that_comes_back_is_found(cast, account):
    mark(account, 2, by=cast.boris)
    rewritten(account, "Something else entirely.", cast)
    rewritten(account, TEXT, cast)

    assert (shown(account).hard, shown(account).lost) == (1, 0)


def test_two_marks_that_come_to_the_same_place_are_one(cast, account):
    rewritten(account, f"{HARD}\n\n{HARD}\n\nI left.", cast)
    mark(account, 1, 2, number=2, by=cast.boris)
    rewritten(account, f"{HARD}\n\nI left.", cast)

    assert Passage.objects.count() == 1


def test_earlier_versions_are_folded_too(cast, study, account):
    rewritten(account, f"{TEXT}\n\nThat is all.", cast)
    mark(account, 2, number=2, by=cast.boris)
    page = account_page(study, account.ref, by=cast.edda)

    assert [words_in(one)[1] for one in page.shown] == [(HARD, True), (HARD, True)]
    assert [one.lost for one in page.shown] == [0, 0]


def test_the_page_to_mark_is_a_reading(cast, study, account):
    hard_page(study, account.ref, by=cast.dana)

    assert acts()[-1] == "account.read"


def test_an_account_of_another_study_is_not_there(cast, study, account):
    with pytest.raises(NotThere):
        hard_page(a_staffed_study(cast, "other"), account.ref, by=cast.amina)


def test_who_is_erased_takes_the_marks_along(cast, account):
    mark(account, 2, by=cast.boris)
    erase_told(account.narrator)

    assert not Passage.objects.exists()


def test_many_accounts_are_shown_in_as_many_queries_as_one(cast, study, account):
    others = [an_account(study, cast, text=TEXT) for _ in range(5)]
    for one in others:
        mark(one, 2, by=cast.boris)

    assert queries_for(lambda: shown_latest([account])) == queries_for(
        lambda: shown_latest([account, *others])
    )
