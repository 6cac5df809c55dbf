"""Find the known people whose names stand in a text, each in whatever spelling."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from exeunt.methods.arabic_names.exactness import Spellings
from exeunt.methods.arabic_names.skeletons import skeletons
from exeunt.methods.arabic_names.tree import Form, Tree
from exeunt.methods.arabic_names.walking import Ending, Walker
from exeunt.methods.arabic_names.words import sequences, words_of
from exeunt.methods.folding import Folded, fold

LEAST_LIKE_SHORT = 0.88
SURE = 0.85
MOST_SHARING = 3
NOT_EXACT = 0.99


class KnownName(NamedTuple):
    """Every name and alias of one person, in any script."""

    key: str
    surfaces: tuple[str, ...]


class NameFound(NamedTuple):
    """Where a known name stands in the original text, whose it is, and how sure that is.

    ``start`` and ``end`` count code points. ``exact``: letter for letter one of the known
    surfaces, but for case, marks and signs that cannot be seen; its score is 1.
    """

    start: int
    end: int
    key: str
    score: float
    exact: bool


class Candidate(NamedTuple):
    """A span of the folded text that may be one person's name."""

    start: int
    end: int
    person: int
    score: float


class Matcher:
    """Known names, filed once so that many texts can be searched for all of them.

    >>> matcher = Matcher([KnownName("N-1", ("Abu Salim al-Halabi",))])
    >>> [(found.start, found.end, found.key) for found in matcher.find("وأبو سالم الحلبي")]
    [(1, 16, 'N-1')]
    """

    def __init__(self, names: Iterable[KnownName]) -> None:
        self._keys: list[str] = []
        self._tree = Tree()
        self._spellings = Spellings()
        for person, known in enumerate(names):
            self._keys.append(known.key)
            for surface in known.surfaces:
                self._spellings.add(surface, person=person)
                for parts in sequences(surface):
                    self._tree.add(parts, person=person)
        self._filed: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for part, number in self._tree.numbers.items():
            for bones in skeletons(part):
                self._filed[bones].append((part, number))

    def find(self, text: str) -> list[NameFound]:
        """Return the known names in a text, by place; one place may be several people's.

        A single part of a longer name counts where few share it, or where the person's name
        stands elsewhere in the text in full.
        """
        folded = fold(text)
        exact = set(self._spellings.find(folded.text))
        words = words_of(text, folded)
        walker = Walker(words, root=self._tree.root, filed=self._filed)
        endings = list(walker.endings())
        whole = list(_whole(endings))
        sure = {person for *_, person in exact} | {one.person for one in whole if one.score >= SURE}
        candidates = [*whole, *_shortened(endings, sure)]
        candidates = list(_apart(_outermost(candidates, exact), exact))
        return self._told(folded, exact=exact, candidates=candidates)

    def _told(
        self,
        folded: Folded,
        *,
        exact: Iterable[tuple[int, int, int]],
        candidates: Iterable[Candidate],
    ) -> list[NameFound]:
        """Put what was found in terms of the original text, each place and person once."""
        best: dict[tuple[int, int, str], NameFound] = {}
        for one in sorted(candidates, key=lambda one: one.score):
            span, key = folded.span(one.start, one.end), self._keys[one.person]
            score = round(min(one.score, NOT_EXACT), 3)
            best[*span, key] = NameFound(*span, key, score, exact=False)
        for start, end, person in exact:
            span, key = folded.span(start, end), self._keys[person]
            best[*span, key] = NameFound(*span, key, 1.0, exact=True)
        return sorted(best.values(), key=lambda one: (one.start, -one.end, -one.score, one.key))


def _whole(endings: Iterable[Ending]) -> Iterator[Candidate]:
    """Return whole names; only one whose last part comes first may have a comma in it."""
    for ending in endings:
        for form in (Form.TURNED_ROUND,) if ending.comma else (Form.WHOLE, Form.TURNED_ROUND):
            for person, worth in ending.node.names.get(form, {}).items():
                yield Candidate(ending.start, ending.end, person, worth * ending.score)


def _shortened(endings: Iterable[Ending], sure: Collection[int]) -> Iterator[Candidate]:
    """Return shorter forms, where few share one or the text names the person in full."""
    by_span: dict[tuple[int, int], list[Ending]] = defaultdict(list)
    for ending in endings:
        if _short(ending):
            by_span[ending.start, ending.end].append(ending)
    for (start, end), here in by_span.items():
        people = _sharing(here, sure)
        for ending in here:
            worths = ending.node.names[Form.SHORTENED]
            for person in people & worths.keys():
                yield Candidate(start, end, person, worths[person] * ending.score)


def _short(ending: Ending) -> bool:
    names = ending.node.names
    return Form.SHORTENED in names and not ending.comma and ending.score >= LEAST_LIKE_SHORT


def _sharing(endings: Iterable[Ending], sure: Collection[int]) -> set[int]:
    """Return whose shorter form this is: everybody's if they are few, else whom the text names."""
    everybody: set[int] = set()
    named: set[int] = set()
    for ending in endings:
        worths = ending.node.names[Form.SHORTENED]
        named.update(person for person in sure if person in worths)
        if len(everybody) <= MOST_SHARING:
            everybody.update(worths)
    return everybody if len(everybody) <= MOST_SHARING else named


def _outermost(
    candidates: Iterable[Candidate], exact: Iterable[tuple[int, int, int]]
) -> Iterator[Candidate]:
    """Leave out what lies inside a longer name that is at least as sure."""
    best = {(start, end): 1.0 for start, end, _ in exact}
    for one in candidates:
        best[one.start, one.end] = max(one.score, best.get((one.start, one.end), 0.0))
    inside: set[tuple[int, int]] = set()
    before: list[tuple[int, int]] = []
    for span in sorted(best, key=lambda span: (span[0], -span[1])):
        before = [outer for outer in before if outer[1] > span[0]]
        if any(outer[1] >= span[1] and best[outer] >= best[span] for outer in before):
            inside.add(span)
        before.append(span)
    return (one for one in candidates if (one.start, one.end) not in inside)


def _apart(
    candidates: Iterable[Candidate], exact: Iterable[tuple[int, int, int]]
) -> Iterator[Candidate]:
    """Of overlapping spans for one person keep one: the longest that is sure, else the surest."""
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end, person in exact:
        taken[person].append((start, end))
    for one in sorted(candidates, key=_rank, reverse=True):
        mine = taken[one.person]
        if not any(start < one.end and one.start < end for start, end in mine):
            mine.append((one.start, one.end))
            yield one


def _rank(one: Candidate) -> tuple[bool, int, float]:
    sure = one.score >= SURE
    return sure, one.end - one.start if sure else 0, one.score
