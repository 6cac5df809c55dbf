"""The bare bones of words, under which they are filed: words that may be one share a skeleton."""

from functools import lru_cache
from itertools import product

from exeunt.methods.arabic_names.alignment import MARK

MOST_SKELETONS = 24
_FAMILIES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("bpبپ", ("B",)),
    **dict.fromkeys("tتطد", ("T",)),
    **dict.fromkeys("d", ("T", "S")),
    **dict.fromkeys("ثذضظ", ("T", "S")),
    **dict.fromkeys("TD", ("T", "S", "TH")),
    **dict.fromkeys("szسصز", ("S",)),
    **dict.fromkeys("S", ("X", "SH")),
    **dict.fromkeys("ش", ("X",)),
    **dict.fromkeys("C", ("X", "H")),
    **dict.fromkeys("X", ("H", "KH")),
    **dict.fromkeys("hهخح", ("H",)),
    **dict.fromkeys("kqقكغگ", ("K",)),
    **dict.fromkeys("G", ("K", "KH")),
    **dict.fromkeys("g", ("K", "J")),
    **dict.fromkeys("Jج", ("J",)),
    **dict.fromkeys("j", ("J", "")),
    **dict.fromkeys("c", ("J", "K")),
    **dict.fromkeys("ç", ("J", "S", "K")),
    **dict.fromkeys("Qچ", ("J", "X")),
    **dict.fromkeys("Zژ", ("J", "S")),
    **dict.fromkeys("fف", ("F",)),
    **dict.fromkeys("lل", ("L",)),
    **dict.fromkeys("mم", ("M",)),
    **dict.fromkeys("nن", ("N",)),
    **dict.fromkeys("rر", ("R",)),
}

# A last h is often silent; a ta marbuta is heard as a t before another word.
_LAST = {"h": ("", "H"), "ه": ("", "T")}


@lru_cache(maxsize=65536)
def skeletons(word: str) -> tuple[str, ...]:
    """Return the skeletons of a word's sounds, one for each way of reading its consonants.

    >>> skeletons("yusuf"), skeletons("يوسف"), skeletons("Cakir")
    (('SF',), ('SF',), ('XKR', 'HKR'))
    """
    if word.startswith(MARK):
        return (word,)
    families = [_FAMILIES[symbol] for symbol in word[:-1] if symbol in _FAMILIES]
    families.append(_LAST.get(word[-1:], _FAMILIES.get(word[-1:], ("",))))
    size = 1
    for place, family in enumerate(families):
        size *= len(family)
        if size > MOST_SKELETONS:
            families[place] = family[:1]
            size //= len(family)
    return tuple(dict.fromkeys("".join(bones) for bones in product(*families)))
