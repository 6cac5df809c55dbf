"""The judgements by which somebody may seek: their own, all that they see, or what was settled."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from exeunt.members.models import Member
from exeunt.stages.coding.models import (
    Adjudication,
    CodebookVersion,
    Coding,
    SettledSpan,
    Sheet,
    SpanDifference,
)
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import (
    OF_A_TEXT,
    check_not_blind,
    left_to_read,
    others_seen,
    passes_of,
    that_count,
)
from exeunt.stages.coding.rules.blindness import codes
from exeunt.stages.coding.rules.seeking import (
    Saying,
    check_may_name_readers,
    check_may_seek_by,
)
from exeunt.stages.coding.states import Outcome, SheetState, Target, Whose
from exeunt.studies.models import Study
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import MAY, Act

# Where the account stands of which something was judged as a whole.
TOLD_BY = {
    Target.ACCOUNT: "account",
    Target.EXIT: "exit__telling__account",
    Target.SPELL: "spell__exit__telling__account",
}
NO_VALUE = -1_000


class Source(NamedTuple):
    """Rows that say what was judged, and where in a row it stands.

    ``whole`` leads to the account of which something was judged as a whole; ``reader`` to who
    judged. Empty, a source has no such thing.
    """

    rows: QuerySet[Any]
    code: str = "code"
    note: str = "note"
    reader: str = "reading__coder"
    excerpts: bool = True
    whole: str = "account"

    def of(self, code: int, saying: Saying | None) -> QuerySet[Any]:
        """Return the rows that give a code a value, or the one that is asked for."""
        given = self.rows.filter(**{self.code: code})
        if saying is None:
            return given.filter(value__gt=0)
        return given.filter(value=saying.value, gap=saying.gap)


Sources = tuple[Source, ...]


def leads(study: Study, *, by: Member) -> bool:
    """Tell whether somebody may read single judgements with the names of who judged."""
    return not MAY[Act.READ_CODINGS].isdisjoint(roles_of(by, study))


def sources_of(
    study: Study, version: CodebookVersion, whose: Whose, *, coder: str = "", by: Member
) -> Sources:
    """Return by which judgements somebody may seek; refuse those that they may not see."""
    check_may_seek_by(whose, codes=codes(roles_of(by, study)), leads=leads(study, by=by))
    if whose is Whose.SETTLED:
        check_not_blind(study, version, by=by)
        return settled_in(study, version)
    mine = Coding.objects.filter(
        reading__in=passes_of(study, version).filter(coder=by), code__proposed_by__isnull=True
    )
    seen = mine if whose is Whose.MINE else mine | others_seen(study, version, by=by)
    if coder:
        check_may_name_readers(leads=leads(study, by=by), left=left_to_read(study, version, by=by))
        seen = seen.filter(reading__coder__ref=coder)
    return (Source(seen, whole=TOLD_BY[unit_of(version)]),)


def counted_in(study: Study, version: CodebookVersion, whose: Whose, *, by: Member) -> Sources:
    """Return by which judgements is counted, the same for everybody who may count."""
    check_not_blind(study, version, by=by)
    if whose is Whose.SETTLED:
        return settled_in(study, version)
    every = Coding.objects.filter(reading__in=list(passes_of(study, version)))
    return (Source(that_count(every, version), whole=TOLD_BY[unit_of(version)]),)


def settled_in(study: Study, version: CodebookVersion) -> Sources:
    """Return what all complete readers say alike, and what was settled where they differ."""
    unit = unit_of(version)
    # One that was settled before the readings or the text changed is not about them any more.
    stands = SpanDifference.objects.filter(
        code=OuterRef("settlement__code"),
        text_version=OuterRef("settlement__about__text_version"),
        start=OuterRef("settlement__about__start"),
        end=OuterRef("settlement__about__end"),
    )
    spans = SettledSpan.objects.filter(
        Exists(stands), settlement__code__version=version, settlement__outcome=Outcome.SETTLED
    )
    settled = Adjudication.objects.filter(code__version=version)
    return (
        Source(_agreed_spans(study, version), reader="", whole=""),
        Source(spans, code="settlement__code", note="settlement__reason", reader="", whole=""),
        Source(_agreed_wholes(study, version), reader="", excerpts=False, whole=TOLD_BY[unit]),
        Source(settled, note="reason", reader="", excerpts=False, whole=TOLD_BY[unit]),
    )


def given_in(sources: Sources, code: int, saying: Saying | None, *, account: str) -> Q:
    """Ask whether a code was given to an account, as a whole or anywhere in its text.

    ``account`` is where, in the row that is asked of, the account's number stands.
    """
    here = OuterRef(account)
    found = Q()
    for source in sources:
        rows = source.of(code, saying)
        if source.excerpts:
            found |= Q(Exists(rows.filter(**{OF_A_TEXT: here})))
        if source.whole:
            found |= Q(Exists(rows.filter(**{source.whole: here})))
    return found


def given_at(sources: Sources, code: int, saying: Saying | None, *, place: Iterable[str]) -> Q:
    """Ask whether a code was given to what overlaps a place: its text, its start, its end."""
    text, start, end = map(OuterRef, place)
    there = {"excerpt__text_version": text, "excerpt__start__lt": end, "excerpt__end__gt": start}
    found = Q()
    for source in sources:
        if source.excerpts:
            found |= Q(Exists(source.of(code, saying).filter(**there)))
    return found


def given_in_text(sources: Sources, code: int) -> Q:
    """Ask of a passage whether a code was given anywhere in its text."""
    found = Q()
    for source in sources:
        if source.excerpts:
            rows = source.of(code, None).filter(excerpt__text_version=OuterRef("version"))
            found |= Q(Exists(rows))
    return found


def _agreed_spans(study: Study, version: CodebookVersion) -> QuerySet[Coding]:
    """Return one reader's coding of each excerpt that all complete readers mark alike."""
    differing = SpanDifference.objects.filter(
        version=version,
        code=OuterRef("code"),
        text_version=OuterRef("excerpt__text_version"),
        start__lt=OuterRef("excerpt__end"),
        end__gt=OuterRef("excerpt__start"),
    )
    read = _read_twice(study, version, place=OF_A_TEXT).filter(excerpt__isnull=False)
    return _first_of(read.filter(~Exists(differing)), "excerpt")


