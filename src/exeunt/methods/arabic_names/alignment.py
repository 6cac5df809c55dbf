"""How alike two words sound, whatever letters they are written in.

The words' sounds are laid side by side at the least cost, as Needleman and Wunsch (1970) align
sequences. Consonants must agree in one of their readings; vowels are cheap to change, and next
to free where Arabic script would not write them.
"""

from functools import lru_cache

from exeunt.methods.arabic_names.sounds import READINGS, TWO_LETTERS, VOWELS, is_arabic

NEVER = 1.0
UNWRITTEN = 0.06
_SPLIT = 0.1
_VOWEL_PAIRS = {
    "ae": 0.1,
    "ao": 0.35,
    "au": 0.4,
    "ai": 0.4,
    "ei": 0.08,
    "eo": 0.35,
    "eu": 0.35,
    "ou": 0.05,
    "io": 0.4,
    "iu": 0.35,
    "iy": 0.05,
    "ey": 0.2,
    "uw": 0.05,
    "ow": 0.1,
    "ij": 0.2,
}
_LONG_VOWELS = {
    "ا": {"a": 0, "e": 0.2, "o": 0.3, "u": 0.45, "i": 0.45},
    "و": {"u": 0, "o": 0.02, "a": 0.5, "e": 0.5, "i": 0.5},
    "ي": {"i": 0, "e": 0.05, "a": 0.45, "o": 0.5, "u": 0.5, "j": 0.15},
    "ع": {"'": 0, **dict.fromkeys("aeiou", 0.05)},
    "ء": {"'": 0, **dict.fromkeys("aeiou", 0.1)},
}
_LEFT_OUT = {
    **dict.fromkeys("aiou", 0.25),
    **dict.fromkeys("'عء", 0.05),
    "e": 0.15,
    "y": 0.45,
    "w": 0.5,
    "h": 0.5,
    "ا": 0.5,
    "و": 0.5,
    "ي": 0.4,
}
_LEFT_OUT_LAST = {"e": 0.05, "h": 0.03, "ه": 0.5, **dict.fromkeys("aiouي", 0.8)}
# What both words' script would write is rarely left out.
_BOTH_ARABIC = {"ا": 0.65, "و": 0.75, "ي": 0.75}
_WEIGHTS = {**dict.fromkeys("aeiou'عء", 0.25), **dict.fromkeys("yاوي", 0.5)}
# Begins what stands in for the sounds of "abu", "abd" and their like, which are never just alike.
MARK = "<"


@lru_cache(maxsize=262_144)
def likeness(one: str, other: str) -> float:
    """Return how alike two words' sounds are: 1 for the same, 0 for nothing in common.

    >>> likeness("yusuf", "yusef") > 0.85 > 0.6 > likeness("yusuf", "yasin")
    True
    """
    if one == other:
        return 1.0
    if not one or not other or MARK in {one[0], other[0]}:
        return 0.0
    weight = (_weight(one) + _weight(other)) / 2
    return max(0.0, 1.0 - _least_cost(one, other) / max(weight, 1.5))


def _weight(word: str) -> float:
    return sum(_WEIGHTS.get(symbol, 1.0) for symbol in word)


def _least_cost(one: str, other: str) -> float:
    """Fill the table of least costs row by row."""
    downwards = _costs_of_leaving_out(one, beside=other)
    across = _costs_of_leaving_out(other, beside=one)
    rows = [[0.0]]
    for cost in across:
        rows[0].append(rows[0][-1] + cost)
    for i, cost in enumerate(downwards, start=1):
        above, row = rows[-1], [rows[-1][0] + cost]
        for j in range(1, len(other) + 1):
            best = min(above[j] + cost, row[j - 1] + across[j - 1])
            kept = above[j - 1] + _changed(one, other, (i - 1, j - 1))
            row.append(min(best, kept, _two_for_one(rows, (one, other), (i, j))))
        rows.append(row)
    return rows[-1][-1]


def _two_for_one(rows: list[list[float]], words: tuple[str, str], at: tuple[int, int]) -> float:
    """Lay one symbol beside two, where it may have been two letters."""
    (one, other), (i, j) = words, at
    cost = 9.0
    if j > 1 and one[i - 1] in TWO_LETTERS:
        first, second = tuple(TWO_LETTERS[one[i - 1]])
        pair = symbol_cost(first, other[j - 2]) + symbol_cost(second, other[j - 1])
        cost = rows[i - 1][j - 2] + pair + _SPLIT
    if i > 1 and other[j - 1] in TWO_LETTERS:
        first, second = tuple(TWO_LETTERS[other[j - 1]])
        pair = symbol_cost(first, one[i - 2]) + symbol_cost(second, one[i - 1])
        cost = min(cost, rows[i - 2][j - 1] + pair + _SPLIT)
    return cost


def _changed(one: str, other: str, at: tuple[int, int]) -> float:
    """Return the cost of reading one symbol for the other, where they stand."""
    (i, j) = at
    a, b = one[i], other[j]
    if a == b:
        return 0.0
    if i == j == 0 and "ا" in {a, b} and (a in VOWELS or b in VOWELS):
        return 0.03
    if i == len(one) - 1 and j == len(other) - 1:
        return min(symbol_cost(a, b), _last_changed(a, b))
    return symbol_cost(a, b)


def _last_changed(a: str, b: str) -> float:
    """The last letter of a word may be a ta marbuta or an alef that looks like a ya."""
    arabic, latin = (a, b) if a > b else (b, a)
    return {"هa": 0.02, "هe": 0.02, "هt": 0.2, "يa": 0.05, "يe": 0.1, "اa": 0}.get(
        arabic + latin, NEVER
    )


@lru_cache(maxsize=16_384)
def symbol_cost(a: str, b: str) -> float:
    """Return the cost of reading one symbol for another: 0 for the same, 1 for never.

    >>> symbol_cost("k", "q"), symbol_cost("k", "ق"), symbol_cost("m", "n")
    (0.0, 0.0, 1.0)
    """
    if a == b:
        return 0.0
    for long, short in ((a, b), (b, a)):
        if short in _LONG_VOWELS.get(long, {}):
            return _LONG_VOWELS[long][short]
    both = READINGS.get(a, {}), READINGS.get(b, {})
    costs = [both[0][sound] + both[1][sound] for sound in both[0] if sound in both[1]]
    return float(min([*costs, _VOWEL_PAIRS.get("".join(sorted((a, b))), NEVER)]))


@lru_cache(maxsize=131_072)
def _costs_of_leaving_out(word: str, *, beside: str) -> list[float]:
    """Return, for each symbol of a word, what it costs that the other word lacks it."""
    costs = [_LEFT_OUT.get(symbol, NEVER) for symbol in word]
    if is_arabic(beside) and is_arabic(word):
        costs = [_BOTH_ARABIC.get(symbol, cost) for symbol, cost in zip(word, costs, strict=True)]
    elif is_arabic(beside):
        costs = [_unwritten(word, place, cost) for place, cost in enumerate(costs)]
    last = word[-1]
    costs[-1] = _LEFT_OUT_LAST.get(last, costs[-1])
    return costs


def _unwritten(word: str, place: int, cost: float) -> float:
    """A short vowel goes unwritten; one after another vowel or first in a word rarely does."""
    if word[place] not in VOWELS:
        return cost
    if place == 0:
        return 0.2
    if word[place] == "a" and word[place - 1] in "iy" and place > 1:
        return 0.45
    return UNWRITTEN
