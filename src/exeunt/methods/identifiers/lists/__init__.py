"""Lists of words, made for Exeunt: common words, given names, places of the regions concerned.

A line is one entry; several spellings of one are separated by commas, and ``#`` begins a remark.
"""

import re
from functools import lru_cache
from importlib.resources import files

from exeunt.methods.folding import fold, form_of

_BESIDES_LETTERS = re.compile("[,،'’]")


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return words that no name is made of, though a sentence may begin with them."""
    return _single("common.txt")


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return given names that are hardly ever another word."""
    return _single("names.txt")


@lru_cache(maxsize=1)
def doubtful_names() -> frozenset[str]:
    """Return given names that are other words too, and count only beside another name."""
    return _single("doubtful_names.txt")


@lru_cache(maxsize=1)
def place_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the places, each as its folded words, under its first word; longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for line in _lines("places.txt"):
        for name in line.split(","):
            words = tuple(form_words(name))
            by_first.setdefault(words[0], []).append(words)
    return {
        word: tuple(sorted(set(names), key=len, reverse=True)) for word, names in by_first.items()
    }


def word_set(words: str) -> frozenset[str]:
    """Return words written in a row, folded."""
    return frozenset(fold(words).text.split())


def form_words(name: str) -> list[str]:
    """Return the folded words of a name; an apostrophe or a comma stands between two."""
    return form_of(_BESIDES_LETTERS.sub(" ", name)).split()


def _single(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in form_words(line))


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
