"""Words as they are searched for: one form for each, whatever marks and articles it was given.

The Arabic foldings are those of light stemming (Larkey, Ballesteros and Connell 2002): vowel
marks off, the shapes of alef, ya and ta marbuta made one, the article and what is written
together with it split off.
"""

import re
import unicodedata
from collections.abc import Iterable

from exeunt.methods.folding import LETTER_FORMS, taken_apart

LONGEST_WORD = 64
# PostgreSQL holds a megabyte of words for one row.
MOST_BYTES = 700_000
MOST_ASKED = 20
SHORTEST_BEGINNING = 2

# Latin and Arabic marks; those of other scripts end a word, when it is kept and when it is sought.
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed]")
_WORD = re.compile(r"[^\W_]+")
_WITH_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(\w{3,})")


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
