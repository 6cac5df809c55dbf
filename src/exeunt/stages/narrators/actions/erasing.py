"""Taking a narrator out of the register, inside the act that erases them."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone

from exeunt.stages.narrators.models import Erasure, Exit, Group, LegalHold, Narrator, Spell


def registered_of(narrator: Narrator) -> dict[str, QuerySet[Any]]:
    """Return the rows of this stage that are somebody's, in the order in which they must go."""
    return {
        "exits": Exit.objects.filter(spell__narrator=narrator),
        "spells": Spell.objects.filter(narrator=narrator),
        "lifted holds": LegalHold.objects.filter(narrator=narrator),
        "narrators": Narrator.objects.filter(pk=narrator.pk),
    }


def groups_of(narrator: Narrator) -> set[int]:
    """Return the groups that somebody left or joined, by number."""
    named = Q(spell__narrator=narrator) | Q(exit__spell__narrator=narrator)
    return set(Group.objects.filter(named).values_list("pk", flat=True))


def erase_registered(narrator: Narrator, *, groups: Collection[int]) -> dict[str, int]:
    """Take away a narrator, spells and exits; and the groups that nobody else names any more."""
    gone = {kind: rows.count() for kind, rows in registered_of(narrator).items()}
    for rows in registered_of(narrator).values():
        rows.delete()
    unnamed = [group for group in Group.objects.filter(pk__in=groups) if _gone(group)]
    return {**gone, "groups": len(unnamed)}


def begin_cleaning(narrator: Narrator) -> Erasure:
    """Note that somebody's rows are gone and that the disk is to be cleaned."""
    now = timezone.now()
    erasure, _ = Erasure.objects.update_or_create(
        ref=narrator.ref, defaults={"study": narrator.study, "erased": now, "cleaned": None}
    )
    return erasure


def end_cleaning(refs: Collection[str], *, when: datetime) -> int:
    """Note that the disk is clean of these; returns of how many it was not known before."""
    return Erasure.objects.filter(ref__in=refs, cleaned=None).update(cleaned=when)


def _gone(group: Group) -> bool:
    """Delete a group, unless somebody else names it."""
    with suppress(ProtectedError):
        group.delete()
        return True
    return False
