"""What a withdrawal touches is found surface by surface, and all of it is shut at once."""

import pytest
from django.urls import reverse

from exeunt.errors import NotYours
from exeunt.procedures.withdrawal import (
    WORDS,
    surfaces_of,
    told_models,
    what_withdrawal_touches,
)
from exeunt.stages.consent.actions.events import suspend_consent, withdraw_consent
from exeunt.stages.consent.rules.events import Chosen
from exeunt.stages.consent.states import Outcome
from exeunt.stages.testimonies.models import Account
from tests.making.coding import Desk, a_codebook
from tests.making.consent import consent_of
from tests.making.testimonies import an_account
from tests.making.web import browser_of

__all__ = ["browser_of"]


@pytest.fixture
def narrator(study, cast, captures):
    """Somebody whose account was read by two people; somebody else was read, too."""
    accounts = [
        an_account(study, cast, account_id=f"A-{n}", narrator=f"N-{n}", text="Bread, they said.")
        for n in (1, 2)
    ]
    desk = Desk(study, a_codebook(study, cast))
    for one in accounts:
        for value, reader in enumerate((cast.boris, cast.chidi)):
            desk.complete(one.label, value, 0, 1, by=reader, memo="What was thought.")
    return accounts[0].narrator


def shown(narrator):
    """How much of a narrator is shown, by surface, where anything is."""
    return {str(one.what): one.shown for one in surfaces_of(narrator) if one.shown}


def test_every_surface_has_a_name():
    assert {model.__name__ for model, _ in told_models()} == set(WORDS)


def test_it_lists_what_is_shown_and_changes_nothing(narrator, cast):
    touched = what_withdrawal_touches(narrator=narrator, by=cast.boris)

    named = {str(one.what): (one.amount, one.shown) for one in touched.surfaces}
    assert named["accounts"] == (1, 1)
    assert named["versions of texts"] == (1, 1)
    assert named["sheets, with their memos"] == (2, 2)
    assert named["judgements of coders, with their notes"] == (6, 6)
    assert named["differences between readers"] == (1, 1)
    assert what_withdrawal_touches(narrator=narrator, by=cast.boris) == touched
    assert {str(one.what) for one in touched.left} >= {"backups", "reports that were written"}


@pytest.mark.parametrize("outcome", [None, Outcome.ERASE])
def test_a_stop_and_a_withdrawal_shut_every_surface(narrator, cast, outcome):
    before = shown(narrator)
    if outcome is None:
        suspend_consent(narrator=narrator, by=cast.vera)
    else:
        withdraw_consent(narrator=narrator, chosen=Chosen(outcome), by=cast.boris)

    assert len(before) > 5
    assert shown(narrator) == {}
    touched = what_withdrawal_touches(narrator=narrator, by=cast.boris)
    assert touched.shown == 0
    assert sum(one.amount for one in touched.surfaces) == sum(before.values())


def test_nothing_of_anybody_else_is_shut(narrator, cast):
    other = Account.objects.get(label="A-2").narrator
    before = shown(other)
    suspend_consent(narrator=narrator, by=cast.vera)
    assert shown(other) == before


def test_coded_data_stays_where_the_narrator_chose_so(narrator, cast):
    consent_of(narrator, cast)
    withdraw_consent(narrator=narrator, chosen=Chosen(Outcome.DEIDENTIFY), by=cast.boris)

    left = shown(narrator)
    assert left["judgements of coders, with their notes"] == 6
    assert "versions of texts" not in left
    assert "passages of the search index" not in left


def test_only_who_may_see_consent_sees_what_it_touches(narrator, cast):
    with pytest.raises(NotYours):
        what_withdrawal_touches(narrator=narrator, by=cast.vera)


def test_the_page_says_it_in_words(narrator, cast, study, browser_of):
    where = {"study_ref": study.ref, "ref": narrator.ref}
    said = browser_of(cast.edda).get(reverse("studies:touches", kwargs=where)).content.decode()
    assert "Nothing is changed by looking." in said
    assert "sheets, with their memos" in said
    assert "They hold everything as it was when they were made." in said
