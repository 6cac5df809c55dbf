"""Narrators and their spells corrected by hand, and found under the new words at once."""

from collections.abc import Mapping

from django.db import transaction

from exeunt.members.models import Member
from exeunt.stages.narrators.actions import by_hand
from exeunt.stages.narrators.models import Exit, Narrator, Spell
from exeunt.stages.testimonies.actions.searching import renew_words_of


@transaction.atomic
def describe_narrator(
    *, narrator: Narrator, revision: int, label: str, gender: str, by: Member
) -> Narrator:
    """Correct a narrator's label and bands; raises Changed where somebody was quicker."""
    described = by_hand.describe_narrator(
        narrator=narrator, revision=revision, label=label, gender=gender, by=by
    )
    renew_words_of(described)
    return described


@transaction.atomic
def edit_spell(*, spell: Spell, revision: int, words: Mapping[str, str], by: Member) -> Exit:
    """Correct a spell and how it ended; raises Changed where somebody was quicker."""
    exit_ = by_hand.edit_spell(spell=spell, revision=revision, words=words, by=by)
    renew_words_of(exit_.spell.narrator)
    return exit_
