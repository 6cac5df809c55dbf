"""Consent as a record that others' programs read: ISO/IEC TS 27560:2023 in JSON-LD, by the DPV.

The terms are those of the Data Privacy Vocabulary 2 (W3C Community Group), laid out after its
guide to ISO/IEC TS 27560 consent records, https://w3id.org/dpv/guides/consent-27560. Where it has
no term, one of ours says so by its prefix. The record names the narrator by reference alone.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

CONTEXT: dict[str, Any] = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "exeunt": "urn:exeunt:consent:",
    "loc": "https://w3id.org/dpv/loc#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:conformsTo": {"@type": "@id"},
    "dpv:hasJurisdiction": {"@type": "@id"},
    "dpv:hasLegalBasis": {"@type": "@id"},
    "dpv:hasProcessing": {"@type": "@id"},
    "dpv:isIndicatedAtTime": {"@type": "xsd:dateTime"},
}
CONFORMS = "https://w3id.org/dpv/schema/dpv-27560#record"
OURS = "exeunt:"
EVERYWHERE = "everywhere"
STATUS: dict[str, str] = {
    "requested": "dpv:ConsentRequested",
    "refused": "dpv:ConsentRefused",
    "given": "dpv:ConsentGiven",
    "renewed": "dpv:RenewedConsentGiven",
    "suspended": "exeunt:ConsentSuspended",
    "withdrawn": "dpv:ConsentWithdrawn",
    "expired": "dpv:ConsentExpired",
    "invalidated": "dpv:ConsentInvalidated",
    "superseded": "exeunt:ConsentSuperseded",
}
STATES = {term: state for state, term in STATUS.items()}
# What the study does or notes by itself; everything else is the narrator's word.
OF_THE_STUDY = frozenset({"requested", "expired", "invalidated"})
PROCESSING = {
    "store": "dpv:Store",
    "code": "dpv:Analyse",
    "quote internally": "dpv:Use",
    "publish": "dpv:MakeAvailable",
    "broadcast": "dpv:Disseminate",
    "teach": "dpv:Display",
    "share with partner": "dpv:Share",
    "paid promotion": "dpv:Disseminate",
    "train a model": "dpv:Derive",
}
# What a grant says beside its cells, its notice and its language.
DETAILS = ("day", "age", "understood", "witnessed", "freely", "conditions", "proxy")


class RecordedEvent(NamedTuple):
    """One event: its reference, state, moment, what it granted as plain values, and its outcome."""

    ref: str
    state: str
    at: datetime
    given: Mapping[str, Any] | None
    outcome: str = ""


class RecordFacts(NamedTuple):
    """A narrator by reference, in a study by reference, and everything that happened, in order."""

    narrator: str
    study: str
    events: tuple[RecordedEvent, ...]


def record_of(facts: RecordFacts) -> bytes:
    """Write one narrator's consent as a record, the same bytes for the same events."""
    processes = [one for event in facts.events for one in _processes(event)]
    record = {
        "@context": CONTEXT,
        "@id": f"{OURS}{facts.narrator}",
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": CONFORMS,
        "dct:identifier": facts.narrator,
        "dpv:hasDataSubject": {"@id": _subject(facts), "@type": "dpv:DataSubject"},
        "dpv:hasDataController": {"@id": _controller(facts), "@type": "dpv:DataController"},
        "dpv:hasConsentStatus": [_event(one, facts) for one in facts.events]
        or [{"@type": "dpv:ConsentUnknown"}],
        "dpv:hasProcess": processes,
    }
    if processes:
        record["dpv:hasLegalBasis"] = "dpv:ExplicitlyExpressedConsent"
    written = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
    return written.encode() + b"\n"


def _subject(facts: RecordFacts) -> str:
    return f"{OURS}narrator:{facts.narrator}"


def _controller(facts: RecordFacts) -> str:
    return f"{OURS}study:{facts.study}"


def _event(event: RecordedEvent, facts: RecordFacts) -> dict[str, Any]:
    of_study = event.state in OF_THE_STUDY
    said: dict[str, Any] = {
        "@id": f"{OURS}{event.ref}",
        "@type": STATUS[event.state],
        "dpv:isIndicatedAtTime": event.at.astimezone(UTC).isoformat(),
        "dpv:isIndicatedBy": {"@id": _controller(facts) if of_study else _subject(facts)},
    }
    if event.outcome:
        said["exeunt:outcome"] = event.outcome
    if event.given is not None:
        said |= _granted(event, event.given)
    return said


def _granted(event: RecordedEvent, given: Mapping[str, Any]) -> dict[str, Any]:
    scope = given["scope"]
    conditions = {name: value for name, value in scope._asdict().items() if name != "cells"}
    last = max(cell.until for cell in scope.cells)
    told = {**given, "conditions": conditions}
    return {
        "dpv:hasDuration": _until(last, "dpv:UntilTimeDuration"),
        "dpv:hasNotice": {
            "@id": f"{OURS}limits:{given['limits']}",
            "@type": "dpv:ConsentNotice",
            "dct:language": given["language"],
        },
        "dpv:hasProcess": [{"@id": one["@id"]} for one in _processes(event)],
        **{f"{OURS}{name}": _plain(told[name]) for name in DETAILS},
    }


def _processes(event: RecordedEvent) -> list[dict[str, Any]]:
    if event.given is None:
        return []
    cells = sorted(event.given["scope"].cells)
    return [_process(cell, f"{OURS}{event.ref}:{place}") for place, cell in enumerate(cells, 1)]


def _process(cell: Any, name: str) -> dict[str, Any]:
    countries = [] if cell.territory == EVERYWHERE else cell.territory.split()
    return {
        "@id": name,
        "@type": "dpv:Process",
        "dpv:hasConsentControl": {"@type": "dpv:WithdrawConsent"},
        "dpv:hasJurisdiction": [f"loc:{one}" for one in countries] or [f"{OURS}{EVERYWHERE}"],
        "dpv:hasPersonalData": _ours("what", cell.what, "dpv:PersonalData"),
        "dpv:hasProcessing": PROCESSING[cell.use],
        "dpv:hasPurpose": _ours("use", cell.use, "dpv:Purpose"),
        "dpv:hasRecipient": _ours("channel", cell.channel, "dpv:Recipient"),
        "dpv:hasStorageCondition": _until(cell.until, "dpv:StorageDuration"),
    }


def _ours(kind: str, word: str, broader: str) -> dict[str, str]:
    return {"@id": f"{OURS}{kind}:{str(word).replace(' ', '-')}", "@type": broader}


def _until(day: date, kind: str) -> dict[str, Any]:
    return {"@type": kind, "rdf:value": {"@type": "xsd:date", "@value": day.isoformat()}}


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {f"{OURS}{name}": _plain(one) for name, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool) else str(value)
