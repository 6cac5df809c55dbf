"""A consent record that others read, and that is read back into the same events and cells."""

import json
from datetime import date, timedelta

import pytest

from exeunt.stages.consent.actions.events import (
    invalidate_consent,
    narrow_consent,
    refuse_consent,
    renew_consent,
    request_consent,
    suspend_consent,
    withdraw_consent,
)
from exeunt.stages.consent.formats.dpv import PROCESSING, STATES, STATUS, record_of
from exeunt.stages.consent.formats.dpv_reading import read_record
from exeunt.stages.consent.queries.facts import events_of
from exeunt.stages.consent.queries.pages import record_facts
from exeunt.stages.consent.rules.scope import Cell, Freely, Given, Proxy, Scope
from exeunt.stages.consent.states import (
    Age,
    Channel,
    Display,
    Interpreter,
    Outcome,
    Relation,
    State,
    Timing,
    Told,
    Use,
    What,
)
from tests.making.consent import FREE, UNTIL, cell, consent_of, given, inside, quoted

DAY = timedelta(days=1)
WIDE = Scope(
    inside()
    | quoted()
    | {
        cell(What.TEXT, Use.TRAIN, channel=Channel.PARTNER, territory="DE FR"),
        cell(What.DEMOGRAPHICS, Use.STORE),
        cell(What.DEMOGRAPHICS, Use.SHARE, channel=Channel.PARTNER, territory="IQ"),
    },
    display=Display.CHOSEN_NAME,
    not_before=date(2026, 5, 1),
    show_me_first=True,
    stop_if_risk_is_high=False,
    outcome=Outcome.SEAL_UNTIL,
    seal_until=date(2040, 1, 1),
    timing=Timing.NEXT_REBUILD,
)
TOLD = {
    "language": "ar",
    "age": Age.WAS_MINOR,
    "witnessed": True,
    "freely": FREE._replace(payment=Told.YES, interpreter=Interpreter.INDEPENDENT),
    "proxy": Proxy(Relation.COUNSEL, "paper 7"),
}


def lived_through(narrator, cast):
    """Let almost everything happen that can happen to consent."""
    request_consent(narrator=narrator, seen=0, by=cast.amina)
    refuse_consent(narrator=narrator, seen=1, by=cast.amina)
    request_consent(narrator=narrator, seen=2, by=cast.amina)
    consent_of(narrator, cast, WIDE, **TOLD)
    narrow_consent(
        narrator=narrator,
        scope=Scope(inside() | quoted()),
        seen=4,
        by=cast.boris,
    )
    suspend_consent(narrator=narrator, by=cast.vera)
    renewed = given(Scope(inside(until=UNTIL + 300 * DAY)))
    renew_consent(narrator=narrator, given=renewed, seen=7, by=cast.amina)
    invalidate_consent(narrator=narrator, seen=8, by=cast.amina)
    withdraw_consent(narrator=narrator, by=cast.boris)


def written(narrator, cast):
    """The record of a narrator, as Boris exports it."""
    return record_of(record_facts(narrator, by=cast.boris))


def as_given(event) -> Given | None:
    """Make of what was read what the rules know."""
    if not event.said:
        return None
    said, freely, proxy = event.said, event.said["freely"], event.said["proxy"]
    return Given(
        day=said["day"],
        scope=as_scope(event),
        language=event.language,
        limits=event.limits,
        understood=said["understood"],
        age=Age(said["age"]),
        freely=Freely(
            Told(freely["custody"]),
            Told(freely["payment"]),
            Told(freely["official_present"]),
            Told(freely["pending_case"]),
            Interpreter(freely["interpreter"]),
        ),
        witnessed=said["witnessed"],
        proxy=Proxy(Relation(proxy["relation"]), proxy["proof"]) if proxy else None,
    )


