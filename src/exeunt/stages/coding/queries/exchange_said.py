"""What was judged and noted in a study, as far as somebody may carry it out."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q, QuerySet

from exeunt.members.models import Member
from exeunt.methods.projects import Judgement, Person
from exeunt.methods.projects import Memo as PlainMemo
from exeunt.stages.coding.formats.project.qde import guid_for
from exeunt.stages.coding.models import CodebookVersion, Coding, Memo, Sheet
from exeunt.stages.coding.queries.visibility import left_to_read, others_seen, passes_of
from exeunt.stages.coding.states import SheetState
from exeunt.studies.models import Study
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import MAY, Act

AT_ONCE = 5_000
COLUMNS = (
    *("reading", "code__key", "value", "gap", "note", "account", "excerpt"),
    *("excerpt__ref", "excerpt__text_version", "excerpt__start", "excerpt__end"),
)
OF_A_TEXT = Q(excerpt__isnull=False) | Q(account__isnull=False)
About = tuple[str, int]


class Row(NamedTuple):
    """One judgement: who said what, and of which account or excerpt."""

    reading: int
    code: str
    value: int | None
    gap: str
    note: str
    account: int | None
    excerpt: int | None
    ref: str
    text: int
    start: int
    end: int


class Said:
    """The judgements and memos that one member may export, and who made them."""

    def __init__(self, study: Study, version: CodebookVersion, *, by: Member) -> None:
        """Find out what may be seen."""
        self.study = study
        self.version = version
        self.by = by
        self.leads = not MAY[Act.READ_CODINGS].isdisjoint(roles_of(by, study))
        self.blind = left_to_read(study, version, by=by) > 0
        self.passes = list(passes_of(study, version).select_related("coder").order_by("ref"))
        self.refs = {one.pk: one.ref for one in self.passes}
        self.mine = [one.pk for one in self.passes if one.coder_id == by.pk]
        self.people = {one.pk: self._person(number) for number, one in enumerate(self.passes)}

    @cached_property
    def rows(self) -> list[Row]:
        """Return every judgement of a text or of something in it."""
        own = Coding.objects.filter(reading__in=self.mine, code__proposed_by__isnull=True)
        return [*self._rows(own), *self._rows(self._others)]

    @cached_property
    def proposed(self) -> int:
        """Count one's own judgements with codes that nobody has agreed to."""
        own = Coding.objects.filter(reading__in=self.mine, code__proposed_by__isnull=False)
        return own.count()

    @cached_property
    def hidden(self) -> int:
        """Count the readings by others that are left out, whole."""
        others = [one.pk for one in self.passes if one.pk not in self.mine]
        sheets = Sheet.objects.filter(reading__in=others, account__isnull=False)
        if self.leads and not self.blind:
            return sheets.filter(state=SheetState.OPEN).count()
        seen = self._others.values_list("reading", "account", "excerpt__text_version__account")
        shown = {(reading, account or of) for reading, account, of in seen.distinct()}
        return len(set(sheets.values_list("reading", "account")) - shown)

    @cached_property
    def elsewhere(self) -> int:
        """Count the judgements of exits and spells, which are no part of a text."""
        mine = Coding.objects.filter(reading__in=self.mine)
        return mine.filter(Q(exit__isnull=False) | Q(spell__isnull=False)).count()

    def judgement(self, row: Row) -> Judgement:
        """Make a judgement of a row."""
        guid = guid_for(
            "judgement", f"{self.refs[row.reading]}:{row.code}:{row.ref or row.account}"
        )
        by = self.people[row.reading].guid
        return Judgement(guid, row.code, by, "", row.value, row.gap, row.note)

    @cached_property
    def memos(self) -> Mapping[About, list[PlainMemo]]:
        """Return the memos by what they are about: a study, code, account or excerpt."""
        found: dict[About, list[PlainMemo]] = {}
        for memo in self._memos().select_related("by", "code").order_by("pk"):
            about = next(
                (
                    (kind, number)
                    for kind in ("excerpt", "account", "code")
                    if (number := getattr(memo, f"{kind}_id")) is not None
                ),
                ("study", 0),
            )
            found.setdefault(about, []).append(self._memo(memo))
        return found

    @cached_property
    def shown(self) -> tuple[Person, ...]:
        """Return who said any of it."""
        there = {row.reading for row in self.rows}
        people = [self.people[one.pk] for one in self.passes if one.pk in there]
        people += [Person(*pair) for pair in self._authors.items()]
        return tuple(dict.fromkeys(people))

    def _rows(self, codings: QuerySet[Coding]) -> Iterator[Row]:
        order = ("excerpt__text_version", "excerpt__start", "excerpt__end", "pk")
        rows = codings.filter(OF_A_TEXT).order_by(*order).values_list(*COLUMNS)
        return (Row(*row) for row in rows.iterator(AT_ONCE))

    @cached_property
    def _others(self) -> QuerySet[Coding]:
        return others_seen(self.study, self.version, by=self.by)

    def _person(self, number: int) -> Person:
        """Name a coder, or, to a coder, another one by a number only."""
        one = self.passes[number]
        if self.leads or one.pk in self.mine:
            return Person(guid_for("member", one.coder.ref), one.coder.name)
        return Person(guid_for("reading", one.ref), f"Reader {number + 1}")

    def _memos(self) -> QuerySet[Memo]:
        """Return one's own memos, and those of others beside readings that are seen whole."""
        of_this = Q(version=self.version) | Q(version__isnull=True)
        memos = Memo.objects.filter(of_this, study=self.study)
        agreed = Q(code__isnull=True) | Q(code__version=self.version)
        if not self.leads or self.blind:
            return memos.filter(agreed, by=self.by)
        open_now = Sheet.objects.filter(
            reading__in=[one.pk for one in self.passes], state=SheetState.OPEN
        )
        still = Q()
        for coder, account in open_now.values_list("reading__coder", "account"):
            still |= Q(by=coder, account=account)
            still |= Q(by=coder, excerpt__text_version__account=account)
        seen = memos.filter(agreed)
        return seen.exclude(still & ~Q(by=self.by)) if still else seen

    def _memo(self, memo: Memo) -> PlainMemo:
        guid = guid_for("member", memo.by.ref)
        self._authors.setdefault(guid, memo.by.name)
        when = memo.made.astimezone(UTC)
        return PlainMemo(guid_for("memo", memo.ref), memo.words, "", guid, _moment(when))

    @cached_property
    def _authors(self) -> dict[str, str]:
        return {}


def _moment(when: datetime) -> str:
    return when.replace(microsecond=0).isoformat().replace("+00:00", "Z")
