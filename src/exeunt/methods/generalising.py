"""Dates and ages said more widely: a season with its year, a decade of life.

Dates of the Islamic calendar are turned with its tabular form (civil epoch, leap years 2, 5, 7,
10, 13, 16, 18, 21, 24, 26 and 29 of 30), which lies within a day or two of any observed month.
"""

import re
from datetime import date
from typing import NamedTuple

from exeunt.methods.folding import fold
from exeunt.methods.identifiers.ages import years_of
from exeunt.methods.identifiers.calendar import HIJRI_MONTHS, MONTHS, month_words

SEASONS = {
    "en": ("winter", "spring", "summer", "autumn"),
    "fr": ("hiver", "printemps", "été", "automne"),
    "ar": ("شتاء", "ربيع", "صيف", "خريف"),
}
_SEASON_WORDS = {
    **dict.fromkeys(("winter", "hiver", "شتاء"), 0),
    **dict.fromkeys(("spring", "printemps", "ربيع"), 1),
    **dict.fromkeys(("summer", "ete", "صيف"), 2),
    **dict.fromkeys(("autumn", "fall", "automne", "خريف"), 3),
}
_DECADES = {
    "en": (
        "a child under ten", "in their teens", "in their twenties", "in their thirties",
        "in their forties", "in their fifties", "in their sixties", "over seventy",
    ),
    "fr": (
        "moins de dix ans", "entre dix et vingt ans", "la vingtaine", "la trentaine",
        "la quarantaine", "la cinquantaine", "la soixantaine", "plus de soixante-dix ans",
    ),
    "ar": (
        "دون العاشرة", "بين العاشرة والعشرين", "في العشرينات", "في الثلاثينات",
        "في الأربعينات", "في الخمسينات", "في الستينات", "فوق السبعين",
    ),
}  # fmt: skip
# Feasts that stand still, by their month; those that move with the moon, by month and day there.
_FIXED_FEASTS = {
    12: "christmas noel الميلاد toussaint_n",
    1: "new_year nouvel_an راس_السنه_الميلاديه",
    3: "nowruz newroz نوروز",
    4: "easter paques",
    11: "toussaint",
}
_MOVING_FEASTS = {
    (10, 1): "fitr saghir seghir الفطر",
    (12, 10): "adha kebir kabir الاضحي",
    (1, 10): "ashura achoura عاشوراء",
    (3, 12): "mawlid mouloud المولد",
    (1, 1): "راس_السنه_الهجريه",
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HIJRI_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
_NUMBERS = re.compile(r"\d+")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_YEAR_LAST = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4}|\d\d)")
_CIVIL_EPOCH_DAY = 227_015
MONTHS_IN_YEAR, MONTHS_IN_SEASON = 12, 3
LAST_HIJRI_YEAR, CENTURY, TURN_OF_CENTURY = 1500, 100, 50
OVER_SEVENTY = 7


class Moment(NamedTuple):
    """What a date says of year and season (0 is winter), where it says it."""

    year: int | None = None
    season: int | None = None


def season_of(said: str, *, language: str) -> str | None:
    """Return the season and year of a date as it was said, or None where it says neither.

    A winter is named by the year of its month, as everywhere in Exeunt. A bare year stays.

    >>> season_of("3 May 2015", language="en"), season_of("mars 2014", language="fr")
    ('spring 2015', 'printemps 2014')
    >>> season_of("15 Ramadan 1435", language="en"), season_of("آذار ٢٠١٥", language="ar")
    ('summer 2014', 'ربيع 2015')
    """
    moment = moment_of(said)
    names = SEASONS.get(language, SEASONS["en"])
    season = None if moment.season is None else names[moment.season]
    parts = [season, None if moment.year is None else str(moment.year)]
    return " ".join(part for part in parts if part) or None


def decade_of(said: str, *, language: str) -> str | None:
    """Return the decade of life of an age as it was said, or None where it says no number.

    >>> decade_of("twenty-three years old", language="en"), decade_of("19 ans", language="fr")
    ('in their twenties', 'entre dix et vingt ans')
    """
    years = years_of(said)
    if years is None:
        return None
    return _DECADES.get(language, _DECADES["en"])[min(years // 10, OVER_SEVENTY)]


def moment_of(said: str) -> Moment:
    """Return the year and season of a date as it was said."""
    text = fold(said).text
    written = _written(text)
    if written is not None:
        return written
    year = _number(_YEAR, text)
    lunar = _lunar_of(text)
    if lunar is not None:
        return _turned(lunar, year=year, lunar_year=_number(_HIJRI_YEAR, text))
    month = _month_of(text)
    if month is None:
        season = next((at for word, at in _SEASON_WORDS.items() if word in text), None)
        return Moment(year, season)
    return Moment(year, _season(month))


def _season(month: int) -> int:
    return month % MONTHS_IN_YEAR // MONTHS_IN_SEASON


def _written(text: str) -> Moment | None:
    """Read a date in figures; of two ways to read day and month, the day first."""
    first, last = _YEAR_FIRST.search(text), _YEAR_LAST.search(text)
    if first:
        year, month, day = int(first[1]), int(first[2]), int(first[3] or 1)
    elif last:
        day, month, year = int(last[1]), int(last[2]), _full_year(last[3])
    else:
        return None
    if month > MONTHS_IN_YEAR >= day:
        day, month = month, day
    if not 1 <= month <= MONTHS_IN_YEAR:
        return Moment()
    if year < LAST_HIJRI_YEAR:
        return _turned((month, day), year=None, lunar_year=year)
    return Moment(year, _season(month))


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > len("15"):
        return year
    return year + (2000 if year < TURN_OF_CENTURY else 1900)


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(found[0]) if found else None


def _has(word: str, text: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text) is not None


def _month_of(text: str) -> int | None:
    for number, spellings in enumerate(MONTHS, start=1):
        if any(_has(word, text) or _has("ل" + word, text) for word in month_words(spellings)):
            return number
    for number, names in _FIXED_FEASTS.items():
        if any(_has(word, text) for word in month_words(names)):
            return number
    return None


def _lunar_of(text: str) -> tuple[int, int] | None:
    """Return the month and day of the Islamic calendar that a text names."""
    for number, spellings in enumerate(HIJRI_MONTHS, start=1):
        if any(_has(word, text) for word in month_words(spellings)):
            day = next((int(n) for n in _NUMBERS.findall(text) if int(n) <= 30), 15)  # noqa: PLR2004
            return number, day
    for when, names in _MOVING_FEASTS.items():
        if any(_has(word, text) for word in month_words(names)):
            return when
    return None


def _turned(lunar: tuple[int, int], *, year: int | None, lunar_year: int | None) -> Moment:
    """Turn a month and day of the Islamic calendar, with either calendar's year."""
    if lunar_year is None and year is None:
        return Moment()
    if lunar_year is not None:
        day = _civil(lunar_year, *lunar)
        return Moment(day.year, _season(day.month))
    around = int((int(year or 0) - 622) * 33 / 32)
    for tried in range(around - 1, around + 3):
        day = _civil(tried, *lunar)
        if day.year == year:
            return Moment(year, _season(day.month))
    return Moment(year)


def _civil(year: int, month: int, day: int) -> date:
    """Return the day of the common calendar, by the tabular Islamic one."""
    months = 29 * (month - 1) + month // 2
    return date.fromordinal(
        _CIVIL_EPOCH_DAY - 1 + (year - 1) * 354 + (3 + 11 * year) // 30 + months + max(1, day)
    )
