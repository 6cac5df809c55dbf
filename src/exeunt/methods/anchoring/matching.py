"""Two versions of a text: the stretches that are unchanged, and the words of the rest.

What both versions begin and end with is not looked at again, however long it is.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from exeunt.methods.anchoring.comparing import Run
from exeunt.methods.anchoring.pairing import Partners, Side, paired, sides_of
from exeunt.methods.segmentation import Span

# So much of what is unchanged is looked at on either side of what is not.
MARGIN = 500
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
# What stands in brackets is one word: the mask [Person 3] is not half [Person 4].
_TOKEN = re.compile(rf"\[[^\W\d_][^\[\]\n]{{0,38}}\]|[\w{_MARKS}]+|\S")


class Words(NamedTuple):
    """The words and signs of a part of a text: where each stands, and its partners.

    ``words`` says how many words stand before each, ``kept`` how many words and signs that have
    a partner, and ``kept_words`` how many words that have one.
    """

    starts: list[int]
    ends: list[int]
    partners: Partners
    words: list[int]
    kept: list[int]
    kept_words: list[int]

    def touched(self, span: Span) -> tuple[int, int]:
        """Return the first word that a span touches, and the one after the last."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def next_kept(self, word: int) -> int:
        """Return the first word from one on that has a partner, or how many words there are."""
        return bisect_right(self.kept, self.kept[word]) - 1

    def last_kept(self, end: int) -> int:
        """Return the last word before one that has a partner, or -1."""
        return bisect_left(self.kept, self.kept[end]) - 1


class Versions(NamedTuple):
    """Two versions of a text, the stretches that are unchanged, and the words of the rest."""

    before: str
    after: str
    unchanged: list[Run]
    ours: Words
    theirs: Words


def matched(before: str, after: str, spans: Iterable[Span]) -> Versions:
    """Match two versions of a text, as far as it matters for some spans of the first."""
    head, tail = _outside(before, after, spans)
    ours, theirs = sides_of(
        (before, _tokens(before, Span(head, len(before) - tail))),
        (after, _tokens(after, Span(head, len(after) - tail))),
    )
    partners, their_partners = paired(ours, theirs)
    unchanged = [
        Run(0, 0, head),
        *(_widened(run, before, after) for run in _unchanged(ours, theirs, partners.first)),
        Run(len(before) - tail, len(after) - tail, tail),
    ]
    return Versions(
        before,
        after,
        _joined(unchanged),
        _words(ours, partners),
        _words(theirs, their_partners),
    )


def shared_start(one: str, other: str) -> int:
    """Return how many signs two texts have in common from the start.

    >>> shared_start("recruited", "recrited")
    4
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def shared_end(one: str, other: str) -> int:
    """Return how many signs two texts have in common up to the end.

    >>> shared_end("recruited", "recrited")
    4
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _outside(before: str, after: str, spans: Iterable[Span]) -> tuple[int, int]:
    """Return how much both versions begin and end with, but for spans that reach further.

    Both are cut beside white space, so that no word is cut.
    """
    head = shared_start(before, after)
    if head == len(before) == len(after):
        return head, 0
    tail = shared_end(before[head:], after[head:])
    first, last = head - MARGIN, len(before) - tail + MARGIN
    for span in spans:
        if span.end > head and span.start < len(before) - tail:
            first, last = min(first, span.start), max(last, span.end)
    first, last = max(first, 0), min(last, len(before))
    while first > 0 and not before[first - 1].isspace():
        first -= 1
    while last < len(before) and not before[last].isspace():
        last += 1
    return first, len(before) - last


def _tokens(text: str, part: Span) -> list[tuple[int, int]]:
    return [found.span() for found in _TOKEN.finditer(text, part.start, part.end)]


def _words(side: Side, partners: Partners) -> Words:
    is_word = [any(map(str.isalnum, side.text[a:b])) for a, b in side.places]
    is_kept = [partner >= 0 for partner in partners.first]
    both = [word and kept for word, kept in zip(is_word, is_kept, strict=True)]
    return Words(
        [start for start, _ in side.places],
        [end for _, end in side.places],
        partners,
        list(accumulate(is_word, initial=0)),
        list(accumulate(is_kept, initial=0)),
        list(accumulate(both, initial=0)),
    )


def _unchanged(ours: Side, theirs: Side, partners: Sequence[int]) -> Iterator[Run]:
    """Return the stretches in which neither a word nor what stands between words was changed."""
    begin = -1
    for word, partner in enumerate(partners):
        if partner < 0 or ours.numbers[word] != theirs.numbers[partner]:
            continue
        begin = word if begin < 0 else begin
        following = partners[word + 1] if word + 1 < len(partners) else -1
        if following != partner + 1 or not _go_on(ours, theirs, (word, partner)):
            start = ours.places[begin][0]
            yield Run(start, theirs.places[partners[begin]][0], ours.places[word][1] - start)
            begin = -1


def _go_on(ours: Side, theirs: Side, pair: tuple[int, int]) -> bool:
    """Tell whether both versions have the same after a pair: what parts words, and a word."""
    word, partner = pair
    between = slice(ours.places[word][1], ours.places[word + 1][0])
    there = slice(theirs.places[partner][1], theirs.places[partner + 1][0])
    return (
        ours.numbers[word + 1] == theirs.numbers[partner + 1]
        and ours.text[between] == theirs.text[there]
    )


def _widened(run: Run, before: str, after: str) -> Run:
    """Widen an unchanged stretch by the white space that is the same on both sides."""
    a, b, size = run
    while a and b and before[a - 1].isspace() and before[a - 1] == after[b - 1]:
        a, b, size = a - 1, b - 1, size + 1
    while (
        a + size < len(before)
        and b + size < len(after)
        and before[a + size].isspace()
        and before[a + size] == after[b + size]
    ):
        size += 1
    return Run(a, b, size)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Join stretches that touch in both versions."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else Run(0, 0, 0)
        if run.ours - last.ours == run.theirs - last.theirs <= last.size and joined:
            joined[-1] = last._replace(size=max(last.size, run.ours - last.ours + run.size))
        elif run.size:
            joined.append(run)
    return joined
