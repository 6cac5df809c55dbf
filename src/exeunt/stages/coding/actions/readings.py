"""Carrying what was read with one version of a codebook over to the next.

The earlier version stays as it is; everything is copied. A reading stays complete where the new
version asks nothing that it has not answered, and is opened for its coder again where it does.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from exeunt.desk.bulk import Written, copy_rows, write_rows
from exeunt.ledger.recording import record
from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.stages.coding.actions.carried_work import carry_rounds, carry_settled
from exeunt.stages.coding.actions.counting import count_differences
from exeunt.stages.coding.models import Code, CodebookVersion, Coding, Memo, Pass, Sheet
from exeunt.stages.coding.queries.codebooks import scale_of
from exeunt.stages.coding.queries.rewriting import Asked, asked_anew, rows_split
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import passes_of
from exeunt.stages.coding.rules.origins import Origins, check_may_carry
from exeunt.stages.coding.rules.values import either_of
from exeunt.stages.coding.states import SHEETED, SheetState, Target
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

PLACES = tuple(target.value for target in Target)
SAID = ("value", "gap", "note")
OF_SHEETS = ("ref", "reading", *(target.value for target in SHEETED), "state", "memo")
KEPT = (*OF_SHEETS, "revision", "saved", "completed")
AT_ONCE = 5_000


class Carried(NamedTuple):
    """How many readings were carried over, and how many of them wait for their coder again."""

    readings: int
    waiting: int


def carry_readings(
    *, study: Study, before: CodebookVersion, after: CodebookVersion, origins: Origins, by: Member
) -> Carried:
    """Copy every reading to the next version, inside the transaction that keeps that version."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    passes = list(passes_of(study, before))
    check_may_carry(
        units=(before.unit, after.unit),
        scales_alike=scale_of(before) == scale_of(after),
        readings=len(passes),
    )
    carrying = _Carrying(study, before, after, origins=origins, passes=passes)
    carried = carrying.carry()

    record(
        "readings.carried",
        subject=study.ref,
        by=by.ref,
        codebook=after.name,
        before=before.number,
        readings=carried.readings,
        waiting=carried.waiting,
    )
    return carried


