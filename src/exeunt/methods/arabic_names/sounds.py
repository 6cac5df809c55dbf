"""Written words as what they may sound like, in Latin and in Arabic letters.

A word becomes a string of symbols, one for each sound it writes. An Arabic letter is its own
symbol; a Latin symbol stands for one letter or for several that write one sound. What a symbol
may stand for, and how far-fetched that is, says ``READINGS``: the consonants of Arabic in
Buckwalter's letters (2002), each with a cost between 0 and 1. The Latin spellings are those of
English, French, German and Turkish, of the scholarly transliterations (DIN 31635, ALA-LC) and of
chat, which writes some letters as digits.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from exeunt.methods.folding import fold

# Letters whose marks carry a sound; folding alone would take the marks off.
_MARKED = str.maketrans(
    {
        **dict.fromkeys("şšș", "sh"),
        **dict.fromkeys("ŞŠȘ", "Sh"),
        **dict.fromkeys("çÇčČ", "tch"),
        **dict.fromkeys("ğġĞĠ", "gh"),
        **dict.fromkeys("ḫẖḪẖ", "kh"),
        **dict.fromkeys("ḏḎ", "dh"),
        **dict.fromkeys("ṯṮ", "th"),
        **dict.fromkeys("ǧǦ", "dj"),
        **dict.fromkeys("žŽ", "zh"),
    }
)
_SPELLINGS = {
    **dict.fromkeys(["dsch", "dzh", "dj"], "J"),
    **dict.fromkeys(["tsch", "tch"], "Q"),
    **dict.fromkeys(["sch", "sh"], "S"),
    **dict.fromkeys(["ou", "oo", "uu"], "u"),
    **dict.fromkeys(["ee", "ii"], "i"),
    **dict.fromkeys(["ph"], "f"),
    **dict.fromkeys(["ck", "cq"], "k"),
    **dict.fromkeys(["gue", "gué"], "ge"),
    **dict.fromkeys(["gui"], "gi"),
    "aa": "a",
    "eu": "e",
    "ch": "C",
    "kh": "X",
    "gh": "G",
    "dh": "D",
    "th": "T",
    "zh": "Z",
    "x": "ks",
    "v": "w",
    "2": "'",
    "3": "'",
    "5": "X",
    "6": "t",
    "7": "h",
    "8": "G",
    "9": "q",
}
_SPELLING = re.compile("|".join(sorted(_SPELLINGS, key=len, reverse=True)))
_DOUBLED = re.compile(r"([^aeiou'])\1+")
# Before these letters a French c is an s, and a Turkish one a j like any other.
_SOFT_C = re.compile("c(?=[eiy])")
_VOWEL_Y = re.compile(r"(?<=[^aeiouyw'])y(?=$|[^aeiouyw'])")
_ARABIC = re.compile("[\u0621-\u06d3]")
_OWN_LATIN = re.compile("[^a-z']+")

# Arabic letters beside those of Arabic itself: the Persian, Urdu and Kurdish ones.
_ARABIC_FORMS = str.maketrans("ڤٹڈڑںۆێھہےڭ", "فطضرنويههيگ", "آ")

READINGS: dict[str, dict[str, float]] = {
    "b": {"b": 0, "p": 0.1},
    "p": {"p": 0, "b": 0.1},
    "t": {"t": 0, "T": 0, "v": 0.15, "d": 0.25},
    "T": {"v": 0, "t": 0.1, "T": 0.2, "*": 0.2},
    "d": {"d": 0, "D": 0.05, "*": 0.1, "Z": 0.15, "t": 0.25},
    "D": {"*": 0, "Z": 0, "D": 0.1, "d": 0.1},
    "j": {"j": 0, "y": 0.15, "R": 0.1},
    "J": {"j": 0},
    "c": {"j": 0.05, "k": 0.05, "q": 0.1, "s": 0.4},
    "ç": {"j": 0.05, "s": 0.1, "k": 0.3},
    "Q": {"J": 0, "j": 0.05, "$": 0.15},
    "C": {"$": 0.05, "x": 0.05, "H": 0.15, "J": 0},
    "S": {"$": 0},
    "X": {"x": 0},
    "k": {"k": 0, "q": 0, "x": 0.4},
    "q": {"q": 0, "k": 0.15},
    "g": {"G": 0, "g": 0.1, "j": 0.1, "q": 0.2},
    "G": {"g": 0, "q": 0.3, "G": 0.2},
    "h": {"h": 0, "H": 0, "x": 0.2},
    "s": {"s": 0, "S": 0, "v": 0.1, "z": 0.25, "$": 0.4},
    "z": {"z": 0, "Z": 0.05, "*": 0.1, "D": 0.1},
    "Z": {"R": 0, "Z": 0, "j": 0.1},
    "w": {"w": 0},
    "y": {"y": 0},
    **{letter: {letter: 0} for letter in "flmnr"},
    **{
        letter: {sound: 0}
        for letter, sound in zip(
            "بتثجحخدذرزسشصضطظغفقكلمنهپچژگ", "btvjHxd*rzs$SDTZgfqklmnhpJRG", strict=True
        )
    },
    "و": {"w": 0},
    "ي": {"y": 0},
}
# What one symbol writes that may as well be two letters: Is-haq, Ad-ham.
TWO_LETTERS = {"S": "sh", "T": "th", "X": "kh", "D": "dh", "G": "gh"}
VOWELS = frozenset("aeiou")


def is_arabic(word: str) -> bool:
    """Tell whether a folded word is written in Arabic letters."""
    return _ARABIC.search(word) is not None


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """Return the symbols of a word as ``spoken`` gave it.

    >>> sounds("youssef"), sounds("abdurrahman"), sounds("3omar"), sounds("يوسف")
    ('yusef', 'abdurahman', "'omar", 'يوسف')
    """
    if is_arabic(word):
        return "".join(sign for sign in word.translate(_ARABIC_FORMS) if _ARABIC.match(sign))
    symbols = _SOFT_C.sub("ç", _SPELLING.sub(lambda found: _SPELLINGS[found[0]], word))
    return _VOWEL_Y.sub("i", _DOUBLED.sub(r"\1", symbols))


def spoken(word: str) -> str:
    """Return a word of an original text in plain Latin or Arabic letters, keeping its sounds.

    >>> spoken("Şakir"), spoken("ḫālid"), spoken("Юсуф")
    ('shakir', 'khalid', 'yusuf')
    """
    folded = fold(unicodedata.normalize("NFC", word).translate(_MARKED)).text
    if folded.isascii() or is_arabic(folded):
        return folded
    return anyascii(folded).lower().replace("`", "'")
