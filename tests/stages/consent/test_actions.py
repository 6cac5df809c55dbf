"""What happens to consent is written down, and shuts what it no longer allows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from exeunt.errors import BadInput, Changed, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.consent.actions.events import (
    await_consent,
    give_consent,
    invalidate_consent,
    narrow_consent,
    note_lapses,
    refuse_consent,
    renew_consent,
    request_consent,
    review_freedom,
    suspend_consent,
    withdraw_consent,
)
from exeunt.stages.consent.models import Event, Standing
from exeunt.stages.consent.queries.facts import (
    ending_in,
    events_of,
    facts_among,
    facts_of,
    lapsed,
    number_of,
)
from exeunt.stages.consent.rules.events import Chosen
from exeunt.stages.consent.rules.scope import Scope
from exeunt.stages.consent.states import Basis, Outcome, State, Timing, Told
from tests.making.consent import FREE, TODAY, UNTIL, consent_of, given, inside, quoted
from tests.making.testimonies import an_account

DAY = timedelta(days=1)


def states_of(narrator):
    """Everything that happened, in order."""
    return [
        State(one)
        for one in Event.objects.filter(narrator=narrator).values_list("state", flat=True)
    ]


def standing_of(narrator):
    """What stands: state, and until when text and data are open."""
    row = Standing.objects.get(narrator=narrator)
    return row.state, row.text_until, row.data_until


def test_what_was_given_is_kept_cell_by_cell(narrator, cast):
    told = given(
        Scope(
            inside() | quoted(),
            show_me_first=True,
            outcome=Outcome.SEAL_UNTIL,
            seal_until=date(2040, 1, 1),
            timing=Timing.NEXT_REBUILD,
        ),
        witnessed=True,
        freely=FREE._replace(payment=Told.YES),
    )
    give_consent(narrator=narrator, given=told, seen=0, by=cast.amina)

    known = facts_of(narrator)
    assert (known.state, known.given, known.basis) == (State.GIVEN, told, Basis.INVENTED)
    assert standing_of(narrator) == (State.GIVEN, UNTIL, UNTIL)


def test_the_ledger_names_the_narrator_by_reference_and_nothing_else(narrator, cast, study):
    event = consent_of(narrator, cast)

    entry = Entry.objects.latest("position")
    assert (entry.act, entry.subject, entry.by) == ("consent.given", event.ref, cast.amina.ref)
    assert entry.facts == {"study": study.ref, "narrator": narrator.ref, "number": 1}


def test_a_request_can_be_refused_and_asked_again(narrator, cast):
    request_consent(narrator=narrator, seen=0, by=cast.boris)
    refuse_consent(narrator=narrator, seen=1, by=cast.boris)
    assert standing_of(narrator) == (State.REFUSED, None, None)
    request_consent(narrator=narrator, seen=2, by=cast.boris)
    consent_of(narrator, cast)

    asked = [State.REQUESTED, State.REFUSED, State.REQUESTED, State.GIVEN]
    assert states_of(narrator) == asked


def test_what_contradicts_itself_leaves_no_event(narrator, cast):
    with pytest.raises(BadInput):
        consent_of(narrator, cast, Scope())
    with pytest.raises(BadInput, match="a day to come"):
        consent_of(narrator, cast, day=TODAY + DAY)
    assert states_of(narrator) == []
    assert not Standing.objects.exists()


def test_two_people_who_record_at_once_are_told(narrator, cast):
    request_consent(narrator=narrator, seen=0, by=cast.amina)
    with pytest.raises(Changed, match="Something happened") as refused:
        give_consent(narrator=narrator, given=given(), seen=0, by=cast.boris)
    assert (refused.value.revision, refused.value.theirs) == (1, {"state": "requested"})
    assert states_of(narrator) == [State.REQUESTED]


def test_a_new_intake_supersedes_what_stood(narrator, cast):
    consent_of(narrator, cast)
    consent_of(narrator, cast, Scope(inside() | quoted()))

    assert states_of(narrator) == [State.GIVEN, State.SUPERSEDED, State.GIVEN]
    assert facts_of(narrator).scope == Scope(inside() | quoted())


def test_a_renewal_reaches_further_and_takes_nothing_new(narrator, cast):
    consent_of(narrator, cast)
    later = given(Scope(inside(until=UNTIL + 365 * DAY)))
    with pytest.raises(Refusal, match="never wider"):
        renew_consent(
            narrator=narrator, given=given(Scope(inside() | quoted())), seen=1, by=cast.amina
        )
    renew_consent(narrator=narrator, given=later, seen=1, by=cast.amina)

    assert standing_of(narrator) == (State.RENEWED, UNTIL + 365 * DAY, UNTIL + 365 * DAY)


def test_a_narrowing_supersedes_the_wider_consent(narrator, cast):
    consent_of(narrator, cast, Scope(inside() | quoted()))
    narrow_consent(narrator=narrator, scope=Scope(inside()), seen=1, by=cast.amina)

    assert states_of(narrator) == [State.GIVEN, State.SUPERSEDED, State.GIVEN]
    assert facts_of(narrator).scope == Scope(inside())
    with pytest.raises(Refusal, match="cannot add"):
        narrow_consent(narrator=narrator, scope=Scope(inside() | quoted()), seen=3, by=cast.amina)


@pytest.mark.parametrize("who", ["amina", "boris", "dana", "lina", "edda", "vera"])
def test_anybody_of_the_study_stops_everything_at_once(narrator, cast, who):
    consent_of(narrator, cast)
    suspend_consent(narrator=narrator, by=getattr(cast, who))

    assert standing_of(narrator) == (State.SUSPENDED, None, None)
    assert suspend_consent(narrator=narrator, by=cast.amina) is None
    assert states_of(narrator) == [State.GIVEN, State.SUSPENDED]


def test_nobody_from_elsewhere_stops_anything(narrator, cast):
    with pytest.raises(NotYours):
        suspend_consent(narrator=narrator, by=cast.eve)


def test_somebody_on_public_record_can_stop_it_too(narrator, cast):
    suspend_consent(narrator=narrator, by=cast.vera)
    assert standing_of(narrator) == (State.SUSPENDED, None, None)


def test_only_the_narrators_word_lets_a_suspended_consent_go_on(narrator, cast):
    consent_of(narrator, cast)
    suspend_consent(narrator=narrator, by=cast.vera)
    renew_consent(narrator=narrator, given=given(), seen=2, by=cast.amina)

    assert standing_of(narrator) == (State.RENEWED, UNTIL, UNTIL)


@pytest.mark.parametrize(
    ("chosen", "text", "data"),
    [
        (None, None, None),
        (Chosen(Outcome.KEEP_INTERNAL), UNTIL, UNTIL),
        (Chosen(Outcome.DEIDENTIFY, timing=Timing.NEXT_REBUILD), None, UNTIL),
        (Chosen(Outcome.SEAL_UNTIL, date(2040, 1, 1)), None, None),
    ],
)
def test_a_word_is_enough_to_withdraw_and_the_outcome_is_as_chosen(
    narrator, cast, chosen, text, data
):
    consent_of(narrator, cast)
    event = withdraw_consent(narrator=narrator, chosen=chosen, by=cast.boris)

    assert standing_of(narrator) == (State.WITHDRAWN, text, data)
    assert event.outcome == (chosen.outcome if chosen else Outcome.ERASE)
    with pytest.raises(NotYet, match="What can follow: requested"):
        withdraw_consent(narrator=narrator, by=cast.amina)


def test_a_withdrawal_opens_nothing_that_was_not_open_before(narrator, cast):
    await_consent(narrator=narrator, by=cast.dana)
    withdraw_consent(narrator=narrator, chosen=Chosen(Outcome.KEEP_INTERNAL), by=cast.amina)
    assert standing_of(narrator) == (State.WITHDRAWN, None, None)


@pytest.mark.parametrize("ends", [invalidate_consent, None], ids=["invalid", "withdrawn before"])
def test_what_had_ended_for_good_is_not_kept_by_a_later_word(narrator, cast, ends):
    await_consent(narrator=narrator, by=cast.dana)
    consent_of(narrator, cast)
    if ends is not None:
        ends(narrator=narrator, seen=1, by=cast.amina)
    else:
        withdraw_consent(narrator=narrator, by=cast.amina)
    request_consent(narrator=narrator, seen=2, by=cast.amina)
    suspend_consent(narrator=narrator, by=cast.vera)
    withdraw_consent(narrator=narrator, chosen=Chosen(Outcome.KEEP_INTERNAL), by=cast.amina)

    assert standing_of(narrator) == (State.WITHDRAWN, None, None)


def test_what_was_chosen_in_advance_holds_where_nothing_else_is_said(narrator, cast):
    consent_of(narrator, cast, Scope(inside(), outcome=Outcome.KEEP_INTERNAL))
    event = withdraw_consent(narrator=narrator, by=cast.amina)
    assert (event.outcome, event.timing) == (Outcome.KEEP_INTERNAL, Timing.AT_ONCE)


def test_consent_that_was_never_valid_opens_nothing(narrator, cast):
    consent_of(narrator, cast)
    invalidate_consent(narrator=narrator, seen=1, by=cast.amina)
    assert standing_of(narrator) == (State.INVALIDATED, None, None)


def test_a_reviewer_vouches_by_name_for_the_consent_that_stands(narrator, cast):
    consent_of(narrator, cast, freely=FREE._replace(custody=Told.YES))
    reason = "Spoke with counsel beside them, twice, without an officer."
    with pytest.raises(NotYours):
        review_freedom(narrator=narrator, reason=reason, by=cast.boris)
    review_freedom(narrator=narrator, reason=reason, by=cast.lina)

    assert facts_of(narrator).reviewed
    assert events_of(narrator, by=cast.lina)[0].review.reviewer == cast.lina
    assert reason not in str(list(Entry.objects.values_list("facts", flat=True)))
    # A new consent is not vouched for by what was said of an earlier one.
    consent_of(narrator, cast, freely=FREE._replace(custody=Told.YES))
    assert not facts_of(narrator).reviewed


# --- the clock ------------------------------------------------------------------------------------


def test_what_has_ended_is_noted_once(narrator, cast, clock):
    consent_of(narrator, cast)
    assert note_lapses(today=UNTIL, by="exeunt") == 0
    clock.move_to(f"{UNTIL + DAY}T00:30:00+00:00")
    assert lapsed(UNTIL + DAY) == [narrator]
    assert note_lapses(today=UNTIL + DAY, by="exeunt") == 1
    assert note_lapses(today=UNTIL + DAY, by="exeunt") == 0

    assert states_of(narrator) == [State.GIVEN, State.EXPIRED]
    assert standing_of(narrator) == (State.EXPIRED, None, None)
    assert Entry.objects.latest("position").by == "exeunt"


def test_nothing_lapsed_costs_one_statement(narrator, cast, django_assert_num_queries):
    consent_of(narrator, cast)
    with django_assert_num_queries(1):
        note_lapses(today=TODAY, by="exeunt")


def test_a_clock_that_was_set_back_writes_nothing(narrator, cast, clock):
    consent_of(narrator, cast)
    clock.shift(-3600)
    with pytest.raises(NotYet, match="The clock of this machine"):
        invalidate_consent(narrator=narrator, seen=1, by=cast.amina)


# --- what the database itself refuses -------------------------------------------------------------


def test_a_withdrawal_without_an_outcome_and_a_proxy_without_a_proof_are_not_kept(narrator, cast):
    event = consent_of(narrator, cast)
    for change in (
        lambda: Event.objects.filter(pk=event.pk).update(state=State.WITHDRAWN),
        lambda: type(event.grant).objects.filter(pk=event.pk).update(proxy="guardian"),
        lambda: type(event.grant).objects.filter(pk=event.pk).update(outcome="seal until"),
        lambda: event.grant.grantedcell_set.update(territory=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# --- queries --------------------------------------------------------------------------------------


def test_the_calendar_names_each_day_on_which_something_ends(narrator, cast, study):
    consent_of(narrator, cast, Scope(inside() | quoted(until=TODAY + 30 * DAY)))
    ends = ending_in(study, until=UNTIL, by=cast.edda)

    assert [(one.day, one.whole) for one in ends] == [(TODAY + 30 * DAY, False), (UNTIL, True)]
    assert ending_in(study, until=TODAY + 29 * DAY, by=cast.edda) == []
    with pytest.raises(NotYours):
        ending_in(study, until=UNTIL, by=cast.vera)


def test_everything_that_happened_is_read_latest_first(narrator, cast):
    consent_of(narrator, cast)
    suspend_consent(narrator=narrator, by=cast.vera)
    happened = events_of(narrator, by=cast.boris)

    assert [one.event.state for one in happened] == [State.SUSPENDED, State.GIVEN]
    assert [one.given for one in happened] == [None, given()]
    assert number_of(narrator) == 2


def test_many_narrators_are_read_in_as_many_statements_as_one(
    narrator, cast, study, django_assert_max_num_queries
):
    others = [an_account(study, cast, narrator=f"N-{n}").narrator for n in range(2, 12)]
    for one in others:
        consent_of(one, cast)
    with django_assert_max_num_queries(6):
        known = facts_among(study, [one.pk for one in (narrator, *others)])
    assert [fact.state for fact in known.values()] == [None, *[State.GIVEN] * 10]
