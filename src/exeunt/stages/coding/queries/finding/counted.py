"""How many accounts, narrators and places hold what a search seeks, and among how many."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from exeunt.members.models import Member
from exeunt.methods.proportions import Share
from exeunt.stages.coding.models import CodebookVersion, Search, Sheet
from exeunt.stages.coding.queries.finding.places import (
    judged_in,
    needs_sifting,
    passages_in,
    sifted,
)
from exeunt.stages.coding.queries.finding.prepared import Prepared, prepare_to_count
from exeunt.stages.coding.queries.finding.searches import search_called
from exeunt.stages.coding.queries.finding.sources import TOLD_BY
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import passes_of
from exeunt.stages.coding.rules.blindness import FEWEST_READERS
from exeunt.stages.coding.rules.seeking import Seeking
from exeunt.stages.coding.states import Of, SheetState, Whose
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.models import Study

EVERYTHING = 10_000_000
YEAR = 4


class Counted(NamedTuple):
    """What one search comes to, and all that it takes to count it again.

    ``among`` says of which accounts the denominators are, ``places`` counts the passages,
    excerpts or accounts in which it stands, and ``of`` says which of these they are.
    """

    search: Search
    seeking: Seeking
    version: CodebookVersion
    accounts: Share
    narrators: Share
    places: int
    of: str
    among: str
    window: str
    data_hash: str


def count_search(study: Study, ref: str, *, by: Member) -> Counted:
    """Count a kept search; refuse it to a coder who has still to read, as all sums are."""
    search, seeking = search_called(study, ref, by=by)
    prepared = prepare_to_count(study, seeking, by=by)
    every = dict(_among(prepared).order_by("pk").values_list("pk", "narrator"))
    places = _places(prepared)
    holding = places.keys() & every.keys()
    return Counted(
        search=search,
        seeking=seeking,
        version=_version_of(prepared),
        accounts=Share(len(holding), len(every)),
        narrators=Share(len({every[pk] for pk in holding}), len(set(every.values()))),
        places=sum(places[pk] for pk in holding),
        of=_of(prepared),
        among=_said(prepared),
        window=_window(every),
        data_hash=_hash(every, {pk: places[pk] for pk in holding}),
    )


def _places(prepared: Prepared) -> Counter[int]:
    """Return in how many places each account holds what is sought."""
    if prepared.query.groups and not needs_sifting(prepared):
        return Counter(passages_in(prepared).values_list("account", flat=True).iterator())
    if prepared.query.groups:
        return Counter(passage.account for passage in sifted(prepared))
    found = {(one.account, one.excerpt) for one in judged_in(prepared, most=EVERYTHING)}
    return Counter(account for account, _ in found)


def _among(prepared: Prepared) -> QuerySet[Account]:
    """Return the accounts in which it could have been found: with a text, or read as is asked."""
    accounts = prepared._replace(code=None, without=None).accounts()
    if prepared.query.groups or prepared.at_place:
        accounts = accounts.filter(Exists(TextVersion.objects.filter(account=OuterRef("pk"))))
    if not prepared.seeking.asks_for_codes:
        return accounts
    version = _version_of(prepared)
    path = TOLD_BY[unit_of(version)]
    complete = Sheet.objects.filter(
        reading__in=list(passes_of(prepared.study, version)), state=SheetState.COMPLETE
    )
    read = complete.filter(**{path: OuterRef("pk")})
    if prepared.seeking.whose is Whose.SETTLED:
        thing = unit_of(version).value
        same = complete.filter(**{thing: OuterRef(thing)})
        read = read.filter(Exists(same.exclude(reading=OuterRef("reading"))))
    return accounts.filter(Exists(read))


def _version_of(prepared: Prepared) -> CodebookVersion:
    if prepared.version is None:
        raise ValueError("a search that is counted names a version")
    return prepared.version


def _of(prepared: Prepared) -> str:
    if prepared.query.groups:
        return "passages"
    return "accounts" if prepared.seeking.of is Of.ACCOUNT else "excerpts"


def _said(prepared: Prepared) -> str:
    if not prepared.seeking.asks_for_codes:
        return "accounts with a text"
    readers = FEWEST_READERS if prepared.seeking.whose is Whose.SETTLED else 1
    return f"accounts that {readers} or more have read with {_version_of(prepared).name}"


def _window(accounts: Collection[int]) -> str:
    """Say from when the accounts are, by the years in which they were published."""
    published = Account.objects.filter(pk__in=accounts).exclude(published="")
    years = sorted({when[:YEAR] for when in published.values_list("published", flat=True)})
    undated = len(accounts) - published.count()
    dated = f"published {years[0]} to {years[-1]}" if years else "undated"
    return f"{len(accounts)} accounts, {dated}{f', {undated} undated' if undated and years else ''}"


def _hash(every: Collection[int], places: Mapping[int, int]) -> str:
    """Return the SHA-256 of what was counted, account by account."""
    refs = Account.objects.filter(pk__in=every).order_by("ref").values_list("pk", "ref")
    said = [[ref, places.get(pk, 0)] for pk, ref in refs]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
