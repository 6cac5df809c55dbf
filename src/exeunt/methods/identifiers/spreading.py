"""A name that was found once is found wherever else it stands, whole or in part."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.lists import common_words, doubtful_names, given_names, word_set
from exeunt.methods.identifiers.people import HONORIFICS, ROLES
from exeunt.methods.identifiers.reading import Words, readings_of

_SPREADING = frozenset({Kind.PERSON, Kind.PLACE, Kind.UNIT, Kind.HANDLE, Kind.EMAIL, Kind.ID})
_FATHERS = word_set("abu abou abo aboo abi umm oum um ابو ابي ابا ام ابن")
_LINKS = word_set(
    "al el bin ben ibn bint ould bu de la du des van von the of ad ar as ash at az an ez d l st s "
    "بن ابن بنت ال عبد الشيخ الحاج الدكتور الامير الاستاذ السيد القايد القاضي الاخ الاخت"
)
_ARABIC_FATHERS = {"ابي": "ابو", "ابا": "ابو"}
_GUESSED = frozenset({"capitals", "capitals after a preposition"})
SHORTEST_PART = 4
LONGEST_GAP = 3


@dataclass(frozen=True)
class Form:
    """One way in which a name that was found may be said again."""

    words: tuple[str, ...]
    kind: Kind
    # A part that could be a word of the language must have its capital.
    small: bool


def said_again(words: Words, found: Sequence[Found]) -> Iterator[Found]:
    """Find every other mention of the names found, and of their significant parts."""
    by_first: dict[str, list[Form]] = {}
    for form in dict.fromkeys(_forms(words, found)):
        by_first.setdefault(form.words[0], []).append(form)
    for forms in by_first.values():
        forms.sort(key=lambda form: -len(form.words))
    known = {(one.start, one.end) for one in found}
    for place in range(len(words)):
        span = _mention(words, place, by_first)
        if span is not None:
            again = words.found(span[0], span[1], "said again")
            if (again.start, again.end) not in known:
                yield again


def _forms(words: Words, found: Iterable[Found]) -> Iterator[Form]:
    for one in found:
        if one.kind not in _SPREADING:
            continue
        parts = _parts_of(words, one)
        whole = _without_titles(parts)
        if whole and any(word not in common_words() for word in whole):
            yield Form(whole, one.kind, small=len(whole) > 1 or _sure(whole[0]))
        if one.kind is Kind.PERSON and one.rule != "said again":
            yield from _parts(whole, guessed=one.rule in _GUESSED)


def _parts_of(words: Words, one: Found) -> tuple[str, ...]:
    """Return the words of a find, the first without the clitics that the find leaves out."""
    start, end = words.folded.inside(one.start, one.end)
    first, last = words.at(start), words.at(end)
    parts = [_usual(word) for word in words.words[first:last]]
    if first > 0 and words.ends[first - 1] > start:
        parts.insert(0, _usual(words.folded.text[start : words.ends[first - 1]]))
    return tuple(parts)


def _usual(word: str) -> str:
    return _ARABIC_FATHERS.get(word, word)


def _without_titles(parts: tuple[str, ...]) -> tuple[str, ...]:
    while len(parts) > 1 and (
        parts[0] in HONORIFICS or parts[0] in ROLES or parts[0] in _LINKS - {"ابن"}
    ):
        parts = parts[1:]
    return parts


def _parts(whole: tuple[str, ...], *, guessed: bool) -> Iterator[Form]:
    """Return the parts by which a person is called: the kunya, each name of some length."""
    for place, word in enumerate(whole):
        if word in _FATHERS and place + 1 < len(whole):
            after = 3 if whole[place + 1] in {"al", "el"} else 2
            yield Form(whole[place : place + after], Kind.PERSON, small=True)
    if whole and whole[0] in _FATHERS:
        start = 2
        while start < len(whole) and whole[start - 1] in {"al", "el"}:
            start += 1
        names = whole[start:]
    else:
        names = whole
    for word in names if len(names) < len(whole) or len(names) > 1 else ():
        if _significant(word) and not guessed:
            yield Form((word,), Kind.PERSON, small=False)


def _significant(word: str) -> bool:
    if (
        word in _LINKS
        or word in _FATHERS
        or word in common_words()
        or word in HONORIFICS
        or word in ROLES
    ):
        return False
    known = word in given_names() and word not in doubtful_names()
    return known or len(word) >= SHORTEST_PART


def _sure(word: str) -> bool:
    """Tell whether a single word is a name even without its capital."""
    return len(word) > SHORTEST_PART and word not in doubtful_names() and word not in common_words()


def _mention(
    words: Words, place: int, by_first: dict[str, list[Form]]
) -> tuple[tuple[int, int], Kind] | None:
    for word, taken in readings_of(words.words[place]):
        for form in by_first.get(_usual(word), ()):
            last = place + len(form.words) - 1
            if _stands(words, place, form) and (form.small or _shown_as_name(words, place)):
                return (words.starts[place] + taken, words.ends[last]), form.kind
    return None


def _stands(words: Words, place: int, form: Form) -> bool:
    last = place + len(form.words) - 1
    if last >= len(words):
        return False
    rest = tuple(_usual(word) for word in words.words[place + 1 : last + 1])
    near = all(len(words.gap(step)) <= LONGEST_GAP for step in range(place, last))
    return rest == form.words[1:] and near


def _shown_as_name(words: Words, place: int) -> bool:
    return words.arabic(place) or words.capital(place)
