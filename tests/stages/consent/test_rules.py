"""What a scope may say, and which event may follow which."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exeunt.errors import BadInput, NotYet, NotYours, Refusal
from exeunt.stages.consent.rules.events import (
    Chosen,
    Latest,
    check_chosen,
    check_clock,
    check_given,
    check_may_follow,
    check_may_review,
    check_narrowed,
    check_reason,
    check_renewed,
)
from exeunt.stages.consent.rules.scope import (
    EVERYWHERE,
    Cell,
    Freely,
    Proxy,
    Scope,
    check_scope,
    clean_territory,
    is_within,
)
from exeunt.stages.consent.states import (
    MOVES,
    Age,
    Channel,
    Display,
    Interpreter,
    Outcome,
    Relation,
    State,
    Told,
    Use,
    What,
)
from tests.making.consent import FREE, TODAY, UNTIL, cell, given, inside, quoted

DAY = timedelta(days=1)


def with_cells(*more: Cell, **facts: object) -> Scope:
    """Everything inside, and these."""
    return Scope(inside() | frozenset(more), **facts)


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        (Scope(), "Nothing is ticked"),
        (Scope(frozenset({cell(What.TEXT, Use.CODE)})), "used but not stored"),
        (
            with_cells(
                *(cell(What.QUOTATION, use, channel=Channel.REPORT) for use in [Use.PUBLISH])
            ),
            "used but not stored",
        ),
        (
            with_cells(cell(What.TEXT, Use.PROMOTE, channel=Channel.SOCIAL)),
            "promoted for money but not published",
        ),
        (
            with_cells(cell(What.TEXT, Use.PUBLISH, channel=Channel.SITE)),
            "no quotation",
        ),
        (with_cells(cell(What.TEXT, Use.CODE, channel=Channel.SITE)), "choose another place"),
        (with_cells(cell(What.TEXT, Use.TEACH)), "choose another place"),
        (
            with_cells(
                *quoted(), cell(What.QUOTATION, Use.PUBLISH, channel=Channel.SITE, territory="DE")
            ),
            "read everywhere",
        ),
        (Scope(inside(until=TODAY - DAY)), "would end before it was agreed"),
        (Scope(inside(until=date(2032, 1, 1))), "the protocol keeps nothing after 2031-12-31"),
        (with_cells(cell(What.TEXT, Use.STORE, until=UNTIL - DAY)), "agreed twice"),
        (
            with_cells(
                cell(What.FACE, Use.STORE), cell(What.FACE, Use.BROADCAST, channel=Channel.AIR)
            ),
            "A face cannot be shown",
        ),
        (
            with_cells(cell(What.TEXT, Use.TRAIN, channel=Channel.PARTNER)),
            "cannot be erased from it",
        ),
        (with_cells(outcome=Outcome.SEAL_UNTIL), "A day belongs to"),
        (with_cells(seal_until=UNTIL), "A day belongs to"),
        (with_cells(outcome=Outcome.SEAL_UNTIL, seal_until=TODAY), "has passed already"),
        (with_cells(not_before=UNTIL + DAY), "everything has ended already"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_scope_that_contradicts_itself_is_refused(scope, says):
    with pytest.raises(BadInput, match=says):
        check_scope(scope, given=TODAY, retention=date(2031, 12, 31))


def test_a_scope_that_can_be_meant_is_taken():
    scope = Scope(
        inside() | quoted() | quoted(Channel.SITE),
        display=Display.PSEUDONYM,
        not_before=TODAY + DAY,
        outcome=Outcome.SEAL_UNTIL,
        seal_until=UNTIL,
    )
    check_scope(scope, given=TODAY, retention=None)


def test_every_contradiction_is_said_at_once():
    with pytest.raises(BadInput) as refused:
        check_scope(
            Scope(frozenset({cell(What.TEXT, Use.CODE, until=TODAY - DAY)}), seal_until=UNTIL),
            given=TODAY,
            retention=None,
        )
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize(
    ("words", "means"),
    [("", EVERYWHERE), ("Everywhere", EVERYWHERE), ("fr, de", "DE FR"), ("DE DE", "DE")],
)
def test_countries_are_written_in_one_way(words, means):
    assert clean_territory(words) == means


@pytest.mark.parametrize("words", ["Germany", "D", "1A", "ÄÖ", "DE everywhere"])
def test_what_is_no_country_is_refused(words):
    with pytest.raises(ValueError, match="two letters"):
        clean_territory(words)


def test_a_country_is_within_its_list_and_everywhere_and_not_the_other_way_round():
    here, there = (
        Scope(frozenset({cell(What.TEXT, Use.STORE, territory=t)})) for t in ("DE", "FR")
    )
    both = Scope(frozenset({cell(What.TEXT, Use.STORE, territory="DE FR")}))
    everywhere = Scope(frozenset({cell(What.TEXT, Use.STORE)}))

    assert is_within(here, both)
    assert is_within(both, everywhere)
    assert not is_within(everywhere, both)
    assert not is_within(here, there)


# --- events ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("now", [None, *State], ids=str)
@pytest.mark.parametrize("then", State, ids=str)
def test_an_event_follows_as_the_table_says(now, then):
    if then in MOVES[now]:
        check_may_follow(then, Latest(now))
        return
    with pytest.raises(NotYet, match="cannot be"):
        check_may_follow(then, Latest(now))


def test_a_stop_can_follow_everything_that_is_not_stopped():
    for now in (None, *State):
        if now not in (State.SUSPENDED, State.WITHDRAWN, State.SUPERSEDED):
            assert {State.SUSPENDED, State.WITHDRAWN} <= MOVES[now]
    assert State.WITHDRAWN in MOVES[State.SUSPENDED]


def test_an_event_is_not_written_before_the_one_it_follows():
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    check_clock(at, Latest(State.GIVEN, at))
    with pytest.raises(NotYet, match="Set it right"):
        check_clock(at - timedelta(seconds=1), Latest(State.GIVEN, at))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"day": TODAY + DAY}, "a day to come"),
        ({"understood": False}, "in their own words"),
        ({"freely": FREE._replace(interpreter=Interpreter.PARTY)}, "party to the matter"),
        ({"age": Age.IS_MINOR}, "guardian"),
        ({"proxy": Proxy(Relation.GUARDIAN, " ")}, "needs a proof"),
        ({"proxy": Proxy(Relation.COUNSEL, "x" * 81)}, "needs a proof"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_consent_that_cannot_be_what_somebody_gave_is_refused(facts, says):
    with pytest.raises(BadInput, match=says):
        check_given(given(**facts), today=TODAY, retention=None)


def test_a_minor_with_a_guardian_and_consent_under_a_laws_hold_are_taken():
    guardian = Proxy(Relation.GUARDIAN, "paper 7")
    check_given(given(age=Age.IS_MINOR, proxy=guardian), today=TODAY, retention=None)
    check_given(given(freely=Freely(custody=Told.YES)), today=TODAY, retention=None)


def test_a_renewal_is_longer_and_never_wider():
    stood = Latest(State.GIVEN, scope=Scope(inside()))
    check_renewed(Scope(inside(until=UNTIL + DAY)), stood)
    with pytest.raises(Refusal, match="never wider"):
        check_renewed(Scope(inside() | quoted()), stood)


@pytest.mark.parametrize(
    ("scope", "state", "says"),
    [
        (Scope(inside() | quoted()), State.GIVEN, "cannot add"),
        (Scope(inside(until=UNTIL + DAY)), State.GIVEN, "cannot add"),
        (Scope(inside()), State.RENEWED, "Nothing is taken away"),
        (Scope(), State.SUSPENDED, "this one is suspended"),
        (Scope(), None, "this one is not asked for"),
    ],
)
def test_a_narrowing_takes_something_away_and_adds_nothing(scope, state, says):
    with pytest.raises(Refusal, match=says):
        check_narrowed(scope, Latest(state, scope=Scope(inside())))


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        (Chosen(Outcome.SEAL_UNTIL), "belongs to"),
        (Chosen(Outcome.ERASE, UNTIL), "belongs to"),
        (Chosen(Outcome.SEAL_UNTIL, TODAY), "passed"),
    ],
)
def test_a_withdrawal_seals_until_a_day_to_come(chosen, says):
    check_chosen(Chosen(Outcome.SEAL_UNTIL, TODAY + DAY), today=TODAY)
    with pytest.raises(BadInput, match=says):
        check_chosen(chosen, today=TODAY)


def test_whoever_recorded_consent_does_not_vouch_for_it():
    pressed = given(freely=FREE._replace(custody=Told.YES))
    check_may_review(State.GIVEN, pressed, recorded_it=False)
    with pytest.raises(NotYours, match="somebody else"):
        check_may_review(State.GIVEN, pressed, recorded_it=True)
    with pytest.raises(Refusal, match="given freely"):
        check_may_review(State.GIVEN, given(), recorded_it=False)
    with pytest.raises(NotYet, match="that stands"):
        check_may_review(State.EXPIRED, pressed, recorded_it=False)


def test_a_reason_says_something_in_one_line():
    assert check_reason("  Spoke with\n counsel  beside them, twice.") == (
        "Spoke with counsel beside them, twice."
    )
    for words in ("", "because", "x" * 501, "a reason with a \x00 in it, long enough"):
        with pytest.raises(BadInput, match="why free consent is certain"):
            check_reason(words)
