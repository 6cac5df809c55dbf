"""Days on which consent ends, as a calendar file (RFC 5545) that tells a stranger nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

BEGINNING = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dates//Dates//EN", "CALSCALE:GREGORIAN")
# Two weeks are enough to meet somebody again.
REMIND = "-P14D"


class Marked(NamedTuple):
    """A day, and the reference of whom it is about."""

    day: date
    ref: str


def calendar_of(days: Iterable[Marked], *, made: datetime) -> bytes:
    """Write days into a calendar; a calendar on a telephone is read by whoever holds it.

    So it says neither consent nor study nor label: a reference, which opens nothing outside.
    """
    lines = [*BEGINNING]
    for one in sorted(set(days)):
        lines += _entry(one, made)
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _entry(one: Marked, made: datetime) -> list[str]:
    says = one.ref
    return [
        "BEGIN:VEVENT",
        f"UID:{one.day:%Y%m%d}-{one.ref}@dates.invalid",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"SUMMARY:{says}",
        "TRANSP:TRANSPARENT",
        "CLASS:CONFIDENTIAL",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{says}",
        f"TRIGGER:{REMIND}",
        "END:VALARM",
        "END:VEVENT",
    ]
