"""Words as they are asked for: phrases, beginnings of words, one or another, and without.

``left home`` asks for both words in one passage, ``"left home"`` for one after the other,
``leav*`` for every word that begins so, ``home OR house`` for either, ``-money`` for passages
without it. ``OR`` (or ``|``) joins its two neighbours only, and ``AND`` adds nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.methods.searching import (
    MOST_ASKED,
    SHORTEST_BEGINNING,
    PlacedWord,
    without_article,
    words_in,
)

EITHER, BOTH, STAR, QUOTE = frozenset({"OR", "|"}), "AND", "*", '"'
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", QUOTE))
_PART = re.compile(r'(?P<minus>-?)(?:"(?P<quoted>[^"]*)"(?P<star>\*?)|(?P<bare>[^\s"]+))')
_LONE_OR = "OR stands between two words, as in: home OR house."


class Phrase(NamedTuple):
    """Words one after the other; the last may be the beginning of a word only."""

    words: tuple[str, ...]
    beginning: bool = False

    def fits(self, words: Sequence[str]) -> bool:
        """Tell whether these words, as many as the phrase has, are it."""
        *whole, last = self.words
        end_fits = words[-1].startswith(last) if self.beginning else words[-1] == last
        return end_fits and list(words[:-1]) == whole


class WordQuery(NamedTuple):
    """What a passage must hold: of each group one phrase, and none of the others."""

    groups: tuple[tuple[Phrase, ...], ...] = ()
    without: tuple[Phrase, ...] = ()


class Hit(NamedTuple):
    """Where a phrase stands in a text, and of which group it is one."""

    start: int
    end: int
    group: int


class _Part(NamedTuple):
    """One part of what was typed; without a phrase it is an OR."""

    phrase: Phrase | None = None
    minus: bool = False


def read_query(asked: str) -> WordQuery:
    """Read what somebody has typed; raises ValueError with a sentence that helps.

    >>> read_query('"left home" OR fled -mon*').groups
    ((Phrase(words=('left', 'home'), beginning=False), Phrase(words=('fled',), beginning=False)),)
    >>> read_query('"left home" OR fled -mon*').without
    (Phrase(words=('mon',), beginning=True),)
    """
    parts = list(_parts(asked.translate(_QUOTES)))
    query = WordQuery(
        groups=tuple(dict.fromkeys(_groups(parts))),
        without=tuple(part.phrase for part in parts if part.phrase and part.minus),
    )
    _check_can_be_found(query, asked)
    return query


def hits_in(words: Sequence[PlacedWord], query: WordQuery) -> list[Hit]:
    """Return where what is asked for stands among the words of a text, in its order.

    >>> from exeunt.methods.searching import placed_words
    >>> hits_in(placed_words("He left home. We left."), read_query("left"))
    [Hit(start=3, end=7, group=0), Hit(start=17, end=21, group=0)]
    """
    forms = [word.form for word in words]
    found = {
        (words[at].start, words[at + len(phrase.words) - 1].end): number
        for number, group in reversed(list(enumerate(query.groups)))
        for phrase in group
        for at in range(len(forms) - len(phrase.words) + 1)
        if phrase.fits(forms[at : at + len(phrase.words)])
    }
    return [Hit(start, end, number) for (start, end), number in sorted(found.items())]


def _parts(asked: str) -> Iterator[_Part]:
    if asked.count(QUOTE) % 2:
        raise ValueError(
            Sentence("A quotation mark is open. Close it behind the last word of the phrase.")
        )
    for found in _PART.finditer(asked):
        if found["bare"] in EITHER and not found["minus"]:
            yield _Part()
        elif found["bare"] != BOTH or found["minus"]:
            phrase = _phrase(found)
            if phrase is not None:
                yield _Part(phrase, minus=bool(found["minus"]))


def _phrase(found: re.Match[str]) -> Phrase | None:
    """Read one word or phrase; None where there is no letter and no digit in it."""
    said = found["bare"] or found["quoted"] or ""
    beginning = found["star"] == STAR or said.endswith(STAR)
    words = tuple(without_article(word) for word in words_in(said))
    if STAR in said.removesuffix(STAR) or (beginning and not words):
        raise ValueError(
            Sentence(
                "A star stands behind the beginning of a word, as in: leav*. What a word ends with "
                "cannot be asked for."
            )
        )
    if not words:
        return None
    if beginning and len(words[-1]) < SHORTEST_BEGINNING:
        raise ValueError(
            Sentence(
                "“{words}” is too short a beginning; type {least} letters before the star.",
                words=said,
                least=SHORTEST_BEGINNING,
            )
        )
    return Phrase(words, beginning)


def _groups(parts: Iterable[_Part]) -> list[tuple[Phrase, ...]]:
    """Gather the phrases of which one is enough."""
    groups: list[tuple[Phrase, ...]] = []
    joins, joinable = False, False
    for part in parts:
        if part.phrase is None:
            if not joinable:
                raise ValueError(Sentence(_LONE_OR))
            joins, joinable = True, False
        elif part.minus:
            _check_joins_nothing(joins=joins)
            joinable = False
        else:
            before = groups.pop() if joins else ()
            groups.append((*before, part.phrase))
            joins, joinable = False, True
    if joins:
        raise ValueError(Sentence(_LONE_OR))
    return groups


def _check_joins_nothing(*, joins: bool) -> None:
    if joins:
        raise ValueError(
            Sentence("OR joins what may be there, and a minus says what may not; use one of them.")
        )


def _check_can_be_found(query: WordQuery, asked: str) -> None:
    if query.without and not query.groups:
        raise ValueError(
            Sentence("A minus leaves passages out; say as well what they should hold.")
        )
    if asked.strip() and not query.groups:
        raise ValueError(
            Sentence("There is no letter and no digit in “{words}”.", words=asked.strip()[:80])
        )
    phrases = [phrase for group in query.groups for phrase in group] + list(query.without)
    count = sum(len(phrase.words) for phrase in phrases)
    if count > MOST_ASKED:
        raise ValueError(
            Sentence(
                "{count} words were asked for; {most} at once are the most.",
                count=count,
                most=MOST_ASKED,
            )
        )
