"""What rewriting a codebook does to the readings made with it, found out before it is kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.stages.coding.models import Code, CodebookVersion, Coding, Draft, Sheet
from exeunt.stages.coding.queries.drafts import base_of, codes_of, rewritten
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import left_to_read, others_seen, passes_of
from exeunt.stages.coding.rules.origins import Origins
from exeunt.stages.coding.states import SheetState, Target
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

PLACES = tuple(target.value for target in Target)
OF_A_TEXT = "excerpt__text_version__account"


class Asked(NamedTuple):
    """What a new version asks that an earlier reading has not answered."""

    new: frozenset[str]
    wholes: frozenset[str]

    @classmethod
    def of(cls, origins: Origins, before: Collection[str], after: Collection[str]) -> "Asked":
        """Find the codes that are new, and those of which only parts were shared out."""
        split = {part: whole for part, whole in origins.split.items() if part in after}
        known = {part for part, whole in split.items() if whole in before}
        new = {key for key in after if key not in known and not set(origins.of(key)) & set(before)}
        return cls(frozenset(new), frozenset(split[part] for part in known))


class MergeLine(NamedTuple):
    """A code that takes over others: how often each was given, and how often more than one."""

    code: PlainCode
    parts: tuple[tuple[str, int], ...]
    together: int
    result: int


class SplitLine(NamedTuple):
    """A code whose meaning is shared out: its parts, and how often it was given itself."""

    code: PlainCode
    parts: tuple[str, ...]
    given: int


class Proposal(NamedTuple):
    """Something that readers proposed under one name, and how often they marked it."""

    label: str
    keys: tuple[str, ...]
    given: int

    @property
    def name(self) -> str:
        """The key by which it is decided on."""
        return self.keys[0]


class Effects(NamedTuple):
    """What keeping a draft would do to readings; of a coder who is blind, to their own."""

    passes: int
    readings: int
    open: int
    waiting: int
    merges: tuple[MergeLine, ...]
    splits: tuple[SplitLine, ...]
    gone: tuple[tuple[str, int], ...]
    new: tuple[str, ...]
    only_own: bool

    @property
    def staying(self) -> int:
        """Count the complete readings that stay complete."""
        return self.readings - self.open - self.waiting


def effects_of(study: Study, draft: Draft, *, by: Member) -> Effects:
    """Say what keeping a draft would do to what was read with the version it was begun from."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    base = base_of(draft)
    blind = left_to_read(study, base, by=by) > 0
    passes = passes_of(study, base)
    numbers = list((passes.filter(coder=by) if blind else passes).values_list("pk", flat=True))
    origins, codes = rewritten(draft).origins, codes_of(draft)
    before = {code.key for code in base.code_set.all()}
    after = {code.key for code in codes}
    asked = Asked.of(origins, before, after)
    sheets = Sheet.objects.filter(reading__in=numbers)
    taken = {key for code in codes for key in origins.of(code.key)} | set(origins.split.values())
    gone = sorted(before - taken)
    still_open = sheets.filter(state=SheetState.OPEN).count()
    said = _said(study, base, only_own=blind, by=by).filter(value__gt=0)
    given = _times_given(said, {*gone, *origins.decided(), *asked.wholes})
    return Effects(
        passes=len(numbers),
        readings=sheets.count(),
        open=still_open,
        waiting=_waiting(base, asked, numbers, complete=sheets.count() - still_open),
        merges=tuple(_merges(codes, origins, said, given=given)),
        splits=tuple(_splits(codes, origins, given)),
        gone=tuple((key, given.get(key, 0)) for key in gone),
        new=tuple(sorted(asked.new)),
        only_own=blind,
    )


def proposals_for(study: Study, draft: Draft, *, by: Member) -> list[Proposal]:
    """Return what readers proposed and nothing was decided of yet; a blind coder sees their own."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    base = base_of(draft)
    blind = left_to_read(study, base, by=by) > 0
    found = Code.every.filter(version=base, proposed_by__isnull=False)
    found = found.exclude(key__in=rewritten(draft).origins.decided())
    found = found.filter(proposed_by=by) if blind else found
    alike: dict[str, list[Code]] = {}
    for code in found.order_by("position"):
        alike.setdefault(code.label.casefold(), []).append(code)
    marks = Coding.objects.filter(code__in=found).order_by().values_list("code__key")
    given = dict(marks.annotate(Count("pk")))
    return [
        Proposal(
            codes[0].label,
            tuple(code.key for code in codes),
            sum(given.get(code.key, 0) for code in codes),
        )
        for codes in alike.values()
    ]


def proposal_called(study: Study, draft: Draft, key: str, *, by: Member) -> Proposal:
    """Return what readers proposed under a key and nothing was decided of yet, or refuse."""
    for proposal in proposals_for(study, draft, by=by):
        if proposal.name == key:
            return proposal
    raise NotThere("There is nothing here.")


def asked_anew(
    version: CodebookVersion, asked: Asked, passes: Sequence[int]
) -> frozenset[tuple[int, int]]:
    """Return pass and thing of the complete readings of which something new is asked."""
    complete = Sheet.objects.filter(reading__in=passes, state=SheetState.COMPLETE)
    unit = unit_of(version).value
    whole = frozenset(complete.values_list("reading", unit))
    if asked.new:
        return whole
    if not asked.wholes:
        return frozenset()
    place = OF_A_TEXT if version.unit == Target.EXCERPT else unit
    given = Coding.objects.filter(
        reading__in=passes, code__version=version, code__key__in=asked.wholes, value__gt=0
    ).filter(**{f"{place}__isnull": False})
    return whole & frozenset(given.values_list("reading", place).distinct())


def rows_split(said: QuerySet[Coding], whole: int) -> QuerySet[Coding]:
    """Return the judgements of a code that are true of each of its parts as well.

    What was not given is not given in part either, and what could not be said of the whole can be
    said of no part. Excerpts hold only what was given, and are looked at again.
    """
    nothing = Q(value=0) | ~Q(gap="")
    return said.filter(nothing, code=whole, excerpt__isnull=True)


def _waiting(
    version: CodebookVersion, asked: Asked, passes: Sequence[int], *, complete: int
) -> int:
    return complete if asked.new else len(asked_anew(version, asked, passes))


def _times_given(said: QuerySet[Coding], keys: Collection[str]) -> dict[str, int]:
    if not keys:
        return {}
    rows = said.filter(code__key__in=keys).order_by()
    return dict(rows.values_list("code__key").annotate(Count("pk")))


def _said(study: Study, base: CodebookVersion, *, only_own: bool, by: Member) -> QuerySet[Coding]:
    own = Coding.objects.filter(reading__in=list(passes_of(study, base).filter(coder=by)))
    if only_own:
        return own
    return own | others_seen(study, base, by=by)


def _merges(
    codes: Sequence[PlainCode],
    origins: Origins,
    said: QuerySet[Coding],
    *,
    given: Mapping[str, int],
) -> Iterator[MergeLine]:
    for code in codes:
        keys = origins.merged.get(code.key, ())
        if not keys:
            continue
        things = said.filter(code__key__in=keys).order_by()
        result = things.values("reading", *PLACES).distinct().count()
        parts = tuple((key, given.get(key, 0)) for key in keys)
        yield MergeLine(code, parts, sum(count for _, count in parts) - result, result)


def _splits(
    codes: Sequence[PlainCode], origins: Origins, given: Mapping[str, int]
) -> Iterator[SplitLine]:
    for code in codes:
        parts = tuple(part for part, whole in origins.split.items() if whole == code.key)
        if parts:
            yield SplitLine(code, parts, given.get(code.key, 0))
