"""From the order in which a line is seen to the order in which it is read.

Source: Unicode Standard Annex 9, the Bidirectional Algorithm, walked backwards. Where two ways of
writing look the same, the commoner is taken; a person compares the text with the page.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

RIGHT, LEFT, NUMBER, NEUTRAL = "R", "L", "N", "S"
# What joins the digits on both sides of it into one number.
JOINS = frozenset(".,:/٫٬،")
OPENING, CLOSING = "([{«", ")]}»"
ENDING = ".!?؟…%"
_TURN = str.maketrans(OPENING + CLOSING, CLOSING + OPENING)
_BRACKET = re.compile(r"[()\[\]{}«»]")


def kind_of(text: str) -> str:
    """Tell whether a glyph is read to the left or to the right, or goes along with its neighbours.

    >>> kind_of("لا"), kind_of("a"), kind_of("7"), kind_of("-")
    ('R', 'L', 'N', 'S')
    """
    classes = {unicodedata.bidirectional(sign) for sign in text}
    if classes & {"R", "AL"}:
        return RIGHT
    if "L" in classes:
        return LEFT
    return NUMBER if classes & {"EN", "AN"} else NEUTRAL


def strong_in(glyphs: Sequence[str]) -> Counter[str]:
    """Count what decides the direction of a line: its letters."""
    return Counter(map(kind_of, glyphs))


def logical(glyphs: Sequence[str], *, right_to_left: bool) -> str:
    """Put the glyphs of a line, given as seen from left to right, into the order of reading.

    >>> logical(list("ab 12 تكرت"), right_to_left=True)
    'تركت ab 12'
    """
    kinds = _with_whole_numbers(glyphs)
    runs = _runs(kinds, RIGHT if not right_to_left else LEFT)
    if right_to_left:
        parts = [_across(glyphs, span, kinds) for span in reversed(runs)]
    else:
        parts = [_along(glyphs, span, kinds) for span in runs]
    text = "".join(parts)
    return _with_brackets_turned(text) if RIGHT in kinds else text


def _with_whole_numbers(glyphs: Sequence[str]) -> list[str]:
    """Tell the kind of each glyph; what stands between two digits and joins them is a number."""
    kinds = list(map(kind_of, glyphs))
    for place in range(1, len(kinds) - 1):
        if glyphs[place] in JOINS and kinds[place - 1] == kinds[place + 1] == NUMBER:
            kinds[place] = NUMBER
    return kinds


def _runs(kinds: Sequence[str], against: str) -> list[tuple[int, int]]:
    """Cut a line into the runs that go against its direction, its numbers, and single glyphs.

    A run against the line begins and ends with a letter of its own, and between them nothing is
    that goes with the line. In a line that is read to the left, a number to the right of a Latin
    word belongs to it.
    """
    with_line = RIGHT if against == LEFT else LEFT
    ends = {against, NUMBER} if against == LEFT else {against}
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(kinds):
        end = place + 1
        if kinds[place] == against:
            last = place
            for after in range(place + 1, len(kinds)):
                if kinds[after] == with_line:
                    break
                last = after if kinds[after] in ends else last
            end = last + 1
        elif kinds[place] == NUMBER:
            while end < len(kinds) and kinds[end] == NUMBER:
                end += 1
        found.append((place, end))
        place = end
    return found


def _across(glyphs: Sequence[str], span: tuple[int, int], kinds: Sequence[str]) -> str:
    """Write a run of a line that is read to the left: Latin words and numbers keep their order."""
    del kinds
    return "".join(glyphs[slice(*span)])


def _along(glyphs: Sequence[str], span: tuple[int, int], kinds: Sequence[str]) -> str:
    """Write a run of a line that is read to the right: an Arabic run from its right end."""
    start, end = span
    if kinds[start] != RIGHT:
        return "".join(glyphs[start:end])
    inside = [(place, place + 1) for place in range(start, end)]
    numbered = groupby(inside, key=lambda one: kinds[one[0]] == NUMBER)
    parts: list[str] = []
    for is_number, spans in numbered:
        texts = [glyphs[place] for place, _ in spans]
        parts.append("".join(texts if is_number else reversed(texts)))
    return "".join(reversed(parts))


def _with_brackets_turned(text: str) -> str:
    """Turn brackets to the side on which their words stand: a line turned round turned them too."""

    def turned(found: re.Match[str]) -> str:
        sign, place = found.group(), found.start()
        wants = _wants(text[place - 1 : place], text[place + 1 : place + 2])
        return sign.translate(_TURN) if wants and wants != _side(sign) else sign

    return _BRACKET.sub(turned, text)


def _wants(before: str, after: str) -> str:
    """Tell which way a bracket opens between these neighbours; nothing where both would do."""
    word_before = _is_word(before) or (bool(before) and before in ENDING)
    word_after = _is_word(after)
    if word_before == word_after:
        return ""
    return "closing" if word_before else "opening"


def _is_word(sign: str) -> bool:
    return bool(sign) and (sign.isalnum() or unicodedata.combining(sign) > 0)


def _side(sign: str) -> str:
    return "opening" if sign in OPENING else "closing"
