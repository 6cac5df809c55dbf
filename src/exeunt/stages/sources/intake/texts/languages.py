"""In which language a text is, as far as that can be told, and in which direction it runs."""

import unicodedata
from collections.abc import Callable, Mapping
from importlib import import_module
from itertools import islice
from types import MappingProxyType
from typing import Any

FEWEST_LETTERS = 40
SURE = 0.6
# Three pieces of a text: its beginning, its middle and its end may differ.
PIECE = 800
NO_LANGUAGE = "zxx"
# Told apart by the model, and written by people as one.
SAME: Mapping[str, str] = MappingProxyType({"ary": "ar", "arz": "ar", "apc": "ar", "ajp": "ar"})
STRONG_ENOUGH = 2_000
RIGHT_TO_LEFT, LEFT_TO_RIGHT = "rtl", "ltr"

Rank = Callable[[str], list[tuple[str, float]]]


class Languages:
    """Tells languages; the model takes a second and 130 MB, and is loaded with the first text.

    To be made once for an import, and never in a process that serves pages.
    """

    def __init__(self) -> None:
        """Load nothing yet."""
        self._rank: Rank | None = None

    def language_of(self, text: str) -> str:
        """Return the language as a tag of BCP 47, or nothing where it is not clear."""
        sample = sample_of(text)
        if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
            return ""
        if self._rank is None:
            self._rank = _model()
        shares: dict[str, float] = {}
        for language, share in self._rank(sample):
            known = SAME.get(language, language)
            shares[known] = shares.get(known, 0) + share
        likeliest = max(shares, key=lambda one: shares[one])
        return likeliest if shares[likeliest] >= SURE and likeliest != NO_LANGUAGE else ""


def sample_of(text: str) -> str:
    """Return so much of a text as tells its language, a word whole or not at all."""
    if len(text) <= 3 * PIECE:
        return text
    middle = (len(text) - PIECE) // 2
    pieces = (text[:PIECE], text[middle : middle + PIECE], text[-PIECE:])
    return " ".join(" ".join(piece.split()[1:-1]) or piece for piece in pieces)


def direction_of(text: str) -> str:
    """Tell whether a text runs from the right, by most of its first letters.

    >>> direction_of("1. تركت Raqqa أمس"), direction_of("I left تركت."), direction_of("12")
    ('rtl', 'ltr', 'ltr')
    """
    strong = (unicodedata.bidirectional(sign) for sign in text if sign.isalpha())
    balance = sum(-1 if found == "L" else 1 for found in islice(strong, STRONG_ENOUGH))
    return RIGHT_TO_LEFT if balance > 0 else LEFT_TO_RIGHT


def _model() -> Rank:
    langid: Any = import_module("py3langid.langid")
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    rank: Rank = identifier.rank
    return rank
