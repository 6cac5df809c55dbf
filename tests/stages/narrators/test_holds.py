"""Legal holds: placed and lifted by legal reviewers, seen by those who would erase."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from exeunt.errors import BadInput, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.narrators.actions.holds import lift_hold, place_hold, place_hold_on
from exeunt.stages.narrators.models import LegalHold
from exeunt.stages.narrators.queries import holds_in, holds_on
from tests.making.archive import acts
from tests.making.pages import fields_of
from tests.making.testimonies import an_account


@pytest.fixture
def narrator(study, cast):
    """Somebody of the study."""
    return an_account(study, cast, narrator="N1").narrator


def place(study, cast, **more):
    """Place a hold on the whole study as Lina, unless it is said otherwise."""
    facts = {"narrator": None, "reference": "Court of Elm, 12/26", "by": cast.lina}
    return place_hold(study=study, **(facts | more))


def test_a_hold_says_who_placed_it_and_when_and_what_orders_it(study, cast, narrator):
    place(study, cast, narrator=narrator)

    (facts,) = holds_on(narrator)
    assert facts == ("Court of Elm, 12/26", "Lina", "2026-03-02", False)


def test_a_hold_on_the_study_stands_on_everybody_in_it(study, cast, narrator):
    place(study, cast)

    assert [hold.whole_study for hold in holds_on(narrator)] == [True]


def test_a_hold_that_is_lifted_stands_no_more_and_is_kept(study, cast, narrator):
    hold = lift_hold(hold=place(study, cast), by=cast.lina)

    assert holds_on(narrator) == []
    assert holds_in(study, by=cast.dana) == [hold]
    assert hold.lifted_by == cast.lina


def test_a_hold_is_lifted_once(study, cast):
    hold = lift_hold(hold=place(study, cast), by=cast.lina)

    with pytest.raises(Refusal, match="lifted already"):
        lift_hold(hold=hold, by=cast.lina)


def test_the_ledger_names_references_and_not_what_orders_it(study, cast, narrator):
    hold = place(study, cast, narrator=narrator)
    lift_hold(hold=hold, by=cast.lina)

    assert acts()[-2:] == ["hold.placed", "hold.lifted"]
    assert "Elm" not in str(list(Entry.objects.values_list("facts", "subject")))


def test_sent_twice_it_is_one_hold(study, cast):
    assert place(study, cast, ref="a" * 16) == place(study, cast, ref="a" * 16)
    assert LegalHold.objects.count() == 1


@pytest.mark.parametrize("who", ["amina", "boris", "dana", "edda", "vera", "eve"])
def test_only_a_legal_reviewer_places_and_lifts(study, cast, who):
    member, hold = getattr(cast, who), place(study, cast)

    with pytest.raises(NotYours):
        place(study, cast, by=member)
    with pytest.raises(NotYours):
        lift_hold(hold=hold, by=member)


@pytest.mark.parametrize("who", ["boris", "edda", "vera", "eve"])
def test_those_who_neither_lead_nor_erase_nor_review_do_not_see_them(study, cast, who):
    with pytest.raises(NotYours):
        holds_in(study, by=getattr(cast, who))


@pytest.mark.parametrize(
    "reference", ["", "   ", "x" * 81, "hidden\u202eword"], ids=["none", "blank", "long", "hidden"]
)
def test_what_orders_a_hold_is_one_short_line(study, cast, reference):
    with pytest.raises(BadInput, match="what orders the hold"):
        place(study, cast, reference=reference)


def test_a_label_that_nobody_has_is_said_at_its_field(study, cast):
    with pytest.raises(BadInput) as refused:
        place_hold_on(study=study, label="N9", reference="Elm 12", by=cast.lina)

    assert refused.value.problems[0].column == "label"


def test_the_database_keeps_no_hold_that_nobody_lifted_and_that_is_lifted(study, cast):
    hold = place(study, cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.filter(pk=hold.pk).update(lifted=hold.placed)


# --- on pages ------------------------------------------------------------------------------------


def address(name, study, **places):
    return reverse(f"narrators:{name}", kwargs={"study_ref": study.ref, **places})


def test_a_hold_is_placed_seen_and_lifted_on_pages(study, cast, narrator, browser_of):
    lina, page = browser_of(cast.lina), address("place-hold", study)
    typed = {"reference": "Court of Elm, 12/26", "label": "N1"}

    sent = lina.post(page, fields_of(lina.get(page)) | typed)

    hold = LegalHold.objects.get()
    shown = browser_of(cast.dana).get(address("holds", study)).content.decode()
    assert (sent.status_code, hold.narrator) == (302, narrator)
    assert "Court of Elm, 12/26" in shown
    assert "Lift it" not in shown
    assert lina.post(address("lift-hold", study, ref=hold.ref)).status_code == 302
    assert LegalHold.objects.get().lifted_by == cast.lina


def test_nothing_typed_is_lost_when_a_hold_is_refused(study, cast, browser_of):
    lina, page = browser_of(cast.lina), address("place-hold", study)

    sent = lina.post(page, fields_of(lina.get(page)) | {"reference": "Elm 12", "label": "N9"})

    assert sent.status_code == 422
    assert "Nobody in this study has that label" in sent.content.decode()
    assert fields_of(sent)["reference"] == "Elm 12"
