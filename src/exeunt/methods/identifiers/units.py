"""Units and offices of a group: battalions, brigades, provinces, departments."""

import re
from collections.abc import Iterator

from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.lists import word_set
from exeunt.methods.identifiers.reading import Words

_NAME = (
    r"(?:(?:al|el|ad|an|ar|as|ash|at|az)[- ])?[A-Z][\w'-]{1,30}"
    "(?:(?: |-)(?:(?:al|el|ad|an|ar|as|ash|at|az|ibn|bin|ben|abu|abou|abi|b)[- "
    r"])?[A-Z][\w'-]{1,30}){0,3}"
)
_KATIBA = (
    "(?:[Kk]at[ie]e?bah?|[Kk]ataeb|[Kk]atibat|[Kk]ateebat?|[Ll]iwa'?|[Ss]ari?yat?|[Ss]araya"
    "|[Ff]irqat?|[Ww]ilaya(?:t|h)?"
    r"|[Dd]iwan|[Dd]iouane|[Jj]und|[Ff]awj|[Qq]ita'?|[Mm]afraza)"
)
_BODY = (
    "(?:[Bb]attalion|[Bb]rigade|[Dd]ivision|[Rr]egiment|[Ss]quad|[Cc]ompany|[Pp]latoon"
    "|[Dd]etachment|[Cc]ell"
    "|[Uu]nit|[Bb]ataillon|[Rr]egiment|[Cc]ompagnie|[Ss]ection|[Uu]nite|[Ss]quadron"
    "|[Ee]scadron|[Cc]orps"
    r"|[Bb]attalions|[Bb]rigades|[Dd]iwan|[Dd]epartment|[Ww]ilayah?)"
)
_ORDINAL = (
    r"(?:\d{1,4}(?:st|nd|rd|th|e|er|eme|ere)?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth"
    "|[Ss]ixth|[Ss]eventh"
    r"|[Ee]ighth|[Nn]inth|[Tt]enth|[Pp]remiere?|[Dd]euxieme|[Tt]roisieme|[Qq]uatrieme|[Cc]inquieme)"
)
_LATIN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w-]){_KATIBA}(?: (?:of |de |d'|du |des )?(?:the |la |le |l')?|-){_NAME}",
        rf"(?<![\w-]){_NAME} {_BODY}(?![\w-])",
        (
            rf"(?<![\w-]){_BODY} (?:of |de |d'|du |des |called |named |nommee? |appelee? |dite? "
            rf")?(?:the |la |le |l'|\")?(?:{_NAME}|\d{{1,4}}(?!\w))"
        ),
        rf"(?<![\w-]){_ORDINAL} (?:{_NAME} )?{_BODY}(?![\w-])",
    )
)
_AR_BODY = (
    "(?:كتيبه|كتايب|كتيبتي|كتيبتنا|لواء|ولايه|ديوان|سريه|سرايا|فرقه|فوج|فصيل|مفرزه|قاطع|كتائب"
    "|جند|قطاع|مكتب|مجموعه)"
)
_ARABIC = re.compile(
    rf"(?:(?<=[\s\W][وفبلك])|(?<!\w)){_AR_BODY} (?P<name>[\u0621-\u064a]{{2,20}}|\d{{1,4}})"
    r"(?P<more>(?: (?:بن|ابن|ابي|ابو|ال)?[\u0621-\u064a]{2,20}){0,3})"
)
_AR_LOOSE = frozenset({"مجموعه", "مكتب", "قطاع", "جند"})
_MORE = re.compile(r" (?:(?:بن|ابن|ابي|ابو|ام|عبد) [\u0621-\u064a]{2,20}|ال[\u0621-\u064a]{2,20})")
_BEGINS_MORE = frozenset(
    {"ابو", "ابي", "ابن", "ام", "عبد", "اسد", "سيف", "جند", "شهداء", "انصار", "احرار"}
)
_ORDINARY_BODIES = frozenset(
    {"unit", "unite", "cell", "section", "company", "division", "department"}
)


def units_in(words: Words) -> Iterator[Found]:
    """Find units."""
    cased = words.folded.cased
    for pattern in _LATIN:
        for found in pattern.finditer(cased):
            start = _without_ordinary(words, *found.span())
            if start is not None:
                yield words.found((start, found.end()), Kind.UNIT, "unit")
    for found in _ARABIC.finditer(words.folded.text):
        end = _arabic_end(words, found)
        if end is not None:
            yield words.found((found.start(), end), Kind.UNIT, "unit")


def _without_ordinary(words: Words, start: int, end: int) -> int | None:
    """Leave out words such as "The" before a name, or all of it where nothing else is left."""
    place, last = words.at(start), words.at(end) - 1
    while place < last and (words.ordinary(place) and words.words[place] not in _LATIN_ARTICLES):
        if words.starts[place] + len(words.words[place]) >= end:
            return None
        if re.fullmatch(_BODY, words.shown(place)) or re.fullmatch(_ORDINAL, words.shown(place)):
            break
        place += 1
    named = any(
        not words.ordinary(step) and not _is_body(words, step) for step in range(place, last + 1)
    )
    numbered = any(re.fullmatch(_ORDINAL, words.shown(step)) for step in range(place, last + 1))
    return words.starts[place] if named or numbered else None


_LATIN_ARTICLES = word_set("al el ad an ar as ash at az")


def _is_body(words: Words, place: int) -> bool:
    return re.fullmatch(_BODY, words.shown(place)) is not None


def _arabic_end(words: Words, found: "re.Match[str]") -> int | None:
    """Return where the name of a unit ends, or None where no name follows."""
    place = words.at(found.start("name"))
    name = found["name"]
    loose = found[0].split()[0] in _AR_LOOSE
    if not name.isdigit() and not name.startswith("ال") and (words.ordinary(place) or loose):
        return None
    if loose and (words.ordinary(place) or not name.startswith("ال")):
        return None
    end = found.end("name")
    if name in _BEGINS_MORE and words.spaced(place):
        end = words.ends[place + 1]
    more = _MORE.match(words.folded.text, end)
    if more and not words.ordinary(words.at(more.start() + 1)):
        end = more.end()
    return end
