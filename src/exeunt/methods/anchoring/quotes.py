"""A span named by its words and what stands around them, as the W3C Web Annotation model does.

A TextQuoteSelector survives a text that is kept elsewhere, where offsets do not count.
"""

from collections.abc import Iterator
from typing import NamedTuple

from exeunt.methods.anchoring.matching import shared_end, shared_start
from exeunt.methods.segmentation import Span

AROUND = 32


class Quote(NamedTuple):
    """The words of a span, and up to 32 code points before and after them."""

    exact: str
    prefix: str
    suffix: str


def quote_selector(text: str, span: tuple[int, int]) -> Quote:
    """Return the words of a span with what stands around them.

    Raises ValueError where the span is empty or leaves the text.

    >>> quote_selector("I came. I left. I slept.", (8, 15))
    Quote(exact='I left.', prefix='I came. ', suffix=' I slept.')
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError("A span lies inside its text and starts before it ends.")
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Quote(text[start:end], before, after)


def find_quote(
    text: str, exact: str, prefix: str = "", *, suffix: str = "", near: int | None = None
) -> Span | None:
    """Find the words of a quote; of several places, the one with most of the quote's surroundings.

    Where several places are as good, the nearest to ``near`` is meant; without that nobody can
    tell, and it is None. So it is where the words are not there.

    >>> find_quote("I left. He left. I left.", "left", suffix=". He")
    Span(start=2, end=6)
    >>> find_quote("I left. He left. I left.", "left") is None
    True
    """
    places = list(_places(text, exact)) if exact else []
    if not places:
        return None
    alike = [_alike_around(text, Span(at, at + len(exact)), (prefix, suffix)) for at in places]
    best = [at for at, shared in zip(places, alike, strict=True) if shared == max(alike)]
    if len(best) > 1 and near is None:
        return None
    start = min(best, key=lambda at: abs(at - (near or 0)))
    return Span(start, start + len(exact))


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _alike_around(text: str, span: Span, around: tuple[str, str]) -> int:
    """Count the signs of a quote's surroundings that stand beside a place, outward from it."""
    prefix, suffix = around
    before = text[max(0, span.start - len(prefix)) : span.start]
    after = text[span.end : span.end + len(suffix)]
    return shared_end(before, prefix) + shared_start(after, suffix)
