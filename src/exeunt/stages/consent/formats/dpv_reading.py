"""Reading a consent record that Exeunt wrote back into its events and cells."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from exeunt.stages.consent.formats.dpv import CONFORMS, DETAILS, EVERYWHERE, OURS, STATES

DAYS = frozenset({"day", "not_before", "seal_until"})


class ReadCell(NamedTuple):
    """One cell as plain words."""

    what: str
    use: str
    channel: str
    territory: str
    until: date


class ReadEvent(NamedTuple):
    """One event as plain words; ``said`` is what it granted beside its cells, empty without one."""

    ref: str
    state: str
    at: datetime
    outcome: str
    language: str
    limits: str
    cells: frozenset[ReadCell]
    said: Mapping[str, Any]


def read_record(content: bytes) -> tuple[str, list[ReadEvent]]:
    """Return a narrator's reference and everything that a record says of their consent.

    Raises ValueError where it is no record of ours.
    """
    try:
        record = json.loads(content)
        conforms = record["dct:conformsTo"]
    except (ValueError, KeyError, TypeError) as fault:
        raise ValueError("this is no consent record") from fault
    if conforms != CONFORMS:
        raise ValueError("this consent record follows another schema")
    processes = {one["@id"]: _cell(one) for one in record["dpv:hasProcess"]}
    happened = [one for one in record["dpv:hasConsentStatus"] if "@id" in one]
    return record["dct:identifier"], [_event(one, processes) for one in happened]


def _event(said: Mapping[str, Any], processes: Mapping[str, ReadCell]) -> ReadEvent:
    notice = said.get("dpv:hasNotice", {})
    return ReadEvent(
        ref=said["@id"].removeprefix(OURS),
        state=STATES[said["@type"]],
        at=datetime.fromisoformat(said["dpv:isIndicatedAtTime"]),
        outcome=said.get("exeunt:outcome", ""),
        language=notice.get("dct:language", ""),
        limits=notice.get("@id", "").removeprefix(f"{OURS}limits:"),
        cells=frozenset(processes[one["@id"]] for one in said.get("dpv:hasProcess", ())),
        said={
            name: _value(name, said[f"{OURS}{name}"]) for name in DETAILS if f"{OURS}{name}" in said
        },
    )


def _cell(process: Mapping[str, Any]) -> ReadCell:
    places = [one.removeprefix("loc:") for one in process["dpv:hasJurisdiction"]]
    everywhere = places == [f"{OURS}{EVERYWHERE}"]
    return ReadCell(
        what=_word(process["dpv:hasPersonalData"], "what"),
        use=_word(process["dpv:hasPurpose"], "use"),
        channel=_word(process["dpv:hasRecipient"], "channel"),
        territory=EVERYWHERE if everywhere else " ".join(places),
        until=date.fromisoformat(process["dpv:hasStorageCondition"]["rdf:value"]["@value"]),
    )


def _word(term: Mapping[str, str], kind: str) -> str:
    return term["@id"].removeprefix(f"{OURS}{kind}:").replace("-", " ")


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        named = {key.removeprefix(OURS): one for key, one in value.items()}
        return {key: _value(key, one) for key, one in named.items()}
    return date.fromisoformat(value) if name in DAYS and value is not None else value
