"""Words as they are searched for: one form for each, whatever marks and articles it was given.

The Arabic foldings are those of light stemming (Larkey, Ballesteros and Connell 2002): vowel
marks off, the shapes of alef, ya and ta marbuta made one, the article and what is written
together with it split off.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from exeunt.methods.folding import LETTER_FORMS, taken_apart

LONGEST_WORD = 64
# PostgreSQL holds a megabyte of words for one row.
MOST_BYTES = 700_000
MOST_ASKED = 20
SHORTEST_BEGINNING = 2

# Latin and Arabic marks; those of other scripts end a word, when it is kept and when it is sought.
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed]")
_WORD = re.compile(r"[^\W_]+")
_UNBROKEN = re.compile(r"\S+")
_WITH_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(\w{3,})")


class PlacedWord(NamedTuple):
    """One folded word, without its article, and where it stands in the original."""

    form: str
    start: int
    end: int


def folded(text: str) -> str:
    """Return a text in the one form in which its words are compared.

    >>> folded("Café ﬁne"), folded("الجَمَاعَة") == folded("الجماعه")
    ('cafe fine', True)
    """
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", taken_apart(text)).translate(LETTER_FORMS)
    return unicodedata.normalize("NFC", bare)


def words_in(text: str) -> list[str]:
    """Return the folded words of a text, in order.

    >>> words_in("Raqqa, 3 May 2014")
    ['raqqa', '3', 'may', '2014']
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def without_article(word: str) -> str:
    """Return a folded Arabic word without its article, or the word as it stands.

    >>> without_article("الجماعه"), without_article("وبالجماعه"), without_article("الله")
    ('جماعه', 'جماعه', 'الله')
    """
    split = _WITH_ARTICLE.fullmatch(word)
    return split[1] if split else word


def in_order(text: str) -> str:
    """Return the words under which a passage is found, in its order: phrases are sought in them.

    >>> in_order("Then, the cars: والجماعة")
    'then the cars جماعه'
    """
    return " ".join(map(without_article, words_in(text)))


def placed_words(text: str) -> list[PlacedWord]:
    """Return the words of `in_order`, each with the place where it stands in the text.

    The marks of its last letter belong to a word. It is slower than `in_order`, and meant for
    the passages that are shown.

    >>> placed_words("Café ﬁne")
    [PlacedWord(form='cafe', start=0, end=4), PlacedWord(form='fine', start=5, end=8)]
    """
    return [word for part in _UNBROKEN.finditer(text) for word in _placed(part[0], part.start())]


def _placed(part: str, begin: int) -> Iterator[PlacedWord]:
    """Yield the words of a part without white space, which never joins with what is beside it."""
    if part.isascii():
        for found in _WORD.finditer(part.lower()):
            yield PlacedWord(found[0][:LONGEST_WORD], begin + found.start(), begin + found.end())
        return
    bare: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(part):
        forms = folded(part[start:end]) if end - start > 1 else _folded_sign(part[start])
        bare.append(forms)
        starts += [start] * len(forms)
        ends += [end] * len(forms)
    for found in _WORD.finditer("".join(bare)):
        form = without_article(found[0][:LONGEST_WORD])
        yield PlacedWord(form, begin + starts[found.start()], begin + ends[found.end() - 1])


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text where folding both sides apart gives the same as folding them together."""
    start, before = 0, ""
    for place, sign in enumerate(text):
        here = _folded_sign(sign)
        if place == start:
            before = here
        elif _stands_apart(before, sign, here):
            yield start, place
            start, before = place, here
        else:
            before = folded(text[start : place + 1])
    if text:
        yield start, len(text)


def _stands_apart(before: str, sign: str, here: str) -> bool:
    """Tell whether a sign joins with nothing before it; one that folds to nothing is a mark."""
    if sign.isascii():
        return True
    if not here or unicodedata.combining(here[0]) or unicodedata.combining(sign):
        return False
    return not before or unicodedata.is_normalized("NFC", before[-1] + here[0])


@lru_cache(maxsize=8192)
def _folded_sign(sign: str) -> str:
    return folded(sign)


def searchable(parts: Iterable[str]) -> str:
    """Return every word under which something is found, once each and in alphabetical order.

    The order of the text is lost on purpose: what is kept for searching cannot be read. Words
    beyond ``MOST_BYTES`` are left out, which no text in a natural language reaches.
    """
    words = set(words_in(" ".join(parts)))
    words.update([without_article(word) for word in words if not word.isascii()])
    line = " ".join(sorted(words))
    if len(line.encode()) <= MOST_BYTES:
        return line
    return line.encode()[:MOST_BYTES].decode(errors="ignore").rpartition(" ")[0]


def asked_for(words: str) -> tuple[tuple[str, ...], ...]:
    """Return what is to be found: for each word asked for, the forms that count as that word.

    >>> asked_for("Left the الجماعة")
    (('left',), ('the',), ('الجماعه', 'جماعه'))
    """
    asked = list(dict.fromkeys(words_in(words)))[:MOST_ASKED]
    return tuple(tuple(dict.fromkeys((word, without_article(word)))) for word in asked)
