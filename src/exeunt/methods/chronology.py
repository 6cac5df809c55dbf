"""Partly known dates: EDTF level 1 (ISO 8601-2:2019), as spans of days with their doubts."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from edtf import Date

from exeunt.errors import Sentence

LONGEST = 64
REMEMBERED = 65_536
EXAMPLES = Sentence(
    "Write 2014, 2014-06 or 2014-06-15; 201X or 2014-XX where digits are unknown; 2014-21 to "
    "2014-24 for spring to winter; 2014/2015, ../2013 or 2016/.. for a span; add ~ for about, "
    "? for doubtful, % for both; leave it empty if nothing is known."
)
# How often the length of what was written may be added on either side.
ROOM = {"": 0, "~": 1, "?": 1, "%": 2}
# A season's first and last month; the year that the month is counted from comes first.
# Winter may have begun in the December before, or end in the February after.
SEASONS = {
    "21": ((0, 3), (0, 5)),
    "22": ((0, 6), (0, 8)),
    "23": ((0, 9), (0, 11)),
    "24": ((-1, 12), (1, 2)),
}
DOUBTED = re.compile(r"([0-9X-]+)([?~%]?)")
SEASON = re.compile(r"([0-9]{4})-(2[1-4])")
DATED = re.compile(
    r"[0-9]{4}(-[0-9]{2}-[0-9]{2}|-[0-9]{2}(-XX)?|(-XX){0,2})|[0-9]([0-9]{2}X|[0-9]XX|XXX)"
)
NOTHING_KNOWN = re.compile(r"XXXX(-XX(-XX)?)?")
PRINTABLE_ASCII = re.compile(r"[ -~]*")


class PartialDate(NamedTuple):
    """A date as far as it is known; None for an end that is open or unknown.

    ``earliest`` and ``latest`` are what was written. ``perhaps_from`` and ``perhaps_until`` are
    wider where it was written with a doubt: on either side by a day for a day, a month for a
    month, a year for a year and so on, and by twice that for ``%``. They decide what is certain.
    """

    text: str
    earliest: date | None
    latest: date | None
    perhaps_from: date | None
    perhaps_until: date | None
    approximate: bool = False
    uncertain: bool = False


def read_date(text: str) -> PartialDate:
    """Read an EDTF level 1 date; empty or XXXX is a date of which nothing is known.

    Seasons are those of the northern half of the world. Times of day, years before 0001 or
    after 9999, and level 2 are refused. Raises ValueError, which never repeats the text: a
    misplaced column may hold a name.

    >>> read_date("2014-06~").latest
    datetime.date(2014, 6, 30)
    """
    if len(text) > LONGEST:
        raise ValueError(
            Sentence(
                "A date has at most {most} characters. {examples}", most=LONGEST, examples=EXAMPLES
            )
        )
    if not PRINTABLE_ASCII.fullmatch(text):
        raise ValueError(
            Sentence(
                "A date has only the digits 0 to 9 and plain signs. {examples}", examples=EXAMPLES
            )
        )
    text = text.strip()
    if "/" in text:
        return _read_span(text)
    return _read_one(text) if text else _unknown(text)


def certainly_before(first: PartialDate, second: PartialDate) -> bool:
    """Tell whether all of the first lies before all of the second, doubts included."""
    if first.perhaps_until is None or second.perhaps_from is None:
        return False
    return first.perhaps_until < second.perhaps_from


def may_overlap(first: PartialDate, second: PartialDate) -> bool:
    """Tell whether the two could share a day."""
    return not certainly_before(first, second) and not certainly_before(second, first)


def within(when: PartialDate, window: PartialDate) -> bool | None:
    """Tell whether a date lies in a window; None where that is not known.

    The window includes both of its ends. Raises ValueError for a window that is in doubt or has
    no end at all.
    """
    if window.approximate or window.uncertain:
        raise ValueError("a window must be exact, without ~, ? or %")
    if window.earliest is None and window.latest is None:
        raise ValueError("a window needs a start or an end")
    if certainly_before(when, window) or certainly_before(window, when):
        return False
    begins = window.earliest is None or _reaches(window.earliest, when.perhaps_from)
    ends = window.latest is None or _reaches(when.perhaps_until, window.latest)
    return True if begins and ends else None


def period_of(when: PartialDate, periods: Mapping[str, PartialDate]) -> str | None:
    """Return the period that a date certainly lies in, or None.

    None both for a date outside all periods and for one that may lie in several; ``within``
    tells them apart. Raises ValueError for periods that overlap.
    """
    if any(may_overlap(one, other) for one, other in combinations(periods.values(), 2)):
        raise ValueError("periods must not overlap: a date can lie in one of them only")
    return next((name for name, period in periods.items() if within(when, period)), None)


def _reaches(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first <= second


def _unknown(text: str) -> PartialDate:
    return PartialDate(text, None, None, None, None)


def _read_span(text: str) -> PartialDate:
    """Join two dates; an end is open (..), unknown (nothing), or a date itself."""
    first, _, last = text.partition("/")
    if not first and not last:
        raise ValueError(
            Sentence("A span needs a date on at least one side. {examples}", examples=EXAMPLES)
        )
    start, end = (
        _unknown(side) if side in ("", "..") else _read_one(side) for side in (first, last)
    )
    if start.earliest and end.latest and start.earliest > end.latest:
        raise ValueError(Sentence("The span ends before it starts."))
    return PartialDate(
        text,
        start.earliest,
        end.latest,
        start.perhaps_from,
        end.perhaps_until,
        approximate=start.approximate or end.approximate,
        uncertain=start.uncertain or end.uncertain,
    )


def _read_one(text: str) -> PartialDate:
    """Read a date that is no span: its bounds as written, then the room its doubt leaves."""
    written = DOUBTED.fullmatch(text)
    if written is None:
        raise ValueError(
            Sentence("This is not a date that can be read. {examples}", examples=EXAMPLES)
        )
    dated, doubt = written.groups()
    if NOTHING_KNOWN.fullmatch(dated):
        return _unknown(text)
    try:
        earliest, latest = _bounds(dated)
    except ValueError:
        raise ValueError(Sentence("There is no such date. {examples}", examples=EXAMPLES)) from None
    return PartialDate(
        text,
        earliest,
        latest,
        *_widened(earliest, latest, ROOM[doubt]),
        approximate=doubt in ("~", "%"),
        uncertain=doubt in ("?", "%"),
    )


def _widened(earliest: date, latest: date, times: int) -> tuple[date | None, date | None]:
    """Leave room on both sides, a day by days and longer dates by whole months.

    None where the room passes the end of the calendar.
    """
    if times == 0:
        return earliest, latest
    if earliest == latest:
        return _day(earliest.toordinal() - times), _day(latest.toordinal() + times)
    first, after = _months(earliest), _months(latest) + 1
    room = times * (after - first)
    following = _month_start(after + room)
    return _month_start(first - room), following - timedelta(days=1) if following else None


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _months(when: date) -> int:
    return when.year * 12 + when.month - 1


def _month_start(months: int) -> date | None:
    year, month = divmod(months, 12)
    return date(year, month + 1, 1) if MINYEAR <= year <= MAXYEAR else None


@lru_cache(maxsize=REMEMBERED)
def _bounds(dated: str) -> tuple[date, date]:
    """Return the first and the last day of a date without doubts."""
    if season := SEASON.fullmatch(dated):
        year = int(season[1])
        (before, starts), (after, ends) = SEASONS[season[2]]
        last_day = monthrange(year + after, ends)[1]
        return date(year + before, starts, 1), date(year + after, ends, last_day)
    if not DATED.fullmatch(dated):
        raise ValueError("not of a shape that is read")
    known = dated.replace("-XX", "")
    first = _parsed(known.replace("X", "0"))
    last = _parsed(known.replace("X", "9")) if "X" in known else first
    return date(*first.lower_strict()[:3]), date(*last.upper_strict()[:3])


def _parsed(known: str) -> Date:
    """Parse a year, month or day by its own rule, a twelfth of the time of all EDTF's rules."""
    parsed: Date = Date.parse(known)  # type: ignore[no-untyped-call]
    if str(parsed) != known:
        raise ValueError("the reader stopped before the end")
    return parsed
