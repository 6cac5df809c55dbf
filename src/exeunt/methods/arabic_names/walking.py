"""The walk through a text's words and the tree of known names at once."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from exeunt.methods.arabic_names.alignment import MARK, likeness
from exeunt.methods.arabic_names.ordinary import ORDINARY
from exeunt.methods.arabic_names.pairs import combined
from exeunt.methods.arabic_names.skeletons import skeletons
from exeunt.methods.arabic_names.tree import SHORTEST_SINGLE, Node
from exeunt.methods.arabic_names.words import Read, Word

LEAST_LIKE = 0.77
LEAST_LIKE_TOGETHER = 0.8
LEAST_LIKE_ALONE = 0.92
LEAST_LIKE_SMALL = 0.95
MOST_SKIPPED = 2

Filed = Mapping[str, Sequence[tuple[str, int]]]


class Step(NamedTuple):
    """How far a walk has come: where it began, how alike the parts were, what was guessed."""

    node: Node
    start: int
    likenesses: tuple[float, ...]
    cost: float
    skipped: int
    comma: bool
    capital: bool
    ordinary: bool
    marked: bool


class Ending(NamedTuple):
    """A span of the folded text that reads like the names that end at a node of the tree."""

    start: int
    end: int
    node: Node
    score: float
    comma: bool


class Walker:
    """Reads the words of one text against the tree of known names."""

    def __init__(self, words: Sequence[Word], *, root: Node, filed: Filed) -> None:
        self._words = words
        self._root = root
        self._filed = filed
        self._small = _written_small(words)
        self._like = lru_cache(maxsize=None)(self._known_parts_like)

    def endings(self) -> Iterator[Ending]:
        """Walk from every word of the text, in every reading of it."""
        for place, word in enumerate(self._words):
            start = Step(
                self._root,
                word.start,
                (),
                0.0,
                0,
                comma=False,
                capital=True,
                ordinary=True,
                marked=False,
            )
            yield from self._walk(start, place)

    def _walk(self, step: Step, place: int) -> Iterator[Ending]:
        word = self._words[place]
        for read in word.reads:
            if not read.parts and step.node is self._root:
                continue
            for here in self._through(step, read, word):
                if read.parts:
                    yield from self._end(here, read)
                yield from self._onwards(here, place + 1)

    def _through(self, step: Step, read: Read, word: Word) -> list[Step]:
        """Follow the branches that are like the parts of a reading."""
        proper = [part for part in read.parts if not part.startswith(MARK)]
        here = step._replace(
            start=_start(word, read) if step.node is self._root else step.start,
            cost=step.cost + read.cost,
            skipped=0 if read.parts else step.skipped + 1,
            capital=step.capital and (word.capital or not proper),
            ordinary=step.ordinary and ORDINARY.issuperset(read.parts),
        )
        steps = [here] if here.skipped <= MOST_SKIPPED else []
        for part in read.parts:
            steps = [further for one in steps for further in self._branches(one, part)]
        return steps

    def _branches(self, step: Step, part: str) -> Iterator[Step]:
        following = step.node.following or {}
        for number, like in self._like(part):
            if number in following:
                node = following[number]
                if part.startswith(MARK):
                    yield step._replace(node=node, marked=True)
                else:
                    yield step._replace(node=node, likenesses=(*step.likenesses, like))

    def _onwards(self, step: Step, place: int) -> Iterator[Ending]:
        if not step.node.following or place >= len(self._words):
            return
        word = self._words[place]
        if word.joined:
            yield from self._walk(step, place)
        elif word.comma and not step.comma:
            yield from self._walk(step._replace(comma=True), place)

    def _end(self, step: Step, read: Read) -> Iterator[Ending]:
        if not step.node.names:
            return
        score = combined(step.likenesses) - step.cost
        alone = len(step.likenesses) == 1 and not step.marked
        like = self._stands_alone(read, score) if alone else score >= LEAST_LIKE_TOGETHER
        if like and not step.ordinary and (step.capital or score >= LEAST_LIKE_SMALL):
            yield Ending(step.start, read.end, step.node, score, step.comma)

    def _stands_alone(self, read: Read, score: float) -> bool:
        """Tell whether one word is surely a name: alike, long enough, never written small."""
        (part,) = read.parts
        return (
            score >= LEAST_LIKE_ALONE and len(part) >= SHORTEST_SINGLE and part not in self._small
        )

    def _known_parts_like(self, part: str) -> list[tuple[int, float]]:
        near = {known for bones in skeletons(part) for known in self._filed.get(bones, ())}
        if part.startswith(MARK):
            return [(number, 1.0) for _, number in near]
        alike = ((number, likeness(part, known)) for known, number in near)
        return [(number, like) for number, like in alike if like >= LEAST_LIKE]


def _start(word: Word, read: Read) -> int:
    """A name starts with its article, but after what a language joins on to it."""
    return word.start if read.start == word.reads[0].start else read.start


def _written_small(words: Sequence[Word]) -> frozenset[str]:
    """Return the Latin words that a text also writes without a capital, and so are no names."""
    small = (word for word in words if not word.capital)
    return frozenset(part for word in small for read in word.reads for part in read.parts)
