"""What consent allows on a day: inside the study, and of what may leave it."""

from datetime import date, timedelta

import pytest

from exeunt.stages.consent.rules.scope import (
    Freely,
    Scope,
)
from exeunt.stages.consent.rules.standing import (
    OPEN,
    SHUT,
    Asked,
    ConsentFacts,
    Openness,
    consent_conditions,
    may_read,
    open_inside,
    state_on,
)
from exeunt.stages.consent.states import (
    Age,
    Basis,
    Channel,
    Display,
    Outcome,
    State,
    Told,
    Use,
    What,
)
from tests.making.consent import FREE, TODAY, UNTIL, cell, given, inside, quoted

DAY = timedelta(days=1)
IN_A_REPORT = Asked(What.QUOTATION, Use.PUBLISH, Channel.REPORT)


def facts(state: State | None = State.GIVEN, scope: Scope | None = None, **more: object):
    """Facts of consent that was given today, unless it says otherwise."""
    known = {"basis": Basis.CONSENT, "day": TODAY, "given": given(scope), **more}
    return ConsentFacts(state=state, **known)


@pytest.mark.parametrize(
    ("known", "open_"),
    [
        (ConsentFacts(Basis.PUBLIC_RECORD), OPEN),
        (ConsentFacts(Basis.INVENTED), OPEN),
        (ConsentFacts(Basis.CONSENT), SHUT),
        (facts(State.GIVEN), Openness(UNTIL, UNTIL)),
        (facts(State.RENEWED), Openness(UNTIL, UNTIL)),
        (facts(State.REQUESTED), SHUT),
        (facts(State.REFUSED), SHUT),
        (facts(State.SUSPENDED), SHUT),
        (facts(State.EXPIRED), SHUT),
        (facts(State.INVALIDATED), SHUT),
        (facts(State.SUPERSEDED), SHUT),
        (facts(State.WITHDRAWN, outcome=Outcome.ERASE), SHUT),
        (facts(State.WITHDRAWN, outcome=Outcome.SEAL_UNTIL), SHUT),
        (facts(State.WITHDRAWN, outcome=Outcome.DEIDENTIFY), Openness(None, UNTIL)),
        (facts(State.WITHDRAWN, outcome=Outcome.KEEP_INTERNAL), Openness(UNTIL, UNTIL)),
        (ConsentFacts(Basis.PUBLIC_RECORD, State.SUSPENDED), SHUT),
        (ConsentFacts(Basis.PUBLIC_RECORD, State.WITHDRAWN, outcome=Outcome.KEEP_INTERNAL), OPEN),
        (ConsentFacts(Basis.CONSENT, State.WITHDRAWN, outcome=Outcome.KEEP_INTERNAL), SHUT),
        (facts(scope=Scope(frozenset({cell(What.TEXT, Use.STORE)}))), SHUT),
    ],
)
def test_what_may_be_read_inside_follows_from_the_latest_event(known, open_):
    assert open_inside(known) == open_


def test_text_is_open_until_the_earlier_of_storing_and_coding():
    scope = Scope(
        frozenset({cell(What.TEXT, Use.STORE), cell(What.TEXT, Use.CODE, until=UNTIL - DAY)})
    )
    assert open_inside(facts(scope=scope)) == Openness(UNTIL - DAY, None)


def test_the_last_day_is_still_a_day_and_the_next_one_is_not():
    assert may_read(facts(), What.TEXT, day=UNTIL)
    assert not may_read(facts(), What.TEXT, day=UNTIL + DAY)
    assert state_on(facts(), UNTIL) is State.GIVEN
    assert state_on(facts(), UNTIL + DAY) is State.EXPIRED


def test_a_clock_that_was_set_back_opens_nothing_again():
    late = facts(day=UNTIL + DAY)
    assert not may_read(late, What.TEXT, day=TODAY)
    assert state_on(late, TODAY) is State.EXPIRED


def unmet(known: ConsentFacts, asked: Asked, day: date = TODAY) -> list[str]:
    """The conditions that are not met, by name."""
    return [one.name for one in consent_conditions(known, asked, day=day) if not one.met]


QUOTABLE = Scope(inside() | quoted(), display=Display.PSEUDONYM)


@pytest.mark.parametrize(
    ("known", "asked", "names"),
    [
        (facts(scope=QUOTABLE), IN_A_REPORT, []),
        (ConsentFacts(Basis.INVENTED), IN_A_REPORT, []),
        (ConsentFacts(Basis.PUBLIC_RECORD), Asked(What.TEXT, Use.CODE), []),
        (ConsentFacts(Basis.PUBLIC_RECORD), IN_A_REPORT, ["consent"]),
        (facts(State.SUSPENDED, QUOTABLE), IN_A_REPORT, ["consent"]),
        (facts(), IN_A_REPORT, ["scope"]),
        (facts(scope=QUOTABLE), IN_A_REPORT._replace(channel=Channel.SITE), ["scope"]),
        (facts(scope=QUOTABLE), IN_A_REPORT._replace(display=Display.PSEUDONYM), []),
        (facts(scope=QUOTABLE), IN_A_REPORT._replace(display=Display.CHOSEN_NAME), ["display"]),
        (facts(scope=QUOTABLE._replace(not_before=TODAY + DAY)), IN_A_REPORT, ["not before"]),
        (facts(scope=QUOTABLE._replace(show_me_first=True)), IN_A_REPORT, ["shown first"]),
        (
            facts(scope=QUOTABLE._replace(show_me_first=True)),
            IN_A_REPORT._replace(shown=True),
            [],
        ),
        (
            facts(given=given(QUOTABLE, freely=FREE._replace(custody=Told.YES))),
            IN_A_REPORT,
            ["freely given"],
        ),
        (
            facts(given=given(QUOTABLE, freely=FREE._replace(custody=Told.YES)), reviewed=True),
            IN_A_REPORT,
            [],
        ),
        (facts(given=given(QUOTABLE, freely=Freely())), IN_A_REPORT, ["freely given"]),
        (facts(given=given(QUOTABLE, age=Age.WAS_MINOR)), IN_A_REPORT, ["of age"]),
        (facts(given=given(QUOTABLE, age=Age.UNKNOWN)), IN_A_REPORT, ["of age"]),
    ],
)
def test_what_may_leave_names_every_condition_that_is_not_met(known, asked, names):
    assert unmet(known, asked) == names


def test_a_country_that_was_not_agreed_to_is_not_covered():
    scope = Scope(
        inside()
        | {
            cell(What.QUOTATION, Use.STORE),
            cell(What.QUOTATION, Use.PUBLISH, channel=Channel.REPORT, territory="DE FR"),
        }
    )
    assert unmet(facts(scope=scope), IN_A_REPORT._replace(country="DE")) == []
    assert unmet(facts(scope=scope), IN_A_REPORT._replace(country="SY")) == ["scope"]
    assert unmet(facts(scope=scope), IN_A_REPORT) == ["scope"]


def test_after_its_last_day_both_the_consent_and_the_use_have_ended():
    assert unmet(facts(scope=QUOTABLE), IN_A_REPORT, UNTIL + DAY) == ["consent", "scope"]


def test_every_no_says_what_would_change_it():
    for known in (facts(State.WITHDRAWN), facts(State.REFUSED), ConsentFacts(Basis.CONSENT)):
        for one in consent_conditions(known, IN_A_REPORT, day=TODAY):
            assert one.met or (one.says and one.changes and one.changes != "Nothing is needed.")
