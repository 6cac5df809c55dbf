"""Put replacements where identifiers stand, know both ways where everything is, and check.

A mask takes whole letters with their marks, whole names and the invisible signs around them; an
Arabic clitic before a name belongs to the sentence and stays.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from exeunt.methods.folding import attached, fold, unseen
from exeunt.methods.identifiers.lists import word_set
from exeunt.methods.identifiers.reading import Words, readings_of, words_of

# What is written together with a name and stays, and the article that goes with the name.
_CLITICS = re.compile("([وف]?[بلك]?)(?:ال|(?<=ل)ل)?")
_ELISIONS = word_set("d l j m t s n c qu jusqu lorsqu puisqu quoiqu")
_APOSTROPHES = "'’ʼ‘"
_HYPHENS = "-‐‑"
_POSSESSIVE = frozenset({"s", "S"})
_BETWEEN = re.compile(r"[\s'’-]*")
_BETWEEN_DIGITS = r"[\s().+/-]{0,2}"
LONGEST_LINK = 3
FEWEST_DIGITS = 5
LONGEST_GAP = 3


class Mask(NamedTuple):
    """A span of the original, in code points, and what stands there instead."""

    start: int
    end: int
    replacement: str


class Placed(NamedTuple):
    """A replacement and where it stands in the masked text."""

    start: int
    end: int
    replacement: str


class Settled(NamedTuple):
    """A mask fit to be put; ``covers`` holds the replacements of masks that it took in."""

    start: int
    end: int
    replacement: str
    covers: tuple[str, ...] = ()


class Remaining(NamedTuple):
    """An original that can still be read in a masked text, and where."""

    original: str
    start: int
    end: int


class Masked(NamedTuple):
    """A masked text, what was put into it, and the masks in the order of the original."""

    text: str
    placed: tuple[Placed, ...]
    masks: tuple[Mask, ...]

    def masked_place(self, position: int) -> int:
        """Return where a place of the original is now; inside a mask, where the mask begins."""
        return _place_beside(position, self.masks, self.placed)

    def original_place(self, position: int) -> int:
        """Return where a place of the masked text was; inside a mask, where the mask begins."""
        return _place_beside(position, self.placed, self.masks)

    def masked_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the original is now, with all of each mask that it touches."""
        return _span_beside(start, end, (self.masks, self.placed))

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the masked text was, with all of each mask that it touches."""
        return _span_beside(start, end, (self.placed, self.masks))


_Spans = Sequence[Mask | Placed]


def mask(text: str, masks: Iterable[Mask | Settled]) -> Masked:
    """Return the text with each span replaced.

    Raises ValueError where a span is empty, leaves the text, or overlaps another.

    >>> mask("I met Salim.", [Mask(6, 11, "[Person 1]")]).text
    'I met [Person 1].'
    """
    ordered = tuple(sorted(Mask(*one[:3]) for one in masks))
    _check(text, ordered)
    pieces: list[str] = []
    placed: list[Placed] = []
    length = taken = 0
    for one in ordered:
        pieces += [text[taken : one.start], one.replacement]
        start = length + one.start - taken
        length, taken = start + len(one.replacement), one.end
        placed.append(Placed(start, length, one.replacement))
    return Masked("".join([*pieces, text[taken:]]), tuple(placed), ordered)


def settled(text: str, masks: Iterable[Mask]) -> list[Settled]:
    """Return the masks widened to whole letters and names, and none overlapping another.

    Masks of one replacement that overlap or stand side by side become one. Where masks of
    different ones overlap, all of both gets the replacement of the one that starts first (of two
    that start together, the longer), and the other is named in ``covers``.

    >>> mask("وبأبي سالم", settled("وبأبي سالم", [Mask(2, 8, "[Person 3]")])).text
    'وب[Person 3]'
    """
    widened = []
    for one in masks:
        _check_span(text, one.start, one.end)
        start, end = _start(text, one.start), _end(text, one.end)
        widened.append(Settled(start, end, one.replacement))
    kept: list[Settled] = []
    for each in sorted(widened, key=lambda one: (one.start, -one.end, one.replacement)):
        if kept and _belong_together(text, kept[-1], each):
            kept[-1] = _union(kept[-1], each)
        else:
            kept.append(each)
    return kept


def remains(masked_text: str, originals: Iterable[str]) -> list[Remaining]:
    """Return which originals can still be read in a masked text, whatever marks hide them.

    Whole words are compared, in their folded form and past clitics; numbers by their digits
    alone. An empty list is a check passed, not a proof: a spelling that folding does not know
    is not found.

    >>> [one.original for one in remains("So SA\u200bLI\u0301M came", ["Salim", "Omar"])]
    ['Salim']
    """
    words = words_of(masked_text)
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    found: list[Remaining] = []
    for original in dict.fromkeys(originals):
        parts = words_of(original).words
        if parts:
            by_first.setdefault(parts[0], []).append((parts, original))
        found.extend(_digits_of(words, original))
    for place in range(len(words)):
        found.extend(_readable(words, place, by_first))
    return sorted(set(found), key=lambda one: (one.start, one.end, one.original))


def _check(text: str, ordered: tuple[Mask, ...]) -> None:
    for one in ordered:
        _check_span(text, one.start, one.end)
    if any(after.start < before.end for before, after in pairwise(ordered)):
        raise ValueError("two masks overlap: settle them first")


def _check_span(text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        raise ValueError("a mask starts before it ends, and both lie inside the text")


def _place_beside(position: int, here: _Spans, there: _Spans) -> int:
    before = bisect_right([one.end for one in here], position)
    if before < len(here) and here[before].start < position:
        return there[before].start
    if before == 0:
        return position
    return there[before - 1].end + position - here[before - 1].end


def _span_beside(start: int, end: int, sides: tuple[_Spans, _Spans]) -> tuple[int, int]:
    here, there = sides
    if start == end:
        place = _place_beside(start, here, there)
        return place, place
    first, last = _place_beside(start, here, there), _place_beside(end, here, there)
    inside = next((index for index, one in enumerate(here) if one.start < end < one.end), None)
    return first, (last if inside is None else there[inside].end)


def _belong_together(text: str, last: Settled, one: Settled) -> bool:
    if one.start < last.end:
        return True
    between = text[last.end : one.start]
    return one.replacement == last.replacement and _BETWEEN.fullmatch(between) is not None


def _union(last: Settled, one: Settled) -> Settled:
    others = () if one.replacement in {last.replacement, *last.covers} else (one.replacement,)
    return last._replace(end=max(last.end, one.end), covers=last.covers + others)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or attached(sign) or unseen(sign)


def _start(text: str, start: int) -> int:
    """Widen to the front: letters with their marks, the rest of the name, invisible signs."""
    while start > 0 and attached(text[start]):
        start -= 1
    start = _past_clitics(text, _begin_of_word(text, start), start)
    joined = _joined_before(text, start)
    while joined < start:
        start, joined = joined, _joined_before(text, joined)
    while start > 0 and unseen(text[start - 1]):
        start -= 1
    return start


def _end(text: str, end: int) -> int:
    """Widen to the back likewise; an English possessive stays."""
    end = _end_of_word(text, end) if _in_word(text[end - 1]) else end
    joined = _joined_after(text, end)
    while joined > end:
        end, joined = joined, _joined_after(text, joined)
    while end < len(text) and (attached(text[end]) or unseen(text[end])):
        end += 1
    return end


def _begin_of_word(text: str, place: int) -> int:
    if not _in_word(text[place]):
        return place
    while place > 0 and _in_word(text[place - 1]):
        place -= 1
    return place


def _end_of_word(text: str, place: int) -> int:
    while place < len(text) and _in_word(text[place]):
        place += 1
    return place


def _past_clitics(text: str, begins: int, start: int) -> int:
    """Return where the name in a word begins: after its clitics, if all that is left is these."""
    before = fold(text[begins:start])
    clitics = _CLITICS.fullmatch(before.text)
    if clitics is None:
        return begins
    taken = len(clitics[1])
    return begins + before.places[taken] if taken < len(before.text) else start


def _joined_before(text: str, start: int) -> int:
    """Return where the part begins that a hyphen or an apostrophe joins to the front of a name."""
    if start <= 1 or text[start - 1] not in _HYPHENS + _APOSTROPHES or not _in_word(text[start]):
        return start
    begins = _begin_of_word(text, start - 2)
    part = text[begins : start - 1]
    if not part or not _in_word(text[start - 2]):
        return start
    if text[start - 1] in _APOSTROPHES:
        return start if part.casefold() in _ELISIONS else begins
    return begins if _part_of_name(part) else start


def _joined_after(text: str, end: int) -> int:
    if end + 1 >= len(text) or text[end] not in _HYPHENS + _APOSTROPHES:
        return end
    ends = _end_of_word(text, end + 1)
    part = text[end + 1 : ends]
    if not part or not _in_word(text[end - 1]):
        return end
    if text[end] in _APOSTROPHES:
        return end if part in _POSSESSIVE else ends
    return ends if _part_of_name(part) else end


def _part_of_name(part: str) -> bool:
    """Tell whether a hyphen joins this to a name ("al-", "-Pierre"), not to a word ("-based")."""
    return part[0].isupper() or len(part) <= LONGEST_LINK


def _readable(
    words: Words, place: int, by_first: dict[str, list[tuple[tuple[str, ...], str]]]
) -> Iterator[Remaining]:
    for word, taken in readings_of(words.words[place]):
        for parts, original in by_first.get(word, ()):
            last = place + len(parts) - 1
            if words.words[place + 1 : last + 1] != parts[1:] or last >= len(words):
                continue
            if all(len(words.gap(step)) <= LONGEST_GAP for step in range(place, last)):
                start = words.starts[place] + taken
                yield Remaining(original, *words.folded.span(start, words.ends[last]))


def _digits_of(words: Words, original: str) -> Iterator[Remaining]:
    folded = fold(original).text
    digits = [sign for sign in folded if sign.isdigit()]
    if len(digits) < FEWEST_DIGITS or any(sign.isalpha() for sign in folded):
        return
    spaced = r"(?<!\d)" + _BETWEEN_DIGITS.join(digits) + r"(?!\d)"
    for found in re.finditer(spaced, words.folded.text):
        yield Remaining(original, *words.folded.span(*found.span()))
