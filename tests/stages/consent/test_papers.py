"""A paper that was signed before: what it proves, when it may be entered, what waits."""

from datetime import date, timedelta

import pytest

from exeunt.errors import BadInput, NotThere, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.consent.actions.events import (
    refuse_consent,
    renew_consent,
    request_consent,
    suspend_consent,
    withdraw_consent,
)
from exeunt.stages.consent.actions.forms import enter_form, note_form
from exeunt.stages.consent.forms import OF_A_PAPER
from exeunt.stages.consent.models import Form, Standing
from exeunt.stages.consent.queries.facts import facts_of, number_of
from exeunt.stages.consent.rules.papers import check_may_enter, check_of_paper
from exeunt.stages.consent.rules.scope import BEFORE, Scope
from exeunt.stages.consent.rules.standing import Asked, consent_conditions, may_read
from exeunt.stages.consent.states import Age, Channel, Display, State, Use, What
from tests.making.consent import TODAY, UNTIL, consent_of, given, inside, quoted
from tests.making.pages import fields_of
from tests.making.testimonies import an_account

DAY = timedelta(days=1)
SIGNED = date(2024, 6, 1)
IN_A_REPORT = Asked(What.QUOTATION, Use.PUBLISH, Channel.REPORT)


def on_paper(scope=None, **facts):
    """Return consent as an old paper says it."""
    return given(scope, **{"day": SIGNED, "limits": BEFORE, "understood": False, **facts})


@pytest.fixture
def paper(narrator, cast) -> Form:
    """A sealed paper of the narrator; what it says lies in the vault."""
    return note_form(narrator=narrator, ref="c" * 16, by=cast.dana)[0]


def enter(paper, cast, told=None, **facts):
    """Enter what a paper says, as Dana."""
    told = told or on_paper(Scope(inside() | quoted()), **facts)
    return enter_form(form=paper, given=told, seen=number_of(paper.narrator), by=cast.dana)


def unmet(narrator):
    """The names of the conditions that keep a quotation of a narrator from a report."""
    return [
        one.name
        for one in consent_conditions(facts_of(narrator), IN_A_REPORT, day=TODAY)
        if not one.met
    ]


def test_a_paper_opens_the_inside_as_of_its_day_and_publishes_nothing(paper, narrator, cast):
    event = enter(paper, cast)
    paper.refresh_from_db()

    assert paper.event == event
    assert facts_of(narrator).given.day == SIGNED
    assert may_read(facts_of(narrator), What.TEXT, day=TODAY)
    assert unmet(narrator) == ["understood"]
    entry = Entry.objects.get(act="form.entered")
    assert (entry.subject, entry.facts["event"]) == (paper.ref, event.ref)


def test_once_the_limits_were_read_out_with_a_renewal_it_may_leave(paper, narrator, cast):
    enter(paper, cast)
    told = given(Scope(inside() | quoted()))
    renew_consent(narrator=narrator, given=told, seen=1, by=cast.boris)

    assert unmet(narrator) == []


def test_without_a_paper_consent_needs_the_teach_back_as_ever(narrator, cast):
    with pytest.raises(BadInput, match="in their own words"):
        consent_of(narrator, cast, understood=False)


def test_a_paper_that_has_run_out_opens_nothing(paper, narrator, cast):
    enter(paper, cast, on_paper(Scope(inside(until=TODAY - DAY))))

    assert not may_read(facts_of(narrator), What.TEXT, day=TODAY)


@pytest.mark.parametrize("act", [suspend_consent, withdraw_consent])
def test_no_paper_overrules_a_narrator_who_said_stop(act, paper, narrator, cast):
    act(narrator=narrator, by=cast.boris)
    with pytest.raises(NotYet, match="has said something since"):
        enter(paper, cast)
    assert Standing.objects.get(narrator=narrator).text_until is None


def test_no_paper_overrules_a_no_or_an_intake(paper, narrator, cast):
    request_consent(narrator=narrator, seen=0, by=cast.boris)
    refuse_consent(narrator=narrator, seen=1, by=cast.boris)
    with pytest.raises(NotYet, match="has said something since"):
        enter(paper, cast)


@pytest.mark.parametrize(
    ("state", "stood", "day", "may"),
    [
        (None, None, SIGNED, True),
        (State.REQUESTED, None, SIGNED, True),
        (State.GIVEN, on_paper(), SIGNED + DAY, True),
        (State.EXPIRED, on_paper(), SIGNED + DAY, True),
        (State.GIVEN, on_paper(), SIGNED, False),
        (State.GIVEN, given(), TODAY, False),
        (State.EXPIRED, given(), TODAY, False),
        (State.SUSPENDED, on_paper(), SIGNED + DAY, False),
        (State.WITHDRAWN, on_paper(), SIGNED + DAY, False),
        (State.REFUSED, None, SIGNED, False),
        (State.INVALIDATED, on_paper(), SIGNED + DAY, False),
    ],
)
def test_a_paper_is_entered_where_nothing_newer_was_said(state, stood, day, may):
    if may:
        check_may_enter(state, stood, day=day, entered=False)
        return
    with pytest.raises(NotYet, match="recorded in an intake"):
        check_may_enter(state, stood, day=day, entered=False)


def test_a_paper_is_entered_once(paper, cast):
    enter(paper, cast)
    with pytest.raises(Refusal, match="entered already"):
        enter(paper, cast, on_paper(day=SIGNED + DAY))


