"""What a written word of a name is made of: "abu", "abd", "umm", the article, and a name proper.

A word can often be read in more than one way: ``وليد`` is Walid, or "and Lid". Every reading
says which letters it covers and which parts it has, each part as its sounds.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from exeunt.methods.arabic_names.alignment import MARK
from exeunt.methods.arabic_names.sounds import is_arabic, sounds

ABU, UMM, ABD, IBN = MARK + "abu", MARK + "umm", MARK + "abd", MARK + "ibn"

_ABUS = "abu abou abo aboo abi aba ebu ebi abul aboul bou bu albu albou ابو ابي ابا البو"
_UMMS = "umm um om omm oum oumm ummu umme ummi oumou ام"
_IBNS = "ibn bin ben ibni ibne bn binti bint bent بن ابن بنت ابنه"
_WRITTEN = ((_ABUS, ABU), (_UMMS, UMM), (_IBNS, IBN), ("عبد", ABD))
_MARKERS = {word: marker for words, marker in _WRITTEN for word in words.split()}
_ABD = re.compile(r"abd(?:[aeiou]{0,2}(?:l|r|s|sh|n|d|t|z)?)")
_ABD_JOINED = re.compile(r"abd(?:[aeiou]{1,2}(?:l|([rsndtz])(?=\1)|(sh|ch|th)(?=\2))?)(\w{3,})")
_ABU_JOINED = re.compile(r"(?:a|e)b(?:u|ou|o)(?:l(?=[^aeiou]))?([^aeiou]\w{3,})")
_BU_JOINED = re.compile(r"(?:al)?b(?:u|ou)([^aeiou]\w{3,})")
_LAH_JOINED = re.compile(r"(\w{3,}?)(?:[aeiou]{1,2}l)?lah?")
_DIN_JOINED = re.compile(r"(\w{3,}?)[aeiou]{1,2}(?:dd|ld)(?:i|ee)ne?")
_ARTICLE = re.compile(r"[aeui]l")
_SUN_ARTICLE = re.compile(r"[aeu](r|s|t|n|d|z|sh|ch|sch|th|dh)")
_LOOK_LIKE_ARTICLES = frozenset(["as", "at", "an", "et", "es", "en"])
_ARTICLE_JOINED = re.compile(r"(?:[ae]l|[ae]([rstndz])(?=\1)|[ae](?:sh|ch)(?=sh|ch))(\w{4,})")
_CLITICS = re.compile(r"[وف]?[بكلس]?")
_ARABIC_JOINED = re.compile(r"(عبد|ابو|ابي)(?:ال)?(\w{3,})|(?:ال)?(بو)(\w{3,})")
_ARABIC_TAIL = re.compile(r"(\w{2,})ال(له|دين)")

SHORTEST_WITH_ARTICLE = 4
SHORTEST_BARE = 3
ARTICLE_GUESSED = 0.06
CLITIC_GUESSED = 0.02
JOINT_GUESSED = 0.03
ENDING_GUESSED = 0.04


class Reading(NamedTuple):
    """One way to read a word: the letters cut off at its start, its parts, and how far-fetched."""

    skipped: int
    parts: tuple[str, ...]
    cost: float


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the ways to read a word of a text, the plainest first.

    >>> [reading.parts for reading in readings("abdurrahman")]
    [('<abd', 'rahman')]
    >>> [(reading.skipped, reading.parts) for reading in readings("والحلبي")][1:]
    [(1, ('حلبي',)), (1, ('الحلبي',))]
    """
    found = _arabic_readings(word) if is_arabic(word) else _latin_readings(word)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def own_readings(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the parts that a word of a known name has, with and without a joined article.

    >>> own_readings("الحلبي"), own_readings("alhalabi")
    ((('حلبي',),), (('alhalabi',), ('halabi',)))
    """
    if not is_arabic(word):
        return tuple(dict.fromkeys(reading.parts for reading in _latin_readings(word)))
    bare = word[2:] if word.startswith("ال") and len(word) >= SHORTEST_WITH_ARTICLE else word
    return tuple(dict.fromkeys((_arabic_parts(bare), *_arabic_joined(word))))


def is_article(word: str, following: str, *, gap: str = " ") -> bool:
    """Tell whether a Latin word is the article of the word after it.

    Short words of English and French look like some of its forms: those need a hyphen.

    >>> is_article("el", "masri"), is_article("ash", "shami"), is_article("as", "he")
    (True, True, False)
    >>> is_article("et", "tarek"), is_article("et", "tunusi", gap="-")
    (False, True)
    """
    if _ARTICLE.fullmatch(word):
        return True
    sun = _SUN_ARTICLE.fullmatch(word)
    if sun is None or not following.startswith(sun[1]):
        return False
    return gap == "-" or word not in _LOOK_LIKE_ARTICLES


def _latin_readings(word: str) -> Iterator[Reading]:
    """Read a Latin word whole, then as one whose article or other small words were joined on."""
    if word in _MARKERS or _ABD.fullmatch(word):
        yield Reading(0, (_MARKERS.get(word, ABD),), 0)
        return
    yield Reading(0, _latin_parts(word), 0)
    joined = _ARTICLE_JOINED.fullmatch(word)
    if joined:
        yield Reading(0, _latin_parts(joined[2]), ARTICLE_GUESSED)
    kunya = _ABU_JOINED.fullmatch(word) or _BU_JOINED.fullmatch(word)
    if kunya:
        yield Reading(0, (ABU, sounds(kunya[1])), JOINT_GUESSED)


def _latin_parts(word: str) -> tuple[str, ...]:
    """Take a word apart that was joined: abdulkarim, saifullah, noureddine."""
    if word in {"allah", "llah", "ullah"}:
        return ("lah",)
    servant = _ABD_JOINED.fullmatch(word)
    if servant:
        return ABD, sounds(servant[3])
    tail = _DIN_JOINED.fullmatch(word)
    if tail:
        return sounds(tail[1]), "din"
    tail = _LAH_JOINED.fullmatch(word) if word.endswith(("llah", "lla")) else None
    return (sounds(tail[1]), "lah") if tail else (sounds(word),)


def _arabic_readings(word: str) -> Iterator[Reading]:
    """Read an Arabic word whole, without its article, and without what is written onto it."""
    clitics = _CLITICS.match(word)
    longest = clitics.end() if clitics else 0
    for skipped in range(longest + 1):
        rest = word[skipped:]
        if len(rest) < SHORTEST_BARE and skipped and rest not in _MARKERS:
            return
        cost = CLITIC_GUESSED if skipped else 0.0
        yield from _without_article(rest, Reading(skipped, (), cost), before=word[:skipped])


def _without_article(word: str, reading: Reading, *, before: str) -> Iterator[Reading]:
    article = "ال" if word.startswith("ال") else ""
    if before.endswith("ل") and word.startswith("ل"):
        article = "ل"  # li + al + name is written with two lams: the second is the article's
    bare = word[len(article) :]
    if article and len(bare) >= SHORTEST_BARE - 1:
        yield reading._replace(parts=_arabic_parts(bare))
    yield reading._replace(parts=_arabic_parts(word))
    for parts in _arabic_joined(word):
        yield reading._replace(parts=parts, cost=reading.cost + JOINT_GUESSED)


def _arabic_parts(word: str) -> tuple[str, ...]:
    if word in _MARKERS:
        return (_MARKERS[word],)
    if word.startswith("عبدال"):
        return ABD, sounds(word[5:])
    tail = _ARABIC_TAIL.fullmatch(word)
    return (sounds(tail[1]), sounds(tail[2])) if tail else (sounds(word),)


def _arabic_joined(word: str) -> Iterator[tuple[str, ...]]:
    joined = _ARABIC_JOINED.fullmatch(word)
    if joined:
        marker = ABD if joined[1] == "عبد" else ABU
        yield marker, sounds(joined[2] or joined[4])
