"""Excerpts that may be shown: until clearance exists, those of invented testimonies only."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Substr

from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion, Coding, Excerpt
from exeunt.stages.coding.queries.settled_excerpts import AGREED, SETTLED, became
from exeunt.stages.coding.queries.visibility import check_not_blind, that_count
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

SHORTEST, LONGEST = 40, 260
# The label and the language of each account, by its number.
Accounts = Mapping[int, tuple[str, str]]
ROWS_AT_ONCE = 20_000


class CodedExcerpt(NamedTuple):
    """One excerpt with the code that somebody gave it."""

    code: str
    text: str
    language: str
    account: str


class Candidate(NamedTuple):
    """An excerpt that could be quoted: where it stands, before its words are loaded."""

    code: int
    text_version: int
    start: int
    end: int
    account: int


def coded_excerpts(study: Study, version: CodebookVersion, *, by: Member) -> list[CodedExcerpt]:
    """Return one invented excerpt of a quotable length for each main code, in the codebook's order.

    Settled excerpts come first; where a code has none, what one reader marked. Languages take
    turns, so that a report shows more than the first one.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    check_not_blind(study, version, by=by)
    invented = Account.objects.filter(study=study, source__provenance=Provenance.INVENTED)
    accounts = {
        pk: (label, language)
        for pk, label, language in invented.values_list("pk", "label", "language")
    }
    main = dict(version.code_set.filter(parent__isnull=True).values_list("pk", "key"))
    settled = _first(_settled(study, version), main, accounts)
    marked = _first(_marked(study, version), main, accounts)
    chosen = _one_for_each_code({**marked, **settled}, main)
    return [
        CodedExcerpt(main[one.code], _words(one), *reversed(accounts[one.account]))
        for one in chosen
    ]


def misplaced_excerpts() -> Iterator[Excerpt]:
    """Yield the excerpts that reach beyond the text in which they stand."""
    beyond = Excerpt.everything.filter(end__gt=F("text_version__length"))
    yield from beyond.order_by("pk").iterator(500)


def _settled(study: Study, version: CodebookVersion) -> Iterator[Candidate]:
    """Walk the settled excerpts of a quotable length."""
    for one in became(study, version):
        if one.how not in {AGREED, SETTLED}:
            continue
        for span in one.spans:
            if span.value and SHORTEST <= span.end - span.start <= LONGEST:
                yield Candidate(one.code, one.text_version, span.start, span.end, one.account)


def _marked(study: Study, version: CodebookVersion) -> Iterator[Candidate]:
    """Walk what any reader marked in the latest texts, of a quotable length."""
    latest = TextVersion.objects.filter(account=OuterRef("excerpt__text_version__account"))
    given = Coding.objects.filter(excerpt__isnull=False, reading__study=study)
    rows = (
        that_count(given, version)
        .annotate(
            length=F("excerpt__end") - F("excerpt__start"),
            latest=Subquery(latest.order_by("-number").values("pk")[:1]),
        )
        .filter(
            value__gt=0,
            reading__version=version,
            length__range=(SHORTEST, LONGEST),
            latest=F("excerpt__text_version"),
        )
        .order_by("excerpt")
    )
    where = ("code", "excerpt__text_version", "excerpt__start", "excerpt__end")
    stored = rows.values_list(*where, "excerpt__text_version__account")
    return (Candidate(*row) for row in stored.iterator(ROWS_AT_ONCE))


def _first(
    candidates: Iterable[Candidate], main: Mapping[int, str], accounts: Accounts
) -> dict[int, dict[str, Candidate]]:
    """Return the first candidate of each main code and language."""
    first: dict[int, dict[str, Candidate]] = {}
    for one in candidates:
        if one.code in main and one.account in accounts:
            _, language = accounts[one.account]
            first.setdefault(one.code, {}).setdefault(language, one)
    return first


def _one_for_each_code(
    first: Mapping[int, Mapping[str, Candidate]], main: Iterable[int]
) -> list[Candidate]:
    """Choose, code by code, the one in the language that has been chosen least."""
    chosen: list[Candidate] = []
    used: list[str] = []
    for there in (first[code] for code in main if code in first):
        language = min(there, key=used.count)
        chosen.append(there[language])
        used.append(language)
    return chosen


def _words(one: Candidate) -> str:
    """Load the words of an excerpt, and not the text that it stands in."""
    cut = Substr("text", one.start + 1, one.end - one.start)
    found = TextVersion.objects.filter(pk=one.text_version).annotate(cut=cut)
    return str(found.values_list("cut", flat=True).get())
