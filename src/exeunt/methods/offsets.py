"""How another program counted places in a text, found out from the places themselves.

The REFI-QDA standard (1.5, section 10.2) counts code points from 0 and speaks of the first and
the last character. Programs differ: some count a byte order mark, some a CRLF as two, some UTF-16
units, and for most the end is exclusive. Each way of counting is tried on every place of a text,
and judged by whether the places lie inside it, whether the words there are those that the program
wrote beside them, and whether they begin and end at the edges of words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

# Enough to tell one way of counting from another; all places are looked at for lying inside.
MOST_LOOKED_AT = 400
MOST_ASTRAL = "\uffff"
MARK = "\ufeff"
_BREAK = re.compile("\r\n?|\n")
_CUT_SHORT = re.compile(r"(?:\.\.\.|…)\Z")
_SPACES = re.compile(r"\s+")
SHORTEST_WORDS = 2


class Breaks(StrEnum):
    """As how many characters a line break was counted."""

    ONE = "one"
    AS_WRITTEN = "as written"
    TWO = "two"


class Counting(NamedTuple):
    """One way of counting places."""

    first: int = 0
    breaks: Breaks = Breaks.ONE
    units: bool = False
    inclusive: bool = False

    def __str__(self) -> str:
        """Write it in a form that a person can type, such as ``first=1,breaks=two``."""
        parts = [f"first={self.first}", f"breaks={self.breaks.value.replace(' ', '-')}"]
        parts.append("units=utf-16" if self.units else "units=code-points")
        parts.append("end=inclusive" if self.inclusive else "end=exclusive")
        return ",".join(parts)

    @property
    def unusual(self) -> str:
        """Write only what is not as usual, such as ``end=inclusive``; nothing where all is."""
        usual = str(USUAL).split(",")
        return ", ".join(part for part in str(self).split(",") if part not in usual)


# From the most to the least usual, so that the usual one is chosen where all fit alike.
COUNTINGS: tuple[Counting, ...] = tuple(
    Counting(first, breaks, units, inclusive)
    for first in (0, 1)
    for inclusive in (False, True)
    for breaks in (Breaks.ONE, Breaks.AS_WRITTEN, Breaks.TWO)
    for units in (False, True)
)
USUAL = COUNTINGS[0]


def counting_from(written: str) -> Counting:
    """Read a way of counting as a person types it; raises ValueError for what is none.

    >>> counting_from("end=inclusive").inclusive
    True
    """
    chosen = USUAL
    for part in filter(None, written.replace(" ", "").casefold().split(",")):
        name, _, value = part.partition("=")
        match name, value:
            case "first", "0" | "1":
                chosen = chosen._replace(first=int(value))
            case "breaks", "one" | "two" | "as-written":
                chosen = chosen._replace(breaks=Breaks(value.replace("-", " ")))
            case "units", "utf-16" | "code-points":
                chosen = chosen._replace(units=value == "utf-16")
            case "end", "inclusive" | "exclusive":
                chosen = chosen._replace(inclusive=value == "inclusive")
            case _:
                raise ValueError(part)
    return chosen


class Place(NamedTuple):
    """Where a selection begins and ends as another program counted, and the words beside it."""

    start: int
    end: int
    words: str = ""


Span = tuple[int, int]


class CountedText:
    """A text as a file holds it, and as it is kept: without a byte order mark, its breaks LF."""

    def __init__(self, stored: str) -> None:
        """Take the text as it was decoded, its mark and breaks included."""
        self.stored = stored.removeprefix(MARK)
        self.text = _BREAK.sub("\n", self.stored) if "\r" in self.stored else self.stored

    @cached_property
    def _astral(self) -> list[int]:
        if self.text.isascii() or max(self.text, default="") <= MOST_ASTRAL:
            return []
        return [place for place, sign in enumerate(self.text) if sign > MOST_ASTRAL]

    @cached_property
    def _every_break(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    @cached_property
    def _wide_breaks(self) -> list[int]:
        found = (found.group() for found in _BREAK.finditer(self.stored))
        return [
            place
            for place, written in zip(self._every_break, found, strict=True)
            if len(written) > 1
        ]

    def wide(self, counting: Counting) -> list[int]:
        """Return the characters that were counted as two."""
        breaks: Mapping[Breaks, Sequence[int]] = {
            Breaks.ONE: (),
            Breaks.AS_WRITTEN: self._wide_breaks if "\r\n" in self.stored else (),
            Breaks.TWO: self._every_break if counting.breaks is Breaks.TWO else (),
        }
        astral = self._astral if counting.units else []
        return sorted([*astral, *breaks[counting.breaks]])

    def spans(self, places: Sequence[Place], counting: Counting) -> list[Span | None]:
        """Find each place in the text; None where it lies outside, or holds nothing."""
        wide = self.wide(counting)
        begins = [place + before for before, place in enumerate(wide)]
        return [self._span(place, counting, begins) for place in places]

    def _span(self, place: Place, counting: Counting, begins: list[int]) -> Span | None:
        start = _index(place.start - counting.first, begins)
        last = place.end - counting.first
        if counting.inclusive:
            end = _index(last, begins) + 1
        else:
            end = _index(last - 1, begins) + 1 if last > 0 else 0
        inside = 0 <= start < end <= len(self.text) and place.start >= counting.first
        return (start, end) if inside else None


def _index(counted: int, begins: list[int]) -> int:
    """Return which character a counted place falls on, given where the wide ones begin."""
    return counted - bisect_left(begins, counted)


class Fit(NamedTuple):
    """How well one way of counting fits the places of a text; the greater the better.

    ``inside`` and ``worded`` count places: those within the text, and those whose words are the
    ones that were written beside them. ``edges`` is the share of ends that lie at the edge of a
    word, less those that cut one.
    """

    inside: int
    worded: int
    edges: float

    def plus(self, other: "Fit") -> "Fit":
        """Add what another text says of the same way of counting."""
        return Fit(self.inside + other.inside, self.worded + other.worded, self.edges + other.edges)


NO_FIT = Fit(0, 0, 0.0)


def fit_of(text: str, places: Sequence[Place], spans: Sequence[Span | None]) -> Fit:
    """Judge the spans that one way of counting makes of the places."""
    inside = sum(span is not None for span in spans)
    step = max(1, len(places) // MOST_LOOKED_AT)
    worded, edges, looked = 0, 0, 0
    for place, span in zip(places[::step], spans[::step], strict=True):
        looked += 2
        if span is not None:
            worded += says(text, span, place.words)
            edges += _at_start(text, span[0]) + _at_end(text, span[1])
    return Fit(inside, worded, round(edges / looked, 3) if looked else 0.0)


def says(text: str, span: Span, words: str) -> bool:
    """Tell whether the words beside a place stand there; those that were cut short, at its start.

    >>> says("They came at night.", (5, 9), "came"), says("They came.", (0, 4), "Th…")
    (True, True)
    """
    wanted = _SPACES.sub(" ", words).strip()
    if len(wanted) < SHORTEST_WORDS:
        return False
    found = _SPACES.sub(" ", text[slice(*span)]).strip()
    if found == wanted:
        return _blank_ends(text[slice(*span)]) == _blank_ends(words)
    short = _CUT_SHORT.sub("", wanted).rstrip()
    return short != wanted and len(short) >= SHORTEST_WORDS and found.startswith(short)


def _blank_ends(words: str) -> tuple[bool, bool]:
    """A span that takes in a blank more than the words beside it fits less well than they."""
    return words[:1].isspace(), words[-1:].isspace()


def _at_start(text: str, start: int) -> int:
    if text[start].isspace():
        return 0
    return -1 if start and _within(text, start) else 1


def _at_end(text: str, end: int) -> int:
    if text[end - 1].isspace():
        return 0
    return -1 if end < len(text) and _within(text, end) else 1


def _within(text: str, place: int) -> bool:
    return _of_a_word(text[place - 1]) and _of_a_word(text[place])


def _of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign in "\u0640_'’" or "\u0300" <= sign <= "\u036f"


class Weighed(NamedTuple):
    """Ways of counting that make the same spans of a text's places, and how well they fit."""

    countings: tuple[Counting, ...]
    spans: list[Span | None]
    fit: Fit


