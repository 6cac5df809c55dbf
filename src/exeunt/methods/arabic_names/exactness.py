"""Known names that stand in a text letter for letter, but for case, marks and hidden signs."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from exeunt.methods.arabic_names.sounds import is_arabic
from exeunt.methods.arabic_names.words import Atom, atoms_of
from exeunt.methods.folding import fold

_JOINING = re.compile(r"[\s'_-]{1,4}|[.,،]?\s{0,3}")
_SPACE = re.compile(r"\s+")
_CLITICS = re.compile(r"[وف]?[بكلس]?(?:ال|ل)?")


class Spelled(NamedTuple):
    """The words of a surface, and what stands between them."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]


class Spellings:
    """Every surface of every person, filed by its words."""

    def __init__(self) -> None:
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._by_words: dict[tuple[str, ...], list[tuple[tuple[str, ...], int]]] = {}

    def add(self, surface: str, *, person: int) -> None:
        """File a surface; one without a letter or a digit is never found."""
        words, gaps = spelled_out(surface)
        if words:
            self._lengths[words[0]].add(len(words))
            self._by_words.setdefault(words, []).append((gaps, person))

    def find(self, folded: str) -> Iterator[tuple[int, int, int]]:
        """Return where in a folded text a surface stands, and whose it is."""
        atoms = atoms_of(folded)
        for place, atom in enumerate(atoms):
            for skipped, first in _beginnings(atom.text):
                for length in self._lengths.get(first, ()):
                    here = atoms[place : place + length]
                    words = (first, *(one.text for one in here[1:]))
                    span = atom.start + skipped, here[-1].end
                    for gaps, person in self._by_words.get(words, ()):
                        if all(map(_joins, _gaps(folded, here), gaps)):
                            yield *span, person


def spelled_out(surface: str) -> Spelled:
    """Return a surface as its folded words and the signs between them."""
    folded = fold(surface).text
    atoms = atoms_of(folded)
    return Spelled(tuple(atom.text for atom in atoms), tuple(_gaps(folded, atoms)))


def _gaps(folded: str, atoms: list[Atom]) -> Iterator[str]:
    for before, after in pairwise(atoms):
        yield _SPACE.sub(" ", folded[before.end : after.start])


def _joins(gap: str, own: str) -> bool:
    return gap == own or _JOINING.fullmatch(gap) is not None


def _beginnings(word: str) -> Iterator[tuple[int, str]]:
    """Return what is left of a word without what Arabic joins on to it, and where that begins."""
    yield 0, word
    if not is_arabic(word):
        return
    joined = _CLITICS.match(word)
    for skipped in range(1, min(joined.end() if joined else 0, len(word) - 1) + 1):
        yield skipped, word[skipped:]
        if word[skipped - 1 : skipped + 1] == "لل":
            yield skipped, f"ا{word[skipped:]}"  # "to the": the article has lost its alef
