"""Consent as narrators give it: to everything inside, to more, or to nothing."""

from datetime import date
from typing import Any

from exeunt.members.models import Member
from exeunt.stages.consent.actions.events import give_consent
from exeunt.stages.consent.models import Event
from exeunt.stages.consent.queries.facts import number_of
from exeunt.stages.consent.rules.scope import EVERYWHERE, Cell, Freely, Given, Scope
from exeunt.stages.consent.states import Age, Channel, Told, Use, What
from exeunt.stages.narrators.models import Narrator
from tests.people import LEAD, Cast

# The clock of the tests stands on 2 March 2026.
TODAY = date(2026, 3, 2)
UNTIL = date(2027, 3, 1)
FREE = Freely(custody=Told.NO, payment=Told.NO, official_present=Told.NO, pending_case=Told.NO)

# What a narrator answers who lets sentences and bands of theirs be shown in a report.
ANSWERS = {
    "limits": ["read"],
    "taught_copies": ["stay"],
    "taught_courts": ["can"],
    "custody": ["no"],
    "payment": ["no"],
    "official_present": ["no"],
    "pending_case": ["no"],
    "interpreter": ["none"],
    "age": ["adult throughout"],
    "proxy_there": ["no"],
    "witnessed": ["yes"],
    "inside": ["yes"],
    "quote_inside": ["yes"],
    "quotation": ["report", "site"],
    "whole_text": [],
    "bands": ["report"],
    "voice": [],
    "face": [],
    "more": [],
    "countries": [],
    "until": ["2027-03-01"],
    "display": ["pseudonym"],
    "conditions": ["first"],
    "not_before": [],
    "outcome": ["keep internal"],
    "timing": ["at once"],
}


def cell(what: What, use: Use, **facts: Any) -> Cell:
    """Return a cell inside the study, everywhere and for a year, unless it says otherwise."""
    return Cell(
        what, use, **{"channel": Channel.INSIDE, "territory": EVERYWHERE, "until": UNTIL, **facts}
    )


def inside(*, until: date = UNTIL) -> frozenset[Cell]:
    """Return the cells of whoever lets the study store and code what they said."""
    return frozenset(
        cell(what, use, until=until)
        for what in (What.TEXT, What.CODED_DATA)
        for use in (Use.STORE, Use.CODE)
    )


def quoted(channel: Channel = Channel.REPORT, *, until: date = UNTIL) -> frozenset[Cell]:
    """Return the cells by which a quotation may be published in one place."""
    stored = cell(What.QUOTATION, Use.STORE, until=until)
    return frozenset({stored, cell(What.QUOTATION, Use.PUBLISH, channel=channel, until=until)})


def given(scope: Scope | None = None, **facts: Any) -> Given:
    """Return consent as an adult gives it freely, to everything inside."""
    known = {
        "day": TODAY,
        "scope": scope or Scope(inside()),
        "language": "en",
        "limits": "2026-12",
        "understood": True,
        "age": Age.ADULT,
        "freely": FREE,
        **facts,
    }
    return Given(**known)


def agreed(narrator: Narrator) -> Narrator:
    """Let a narrator agree to everything inside, as whoever leads writes it down."""
    lead = Member.objects.get(name=LEAD)
    give_consent(narrator=narrator, given=given(), seen=number_of(narrator), by=lead)
    return narrator


def consent_of(narrator: Narrator, cast: Cast, scope: Scope | None = None, **facts: Any) -> Event:
    """Let a narrator consent, as Amina writes it down."""
    return give_consent(
        narrator=narrator, given=given(scope, **facts), seen=number_of(narrator), by=cast.amina
    )
