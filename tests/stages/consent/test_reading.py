"""The machine asks at every read: what consent shuts is found by nothing, counted by nothing."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from exeunt.stages.consent.actions.events import (
    await_consent,
    note_lapses,
    suspend_consent,
    withdraw_consent,
)
from exeunt.stages.consent.models import Everything, Told
from exeunt.stages.consent.rules.events import Chosen
from exeunt.stages.consent.rules.scope import Scope
from exeunt.stages.consent.states import Outcome, Use, What
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.models import Account, SearchPassage, TextVersion
from tests.making.coding import Desk, a_codebook
from tests.making.consent import UNTIL, cell, consent_of

DAY = timedelta(days=1)
WORD = "Zarquil"


def told_by(narrator):
    """What any query finds of a narrator: accounts, texts, passages to search in."""
    return tuple(
        model.objects.filter(**{path: narrator}).count()
        for model, path in (
            (Account, "narrator"),
            (TextVersion, "account__narrator"),
            (SearchPassage, "account__narrator"),
        )
    )


def test_without_an_event_what_is_public_or_invented_is_open(narrator):
    assert told_by(narrator) == (1, 1, 1)


def test_whoever_entrusts_is_shut_until_they_agree(narrator, cast):
    await_consent(narrator=narrator, by=cast.dana)
    assert told_by(narrator) == (0, 0, 0)
    consent_of(narrator, cast)
    assert told_by(narrator) == (1, 1, 1)


@pytest.mark.parametrize(
    ("outcome", "open_"),
    [
        (Outcome.ERASE, (0, 0, 0)),
        (Outcome.DEIDENTIFY, (1, 0, 0)),
        (Outcome.KEEP_INTERNAL, (1, 1, 1)),
    ],
)
def test_a_withdrawal_shuts_what_its_outcome_says(narrator, cast, outcome, open_):
    consent_of(narrator, cast)
    withdraw_consent(narrator=narrator, chosen=Chosen(outcome), by=cast.boris)
    assert told_by(narrator) == open_


def test_on_the_day_after_the_last_one_it_is_shut_by_itself(narrator, cast, clock):
    consent_of(narrator, cast)
    clock.move_to(f"{UNTIL}T23:59:00+00:00")
    assert told_by(narrator) == (1, 1, 1)
    clock.move_to(f"{UNTIL + DAY}T00:01:00+00:00")
    assert told_by(narrator) == (0, 0, 0)


def test_once_a_lapse_is_noted_a_clock_that_is_set_back_opens_nothing(narrator, cast, clock):
    consent_of(narrator, cast)
    clock.move_to(f"{UNTIL + DAY}T00:01:00+00:00")
    note_lapses(today=UNTIL + DAY, by="exeunt")
    clock.move_to(f"{UNTIL - DAY}T00:01:00+00:00")
    assert told_by(narrator) == (0, 0, 0)


def test_a_scope_without_coding_opens_no_text(narrator, cast):
    consent_of(narrator, cast, Scope(frozenset({cell(What.TEXT, Use.STORE)})))
    assert told_by(narrator) == (0, 0, 0)


def test_what_is_shut_is_still_there_for_what_must_see_everything(narrator, cast):
    suspend_consent(narrator=narrator, by=cast.vera)
    assert Account.everything.filter(narrator=narrator).count() == 1
    assert TextVersion.everything.filter(account__narrator=narrator).count() == 1


# --- surfaces -------------------------------------------------------------------------------------


@pytest.fixture
def coded(narrator, study, cast):
    """The narrator's account, read by two people."""
    desk = Desk(study, a_codebook(study, cast))
    for reader in (cast.boris, cast.chidi):
        desk.complete("A-1", 1, 0, 1, by=reader, memo=f"{WORD} remembered.")
    return desk


SURFACES = (
    "testimonies:accounts",
    "testimonies:accounts?q=zarquil",
    "coding:find?q=zarquil",
    "coding:memos",
    "coding:memos?q=zarquil",
    "coding:next",
    "coding:differences",
    "findings:agreement",
)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("who", ["amina", "boris", "edda"])
def test_no_surface_shows_a_word_of_whoever_was_stopped(
    surface, who, browser_of, cast, study, narrator, coded
):
    name, mark, query = surface.partition("?")
    place = reverse(name, kwargs={"study_ref": study.ref}) + mark + query
    client = browser_of(getattr(cast, who))
    client.get(place, follow=True)
    suspend_consent(narrator=narrator, by=cast.vera)
    answer = client.get(place, follow=True)

    assert answer.status_code < 500
    said = answer.content.decode()
    assert WORD not in said.replace("value=", "")
    assert "A-1<" not in said


def test_an_account_that_is_shut_answers_as_one_that_never_was(browser_of, cast, study, narrator):
    account = Account.objects.get(narrator=narrator)
    suspend_consent(narrator=narrator, by=cast.vera)
    boris = browser_of(cast.boris)
    shut, unknown = (
        boris.get(reverse("testimonies:account", kwargs={"study_ref": study.ref, "ref": ref}))
        for ref in (account.ref, "0" * 16)
    )
    assert (shut.status_code, unknown.status_code) == (404, 404)
    assert bare(shut) == bare(unknown)


def bare(answer):
    """What a page says, without what is drawn anew each time."""
    said = answer.content.decode()
    return said.partition("<main")[2].partition("</main>")[0]


# --- every model ----------------------------------------------------------------------------------

# About a study, a codebook or a search as a whole, or kept under another program's number.
NOT_TOLD = {"Search", "Elsewhere", "Reply", "Example", "Answer"}


def ways_to_a_narrator(model, seen=()):
    """Every way by which a model's rows belong to somebody's telling."""
    for field in model._meta.concrete_fields:
        if field.related_model is Narrator:
            yield (field.name,)
        elif field.related_model in (Account, TextVersion):
            yield (field.name, "…")


def test_no_model_of_a_later_stage_tells_of_somebody_without_asking():
    later = [
        model
        for app in ("testimonies", "coding")
        for model in apps.get_app_config(app).get_models()
        if list(ways_to_a_narrator(model)) and model.__name__ not in NOT_TOLD
    ]
    assert len(later) > 10
    for model in later:
        assert isinstance(model._default_manager, Told), model
        assert isinstance(model.everything, Everything), model
        assert type(model._base_manager) is models.Manager
