"""The words of a text as a matcher reads them: where each stands, and the ways to read it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from exeunt.methods.arabic_names.parts import (
    ENDING_GUESSED,
    IBN,
    is_article,
    own_readings,
    readings,
)
from exeunt.methods.arabic_names.sounds import is_arabic, spoken
from exeunt.methods.folding import Folded, fold

ATOM = re.compile(r"[^\W_]+")
_ELIDED = frozenset(["d", "l", "j", "s", "n", "m", "t", "c", "qu"])
_LONGEST_ENDING = 4
_JOINED = re.compile(r"[\s'\"_-]{1,4}")
_COMMA = re.compile(r"\s?[,،]\s")
LONGEST_WORD = 40
MOST_WORDS = 12
MOST_SEQUENCES = 6


class Atom(NamedTuple):
    """A run of letters and digits in a folded text."""

    start: int
    end: int
    text: str


class Read(NamedTuple):
    """One reading of one word: where it starts and ends in the folded text, and its parts."""

    start: int
    end: int
    parts: tuple[str, ...]
    cost: float


class Word(NamedTuple):
    """A word with its readings, and how it hangs on to the word before it.

    ``start`` is that of its article, where one stands before it. ``capital``: it has a capital,
    or is in a script that knows none.
    """

    start: int
    reads: tuple[Read, ...]
    joined: bool
    comma: bool
    capital: bool


class Spelled(NamedTuple):
    """Atoms that are one word, as its letters, the gap before it, and whether it is an article."""

    atoms: list[Atom]
    letters: str
    gap: str
    article: bool


def atoms_of(folded: str) -> list[Atom]:
    """Return the runs of letters and digits of a folded text, in order."""
    return [Atom(*found.span(), found[0]) for found in ATOM.finditer(folded)]


def words_of(text: str, folded: Folded) -> list[Word]:
    """Return the words of a text; letters with an apostrophe between them are one word."""
    words: list[Word] = []
    before: Spelled | None = None
    for spelled in _spelled(text, folded):
        start, end = spelled.atoms[0].start, spelled.atoms[-1].end
        joined = _JOINED.fullmatch(spelled.gap) is not None
        after_article = before is not None and before.article and joined
        words.append(
            Word(
                start=words[-1].start if after_article else start,
                reads=tuple(_reads(text, folded, spelled)),
                joined=joined,
                comma=_COMMA.fullmatch(spelled.gap) is not None,
                capital=_capital(folded.cased[start:end]),
            )
        )
        before = spelled
    return words


def _spelled(text: str, folded: Folded) -> Iterator[Spelled]:
    """Return the words as they are spelled; whether one is an article, the next one says."""
    groups = [*_groups(folded.text)]
    letters = [_spoken(text, folded, group) for group in groups]
    places = [0, *(group[-1].end for group in groups)]
    gaps = [folded.text[end : group[0].start] for end, group in zip(places, groups, strict=False)]
    for place, group in enumerate(groups):
        following = letters[place + 1] if place + 1 < len(groups) else ""
        gap = gaps[place + 1] if following else ""
        article = bool(following) and is_article(letters[place], following, gap=gap)
        yield Spelled(group, letters[place], gaps[place] if place else ".", article)


def _capital(word: str) -> bool:
    return any(letter.isupper() for letter in word) or not any(map(str.islower, word))


def _groups(folded: str) -> Iterator[list[Atom]]:
    group: list[Atom] = []
    for atom in atoms_of(folded):
        if group and folded[group[-1].end : atom.start] != "'":
            yield group
            group = []
        group.append(atom)
    if group:
        yield group


def _reads(text: str, folded: Folded, spelled: Spelled) -> Iterator[Read]:
    """Read a word whole, then without a French elision, a genitive or a Turkish ending."""
    group, whole = spelled.atoms, spelled.letters
    if spelled.article:
        yield Read(group[0].start, group[-1].end, (), 0)
    if len(group) > 1 and group[-1].text == "s":
        group = group[:-1]
        whole = _spoken(text, folded, group)
    yield from _reads_of(group, whole)
    if len(group) > 1 and group[0].text in _ELIDED:
        yield from _reads_of(group[1:], _spoken(text, folded, group[1:]))
    if len(group) > 1 and len(group[-1].text) <= _LONGEST_ENDING:
        yield from _reads_of(group[:-1], _spoken(text, folded, group[:-1]))
    if whole.endswith("s") and len(whole) > _LONGEST_ENDING + 1 and whole.isascii():
        for read in _reads_of(group, whole[:-1]):
            yield read._replace(cost=read.cost + ENDING_GUESSED)


def _reads_of(group: list[Atom], word: str) -> Iterator[Read]:
    start, end = group[0].start, group[-1].end
    for reading in readings(word[:LONGEST_WORD]):
        yield Read(start + reading.skipped, end, reading.parts, reading.cost)
        if reading.parts == (IBN,):
            yield Read(start, end, (), 0)


def _spoken(text: str, folded: Folded, group: list[Atom]) -> str:
    """Return the letters of a word; only one with marks needs its original again."""
    start, end = group[0].start, group[-1].end
    word = folded.text[start:end]
    if text.isascii():
        return word
    original = text[slice(*folded.span(start, end))]
    if is_arabic(word) or original.isascii():
        return word
    return spoken(original).replace(" ", "")


def sequences(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the parts of a known name in order, in every way that it may be read.

    >>> sequences("Abou Youssef al-Halabi")
    (('<abu', 'yusef', 'halabi'),)
    """
    words = list(_spelled(name, fold(name)))[:MOST_WORDS]
    return _sequences(tuple("" if word.article else word.letters[:LONGEST_WORD] for word in words))


@lru_cache(maxsize=65536)
def _sequences(spelled: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Read each word of a name; an article is "" here, and so is a "son of" between two names."""
    choices = []
    for place, word in enumerate(spelled):
        ways = own_readings(word) if word else ((),)
        between = 0 < place < len(spelled) - 1
        choices.append(((),) if between and ways[0] == (IBN,) else ways)
    found = (
        tuple(part for parts in choice for part in parts if part)
        for choice in islice(product(*choices), MOST_SEQUENCES)
    )
    return tuple(dict.fromkeys(sequence for sequence in found if sequence))
