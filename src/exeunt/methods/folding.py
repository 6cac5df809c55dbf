"""One form for every way of writing a name, and the place in the text that each letter came from.

What is compared is bare: no marks, no case, no invisible signs, one shape for each letter of a
kind. What is masked is the original: every folded letter knows where it stood there.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

LETTER_FORMS = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ـ": None,
        **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)},
    }
)
# Letters that no decomposition takes apart, and the many signs for one apostrophe or hyphen.
_MORE_FORMS = str.maketrans(
    {
        **dict(zip("ہھۃے", "هههي", strict=True)),
        **dict(zip("øłđħŧðıɑɡƒəɪ", "oldhtdiagfei", strict=True)),
        **dict(zip("ᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghjklmnoprstuvwyz", strict=True)),
        **dict.fromkeys("’‘ʼʻʿʾˈ′`´＇ʹʽ", "'"),
        **dict.fromkeys("‐‑−﹣－⁃", "-"),
        "\u1680": " ",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
_LOOK_LATIN = str.maketrans(
    dict(zip("аеорсухѕіјһԁԛԝӏвкмнтгпиьү", "aeopcyxsijhdqwlbkmhtrnubv", strict=True))
    | dict(zip("αβεηικνορτυχωγς", "abenikvoptuxwys", strict=True))
)
_CAPITALS_LOOK_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧВНУ", "abezhikmnoptyxbhy", strict=True))
_NOT_LATIN_WORD = re.compile(r"[\u0370-\u052f]")
_JOINED_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_LATIN = re.compile("[a-z]")
_UNSEEN_ASCII = re.compile("[\x00-\x08\x0e-\x1b\x7f`]")
_UNSEEN_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_KEPT_CONTROLS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_BETWEEN_PARTS = re.compile(r"[\s_-]+")


class Folded(NamedTuple):
    """A text in its one form, beside the place in the original of each of its letters.

    ``cased`` is the same text, letter for letter, with the capitals that the original had.
    """

    text: str
    cased: str
    places: Sequence[int]
    size: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the folded text stands in the original.

        Signs that folding removed are covered inside the span and right after it, so that no
        mark of a last letter is left behind.

        >>> fold("Sa\u200bli\u0301m").span(0, 5)
        (0, 7)
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError("a span lies inside its text and starts before it ends")
        if start == end:
            place = self.places[start] if start < len(self.places) else self.size
            return place, place
        after = self.places[end] if end < len(self.places) else self.size
        return self.places[start], max(self.places[end - 1] + 1, after)

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """Return the folded letters that a span of the original was folded to.

        >>> fold("Sa\u200blim").inside(3, 6)
        (2, 5)
        """
        if not 0 <= start <= end <= self.size:
            raise ValueError("a span lies inside its text and starts before it ends")
        return bisect_left(self.places, start), bisect_left(self.places, end)


def fold(text: str) -> Folded:
    """Return a text in the one form in which names are compared, with the way back.

    >>> fold("Al-Ḥājj ＳＡＬＩＭ").text, fold("أَبُو سـالم").text
    ('al-hajj salim', 'ابو سالم')
    """
    if text.isascii() and not _UNSEEN_ASCII.search(text):
        return Folded(text.lower(), text, range(len(text)), len(text))
    bare: list[str] = []
    cased: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        small, shown = _forms(sign)
        bare.append(small)
        cased.append(shown)
        places.extend([place] * len(small))
    shown = "".join(cased)
    one_form = _latin_where_mixed("".join(bare), shown)
    shown_form = _with_capitals_of(shown, one_form)
    return Folded(one_form, shown_form, places, len(text))


def form_of(name: str) -> str:
    """Return the one form of a name, however its parts are joined.

    >>> form_of("Abū-Sālim  al Tūnisī") == form_of("ABU SALIM AL-TUNISI")
    True
    """
    return _BETWEEN_PARTS.sub(" ", fold(name).text.replace("'", "")).strip()


def unseen(sign: str) -> bool:
    """Tell whether a sign is drawn as nothing: zero-width, bidi, tags, fillers, controls."""
    if sign in _UNSEEN_LETTERS:
        return True
    kind = unicodedata.category(sign)
    return kind == "Cf" or (kind == "Cc" and sign not in _KEPT_CONTROLS)


def attached(sign: str) -> bool:
    """Tell whether a sign is drawn onto the letter before it."""
    return unicodedata.category(sign) in {"Mn", "Me", "Mc"}


def taken_apart(text: str) -> str:
    """Return a text without case, its letters and their marks apart."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


@lru_cache(maxsize=8192)
def _forms(sign: str) -> tuple[str, str]:
    if unseen(sign):
        return "", ""
    apart = taken_apart(sign.translate(_MORE_FORMS)).translate(LETTER_FORMS)
    bare = "".join(part for part in apart if unicodedata.category(part) not in {"Mn", "Me"})
    bare = unicodedata.normalize("NFC", bare.translate(_MORE_FORMS))
    if not bare or not (sign.isupper() or sign.istitle()):
        return bare, bare
    return bare, _capital(bare[0]) + bare[1:]


def _capital(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter


def _latin_where_mixed(text: str, shown: str) -> str:
    """Turn Cyrillic and Greek letters that look Latin to Latin, in words that have both."""
    if not _NOT_LATIN_WORD.search(text):
        return text
    return _JOINED_WORD.sub(lambda word: _looks(word[0], shown[word.start() : word.end()]), text)


def _looks(word: str, shown: str) -> str:
    if not (_NOT_LATIN_WORD.search(word) and _LATIN.search(word)):
        return word
    # A capital looks unlike its small letter: Greek Mu is an M, and small an u.
    as_shown = zip(word, shown, strict=True)
    return "".join(_CAPITALS_LOOK_LATIN.get(big, small) for small, big in as_shown).translate(
        _LOOK_LATIN
    )


def _with_capitals_of(cased: str, bare: str) -> str:
    """Give one text the capitals that another of the same length has."""
    if cased.casefold() == bare:
        return cased
    return "".join(_differing(cased, bare))


def _differing(cased: str, bare: str) -> Iterator[str]:
    for shown, small in zip(cased, bare, strict=True):
        yield _capital(small) if shown.isupper() else small
