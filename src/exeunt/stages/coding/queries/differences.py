"""Where readers differ, their readings side by side, and what was agreed in the end."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.core.cache import cache

from exeunt.desk.paging import Leaf
from exeunt.errors import NotThere
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.methods.codebooks import Scale
from exeunt.stages.coding.models import (
    Adjudication,
    CodebookVersion,
    Coding,
    Difference,
    Pass,
    Sheet,
)
from exeunt.stages.coding.queries.codebooks import plain, scale_of, version_called
from exeunt.stages.coding.queries.dispute import stretches_left
from exeunt.stages.coding.queries.sheets import ToRead, judgements_on, to_read
from exeunt.stages.coding.queries.things import (
    Thing,
    accounts_about,
    label_of,
    thing_called,
    things_of,
    unit_of,
)
from exeunt.stages.coding.queries.visibility import (
    ONE_DAY,
    check_not_blind,
    differences_seen,
    edition_of,
    left_to_read,
    open_things,
    passes_of,
    readers_seen,
)
from exeunt.stages.coding.rules.answers import Judgement, differing
from exeunt.stages.coding.rules.blindness import codes
from exeunt.stages.coding.states import SHEETED, Target
from exeunt.studies.models import Study
from exeunt.studies.queries import require, roles_of
from exeunt.studies.roles import Act

ON_A_LEAF = 50
ROWS_AT_ONCE = 20_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Differing(NamedTuple):
    """One line of the list: a thing, and on how many codes its readers differ."""

    ref: str
    label: str
    codes: int
    unsettled: int


class DifferencesPage(NamedTuple):
    """A leaf of what readers differ about with one version, and which versions there are.

    ``left`` counts what who asks has still to read that others have: it is not listed yet.
    """

    version: CodebookVersion | None
    names: tuple[str, ...]
    leaf: Leaf[Differing]
    settled: bool
    left: int


class Reader(NamedTuple):
    """One of the readers: a letter, and a name only when everything is settled."""

    letter: str
    name: str | None
    memo: str


class Settled(NamedTuple):
    """The agreed judgement on one code; who settled it is named when all is settled."""

    judgement: Judgement
    reason: str
    by: str | None
    at: datetime
    revision: int


class Row(NamedTuple):
    """What the readers said of one code, in the order of the readers."""

    code: PlainCode
    judgements: tuple[Judgement | None, ...]
    differs: bool
    settled: Settled | None


class SideBySide(NamedTuple):
    """The complete readings of one thing, side by side."""

    version: CodebookVersion
    thing: Thing
    label: str
    readers: tuple[Reader, ...]
    rows: tuple[Row, ...]
    accounts: tuple[ToRead, ...]

    @property
    def unsettled(self) -> int:
        """On how many codes the readers differ and nothing is agreed."""
        return sum(row.differs and row.settled is None for row in self.rows)

    @property
    def scale(self) -> Scale:
        """The scale on which judgements are given."""
        return scale_of(self.version)


class SettledCoding(NamedTuple):
    """What is agreed of one thing and code, or why nothing is.

    ``how`` is *agreed* where the readers said the same, *settled* where somebody settled
    it, *unsettled* where they differ, and *read once* where only one has judged it.
    """

    account: str
    code: str
    value: int | None
    gap: str
    how: str
    reason: str = ""


def differences_in(
    study: Study,
    version: CodebookVersion,
    *,
    number: int = 1,
    size: int = ON_A_LEAF,
    settled: bool = False,
    by: Member,
) -> Leaf[Differing]:
    """Return one leaf of what readers differ about; what is settled only where asked for."""
    require(Act.SETTLE, study=study, by=by)
    seen = differences_seen(study, version, by=by).order_by("pk")
    if not settled:
        seen = seen.filter(unsettled__gt=0)
    found = list(seen[(number - 1) * size : number * size])
    # Who codes is in the key: a role that is given or taken away changes no edition.
    mark = f"{version.pk}:{by.ref}:{settled}:{codes(roles_of(by, study))}"
    key = f"differing:{study.ref}:{edition_of(study)}:{mark}"
    total: int | None = cache.get(key)
    if total is None:
        total = seen.count()
        cache.set(key, total, timeout=ONE_DAY)
    return Leaf(_lines(study, version, found), number=number, size=size, total=total)


def differences_page(
    study: Study, name: str | None, *, number: int = 1, settled: bool = False, by: Member
) -> DifferencesPage:
    """Return a leaf of the differences of one version, and which others have readings.

    Without a name it is the newest version that anybody has read with.
    """
    require(Act.SETTLE, study=study, by=by)
    read = Pass.objects.filter(study=study).values("version")
    versions = CodebookVersion.objects.filter(pk__in=read).select_related("codebook")
    names = {one.name: one for one in versions.order_by("-pk") if Target(one.unit) in SHEETED}
    version = version_called(name, study=study) if name else next(iter(names.values()), None)
    if version is None:
        return DifferencesPage(None, (), Leaf((), number=1, size=ON_A_LEAF, total=0), settled, 0)
    return DifferencesPage(
        version=version,
        names=tuple(names),
        leaf=differences_in(study, version, number=number, settled=settled, by=by),
        settled=settled,
        left=left_to_read(study, version, by=by),
    )


def row_of(shown: SideBySide, place: int) -> Row:
    """Return what readers said of the code at a place of the codebook, counted from 0."""
    if place >= len(shown.rows):
        raise NotThere("There is nothing here.")
    return shown.rows[place]


def difference_of(study: Study, version: CodebookVersion, ref: str, *, by: Member) -> SideBySide:
    """Return the complete readings of one thing, nameless until settled, and record the reading.

    Raises NotYet while who asks may not see them.
    """
    require(Act.SETTLE, study=study, by=by)
    thing = thing_called(study, version, ref)
    sheets = readers_seen(study, version, thing, by=by).complete
    record_alone(
        "readings.compared", subject=ref, by=by.ref, study=study.ref, codebook=version.name
    )
    said = [judgements_on(sheet, thing) for sheet in sheets]
    rows = [
        Row(code, judgements, code.key in differing(_said(code.key, judgements)), None)
        for code in plain(version)
        for judgements in [tuple(judged.get(code.key) for judged in said)]
    ]
    accounts = accounts_about(thing.target, [thing.number]).get(thing.number, [])
    return _with_settled(
        SideBySide(
            version=version,
            thing=thing,
            label=label_of(accounts),
            readers=tuple(map(_reader, range(len(sheets)), sheets)),
            rows=tuple(rows),
            accounts=to_read(accounts),
        ),
        sheets,
    )


def settled_codings(study: Study, version: CodebookVersion, *, by: Member) -> list[SettledCoding]:
    """Return the settled coding: what readers agree on, and what was settled where they differ.

    Codes without an agreed judgement are there too, and say why. The reading is recorded.
    """
    require(Act.READ_CODINGS, study=study, by=by)
    check_not_blind(study, version, by=by)
    unit = unit_of(version)
    numbers = dict(things_of(study, version).values_list("pk", "ref"))
    labels = {
        number: label_of(accounts)
        for number, accounts in accounts_about(unit, list(numbers)).items()
    }
    settled = _adjudications(version)
    rows = [
        _agreed(said, settled.get((thing, code)), account=labels[thing], code=code)
        for (thing, code), said in _readings(study, version)
    ]
    record_alone("codings.read", subject=study.ref, by=by.ref, rows=len(rows), settled=True)
    return rows


def _lines(study: Study, version: CodebookVersion, found: Sequence[Difference]) -> list[Differing]:
    unit = unit_of(version)
    numbers = [getattr(difference, f"{unit}_id") for difference in found]
    refs = dict(things_of(study, version).filter(pk__in=numbers).values_list("pk", "ref"))
    told = accounts_about(unit, numbers)
    return [
        Differing(refs[number], label_of(told.get(number, [])), line.codes, line.unsettled)
        for number, line in zip(numbers, found, strict=True)
    ]


def _reader(place: int, sheet: Sheet) -> Reader:
    return Reader(LETTERS[place % len(LETTERS)], None, sheet.memo)


def _said(
    key: str, judgements: Sequence[Judgement | None]
) -> Iterator[tuple[str, tuple[int | None, str]]]:
    return ((key, judged.said) for judged in judgements if judged is not None)


def _with_settled(found: SideBySide, sheets: Sequence[Sheet]) -> SideBySide:
    """Add what was settled; when nothing is left to settle, in the text too, name everybody."""
    agreed = Adjudication.objects.filter(code__version=found.version, **found.thing.where)
    stored = {one.code.key: one for one in agreed.select_related("code", "by")}
    left = any(row.differs and row.code.key not in stored for row in found.rows)
    left = left or stretches_left(found.version, found.thing)
    rows = tuple(
        row._replace(settled=_settled(stored[row.code.key], named=not left))
        if row.code.key in stored
        else row
        for row in found.rows
    )
    readers = tuple(
        reader if left else reader._replace(name=sheet.reading.coder.name)
        for reader, sheet in zip(found.readers, sheets, strict=True)
    )
    return found._replace(rows=rows, readers=readers)


def _settled(stored: Adjudication, *, named: bool) -> Settled:
    return Settled(
        judgement=Judgement(stored.value, stored.gap),
        reason=stored.reason,
        by=stored.by.name if named else None,
        at=stored.at,
        revision=stored.revision,
    )


def _adjudications(version: CodebookVersion) -> dict[tuple[int, str], Adjudication]:
    unit = unit_of(version)
    found = Adjudication.objects.filter(code__version=version).select_related("code")
    return {(getattr(one, f"{unit}_id"), one.code.key): one for one in found}


def _readings(
    study: Study, version: CodebookVersion
) -> Iterator[tuple[tuple[int, str], list[tuple[int | None, str]]]]:
    """Walk every thing and code with what its complete readings say."""
    unit = unit_of(version)
    passes = list(passes_of(study, version))
    still_open = set(open_things(passes, unit))
    stored = (
        Coding.objects.filter(reading__in=passes, **{f"{unit}__isnull": False})
        .order_by(unit.value, "code__position")
        .values_list(unit.value, "code__key", "reading", "value", "gap")
    )
    counted = (row for row in stored.iterator(ROWS_AT_ONCE) if (row[2], row[0]) not in still_open)
    for thing_and_code, rows in groupby(counted, key=itemgetter(0, 1)):
        yield thing_and_code, [(value, gap) for *_, value, gap in rows]


def _agreed(
    said: Sequence[tuple[int | None, str]],
    settled: Adjudication | None,
    *,
    account: str,
    code: str,
) -> SettledCoding:
    if settled is not None:
        agreed = settled.value, settled.gap
        return SettledCoding(account, code, *agreed, "settled", settled.reason)
    if len(said) == 1:
        return SettledCoding(account, code, None, "", "read once")
    if len(set(said)) > 1:
        return SettledCoding(account, code, None, "", "unsettled")
    return SettledCoding(account, code, *said[0], "agreed")
