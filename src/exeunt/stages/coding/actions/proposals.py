"""Deciding what becomes of codes that readers proposed."""

from collections.abc import Collection

from django.db import transaction

from exeunt.members.models import Member
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.stages.coding.actions.drafts import saved, taken
from exeunt.stages.coding.models import Draft
from exeunt.stages.coding.queries.drafts import rewritten
from exeunt.stages.coding.rules.origins import NEW, SAME, added, taken_into, turned_down


@transaction.atomic
def decide_proposal(
    *,
    draft: Draft,
    proposals: Collection[str],
    do: str,
    key: str = "",
    label: str = "",
    same: str = "",
    by: Member,
) -> Draft:
    """Take in what readers proposed, as a new code or as one that is there, or leave it out.

    ``proposals`` are the keys under which it was marked; the code takes over these marks.
    """
    draft = taken(draft, by=by)
    before = rewritten(draft)
    if do == NEW:
        now = added(before, PlainCode(key, label), proposals=proposals)
        return saved(draft, now, act="draft.proposal-taken")
    if do == SAME:
        now = taken_into(before, same, proposals=proposals)
        return saved(draft, now, act="draft.proposal-taken")
    return saved(draft, turned_down(before, proposals), act="draft.proposal-left-out")
