"""Where something is found: passages with their words, or judgements of excerpts and accounts."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from exeunt.methods.nearness import Near, Nearness, Others, Side, TextUnits
from exeunt.methods.searching import placed_words
from exeunt.methods.segmentation import Span, turns
from exeunt.methods.word_queries import hits_in
from exeunt.stages.coding.queries.finding.prepared import Prepared
from exeunt.stages.coding.queries.finding.sources import Source, given_at, given_in_text
from exeunt.stages.coding.queries.visibility import OF_A_TEXT
from exeunt.stages.coding.rules.seeking import COUNTED, Saying, check_few_enough
from exeunt.stages.testimonies.models import SearchPassage, TextVersion
from exeunt.stages.testimonies.queries.sought import passages_with, speeches_in

# So many are looked at and counted; whoever has more narrows the search, or takes all as a table.
MOST = 1_000
# Where each word has to be looked at with what stands beside it.
MOST_SIFTED = 250
AT_ONCE = 200
OF_AN_EXCERPT = (OF_A_TEXT, "excerpt__text_version", "excerpt__start", "excerpt__end", "excerpt")
PLACE_OF_PASSAGE = ("version", "start", "end")
PLACE_OF_EXCERPT = OF_AN_EXCERPT[1:4]


class Passage(NamedTuple):
    """A passage in which words were found: its number, where it stands, and where they do."""

    number: int
    account: int
    version: int
    start: int
    end: int
    speaker: str
    found: tuple[Span, ...]


class Judged(NamedTuple):
    """A judgement that was found; one of a whole account has no text version and no excerpt."""

    account: int
    version: int | None
    start: int
    end: int
    excerpt: int | None
    value: int | None
    gap: str
    note: str
    reader: int | None
    beside: Span | None = None


def passages_in(prepared: Prepared) -> QuerySet[SearchPassage]:
    """Return the passages that hold the words, and what else the database can tell of them."""
    passages = passages_with(prepared.query).filter(
        prepared.in_speech(), account__in=prepared.accounts()
    )
    if prepared.beside is not None:
        passages = passages.filter(given_in_text(prepared.sources, prepared.beside))
    if not prepared.at_place or prepared.code is None:
        return passages
    return passages.filter(
        given_at(prepared.sources, prepared.code, prepared.saying, place=PLACE_OF_PASSAGE)
    )


def needs_sifting(prepared: Prepared) -> bool:
    """Tell whether each found word has to be looked at, and not its passage alone."""
    at_place = prepared.code is not None or prepared.without is not None
    return prepared.beside is not None or (prepared.at_place and at_place)


def with_places(passages: QuerySet[SearchPassage], prepared: Prepared) -> list[Passage]:
    """Find in passages where the words stand that are sought first."""
    rows = passages.annotate(
        said=Substr("version__text", F("start") + 1, F("end") - F("start"))
    ).values_list("pk", "account", *PLACE_OF_PASSAGE, "speaker", "said")
    return [
        Passage(number, account, version, start, end, speaker, _found(prepared, start, said))
        for number, account, version, start, end, speaker, said in rows
    ]


def sifted_passages(prepared: Prepared) -> list[Passage]:
    """Return the passages of which a word stands as the codes ask; one more than are counted."""
    return list(islice(sifted(prepared), MOST_SIFTED + 1))


def judged_in(prepared: Prepared, *, most: int = MOST) -> list[Judged]:
    """Return the judgements that are found, account by account; at most one more than most."""
    found: list[Judged] = []
    for source in prepared.sources:
        judged_of = _excerpts_of if prepared.at_place else _wholes_of
        found += judged_of(source, prepared, most)
    ordered = sorted(found, key=lambda one: (one.account, one.start, one.end, one.reader or 0))
    return ordered[: most + 1]


def _found(prepared: Prepared, start: int, said: str) -> tuple[Span, ...]:
    hits = hits_in(placed_words(said), prepared.query)
    return tuple(Span(start + hit.start, start + hit.end) for hit in hits if hit.group == 0)


def sifted(prepared: Prepared) -> Iterator[Passage]:
    """Walk the passages of which a word stands as the codes ask."""
    places = passages_in(prepared).values_list("pk", *PLACE_OF_PASSAGE).iterator(AT_ONCE)
    looked_at = 0
    while batch := list(islice(places, AT_ONCE)):
        looked_at += len(batch)
        check_few_enough(looked_at)
        sieve = _Sieve(prepared, {version for _, version, _, _ in batch})
        close = [number for number, *place in batch if sieve.may_let(*place)]
        there = SearchPassage.objects.filter(pk__in=close).order_by("pk")
        for passage in with_places(there, prepared) if close else ():
            found = tuple(span for span in passage.found if sieve.lets(passage.version, span))
            if found:
                yield passage._replace(found=found)


def _excerpts_of(source: Source, prepared: Prepared, most: int) -> list[Judged]:
    if not source.excerpts or prepared.code is None:
        return []
    rows = source.of(prepared.code, prepared.saying).filter(
        prepared.over_speech(), **{f"{OF_A_TEXT}__in": prepared.accounts()}
    )
    if prepared.without is not None:
        without = given_at(prepared.sources, prepared.without, None, place=PLACE_OF_EXCERPT)
        rows = rows.filter(~without)
    rows = rows.order_by(OF_A_TEXT, "excerpt__start", "excerpt__end")
    found = _judged(rows, source)
    if prepared.beside is None:
        return list(islice(found, most + 1))
    return list(islice(_beside(prepared, found), most + 1))


def _wholes_of(source: Source, prepared: Prepared, most: int) -> list[Judged]:
    if not source.whole or prepared.code is None:
        return []
    rows = source.of(prepared.code, prepared.saying).filter(
        **{f"{source.whole}__in": prepared.accounts()}
    )
    rows = rows.order_by(source.whole)[: most + 1]
    return [
        Judged(account, None, 0, 0, None, *said)
        for account, *said in _said(rows, source, (source.whole,))
    ]


def _judged(rows: QuerySet[Any], source: Source) -> Iterator[Judged]:
    return (Judged(*row) for row in _said(rows, source, OF_AN_EXCERPT))


def _said(rows: QuerySet[Any], source: Source, where: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield where something was judged, what was said, and who judged, where that is known."""
    names = (*where, "value", "gap", source.note)
    if source.reader:
        yield from rows.values_list(*names, source.reader).iterator(AT_ONCE)
        return
    for row in rows.values_list(*names).iterator(AT_ONCE):
        yield *row, None