class _Carrying:
    """One version's readings on their way to the next."""

    def __init__(
        self,
        study: Study,
        before: CodebookVersion,
        after: CodebookVersion,
        *,
        origins: Origins,
        passes: Sequence[Pass],
    ) -> None:
        self.study = study
        self.before = before
        self.after = after
        self.origins = origins
        self.passes = {one.pk: self._pass(one) for one in passes}
        self.said = Coding.objects.filter(reading__in=list(self.passes))

    def carry(self) -> Carried:
        """Copy judgements, sheets, memos, what was given out and what was settled."""
        self._copy(self.same)
        for whole, part in self._parts():
            untouched = rows_split(self.said, whole)
            copy_rows(Coding, self._columns, self._renamed(untouched, {whole: part}))
        write_rows(Coding, ("reading", "code", *PLACES, *SAID), self._merged())
        waiting = self._sheets()
        self._memos()
        carry_rounds(self.before, self.after)
        carry_settled(self.same)
        unit = unit_of(self.after)
        kept = Sheet.objects.filter(reading__in=list(self.passes.values()))
        things = set(kept.values_list(unit.value, flat=True))
        count_differences(self.study, self.after, things)
        return Carried(readings=kept.count(), waiting=waiting)

    def _pass(self, one: Pass) -> int:
        return Pass.objects.create(
            study=self.study, coder_id=one.coder_id, version=self.after, began=one.began
        ).pk

    @cached_property
    def old(self) -> Mapping[str, int]:
        """Return the codes of the earlier version, proposals among them, by key."""
        return dict(Code.every.filter(version=self.before).values_list("key", "pk"))

    @cached_property
    def new(self) -> Mapping[str, int]:
        """Return the codes of the next version by key, as the codebook holds them."""
        return dict(Code.objects.filter(version=self.after).values_list("key", "pk"))

    @cached_property
    def sources(self) -> Mapping[int, Sequence[int]]:
        """Return for each new code the earlier ones whose judgements it takes over."""
        found = {
            code: [self.old[one] for one in self.origins.of(key) if one in self.old]
            for key, code in self.new.items()
        }
        return {**found, **{code: [self.old[key]] for key, code in self._proposals().items()}}

    @cached_property
    def same(self) -> Mapping[int, int]:
        """Return the new code of each earlier one that goes on as it was."""
        return {old[0]: new for new, old in self.sources.items() if len(old) == 1}

    def _proposals(self) -> Mapping[str, int]:
        """Carry the proposals along of which nothing was decided."""
        left = Code.every.filter(version=self.before, proposed_by__isnull=False)
        last = len(self.new)
        made = [
            Code.every.create(
                version=self.after,
                position=last + number,
                key=code.key,
                label=code.label,
                proposed_by_id=code.proposed_by_id,
            )
            for number, code in enumerate(left.exclude(key__in=self.origins.decided()), 1)
        ]
        return {code.key: code.pk for code in made}

    def _parts(self) -> Iterator[tuple[int, int]]:
        for part, whole in self.origins.split.items():
            if part in self.new and whole in self.old:
                yield self.old[whole], self.new[part]

    _columns = ("reading", "code", *PLACES, *SAID)

    def _copy(self, codes: Mapping[int, int]) -> None:
        if codes:
            rows = self._renamed(self.said.filter(code__in=list(codes)), codes)
            copy_rows(Coding, self._columns, rows)

    def _renamed(
        self, rows: QuerySet[Coding], codes: Mapping[int, int]
    ) -> QuerySet[Coding, Written]:
        """Return rows as the same judgements by the new passes, with the new codes."""
        named = rows.order_by().annotate(
            to_reading=_instead("reading", self.passes), to_code=_instead("code", codes)
        )
        return named.values_list("to_reading", "to_code", *PLACES, *SAID)

    def _merged(self) -> Iterator[Written]:
        """Make one judgement of several; the largest value stands, and any before none."""
        for code, old in self.sources.items():
            if len(old) > 1:
                rows = self.said.filter(code__in=old).order_by("reading", *PLACES, "pk")
                found = rows.values_list("reading", *PLACES, *SAID).iterator(AT_ONCE)
                for (reading, *about), same in groupby(found, key=lambda row: row[: -len(SAID)]):
                    value, gap, note = either_of([row[-len(SAID) :] for row in same])
                    yield self.passes[reading], code, *about, value, gap, note

    def _sheets(self) -> int:
        """Copy the sheets; those that the new version asks something of are open again."""
        now = timezone.now()
        asked = asked_anew(self.before, self._asked, list(self.passes))
        thing = unit_of(self.before).value
        waiting = 0
        rows: list[Written] = []
        found = Sheet.objects.filter(reading__in=list(self.passes)).order_by("pk")
        for sheet in found.iterator(AT_ONCE):
            complete = sheet.state == SheetState.COMPLETE
            waits = complete and (sheet.reading_id, getattr(sheet, f"{thing}_id")) in asked
            waiting += waits
            state = SheetState.OPEN if waits else SheetState(sheet.state)
            about = (getattr(sheet, f"{target.value}_id") for target in SHEETED)
            completed = sheet.completed if state is SheetState.COMPLETE else None
            reading = self.passes[sheet.reading_id]
            rows.append(
                (new_reference(), reading, *about, state.value, sheet.memo, 1, now, completed)
            )
        write_rows(Sheet, KEPT, rows)
        return waiting

    @property
    def _asked(self) -> Asked:
        return Asked.of(self.origins, self.old_agreed, self.new.keys())

    @cached_property
    def old_agreed(self) -> frozenset[str]:
        """Return the keys of what everybody had to look for."""
        return frozenset(Code.objects.filter(version=self.before).values_list("key", flat=True))

    def _memos(self) -> None:
        """Copy what was noted while reading, and on codes that go on."""
        noted = Q(version=self.before) | Q(code__in=list(self.same))
        copies = [
            Memo(
                study=self.study,
                by_id=memo.by_id,
                version=self.after if memo.version_id else None,
                excerpt_id=memo.excerpt_id,
                code_id=self.same.get(memo.code_id) if memo.code_id else None,
                account_id=memo.account_id,
                words=memo.words,
                made=memo.made,
                saved=memo.saved,
            )
            for memo in Memo.objects.filter(noted, study=self.study)
            if not memo.code_id or memo.code_id in self.same
        ]
        Memo.objects.bulk_create(copies, batch_size=500)


def _instead(name: str, numbers: Mapping[int, int]) -> Case:
    whens = (When(**{name: old}, then=Value(new)) for old, new in numbers.items())
    return Case(*whens, default=F(f"{name}_id"), output_field=IntegerField())
