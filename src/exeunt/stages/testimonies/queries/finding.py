"""Finding accounts among a hundred thousand: by words, by what they are, in an order, by leaf."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr

from exeunt.desk.paging import Leaf
from exeunt.members.models import Member
from exeunt.methods.searching import SHORTEST_BEGINNING, asked_for
from exeunt.stages.narrators.queries import groups_in
from exeunt.stages.narrators.states import ExitKind
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from exeunt.stages.testimonies.states import Setting
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

ROWS = 25
MOST_OFFERED = 200
REMEMBERED = 512
FOUND = {
    "sqlite": ("SELECT rowid FROM testimonies_searchindex WHERE testimonies_searchindex MATCH %s"),
    "postgresql": (
        "SELECT account_id FROM testimonies_searchwords "
        "WHERE array_to_tsvector(string_to_array(words, ' ')) @@ %s::tsquery"
    ),
}
ORDERS: Mapping[str, tuple[str, ...]] = {
    "label": ("label",),
    "published": ("published", "pk"),
    "added": ("pk",),
    "narrator": ("narrator__label", "pk"),
}
CELLS = {
    "ref": "ref",
    "label": "label",
    "narrator": "narrator__label",
    "gender": "narrator__gender",
    "language": "language",
    "published": "published",
    "period": "period",
    "setting": "setting",
    "provenance": "source__provenance",
    "citation": "source__citation",
    "added": "added",
    "has_text": "has_text",
}
YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Wanted:
    """What a list of accounts is asked for; all of it in words, as an address holds it."""

    words: str = ""
    language: str = ""
    setting: str = ""
    group: str = ""
    exit_kind: str = ""
    year: str = ""
    period: str = ""
    text: str = ""
    provenance: str = ""
    order: str = "added"
    descending: bool = True

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list, without its order."""
        named = (field.name for field in fields(self))
        asked = {name: getattr(self, name) for name in named}
        return {k: v for k, v in asked.items() if v and k not in {"order", "descending"}}


class ToldExit(NamedTuple):
    """What an account tells of an exit, in a line."""

    group: str
    kind: str
    ended: str


class FoundAccount(NamedTuple):
    """One account as a row of the list."""

    ref: str
    label: str
    narrator: str
    gender: str
    language: str
    published: str
    period: str
    setting: str
    provenance: str
    citation: str
    added: datetime
    has_text: bool
    exits: tuple[ToldExit, ...]


class Offered(NamedTuple):
    """What a study's accounts can be narrowed by."""

    languages: tuple[str, ...]
    settings: tuple[str, ...]
    groups: tuple[str, ...]
    exit_kinds: tuple[str, ...]
    years: tuple[str, ...]
    periods: tuple[str, ...]
    provenances: tuple[str, ...]


class Edition(NamedTuple):
    """A study as it stands after so many changes: what was counted of it stays true."""

    study: str
    number: int


def accounts_found(
    study: Study, wanted: Wanted, *, leaf: int = 1, by: Member
) -> Leaf[FoundAccount]:
    """Return one leaf of the accounts that are wanted; text is searched and never shown."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    sign = "-" if wanted.descending else ""
    order = [f"{sign}{name}" for name in ORDERS.get(wanted.order, ORDERS["added"])]
    in_order = _narrowed(study, wanted).order_by(*order)
    start = (leaf - 1) * ROWS
    # What a row shows is looked up for the rows of the leaf alone, not for all before it.
    these = Account.objects.filter(pk__in=in_order.values("pk")[start : start + ROWS])
    return Leaf(
        rows=_rows(these.order_by(*order)),
        number=leaf,
        size=ROWS,
        total=_total(_edition_of(study), tuple(sorted(wanted.filters.items()))),
    )


def offered_in(study: Study, *, by: Member) -> Offered:
    """Return what a study's accounts can be narrowed by; each kind of value once."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    return _offered(_edition_of(study))


@lru_cache(maxsize=REMEMBERED)
def _total(edition: Edition, filters: tuple[tuple[str, str], ...]) -> int:
    wanted = Wanted(**dict(filters))  # type: ignore[arg-type]
    return _narrowed(Study.objects.get(ref=edition.study), wanted).count()