def as_scope(event) -> Scope:
    """Make of the cells and conditions that were read a scope."""
    conditions = event.said["conditions"]
    cells = {
        Cell(What(c.what), Use(c.use), Channel(c.channel), c.territory, c.until)
        for c in event.cells
    }
    return Scope(
        cells=frozenset(cells),
        display=Display(conditions["display"]),
        not_before=conditions["not_before"],
        show_me_first=conditions["show_me_first"],
        stop_if_risk_is_high=conditions["stop_if_risk_is_high"],
        outcome=Outcome(conditions["outcome"]),
        seal_until=conditions["seal_until"],
        timing=Timing(conditions["timing"]),
    )


def test_what_was_written_is_read_back_into_the_same_events_and_cells(narrator, cast):
    lived_through(narrator, cast)
    who, events = read_record(written(narrator, cast))
    happened = list(reversed(events_of(narrator, by=cast.boris)))

    assert who == narrator.ref
    assert [(e.ref, e.state, e.at, e.outcome) for e in events] == [
        (one.event.ref, one.event.state, one.event.at, one.event.outcome) for one in happened
    ]
    assert [as_given(event) for event in events] == [one.given for one in happened]
    assert {event.state for event in events} == set(State) - {State.EXPIRED}
    assert as_given(events[3]) == given(WIDE, **TOLD)


def test_the_same_events_make_the_same_bytes(narrator, cast):
    lived_through(narrator, cast)
    assert written(narrator, cast) == written(narrator, cast)


def test_a_record_names_nobody_and_nothing_but_references(narrator, cast):
    lived_through(narrator, cast)
    said = written(narrator, cast).decode()

    people = [member.name for member in cast]
    assert [w for w in (*people, narrator.label, narrator.study.title) if w in said] == []
    assert narrator.ref in said


def test_a_record_has_every_field_that_the_guide_demands(narrator, cast):
    lived_through(narrator, cast)
    record = json.loads(written(narrator, cast))

    assert record["@type"] == "dpv:ConsentRecord"
    assert record["dct:conformsTo"] == "https://w3id.org/dpv/schema/dpv-27560#record"
    assert {
        "dct:identifier",
        "dpv:hasDataSubject",
        "dpv:hasDataController",
        "dpv:hasLegalBasis",
    } <= set(record)
    for event in record["dpv:hasConsentStatus"]:
        assert {"@type", "dpv:isIndicatedAtTime", "dpv:isIndicatedBy"} <= set(event)
    for event in record["dpv:hasConsentStatus"]:
        if "dpv:hasProcess" in event:
            assert event["dpv:hasDuration"]["@type"] == "dpv:UntilTimeDuration"
            assert event["dpv:hasNotice"]["@type"] == "dpv:ConsentNotice"
    for process in record["dpv:hasProcess"]:
        assert set(process) == {
            "@id",
            "@type",
            "dpv:hasConsentControl",
            "dpv:hasJurisdiction",
            "dpv:hasPersonalData",
            "dpv:hasProcessing",
            "dpv:hasPurpose",
            "dpv:hasRecipient",
            "dpv:hasStorageCondition",
        }


def test_who_says_it_is_the_narrator_but_where_the_study_acts(narrator, cast):
    lived_through(narrator, cast)
    record = json.loads(written(narrator, cast))
    by_state = {
        STATES[one["@type"]]: one["dpv:isIndicatedBy"]["@id"].split(":")[1]
        for one in record["dpv:hasConsentStatus"]
    }

    assert {state for state, who in by_state.items() if who == "study"} == {
        "requested",
        "invalidated",
    }


def test_where_nothing_was_asked_the_record_says_that_it_is_unknown(narrator, cast):
    record = json.loads(written(narrator, cast))

    assert record["dpv:hasConsentStatus"] == [{"@type": "dpv:ConsentUnknown"}]
    assert "dpv:hasLegalBasis" not in record
    assert read_record(written(narrator, cast)) == (narrator.ref, [])


def test_every_state_and_every_use_has_a_term_and_no_two_states_the_same():
    assert set(STATUS) == set(State)
    assert len(set(STATUS.values())) == len(State)
    assert set(PROCESSING) == set(Use)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b'{"dct:conformsTo": "ISO"}', b"\xff\xfe"]
)
def test_what_is_no_record_of_ours_is_refused(content):
    with pytest.raises(ValueError, match="consent record"):
        read_record(content)
