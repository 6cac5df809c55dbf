"""May it leave today? Consent, safety and law, each with what would change it."""

from datetime import date, timedelta
from itertools import product

import pytest

from exeunt.procedures.leaving import Known, may_leave_today
from exeunt.stages.consent.rules.scope import Scope
from exeunt.stages.consent.rules.standing import Asked, ConsentFacts
from exeunt.stages.consent.states import Basis, Channel, Display, State, Use, What
from exeunt.stages.protection.rules.law import LawFacts, law_condition
from exeunt.stages.protection.rules.safety import SafetyFacts, is_current, safety_condition
from exeunt.stages.protection.states import Exposure, Verdict
from tests.making.consent import TODAY, given, inside, quoted

DAY = timedelta(days=1)
SOON = TODAY + 30 * DAY
IN_A_REPORT = Asked(What.QUOTATION, Use.PUBLISH, Channel.REPORT)
CONSENT = ConsentFacts(
    Basis.CONSENT,
    State.GIVEN,
    TODAY,
    given(Scope(inside() | quoted(), display=Display.PSEUDONYM, stop_if_risk_is_high=True)),
)
SAFE = SafetyFacts(Verdict.LOW, Verdict.MODERATE, SOON, TODAY)
LAWFUL = LawFacts(Exposure.CLEAR, SOON, TODAY)
ALL = Known(CONSENT, SAFE, LAWFUL)


def against(known, day=TODAY, asked=IN_A_REPORT, **more):
    """The names of what stands against it."""
    return [one.name for one in may_leave_today(known, asked, day=day, **more).against]


def test_with_everything_in_order_it_may_leave():
    answer = may_leave_today(ALL, IN_A_REPORT, day=TODAY)
    assert answer.may
    assert {"consent", "scope", "safety", "law"} <= {one.name for one in answer.conditions}


@pytest.mark.parametrize(
    ("known", "names"),
    [
        (ALL._replace(safety=SafetyFacts()), ["safety"]),
        (ALL._replace(safety=SAFE._replace(second=None)), ["safety"]),
        (
            ALL._replace(safety=SAFE._replace(first=Verdict.HIGH)),
            ["safety", "stop if risk is high"],
        ),
        (
            ALL._replace(safety=SafetyFacts(first=Verdict.UNACCEPTABLE)),
            ["safety", "stop if risk is high"],
        ),
        (ALL._replace(law=LawFacts()), ["law"]),
        (ALL._replace(law=LAWFUL._replace(exposure=Exposure.EXPOSED)), ["law"]),
        (ALL._replace(law=LAWFUL._replace(exposure=Exposure.RELIEF)), []),
        (ALL._replace(consent=CONSENT._replace(state=State.SUSPENDED)), ["consent"]),
    ],
)
def test_each_part_stands_against_it_by_itself(known, names):
    assert against(known) == names


def test_an_assessment_and_a_reading_that_lapse_close_it_by_themselves():
    assert against(ALL, SOON) == []
    assert against(ALL, SOON + DAY) == ["safety", "law"]


def test_a_clock_that_was_set_back_revives_nothing():
    late = SOON + DAY
    known = ALL._replace(safety=SAFE._replace(day=late), law=LAWFUL._replace(day=late))
    assert against(known, TODAY) == ["safety", "law"]


def test_inside_the_study_consent_alone_is_asked():
    assert against(Known(CONSENT), asked=Asked(What.TEXT, Use.CODE)) == []


def test_a_study_may_set_a_lower_bar():
    assert against(ALL, bar=Verdict.MODERATE) == ["safety"]


@pytest.mark.parametrize(("first", "second"), list(product(Verdict, Verdict)))
def test_the_worse_of_two_verdicts_counts(first, second):
    order = list(Verdict)
    worse = order[max(order.index(first), order.index(second))]
    facts = SafetyFacts(first, second, SOON, TODAY)
    assert facts.verdict is worse
    met = safety_condition(facts, day=TODAY, bar=Verdict.HIGH).met
    assert met is (worse in (Verdict.LOW, Verdict.MODERATE))


def test_one_assessor_alone_makes_nothing_current():
    assert not is_current(SafetyFacts(Verdict.LOW, None, SOON, TODAY), TODAY)
    assert not is_current(SafetyFacts(Verdict.LOW, Verdict.LOW, None, TODAY), TODAY)


def test_every_no_says_what_would_change_it():
    long_ago = date(2020, 1, 1)
    for known in (
        Known(ConsentFacts(Basis.CONSENT)),
        ALL._replace(safety=SAFE._replace(valid_until=long_ago)),
        ALL._replace(law=LAWFUL._replace(valid_until=long_ago)),
        ALL._replace(law=LAWFUL._replace(exposure=Exposure.EXPOSED)),
        ALL._replace(safety=SAFE._replace(first=Verdict.HIGH)),
    ):
        answer = may_leave_today(known, IN_A_REPORT, day=TODAY)
        assert not answer.may
        for one in answer.against:
            assert one.says
            assert one.changes not in ("", "Nothing is needed.")


def test_a_reading_that_expires_says_since_when():
    condition = law_condition(LAWFUL, day=SOON + DAY)
    assert str(SOON) in condition.says
