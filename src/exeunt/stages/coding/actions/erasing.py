"""Taking away what was judged about somebody, inside the act that erases them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from exeunt.stages.coding.models import (
    Adjudication,
    Assignment,
    Coding,
    Difference,
    Example,
    Excerpt,
    Memo,
    Reply,
    Search,
    Sheet,
    SpanDifference,
    SpanSettlement,
)
from exeunt.stages.coding.states import SHEETED, Target
from exeunt.stages.narrators.models import Exit, Narrator, Spell
from exeunt.stages.testimonies.models import Account, TextVersion

OF_A_TEXT = (Target.ACCOUNT, Target.EXCERPT)
KINDS: dict[str, tuple[type[Any], tuple[Target, ...]]] = {
    "codings": (Coding, tuple(Target)),
    "memos": (Memo, OF_A_TEXT),
    "examples": (Example, (Target.EXCERPT,)),
    "assignments": (Assignment, tuple(SHEETED)),
    "sheets": (Sheet, tuple(SHEETED)),
    "differing spans": (SpanDifference, (Target.ACCOUNT,)),
    "settled spans": (SpanSettlement, (Target.ACCOUNT,)),
    "differences": (Difference, tuple(SHEETED)),
    "settled codes": (Adjudication, tuple(SHEETED)),
}
WORDS = (
    ("codings", "note"),
    ("memos", "words"),
    ("examples", "why"),
    ("sheets", "memo"),
    ("settled codes", "reason"),
    ("settled spans", "reason"),
    ("settled spans", "question"),
)
EXCERPTS, SEARCHES = "excerpts", "kept searches"


def coded_of(narrator: Narrator) -> dict[str, int]:
    """Count what was judged about somebody, by kind."""
    counts = {kind: sum(rows.count() for rows in _rows(kind, narrator)) for kind in KINDS}
    return {
        **counts,
        EXCERPTS: _things(narrator)[Target.EXCERPT].count(),
        SEARCHES: _searches(narrator).count(),
    }


def erase_coded(narrator: Narrator) -> dict[str, int]:
    """Take away what was judged about somebody, notes and memos included; returns how much."""
    gone = coded_of(narrator)
    for kind in KINDS:
        for rows in _rows(kind, narrator):
            rows.delete()
    _things(narrator)[Target.EXCERPT].delete()
    _searches(narrator).delete()
    return gone


def words_about(narrator: Narrator) -> Iterator[str]:
    """Return what coders wrote about somebody: notes, memos and reasons."""
    for kind, name in WORDS:
        for rows in _rows(kind, narrator):
            yield from rows.exclude(**{name: ""}).values_list(name, flat=True)
    accounts = Account.everything.filter(narrator=narrator)
    replies = Reply.objects.filter(settlement__account__in=accounts)
    yield from replies.values_list("words", flat=True)


def _searches(narrator: Narrator) -> QuerySet[Search]:
    """Return the kept searches of the study for words: any of these may be the narrator's."""
    return Search.objects.filter(study=narrator.study, question__has_key="q")


def _rows(kind: str, narrator: Narrator) -> Iterator[QuerySet[Any]]:
    """Return a kind's rows target by target: each has an index of its own to be found by."""
    model, targets = KINDS[kind]
    things = _things(narrator)
    for target in targets:
        yield model._base_manager.filter(**{f"{target}__in": things[target].values("pk")})


def _things(narrator: Narrator) -> dict[Target, QuerySet[Any]]:
    accounts = Account.everything.filter(narrator=narrator)
    versions = TextVersion.everything.filter(account__in=accounts)
    return {
        Target.ACCOUNT: accounts,
        Target.SPELL: Spell.objects.filter(narrator=narrator),
        Target.EXIT: Exit.objects.filter(spell__narrator=narrator),
        Target.EXCERPT: Excerpt.everything.filter(text_version__in=versions),
    }