@lru_cache(maxsize=REMEMBERED)
def _offered(edition: Edition) -> Offered:
    study = Study.objects.get(ref=edition.study)
    accounts = Account.objects.filter(study=study).order_by()
    years = accounts.annotate(year=Substr("published", 1, 4)).values_list("year", flat=True)
    return Offered(
        languages=_distinct(accounts.values_list("language", flat=True)),
        settings=tuple(Setting),
        groups=tuple(groups_in(study)[:MOST_OFFERED]),
        exit_kinds=tuple(ExitKind),
        years=tuple(filter(YEAR.fullmatch, _distinct(years))),
        periods=_distinct(accounts.values_list("period", flat=True)),
        provenances=provenances_in(study),
    )


def _distinct(values: "QuerySet[Account, str]") -> tuple[str, ...]:
    return tuple(sorted(filter(None, values.distinct()[:MOST_OFFERED])))


def _edition_of(study: Study) -> Edition:
    """Return the edition that stands now; the study at hand may have been read before it."""
    number = Study.objects.values_list("edition", flat=True).get(pk=study.pk)
    return Edition(study.ref, number)


def _narrowed(study: Study, wanted: Wanted) -> QuerySet[Account]:
    accounts = Account.objects.filter(study=study)
    for name, value in wanted.filters.items():
        accounts = NARROWING[name](accounts, value)
    return accounts


def _by_words(accounts: QuerySet[Account], words: str) -> QuerySet[Account]:
    asked = asked_for(words)
    if not asked:
        return accounts
    whole = words[-1:].isspace()
    query = _query(asked, ends=whole)
    return accounts.filter(pk__in=RawSQL(FOUND[connection.vendor], [query]))  # noqa: S611


def _query(asked: tuple[tuple[str, ...], ...], *, ends: bool) -> str:
    """Ask for all the words, the last one as the beginning of a word while it is being typed.

    Words hold letters and digits alone, so none of them can end its quotation marks.
    """
    *done, last = asked
    long_enough = len(last[0]) >= SHORTEST_BEGINNING or bool(done)
    beginning = long_enough and not ends
    if connection.vendor == "postgresql":
        forms = [*(_any(word, "'{}'", " | ") for word in done)]
        return " & ".join([*forms, _any(last, "'{}':*" if beginning else "'{}'", " | ")])
    forms = [_any(word, '"{}"', " OR ") for word in done]
    return " AND ".join([*forms, _any(last, '"{}"*' if beginning else '"{}"', " OR ")])


def _any(forms: tuple[str, ...], quoted: str, joined: str) -> str:
    return f"({joined.join(quoted.format(form) for form in forms)})"


def _by_telling(accounts: QuerySet[Account], **told: str) -> QuerySet[Account]:
    return accounts.filter(Exists(Telling.objects.filter(account=OuterRef("pk"), **told)))


def _by_text(accounts: QuerySet[Account], words: str) -> QuerySet[Account]:
    has = Exists(TextVersion.objects.filter(account=OuterRef("pk")))
    return accounts.filter(has if words == "yes" else ~has)


NARROWING: Mapping[str, Callable[[QuerySet[Account], str], QuerySet[Account]]] = {
    "words": _by_words,
    "language": lambda accounts, value: accounts.filter(language=value),
    "setting": lambda accounts, value: accounts.filter(setting=value),
    "group": lambda accounts, value: _by_telling(accounts, exit__spell__group__name=value),
    "exit_kind": lambda accounts, value: _by_telling(accounts, kind=value),
    "year": lambda accounts, value: accounts.filter(published__startswith=value),
    "period": lambda accounts, value: accounts.filter(period=value),
    "text": _by_text,
    "provenance": lambda accounts, value: accounts.filter(source__provenance=value),
}


def _rows(accounts: QuerySet[Account]) -> list[FoundAccount]:
    has_text = Exists(TextVersion.objects.filter(account=OuterRef("pk")))
    rows = list(accounts.annotate(has_text=has_text).values_list("pk", *CELLS.values()))
    told = _told_by([number for number, *_ in rows])
    return [
        FoundAccount(**dict(zip(CELLS, cells, strict=True)), exits=told.get(number, ()))
        for number, *cells in rows
    ]


def _told_by(accounts: list[int]) -> dict[int, tuple[ToldExit, ...]]:
    told: dict[int, tuple[ToldExit, ...]] = {}
    tellings = Telling.objects.filter(account__in=accounts).order_by("pk")
    for number, group, gap, kind, ended in tellings.values_list(
        "account", "exit__spell__group__name", "exit__spell__group_gap", "kind", "ended"
    ):
        told[number] = (*told.get(number, ()), ToldExit(group or gap, kind, ended))
    return told
