"""Where the spans of a text are in its next version.

A span whose text is unchanged moves exactly. One that was corrected keeps the words that are
still there, and grows by what was put in place of words at its edges; it is the same span as long
as four fifths of its words are the same (Dice: shared words over the words of both). With fewer
it is lost, and never put on other words. A span that was carried elsewhere whole is found if it
has four words or more and only one new place says just this.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from exeunt.methods.anchoring.matching import Versions, matched, shared_end, shared_start
from exeunt.methods.segmentation import Span

# Two stretches that share so many of their words are one, corrected.
ALIKE = 0.8
# So few words may stand anywhere; that they stand elsewhere says nothing.
FEWEST_CARRIED = 4
MOST_PLACES = 100
# The last bits of a share must not decide.
DECIMALS = 9


class Fate(StrEnum):
    """What became of a span."""

    SAME = "same"
    CORRECTED = "corrected"
    LOST = "lost"


class Moved(NamedTuple):
    """What became of a span, where it is now (None where it is lost), and how much of it is left.

    ``share`` is the share of its words that are the same, and ``near`` the place where one
    would look for it.
    """

    fate: Fate
    span: Span | None
    share: float
    near: int


def moved(before: str, after: str, spans: Iterable[tuple[int, int]]) -> list[Moved]:
    """Return what became of spans of a text in its next version, in the order given.

    Raises ValueError where a span is empty or leaves the text.

    >>> now = moved("I left in may. He stayed.", "So I left in May.", [(0, 14), (15, 25)])
    >>> [(one.fate.value, one.span) for one in now]
    [('corrected', Span(start=3, end=17)), ('lost', None)]
    """
    asked = [Span(*span) for span in spans]
    if not all(0 <= span.start < span.end <= len(before) for span in asked):
        raise ValueError("A span lies inside its text and starts before it ends.")
    versions = matched(before, after, asked)
    return [_exactly(versions, span) or _corrected(versions, span) for span in asked]


def _exactly(versions: Versions, span: Span) -> Moved | None:
    runs = versions.unchanged
    place = bisect_right(runs, span.start, key=lambda run: run.ours) - 1
    if place < 0 or runs[place].ours + runs[place].size < span.end:
        return None
    start = runs[place].theirs + span.start - runs[place].ours
    return Moved(Fate.SAME, Span(start, start + span.end - span.start), 1.0, start)


def _corrected(versions: Versions, span: Span) -> Moved:
    """Find a span whose text was changed: grown, or shrunk, or carried elsewhere, or lost."""
    ours = versions.ours
    first, end = ours.touched(span)
    kept = (ours.next_kept(first), ours.last_kept(end))
    best = 0.0
    if first <= kept[0] < end:
        for now, share in _places(versions, span, kept):
            best = max(best, share)
            if round(share, DECIMALS) >= ALIKE:
                same = versions.after[slice(*now)] == versions.before[slice(*span)]
                return Moved(Fate.SAME if same else Fate.CORRECTED, now, share, now.start)
    return _carried(versions, (first, end)) or Moved(Fate.LOST, None, best, _near(versions, first))


def _places(versions: Versions, span: Span, kept: tuple[int, int]) -> Iterator[tuple[Span, float]]:
    """Return where a span may be now, and which share of its words is there.

    First with all that was put in place of words at its edges; then without, where a word that
    is gone counts as if another stood in its place.
    """
    words = versions.ours.touched(span)
    grown = Span(_grown_start(versions, span, kept[0]), _grown_end(versions, span, kept[1]))
    if grown.start < grown.end:
        yield grown, _share(versions, words, grown)
    shrunk = Span(_start(versions, span, kept[0]), _end(versions, span, kept[1]))
    if grown != shrunk and shrunk.start < shrunk.end:
        both = _share(versions, words, shrunk)
        yield shrunk, both / (2 - both)


def _start(versions: Versions, span: Span, first: int) -> int:
    """Return where the first kept word of a span begins now, or the part of it in the span."""
    ours, theirs = versions.ours, versions.theirs
    begins = theirs.starts[ours.partners.first[first]]
    inside = span.start - ours.starts[first]
    if inside <= 0:
        return begins
    one = versions.before[ours.starts[first] : ours.ends[first]]
    other = versions.after[begins : theirs.ends[ours.partners.last[first]]]
    return begins + (_inside(one, other, inside) or 0)


def _end(versions: Versions, span: Span, last: int) -> int:
    """Return where the last kept word of a span ends now, or the part of it in the span."""
    ours, theirs = versions.ours, versions.theirs
    begins, ends = theirs.starts[ours.partners.first[last]], theirs.ends[ours.partners.last[last]]
    if span.end >= ours.ends[last]:
        return ends
    one = versions.before[ours.starts[last] : ours.ends[last]]
    inside = _inside(one, versions.after[begins:ends], span.end - ours.starts[last])
    return ends if inside is None else begins + inside


def _inside(one: str, other: str, place: int) -> int | None:
    """Return where a place within a word is after its correction; None where nobody can tell."""
    if shared_start(one, other) >= place:
        return place
    if shared_end(one, other) >= len(one) - place:
        return len(other) - (len(one) - place)
    return None


def _grown_start(versions: Versions, span: Span, kept: int) -> int:
    """Return where a span starts with what was put in place of its first words."""
    ours, theirs = versions.ours, versions.theirs
    first, before = ours.touched(span)[0], ours.last_kept(kept)
    replaced = ours.partners.last[before] + 1 if before >= 0 else 0
    partner = ours.partners.first[kept]
    if first == kept or replaced >= partner:
        return _start(versions, span, kept)
    if before + 1 == first:
        return theirs.starts[replaced]
    # The gap reaches out of the span: only word for word can one tell what belongs to it.
    if partner - replaced == kept - before - 1:
        return theirs.starts[partner - (kept - first)]
    return _start(versions, span, kept)


def _grown_end(versions: Versions, span: Span, kept: int) -> int:
    """Return where a span ends with what was put in place of its last words."""
    ours, theirs = versions.ours, versions.theirs
    end, after = ours.touched(span)[1], ours.next_kept(kept + 1)
    known = after < len(ours.starts)
    replaced = ours.partners.first[after] if known else len(theirs.starts)
    partner = ours.partners.last[kept]
    if end == kept + 1 or replaced <= partner + 1:
        return _end(versions, span, kept)
    if after == end:
        return theirs.ends[replaced - 1]
    if replaced - partner == after - kept:
        return theirs.ends[partner + end - kept - 1]
    return _end(versions, span, kept)


def _share(versions: Versions, words: tuple[int, int], now: Span) -> float:
    """Return which share of the words of a span, then and now, are the same (Dice)."""
    first, end = words
    ours, theirs = versions.ours, versions.theirs
    their_first, their_end = theirs.touched(now)
    number = ours.words[end] - ours.words[first]
    if number == 0:
        kept = ours.kept[end] - ours.kept[first] + theirs.kept[their_end] - theirs.kept[their_first]
        return kept / (end - first + their_end - their_first)
    kept = ours.kept_words[end] - ours.kept_words[first]
    their_kept = theirs.kept_words[their_end] - theirs.kept_words[their_first]
    return (kept + their_kept) / (number + theirs.words[their_end] - theirs.words[their_first])


def _carried(versions: Versions, words: tuple[int, int]) -> Moved | None:
    """Find the one new place that says the same, word for word."""
    first, end = words
    ours = versions.ours
    if ours.words[end] - ours.words[first] < FEWEST_CARRIED:
        return None
    said = versions.before[ours.starts[first] : ours.ends[end - 1]]
    places = [place for place in _occurrences(versions.after, said) if _is_new(versions, place)]
    if len(places) != 1:
        return None
    return Moved(Fate.SAME, places[0], 1.0, places[0].start)


def _occurrences(text: str, said: str) -> list[Span]:
    """Return where words stand; nothing where they stand too often to tell anything."""
    found: list[Span] = []
    at = text.find(said)
    while at >= 0:
        found.append(Span(at, at + len(said)))
        if len(found) > MOST_PLACES:
            return []
        at = text.find(said, at + 1)
    return found


def _is_new(versions: Versions, place: Span) -> bool:
    """Tell whether a place begins and ends with whole words, hardly any of which was there."""
    theirs = versions.theirs
    first, end = theirs.touched(place)
    if first >= end or (theirs.starts[first], theirs.ends[end - 1]) != place:
        return False
    return theirs.kept[end] - theirs.kept[first] <= (1 - ALIKE) * (end - first)


def _near(versions: Versions, first: int) -> int:
    """Return where the words before a lost span end now."""
    before = versions.ours.last_kept(first)
    if before >= 0:
        return versions.theirs.ends[versions.ours.partners.last[before]]
    return versions.theirs.starts[0] if versions.theirs.starts else len(versions.after)
