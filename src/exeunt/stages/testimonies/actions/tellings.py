"""What an account tells of exits, written down inside the act that adds or edits the account."""

from collections.abc import Sequence
from typing import Any

from exeunt.errors import BadInput, Problem, Sentence
from exeunt.stages.narrators.actions.by_hand import group_joined, rewrite_spell, write_spell
from exeunt.stages.narrators.models import Exit
from exeunt.stages.narrators.rules import SpellFacts, gap_in
from exeunt.stages.narrators.states import ExitKind
from exeunt.stages.testimonies.models import Account, Telling
from exeunt.stages.testimonies.queries.account import told_in
from exeunt.stages.testimonies.rules.drafts import FURTHER

NOTHING = SpellFacts(group="", began="", kind=ExitKind.UNKNOWN, ended="", to_group="")


def tell(account: Account, facts: SpellFacts) -> Telling:
    """Write down what an account tells of an exit, which others may have told before.

    As in a table, an account tells of the exit that its narrator has from the same group; one
    from a group without a name is the same only if the same is said of it.
    """
    exit_ = _exit_told(account, facts) or write_spell(narrator=account.narrator, facts=facts)
    return Telling.objects.create(account=account, exit=exit_, **_columns(account, facts))


def tell_anew(account: Account, spells: Sequence[SpellFacts | None]) -> None:
    """Write down what an account tells now; an exit that nobody else tells is told anew with it.

    Raises BadInput where another group is named for an exit that other accounts tell too.
    """
    there = list(Telling.objects.filter(account=account).order_by("pk"))
    for telling, facts, prefix in zip(there, spells, ("", *FURTHER), strict=False):
        _correct(telling, facts or NOTHING, prefix)
    for facts in filter(None, spells[len(there) :]):
        tell(account, facts)


def _correct(telling: Telling, facts: SpellFacts, prefix: str) -> None:
    before = told_in(telling)
    if facts == before:
        return
    others = Telling.objects.filter(exit=telling.exit).exclude(pk=telling.pk)
    if not others.exists():
        rewrite_spell(spell=telling.exit.spell, facts=facts)
    elif facts.group != before.group:
        says = Sentence(
            "Other accounts tell of this exit too, so its group stays. Correct the spell itself "
            "where the group is wrong for all of them."
        )
        raise BadInput(Problem(says, column=f"{prefix}group_left"))
    for name, value in _columns(telling.account, facts).items():
        setattr(telling, name, value)
    telling.save()


def _exit_told(account: Account, facts: SpellFacts) -> Exit | None:
    exits = Exit.objects.filter(spell__narrator=account.narrator).exclude(telling__account=account)
    gap = gap_in(facts.group)
    if gap is None:
        return exits.filter(spell__group__name=facts.group).order_by("pk").first()
    told = _columns(account, facts)
    began = told.pop("began")
    return exits.filter(spell__group_gap=gap, spell__began=began, **told).order_by("pk").first()


def _columns(account: Account, facts: SpellFacts) -> dict[str, Any]:
    to_group, to_gap = group_joined(account.study, facts.to_group)
    return {
        "began": facts.began,
        "kind": facts.kind,
        "ended": facts.ended,
        "to_group": to_group,
        "to_gap": to_gap,
    }
