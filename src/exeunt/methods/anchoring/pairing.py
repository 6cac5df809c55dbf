"""Which word of one version is which word of the next.

A word that was corrected (three quarters of its letters in the same order, and no digit in it) is
still the same word, and so is one that is now written apart or together, or a name where a mask
stands now. Where a stretch was put
in or taken out and several places explain it as well ("He left. He slept." with either "He"),
whole sentences and lines are taken to be what came or went.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from exeunt.methods.anchoring.comparing import Run, common_runs

SPELLED_ALIKE = 0.75
# A larger gap was written anew; no word in it is looked for by its spelling.
LARGEST_GAP = 400
MOST_SHIFTED = 200
# So many words and signs a mask may stand for.
MOST_MASKED = 8
_DIGIT = re.compile(r"\d")
_ENDS_A_SENTENCE = re.compile(r"[.!?…؟۔][\W_]*\Z")
_ENDS_A_PHRASE = re.compile(r"[^\w\s]\s*\Z")
_LINE, _SENTENCE, _PHRASE = 4, 3, 1

Places = Sequence[tuple[int, int]]


class Side(NamedTuple):
    """One version: its text, where its words and signs stand, and a number for each distinct one.

    Both versions number alike.
    """

    text: str
    places: Places
    numbers: Sequence[int]

    def said(self, word: int) -> str:
        """Return a word."""
        return self.text[slice(*self.places[word])]


class Partners(NamedTuple):
    """For each word its partner in the other version, -1 where it has none.

    A word that is now two has a first and a last partner.
    """

    first: list[int]
    last: list[int]


def sides_of(one: tuple[str, Places], other: tuple[str, Places]) -> tuple[Side, Side]:
    """Number the words and signs of both versions."""
    known: dict[str, int] = {}
    ours, theirs = (
        Side(
            text,
            places,
            [known.setdefault(text[start:end], len(known)) for start, end in places],
        )
        for text, places in (one, other)
    )
    return ours, theirs


def paired(ours: Side, theirs: Side) -> tuple[Partners, Partners]:
    """Return the partners of our words, and of theirs."""
    runs = common_runs(ours.numbers, theirs.numbers)
    pairs = [(run.ours + step, run.theirs + step) for run in runs for step in range(run.size)]
    for gap in _gaps(runs, len(ours.places), len(theirs.places)):
        pairs += _alike(gap, ours, theirs)
    pairs = _with_whole_sentences(sorted(pairs), ours, theirs)
    turned = _with_whole_sentences([(b, a) for a, b in pairs], theirs, ours)
    back = [(a, b) for b, a in turned]
    return _partners(back, len(ours.places)), _partners(turned, len(theirs.places))


def _partners(pairs: Iterable[tuple[int, int]], size: int) -> Partners:
    first, last = [-1] * size, [-1] * size
    for one, other in pairs:
        if first[one] < 0:
            first[one] = other
        last[one] = other
    return Partners(first, last)


def _gaps(runs: Iterable[Run], ours: int, theirs: int) -> Iterator[tuple[range, range]]:
    """Return what stands between runs, where there is something on both sides."""
    a = b = 0
    for run in (*runs, Run(ours, theirs, 0)):
        if a < run.ours and b < run.theirs:
            yield range(a, run.ours), range(b, run.theirs)
        a, b = run.ours + run.size, run.theirs + run.size


def _alike(gap: tuple[range, range], ours: Side, theirs: Side) -> list[tuple[int, int]]:
    """Pair the words of a gap that are the same but for their spelling, in order."""
    mine, other = gap
    if len(mine) * len(other) > LARGEST_GAP:
        return []
    said, heard = [ours.said(a) for a in mine], [theirs.said(b) for b in other]
    if _letters(said) == _letters(heard) != "" or _masked(said, heard) or _masked(heard, said):
        longer = range(max(len(mine), len(other)))
        return [(mine[min(k, len(mine) - 1)], other[min(k, len(other) - 1)]) for k in longer]
    alike = {
        (x, y)
        for x, one in enumerate(said)
        for y, word in enumerate(heard)
        if spelled_alike(one, word)
    }
    return [(mine[x], other[y]) for x, y in _most_pairs(alike, len(said), len(heard))]


def _most_pairs(alike: set[tuple[int, int]], ours: int, theirs: int) -> Iterator[tuple[int, int]]:
    """Return as many pairs as can stand in one order."""
    # The most pairs that can be made from word x and from word y on.
    most = [[0] * (theirs + 1) for _ in range(ours + 1)]
    for x in reversed(range(ours)):
        for y in reversed(range(theirs)):
            pair = most[x + 1][y + 1] + 1 if (x, y) in alike else 0
            most[x][y] = max(pair, most[x + 1][y], most[x][y + 1])
    x = y = 0
    while most[x][y]:
        if (x, y) in alike and most[x][y] == most[x + 1][y + 1] + 1:
            yield x, y
            x, y = x + 1, y + 1
        elif most[x][y] == most[x + 1][y]:
            x += 1
        else:
            y += 1


def _masked(said: Sequence[str], heard: Sequence[str]) -> bool:
    """Tell whether a mask, and nothing else, stands in place of some words."""
    masks = [word.startswith("[") and word.endswith("]") for word in (*heard, *said)]
    return len(heard) == 1 and len(said) <= MOST_MASKED and masks[0] and not any(masks[1:])


def _letters(words: Iterable[str]) -> str:
    return "".join(word for word in words if any(map(str.isalnum, word))).casefold()


def spelled_alike(one: str, other: str) -> bool:
    """Tell whether two words may be one, corrected; numbers never are.

    >>> spelled_alike("recrited", "recruited"), spelled_alike("2014", "2015")
    (True, False)
    """
    a, b = one.casefold(), other.casefold()
    if a == b:
        return True
    if _DIGIT.search(a) or _DIGIT.search(b):
        return False
    letters = SequenceMatcher(None, a, b, autojunk=False)
    return (
        letters.real_quick_ratio() >= SPELLED_ALIKE
        and letters.quick_ratio() >= SPELLED_ALIKE
        and letters.ratio() >= SPELLED_ALIKE
    )


def _with_whole_sentences(
    pairs: Sequence[tuple[int, int]], ours: Side, theirs: Side
) -> list[tuple[int, int]]:
    """Shift each stretch that only we have, so that it begins and ends with sentences or lines."""
    shifted = list(pairs)
    for place in range(1, len(shifted)):
        (a, b), (next_a, next_b) = shifted[place - 1], shifted[place]
        if next_b == b + 1 and next_a > a + 1:
            _shift(shifted, place, ours=ours, theirs=theirs)
    return shifted


def _shift(shifted: list[tuple[int, int]], place: int, *, ours: Side, theirs: Side) -> None:
    """Shift the stretch before one pair to where it fits best, by pairing words anew."""
    start, end = shifted[place - 1][0] + 1, shifted[place][0]
    left = _how_far(shifted, range(place - 1, -1, -1), end - start, ours=ours, theirs=theirs)
    right = _how_far(shifted, range(place, len(shifted)), start - end, ours=ours, theirs=theirs)
    best = max(
        range(-left, right + 1),
        key=lambda by: (_break(ours, start + by) + _break(ours, end + by), -abs(by)),
    )
    for step in range(place, place + best):
        shifted[step] = (shifted[step][0] + start - end, shifted[step][1])
    for step in range(place - 1, place - 1 + best, -1):
        shifted[step] = (shifted[step][0] + end - start, shifted[step][1])


def _how_far(
    pairs: Sequence[tuple[int, int]], steps: Iterable[int], by: int, *, ours: Side, theirs: Side
) -> int:
    """Count the pairs, one after the other, that could be made as well with words so far off."""
    count = 0
    expected: tuple[int, int] | None = None
    for step in islice(steps, MOST_SHIFTED):
        a, b = pairs[step]
        if expected is not None and (a, b) != expected:
            break
        if not ours.numbers[a + by] == theirs.numbers[b] == ours.numbers[a]:
            break
        count += 1
        expected = (a + 1, b + 1) if by < 0 else (a - 1, b - 1)
    return count


def _break(side: Side, word: int) -> int:
    """Say how much of a break there is before a word: a line's, a sentence's, a phrase's, none."""
    if word in (0, len(side.places)):
        return _LINE
    between = side.text[side.places[word - 1][1] : side.places[word][0]]
    if "\n" in between:
        return _LINE
    before = side.said(word - 1)
    if _ENDS_A_SENTENCE.search(side.text[max(0, side.places[word][0] - 8) : side.places[word][0]]):
        return _SENTENCE
    return _PHRASE if _ENDS_A_PHRASE.search(before) else 0