@pytest.mark.parametrize("facts", [{"limits": "2026-12"}, {"understood": True}])
def test_a_paper_claims_nothing_that_was_read_out_here(facts):
    with pytest.raises(ValueError, match="proves nothing"):
        check_of_paper(on_paper(**facts))


def test_a_paper_is_noted_by_custodians_and_entered_by_those_who_record(paper, narrator, cast):
    with pytest.raises(NotYours):
        note_form(narrator=narrator, ref="d" * 16, by=cast.amina)
    with pytest.raises(NotYours):
        enter_form(form=paper, given=on_paper(), seen=0, by=cast.edda)


# --- by the page ----------------------------------------------------------------------------------


@pytest.fixture
def place(study, narrator, paper) -> str:
    """Where what the paper says is entered."""
    return f"/studies/{study.ref}/consent/{narrator.ref}/papers/{paper.ref}/"


def test_what_a_paper_says_is_entered_by_its_page(browser_of, cast, place, narrator, paper):
    boris = browser_of(cast.boris)
    sent = fields_of(boris.get(place))
    answers = {"day": str(SIGNED), "language": "fr", "until": str(UNTIL), "age": Age.ADULT.value}
    shown = {"quotation": ["report", "air"], "countries": "de fr", "display": "pseudonym"}
    answer = boris.post(place, {**sent, **answers, **shown})

    assert answer.status_code == 302
    told = facts_of(narrator).given
    assert (told.day, told.language, told.limits, told.understood) == (SIGNED, "fr", BEFORE, False)
    assert (told.age, told.scope.display) == (Age.ADULT, Display.PSEUDONYM)
    leaving = {(c.use, c.channel, c.territory) for c in told.scope.cells if c.use not in INSIDE}
    assert leaving == {
        (Use.PUBLISH, Channel.REPORT, "DE FR"),
        (Use.BROADCAST, Channel.AIR, "DE FR"),
    }
    page = boris.get(answer["Location"]).content.decode()
    assert "it comes from a signed paper" in page
    assert "nothing leaves before the narrator has said" in page


INSIDE = {Use.STORE, Use.CODE, Use.QUOTE_INTERNALLY}


def test_what_the_paper_does_not_say_is_not_agreed_to(browser_of, cast, place, narrator):
    boris = browser_of(cast.boris)
    sent = fields_of(boris.get(place))
    boris.post(place, {**sent, "day": str(SIGNED), "language": "ar", "until": str(UNTIL)})

    told = facts_of(narrator).given
    assert told.scope.cells == inside()
    assert told.freely.under_legal_process
    assert (told.age, told.proxy) == (Age.UNKNOWN, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "2031-01-01"}, "day"),
        ({"day": ""}, "day"),
        ({"countries": "Germany"}, "countries"),
        ({"until": "soon"}, "until"),
        ({"outcome": "seal until"}, "seal_until"),
        ({"proxy": "guardian", "proof": ""}, "proof"),
        ({"age": "minor now"}, "proxy"),
        ({"interpreter": "a party"}, "interpreter"),
        ({"face": ["report"], "display": "none"}, "display"),
        ({"language": ""}, "language"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_said_at_its_question(browser_of, cast, place, narrator, typed, field):
    boris = browser_of(cast.boris)
    sent = fields_of(boris.get(place))
    sound = {"day": str(SIGNED), "language": "en", "until": str(UNTIL)}
    answer = boris.post(place, {**sent, **sound, **typed})

    assert answer.status_code == 422
    assert f'href="#id_{field}' in answer.content.decode()
    assert facts_of(narrator).state is None


def test_the_questions_are_in_the_readers_language(browser_of, cast, place):
    boris = browser_of(cast.boris)
    boris.cookies["language"] = "ar"

    assert "كيف تظهر؟" in boris.get(place).content.decode()


def test_every_question_but_what_was_read_out_is_asked_of_a_paper():
    asked = {one.name for one in OF_A_PAPER}

    assert asked.isdisjoint({"limits", "taught_copies", "taught_courts", "inside", "proxy_there"})
    assert {"custody", "age", "quotation", "until", "outcome"} <= asked


def test_a_paper_of_somebody_else_is_not_there(browser_of, cast, place, paper, study):
    boris = browser_of(cast.boris)

    assert boris.get(place.replace(paper.ref, "0" * 16)).status_code == 404
    with pytest.raises(NotThere):
        note_form(narrator=_other(study, cast), ref=paper.ref, by=cast.dana)


def _other(study, cast):
    return an_account(study, cast, account_id="A-2", narrator="N-2").narrator


def test_before_it_is_filled_in_the_page_says_that_a_paper_comes_too_late(
    browser_of, cast, place, narrator
):
    consent_of(narrator, cast)
    page = browser_of(cast.boris).get(place).content.decode()

    assert "The narrator has said something since this paper was signed" in page
    assert "aria-disabled" in page


def test_the_narrators_page_says_which_papers_there_are(browser_of, cast, place, paper, narrator):
    page = f"/studies/{narrator.study.ref}/consent/{narrator.ref}/"
    to_enter = browser_of(cast.boris).get(page).content.decode()
    not_entered = browser_of(cast.edda).get(page).content.decode()

    assert f'href="{place}"' in to_enter
    assert f'href="{place}"' not in not_entered
    assert "not entered yet" in not_entered
    assert paper.mark in not_entered
