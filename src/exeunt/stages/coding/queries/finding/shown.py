"""What was found as a page shows it: keywords in their context, and excerpts with their codes.

No hard passage is shown unfolded: a keyword in one is only said to be there, and the context of
one beside it ends where the passage begins.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import F, Value
from django.db.models.functions import Greatest, Least, Substr

from exeunt.members.models import Member
from exeunt.methods.concordance import Line, Order, key_of, line, runs_left
from exeunt.methods.segmentation import Span
from exeunt.stages.coding.models import Code, Excerpt, Memo
from exeunt.stages.coding.queries.finding.places import Judged, Passage
from exeunt.stages.coding.queries.finding.prepared import Prepared, codes_of
from exeunt.stages.testimonies.models import Account, SearchPassage, TextVersion
from exeunt.stages.testimonies.models import Passage as HardPassage

WIDTH = 70
# A little more than is shown, so that it is known whether more is said.
AROUND = 2 * WIDTH
LONGEST = 400


class Told(NamedTuple):
    """The account in which something was found."""

    ref: str
    label: str
    language: str


class FoundLine(NamedTuple):
    """A keyword in its context; without a line it stands in a hard passage."""

    account: Told
    speaker: str
    confirmed: bool
    line: Line | None

    @property
    def direction(self) -> str:
        """In which direction the line is read: that of its keyword."""
        return "rtl" if self.line is not None and runs_left(self.line.keyword) else "ltr"


class FoundExcerpt(NamedTuple):
    """A judgement that was found; without words it is about a hard passage, or a whole account.

    ``reader`` is the number of the member who judged, and ``name`` who that is, where it may be
    known. What was settled has none. ``is_beside`` says that it stands near something.
    """

    account: Told
    words: str
    whole: bool
    code: Code
    value: int | None
    gap: str
    notes: tuple[str, ...]
    reader: int | None
    beside: str
    is_beside: bool
    name: str = ""


class _Around(NamedTuple):
    """Some of a text: from where, what it says, and whether a person has confirmed it."""

    start: int
    words: str
    confirmed: bool


def lines_of(passages: Sequence[Passage], order: Order = Order.TEXT) -> list[FoundLine]:
    """Return a line for each found word, in the order that is asked for."""
    accounts = _told({passage.account for passage in passages})
    shut = _shut({passage.account for passage in passages})
    around = _around(passages)
    found = [
        FoundLine(
            accounts[passage.account],
            passage.speaker,
            around[passage.number].confirmed,
            _line(span, around[passage.number], shut.get(passage.version, ())),
        )
        for passage in passages
        for span in passage.found
    ]
    if order is Order.TEXT:
        return found
    return sorted(found, key=lambda one: key_of(one.line, order) if one.line else ())


def excerpts_of(found: Sequence[Judged], prepared: Prepared) -> list[FoundExcerpt]:
    """Return judgements with the words that they are about, and what was noted on them."""
    accounts = _told({one.account for one in found})
    shut = _shut({one.account for one in found})
    words = _words_of(found, shut)
    memos = _memos(found, prepared)
    codes = codes_of(prepared)
    return [
        FoundExcerpt(
            account=accounts[one.account],
            words=words.get((one.version or 0, Span(one.start, one.end)), ""),
            whole=one.excerpt is None,
            code=codes[prepared.code or 0],
            value=one.value,
            gap=one.gap,
            notes=tuple(filter(None, (one.note, *memos.get((one.excerpt, one.reader), ())))),
            reader=one.reader,
            beside=words.get((one.version or 0, one.beside), "") if one.beside else "",
            is_beside=one.beside is not None,
        )
        for one in found
    ]


def with_names(found: Sequence[FoundExcerpt]) -> list[FoundExcerpt]:
    """Say who judged."""
    numbers = {one.reader for one in found if one.reader is not None}
    names = dict(Member.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [one._replace(name=names.get(one.reader or 0, "")) for one in found]


def _line(span: Span, around: _Around, shut: Iterable[Span]) -> Line | None:
    start, end = span.start - around.start, span.end - around.start
    size = len(around.words)
    walls = [
        range(max(0, one.start - around.start), min(size, one.end - around.start)) for one in shut
    ]
    if any(wall.start < end and start < wall.stop for wall in walls):
        return None
    return line(around.words, start, end, width=WIDTH, shut=[wall for wall in walls if wall])


def _told(numbers: Iterable[int]) -> dict[int, Told]:
    accounts = Account.objects.filter(pk__in=set(numbers))
    rows = accounts.values_list("pk", "ref", "label", "language")
    return {number: Told(*told) for number, *told in rows}


def _shut(accounts: Iterable[int]) -> dict[int, list[Span]]:
    """Return what is hard in the texts of accounts, by text.

    Where a passage was lost when a text was corrected, nobody knows what is hard in it.
    """
    numbers = set(accounts)
    hard = HardPassage.objects.filter(version__account__in=numbers).values_list(
        "version__account", "version", "start", "end"
    )
    marks = list(hard)
    if not marks:
        return {}
    versions = TextVersion.objects.filter(account__in={account for account, *_ in marks})
    latest = {
        account: (pk, length)
        for account, pk, length in versions.order_by("number").values_list(
            "account", "pk", "length"
        )
    }
    shut: dict[int, list[Span]] = {}
    for account, version, start, end in marks:
        now, length = latest[account]
        whole = Span(0, length)
        shut.setdefault(now, []).append(Span(start, end) if version == now else whole)
    return shut


def _around(passages: Sequence[Passage]) -> dict[int, _Around]:
    """Read a little of each text around a passage, and never the whole of a long one."""
    begin = Greatest(F("start") - AROUND, Value(0))
    rows = (
        SearchPassage.objects.filter(pk__in=[passage.number for passage in passages])
        .annotate(begin=begin)
        .annotate(said=Substr("version__text", F("begin") + 1, F("end") - F("begin") + AROUND))
        .values_list("pk", "begin", "said", "version__confirmed")
    )
    return {
        number: _Around(start, said, confirmed is not None)
        for number, start, said, confirmed in rows
    }


def _words_of(
    found: Sequence[Judged], shut: Mapping[int, Sequence[Span]]
) -> dict[tuple[int, Span], str]:
    """Return the words of excerpts, and of what stands beside them; none of what is hard."""
    versions = {one.version for one in found if one.version is not None}
    spans = {(one.version, Span(one.start, one.end)) for one in found}
    spans |= {(one.version, one.beside) for one in found if one.beside is not None}
    length = Least(F("end") - F("start"), Value(LONGEST + 1))
    rows = (
        Excerpt.objects.filter(
            text_version__in=versions, start__in={span.start for _, span in spans}
        )
        .annotate(said=Substr("text_version__text", F("start") + 1, length))
        .values_list("text_version", "start", "end", "said")
    )
    return {
        (version, Span(start, end)): _short(said)
        for version, start, end, said in rows
        if (version, Span(start, end)) in spans
        and not any(one.start < end and start < one.end for one in shut.get(version, ()))
    }


def _short(said: str) -> str:
    return said if len(said) <= LONGEST else f"{said[:LONGEST].rpartition(' ')[0] or said}…"


def _memos(
    found: Sequence[Judged], prepared: Prepared
) -> dict[tuple[int | None, int | None], list[str]]:
    """Return what the readers of these judgements noted on their excerpts."""
    readers = {one.reader for one in found if one.reader is not None}
    memos: dict[tuple[int | None, int | None], list[str]] = {}
    if not readers:
        return memos
    rows = Memo.objects.filter(
        excerpt__in={one.excerpt for one in found if one.excerpt is not None},
        by__in=readers,
        version=prepared.version,
    )
    for excerpt, by, words in rows.values_list("excerpt", "by", "words"):
        memos.setdefault((excerpt, by), []).append(words)
    return memos