def _agreed_wholes(study: Study, version: CodebookVersion) -> QuerySet[Coding]:
    """Return one reader's judgement of each thing of which all complete readers say the same."""
    unit = unit_of(version).value
    read = _read_twice(study, version, place=unit).filter(**{f"{unit}__isnull": False})
    read = read.annotate(said=Coalesce("value", Value(NO_VALUE)))
    other = read.filter(code=OuterRef("code"), **{unit: OuterRef(unit)})
    other = other.exclude(said=OuterRef("said"), gap=OuterRef("gap"))
    return _first_of(read.filter(~Exists(other)), unit)


def _read_twice(study: Study, version: CodebookVersion, *, place: str) -> QuerySet[Coding]:
    """Return what counts of things that two have completed."""
    passes = list(passes_of(study, version))
    about = {unit_of(version).value: OuterRef(place)}
    sheets = Sheet.objects.filter(reading__in=passes, **about)
    another = sheets.filter(state=SheetState.COMPLETE).exclude(reading=OuterRef("reading"))
    return that_count(Coding.objects.filter(reading__in=passes), version).filter(Exists(another))


def _first_of(codings: QuerySet[Coding], target: str) -> QuerySet[Coding]:
    """Keep one of those who say the same."""
    same = {"code": OuterRef("code"), target: OuterRef(target)}
    return codings.filter(~Exists(codings.filter(pk__lt=OuterRef("pk"), **same)))
