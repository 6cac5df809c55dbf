"""Taking away all that somebody tells, inside the act that erases them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet

from exeunt.stages.narrators.models import Narrator
from exeunt.stages.sources.models import Source
from exeunt.stages.testimonies.actions.searching import merge_indexes
from exeunt.stages.testimonies.models import (
    Account,
    Mask,
    Passage,
    SearchPassage,
    SearchWords,
    Telling,
    TextVersion,
    Turn,
)

Rows = Mapping[str, QuerySet[Any]]


class SourcesOf(NamedTuple):
    """Where somebody's accounts come from: sources of theirs alone, and those of others too."""

    alone: tuple[Source, ...]
    shared: tuple[Source, ...]


def told_by(narrator: Narrator) -> dict[str, QuerySet[Any]]:
    """Return the rows of this stage that are somebody's, in the order in which they must go."""
    accounts = Account.everything.filter(narrator=narrator)
    versions = TextVersion.everything.filter(account__in=accounts)
    told = Q(account__in=accounts) | Q(exit__spell__narrator=narrator)
    return {
        "search words": SearchWords.everything.filter(account__in=accounts),
        "search passages": SearchPassage.everything.filter(account__in=accounts),
        "hard passages": Passage.everything.filter(version__in=versions),
        "turns": Turn.everything.filter(version__in=versions),
        "masks": Mask.everything.filter(version__in=versions),
        "tellings": Telling.everything.filter(told),
        "texts": versions,
        "accounts": accounts,
    }


def sources_of(narrator: Narrator) -> SourcesOf:
    """Return the sources of somebody's accounts, and the tables that these came in."""
    cited = Source.objects.filter(account__narrator=narrator).distinct()
    tables = Source.objects.filter(pk__in=cited.values("received_in"))
    alone, shared = list[Source](), list[Source]()
    # A table comes after what came in it, as it may only go after that.
    for source in (*cited.exclude(pk__in=tables).order_by("pk"), *tables.order_by("pk")):
        others = Account.everything.exclude(narrator=narrator).filter(
            Q(source=source) | Q(source__received_in=source)
        )
        (shared if others.exists() else alone).append(source)
    return SourcesOf(tuple(alone), tuple(shared))


def groups_told_by(narrator: Narrator) -> set[int]:
    """Return the groups that somebody's accounts name as the next one, by number."""
    named = told_by(narrator)["tellings"].exclude(to_group=None)
    return set(named.values_list("to_group", flat=True))


def erase_told(narrator: Narrator) -> dict[str, int]:
    """Take away all that somebody tells, the words it is found by included; returns how much."""
    gone = {kind: _erased(rows) for kind, rows in told_by(narrator).items()}
    merge_indexes()
    return gone


def _erased(rows: QuerySet[Model]) -> int:
    count = rows.count()
    rows.delete()
    return count