def _beside(prepared: Prepared, found: Iterator[Judged]) -> Iterator[Judged]:
    while batch := list(islice(found, AT_ONCE)):
        sieve = _Sieve(prepared, {one.version for one in batch if one.version is not None})
        for one in batch:
            other = sieve.beside(one.version or 0, Span(one.start, one.end))
            if other is not None:
                yield one._replace(beside=other)


class _Sieve:
    """Tells of places in some texts whether what the codes ask holds there."""

    def __init__(self, prepared: Prepared, versions: Iterable[int]) -> None:
        self.near = prepared.seeking.near
        self.prepared = prepared
        versions = list(versions)
        here = prepared.at_place and bool(prepared.query.groups)
        self.code = self._marks(prepared.code if here else None, prepared.saying, versions)
        self.without = self._marks(prepared.without if here else None, None, versions)
        self.others = self._marks(prepared.beside, None, versions)
        self.among = {version: Others(spans) for version, spans in self.others.items()}
        self.units = self._units(list(self.others)) if self.others else {}

    def lets(self, version: int, span: Span) -> bool:
        """Tell whether a found word stands as it is asked."""
        prepared = self.prepared
        if prepared.at_place:
            if prepared.code is not None and not _overlaps(span, self.code.get(version, ())):
                return False
            if _overlaps(span, self.without.get(version, ())):
                return False
        return prepared.beside is None or self.beside(version, span) is not None

    def may_let(self, version: int, start: int, end: int) -> bool:
        """Tell whether a word within a place may stand as it is asked: it is no nearer itself."""
        either = self.near._replace(side=Side.EITHER)
        if either.by is Nearness.SAME:
            either = Near(Nearness.OVERLAPPING)
        whole = Span(start, end)
        return self.prepared.beside is None or self.beside(version, whole, either) is not None

    def beside(self, version: int, span: Span, near: Near | None = None) -> Span | None:
        """Return what stands nearest to a place, if it is near."""
        if version not in self.among:
            return None
        at = self.among[version].nearest(span, near or self.near, self.units[version])
        return self.others[version][at] if at is not None else None

    def _marks(
        self, code: int | None, saying: Saying | None, versions: list[int]
    ) -> dict[int, list[Span]]:
        marks: dict[int, list[Span]] = {}
        for source in self.prepared.sources if code is not None else ():
            if not source.excerpts or code is None:
                continue
            rows = source.of(code, saying).filter(excerpt__text_version__in=versions)
            for version, start, end in rows.values_list(*PLACE_OF_EXCERPT):
                marks.setdefault(version, []).append(Span(start, end))
        return marks

    def _units(self, versions: list[int]) -> dict[int, TextUnits]:
        """Read the texts, where sentences or turns have to be counted in them."""
        if self.near.by not in COUNTED:
            return {version: TextUnits("") for version in versions}
        turned = self.near.by is Nearness.TURNS
        said = speeches_in(versions) if turned else {}
        texts = TextVersion.objects.filter(pk__in=versions).values_list("pk", "text")
        return {
            version: TextUnits(
                text,
                sorted(one.start for one in said.get(version) or turns(text)) if turned else (),
            )
            for version, text in texts
        }


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)
