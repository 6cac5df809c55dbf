"""What a single cell may hold: short labels are strict, long prose is not."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from exeunt.errors import Sentence, Word

CELL = Word("cell")
LONGEST_LABEL = 32 * 1024
LONGEST_TEXT = 5 * 1024 * 1024

# OWASP's list for CSV injection, with the full-width forms that spreadsheets also run.
_OPENS_FORMULA = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_NUMBER = r"[+\-]?\d+(?:[.,]\d+)?"
_FORMULA = re.compile(rf"(?!{_NUMBER}\Z){_OPENS_FORMULA}")
# The same among labels joined by spaces; the character comes first because that is found fast.
_AFTER_SPACE = r"(?<![^ ].)"
_FORMULA_AMONG = re.compile(rf"{_OPENS_FORMULA}{_AFTER_SPACE}(?!(?<=[+\-])\d+(?:[.,]\d+)?(?: |\Z))")
_OVERRIDES = "\u202a-\u202e\u2066-\u2069"
_NOT_IN_LABELS = re.compile(
    f"[\x00-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\u2060\ufeff{_OVERRIDES}\ud800-\udfff\ufffe\uffff]"
)
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks that nobody sees and that keep two equal labels from being equal.
_UNSEEN = "\ufeff\u200b\u200e\u200f\u061c"
_LARGEST_EXACT = 2**53


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would run this cell instead of showing it.

    >>> is_formula("=1+1"), is_formula("-99"), is_formula("A001")
    (True, False, False)
    """
    return _FORMULA.match(text) is not None


def are_plain(labels: tuple[str, ...]) -> bool:
    """Tell at one glance that no label of a row needs a closer look.

    A quick test for the many rows that are clean; False only means “look at each cell”.
    """
    joined = " ".join(labels)
    return (
        len(joined) <= LONGEST_LABEL
        and joined.isprintable()
        and (joined.isascii() or unicodedata.is_normalized("NFC", joined))
        and _FORMULA_AMONG.search(joined) is None
    )


def clean_label(text: str) -> str:
    """Take away the spaces and unseen marks around a label; one letter has one form (NFC)."""
    bare = text.strip().strip(_UNSEEN).strip()
    return bare if bare.isascii() else unicodedata.normalize("NFC", bare)


def clean_text(text: str) -> str:
    """Return prose as it stands, with its line ends as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def faults_of_label(label: str, *, what: Word = CELL) -> Iterator[str]:
    """Say what keeps a short cell from being taken in."""
    if len(label) > LONGEST_LABEL:
        says = "The {what} has {count:,} characters, of at most {most:,}; shorten it."
        yield Sentence(says, what=what, count=len(label), most=LONGEST_LABEL)
    if is_formula(label):
        yield Sentence(
            "The {what} opens with “{sign}”, which a spreadsheet would run as a formula; "
            "write the value itself, or leave the {what} empty.",
            what=what,
            sign=label[0],
        )
    if found := _NOT_IN_LABELS.search(label):
        yield _hidden(found)


def faults_of_text(text: str, *, what: Word = CELL) -> Iterator[str]:
    """Say what keeps a long cell from being taken in."""
    if len(text) > LONGEST_TEXT:
        says = "The {what} has {count:,} characters, of at most {most:,}; split the text."
        yield Sentence(says, what=what, count=len(text), most=LONGEST_TEXT)
    if found := _NOT_IN_TEXT.search(text):
        yield _hidden(found)


def _hidden(found: re.Match[str]) -> str:
    character = f"U+{ord(found.group()):04X}"
    return Sentence(
        "Character {place} is the hidden {character}; delete it and type it anew.",
        place=found.start() + 1,
        character=character,
    )


def number_as_text(number: float) -> str:
    """Write a number as a person would: whole numbers without a decimal point.

    >>> number_as_text(1.0), number_as_text(0.25), number_as_text(-99)
    ('1', '0.25', '-99')
    """
    exact = abs(number) <= _LARGEST_EXACT
    return str(int(number)) if exact and number == int(number) else str(number)


def moment_as_text(moment: date | datetime | time | timedelta) -> str:
    """Write a date as ISO 8601, without a time of day where that is midnight."""
    if isinstance(moment, datetime) and moment.time() == time():
        return moment.date().isoformat()
    return str(moment) if isinstance(moment, timedelta) else moment.isoformat()
