"""Settled excerpts: what readers marked alike, and what was settled where they did not."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion, SettledSpan, SpanSettlement
from exeunt.stages.coding.queries.marks import MarkedCode, has_marks, marked_codes
from exeunt.stages.coding.queries.visibility import check_not_blind, passes_of
from exeunt.stages.coding.rules.blindness import FEWEST_READERS
from exeunt.stages.coding.rules.marks import Stretch
from exeunt.stages.coding.rules.spans import Agreed
from exeunt.stages.coding.states import Outcome
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

ROWS_AT_ONCE = 20_000
AGREED, SETTLED, UNSETTLED, READ_ONCE = "agreed", "settled", "unsettled", "read once"
COLUMNS = ("account", "code", "start", "end", "value", "gap", "how", "reason")
About = tuple[int, int, int, int]


class SettledExcerpt(NamedTuple):
    """One excerpt that is agreed on, or a stretch of which nothing is agreed, and why.

    ``how`` is *agreed* where all readers marked the very same, *settled* where somebody settled
    it, *unsettled* where they differ, and *read once* where only one has read the account.
    """

    account: str
    code: str
    start: int
    end: int
    value: int | None
    gap: str
    how: str
    reason: str = ""


class Became(NamedTuple):
    """What became of one stretch: how, which spans are agreed on, and why where it was settled."""

    account: int
    text_version: int
    code: int
    stretch: Stretch
    how: str
    spans: tuple[Agreed, ...]
    reason: str


class Settlements(NamedTuple):
    """What was settled with one version, by code, text and bounds of the stretch."""

    reasons: dict[About, str]
    spans: dict[About, list[Agreed]]


def settled_excerpts(study: Study, version: CodebookVersion, *, by: Member) -> list[SettledExcerpt]:
    """Return the settled excerpts, in the order of accounts, codes and texts.

    Stretches of which nothing is agreed are there too, and say why; where it was settled that
    nothing is marked there is no row. The reading is recorded.
    """
    require(Act.READ_CODINGS, study=study, by=by)
    check_not_blind(study, version, by=by)
    labels = dict(Account.objects.filter(study=study).values_list("pk", "label"))
    keys = dict(version.code_set.values_list("pk", "key"))
    rows = [
        SettledExcerpt(labels[one.account], keys[one.code], *row, one.how, one.reason)
        for one in became(study, version)
        for row in _rows(one)
    ]
    record_alone("codings.read", subject=study.ref, by=by.ref, rows=len(rows), settled=True)
    return rows


def became(
    study: Study, version: CodebookVersion, accounts: Iterable[int] | None = None
) -> Iterator[Became]:
    """Walk every stretch that complete readers marked, with what became of it.

    For queries that have asked who may know; ``accounts`` are all of the study's if not said.
    """
    if not has_marks(version):
        return
    if accounts is None:
        accounts = Account.objects.filter(study=study).values_list("pk", flat=True)
    kept = settlements(version)
    for marked in marked_codes(study, version, accounts):
        for stretch in marked.stretches():
            yield _became(marked, stretch, kept)


def settlements(version: CodebookVersion) -> Settlements:
    """Return what was settled; a stretch that was sent back is not."""
    done = SpanSettlement.objects.filter(code__version=version, outcome=Outcome.SETTLED)
    about = ("about__text_version", "about__start", "about__end")
    reasons = {row[:4]: row[4] for row in done.values_list("code", *about, "reason")}
    spans: dict[About, list[Agreed]] = {about: [] for about in reasons}
    agreed = SettledSpan.objects.filter(settlement__in=done).order_by("excerpt__start")
    columns = ("settlement__code", *(f"settlement__{name}" for name in about))
    where = ("excerpt__start", "excerpt__end", "value", "gap")
    for *place, start, end, value, gap in agreed.values_list(*columns, *where).iterator(
        ROWS_AT_ONCE
    ):
        spans[(place[0], place[1], place[2], place[3])].append(Agreed(start, end, value, gap))
    return Settlements(reasons, spans)


def anything_settled(study: Study, version: CodebookVersion) -> bool:
    """Tell whether any stretch has been settled with a version by those who read the study."""
    done = SpanSettlement.objects.filter(code__version=version, outcome=Outcome.SETTLED)
    return done.exists() and passes_of(study, version).exists()


def _became(marked: MarkedCode, stretch: Stretch, kept: Settlements) -> Became:
    place = marked.account, marked.text_version, marked.code, stretch
    if len(marked.readers) < FEWEST_READERS:
        return Became(*place, READ_ONCE, (), "")
    if stretch.unlike is None:
        return Became(*place, AGREED, _marked_by_one(stretch), "")
    about = marked.code, marked.text_version, stretch.start, stretch.end
    if about in kept.reasons:
        return Became(*place, SETTLED, tuple(kept.spans[about]), kept.reasons[about])
    return Became(*place, UNSETTLED, (), "")


def _marked_by_one(stretch: Stretch) -> tuple[Agreed, ...]:
    """Return what one of the readers marked, where all marked the same."""
    marks = stretch.by(stretch.marks[0].reader)
    return tuple(Agreed(*mark.place, *mark.said) for mark in marks)


def _rows(one: Became) -> Iterator[tuple[int, int, int | None, str]]:
    if one.how in {AGREED, SETTLED}:
        yield from one.spans
        return
    yield one.stretch.start, one.stretch.end, None, ""