def weighed(counted: CountedText, places: Sequence[Place]) -> list[Weighed]:
    """Try every way of counting on a text; those that come to the same are one."""
    groups: dict[tuple[Span | None, ...], list[Counting]] = {}
    for counting in COUNTINGS:
        spans = tuple(counted.spans(places, counting))
        groups.setdefault(spans, []).append(counting)
    return [
        Weighed(tuple(countings), list(spans), fit_of(counted.text, places, spans))
        for spans, countings in groups.items()
    ]


class Choice(NamedTuple):
    """The way of counting that was taken for a text, how well it fits, and the next best."""

    counting: Counting
    fit: Fit
    second: Counting | None
    second_fit: Fit

    @property
    def sure(self) -> bool:
        """Tell whether the next best fits clearly less well."""
        return self.second is None or self.fit > self.second_fit


def chosen(
    tried: Sequence[Weighed], everywhere: Mapping[Counting, Fit], *, wanted: Counting | None = None
) -> Choice:
    """Choose for one text; where two fit it alike, the one that fits the whole project better."""
    order = sorted(_ranked(tried, everywhere), key=lambda ranked: ranked[0])
    best = order[0]
    if wanted is not None:
        best = next(ranked for ranked in order if wanted in ranked[1].countings)
    others = [ranked for ranked in order if ranked is not best]
    _, taken, counting = best
    second = others[0] if others else None
    return Choice(
        counting if wanted is None else wanted,
        taken.fit,
        second[2] if second else None,
        second[1].fit if second else NO_FIT,
    )


def _ranked(
    tried: Sequence[Weighed], everywhere: Mapping[Counting, Fit]
) -> Iterator[tuple[tuple[float, ...], Weighed, Counting]]:
    for group in tried:
        here = min(
            group.countings,
            key=lambda one: (*_less(everywhere.get(one, NO_FIT)), COUNTINGS.index(one)),
        )
        overall = everywhere.get(here, NO_FIT)
        rank = (*_less(group.fit), *_less(overall), float(COUNTINGS.index(here)))
        yield rank, group, here


def _less(fit: Fit) -> tuple[float, ...]:
    return tuple(-part for part in fit)
