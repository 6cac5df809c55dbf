"""A text as its words, with what stands between them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from exeunt.methods.folding import Folded, fold
from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.lists import common_words

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;؟؛\"“”«»()\[\]|•*–—]|\n\s*\n|\n\s*-")
_ARABIC = re.compile("[\u0621-\u064a]")
# A word put between signs within a sentence begins nothing.
_OPENS_QUOTE = re.compile(r" [\"“«(‘'] ?")
_ELIDED = frozenset(["d", "l", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu"])
MOST_CAPITALS_IN_SMALL = 0.02
WIDEST_GAP = 8
# And, then; with, for, like: written together with the word that they stand before.
_CLITICS = ("وف", "بلك")
SHORTEST_WITH_CLITIC = 2
# Abbreviations after which a full stop ends nothing.
_ABBREVIATED = frozenset(
    {"dr", "mr", "mrs", "ms", "prof", "m", "st", "capt", "col", "gen", "lt", "sgt", "maj", "د"}
)


@dataclass(frozen=True)
class Words:
    """The folded words of a text and where they stand in its folded form."""

    original: str
    folded: Folded
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.words)

    def shown(self, place: int) -> str:
        """Return a word with the capitals it has in the text."""
        return self.folded.cased[self.starts[place] : self.ends[place]]

    def capital(self, place: int) -> bool:
        """Tell whether a word begins with a capital."""
        return self.folded.cased[self.starts[place]].isupper()

    def arabic(self, place: int) -> bool:
        """Tell whether a word is written in Arabic letters."""
        return "\u0600" <= self.words[place][0] <= "\u06ff"

    def gap(self, place: int) -> str:
        """Return what stands between a word and the next."""
        if place + 1 >= len(self.words):
            return "\n\n"
        return self.folded.cased[self.ends[place] : self.starts[place + 1]]

    def spaced(self, place: int) -> bool:
        """Tell whether only space stands between a word and the next."""
        gap = self.gap(place)
        return gap == " " or (0 < len(gap) <= WIDEST_GAP and _SPACE.fullmatch(gap) is not None)

    def glued(self, place: int) -> bool:
        """Tell whether a hyphen or an apostrophe joins a word and the next."""
        return self.gap(place) in {"-", "'"} and not self._possessive(place)

    def joined(self, place: int) -> bool:
        """Tell whether a word and the next may be parts of one name."""
        return self.spaced(place) or self.glued(place)

    def elided(self, place: int) -> bool:
        """Tell whether a word is a French article or pronoun before an apostrophe."""
        return self.words[place] in _ELIDED and self.gap(place) == "'"

    def begins(self, place: int) -> bool:
        """Tell whether a word begins a sentence, a line of speech or a quotation."""
        if place == 0:
            return True
        if self.elided(place - 1):
            return self.begins(place - 1)
        if _OPENS_QUOTE.fullmatch(self.gap(place - 1)):
            return False
        gap = self.gap(place - 1)
        if gap.startswith(". ") and self.words[place - 1] in _ABBREVIATED:
            return False
        return _ENDS_SENTENCE.search(gap) is not None

    def at(self, position: int) -> int:
        """Return the first word that starts at or after a position of the folded text."""
        return bisect_left(self.starts, position)

    @cached_property
    def in_small(self) -> frozenset[str]:
        """The Latin words that stand somewhere without a capital: those are no names."""
        return frozenset(
            word
            for place, word in enumerate(self.words)
            if self.folded.cased[self.starts[place]].islower()
        )

    @cached_property
    def all_small(self) -> bool:
        """Whether the text was typed without capitals, so that they tell nothing."""
        latin = [place for place in range(len(self)) if not self.arabic(place)]
        capitals = sum(self.capital(place) for place in latin)
        return capitals <= len(latin) * MOST_CAPITALS_IN_SMALL

    def ordinary(self, place: int) -> bool:
        """Tell whether a word is one of the language rather than a name."""
        return self.words[place] in common_words()

    def last_letter(self, place: int) -> str:
        """Return the last letter of a word as the original has it, before folding."""
        return self.original[self.folded.places[self.ends[place] - 1]]

    def found(self, span: tuple[int, int], kind: Kind, rule: str) -> Found:
        """Return a find, given where it stands in the folded text."""
        return Found(*self.folded.span(*span), kind, rule)

    def of(self, first: int, last: int) -> tuple[int, int]:
        """Return the span of the folded text from one word to another, both within it."""
        return self.starts[first], self.ends[last]

    def _possessive(self, place: int) -> bool:
        return self.gap(place) == "'" and self.words[place + 1] == "s"


def words_of(text: str) -> Words:
    """Return the words of a text, folded."""
    folded = fold(text)
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for word in _WORD.finditer(folded.text):
        starts.append(word.start())
        ends.append(word.end())
        words.append(word[0])
    return Words(text, folded, tuple(starts), tuple(ends), tuple(words))


def readings_of(word: str) -> Iterator[tuple[str, int]]:
    """Return the ways to read an Arabic word, with more and more clitics taken off its front.

    Each comes with how many letters were taken off. The article that "for" swallows is put back.
    """
    yield word, 0
    if not _ARABIC.match(word):
        return
    rest, taken = word, 0
    for clitics in _CLITICS:
        if len(rest) > SHORTEST_WITH_CLITIC and rest[0] in clitics:
            rest, taken = rest[1:], taken + 1
            yield rest, taken
            if rest.startswith("ل") and word[taken - 1] == "ل":
                yield "ا" + rest, taken
