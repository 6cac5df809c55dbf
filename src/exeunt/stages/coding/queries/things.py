"""What is read as a whole: an account, or an exit or spell of which accounts tell.

With a codebook of excerpts the thing is the account too: its text is read, and marked.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from exeunt.errors import NotThere
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.states import Target
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from exeunt.studies.models import Study


class Thing(NamedTuple):
    """One thing that is judged as a whole: what it is, its number and its reference."""

    target: Target
    number: int
    ref: str

    @property
    def where(self) -> dict[str, int]:
        """Say of a row with one place for each kind of thing that it is about this one."""
        return {f"{self.target.value}_id": self.number}


def unit_of(version: CodebookVersion) -> Target:
    """Return what one reading with this codebook is about."""
    unit = Target(version.unit)
    return Target.ACCOUNT if unit is Target.EXCERPT else unit


def things_of(study: Study, version: CodebookVersion) -> QuerySet[Any]:
    """Return everything in a study that is to be read with a codebook, in the order of its coming.

    Only an account with a text can be read for excerpts, and only when the text is confirmed.
    """
    unit = Target(version.unit)
    if unit is Target.ACCOUNT:
        return Account.objects.filter(study=study).order_by("pk")
    if unit is Target.EXCERPT:
        said = TextVersion.objects.filter(account=OuterRef("pk"), confirmed__isnull=False)
        return Account.objects.filter(Exists(said), study=study).order_by("pk")
    if unit is Target.EXIT:
        told = Exists(Telling.objects.filter(exit=OuterRef("pk")))
        return Exit.objects.filter(told, spell__narrator__study=study).order_by("pk")
    told = Exists(Telling.objects.filter(exit__spell=OuterRef("pk")))
    return Spell.objects.filter(told, narrator__study=study).order_by("pk")


def thing_called(study: Study, version: CodebookVersion, ref: str) -> Thing:
    """Return what has this reference in the study, or refuse as if there were nothing."""
    unit = unit_of(version)
    number = things_of(study, version).filter(ref=ref).values_list("pk", flat=True).first()
    if number is None:
        raise NotThere("There is nothing here.")
    return Thing(unit, number, ref)


def things_in(account: Account, unit: Target) -> list[Thing]:
    """Return what can be judged of one account: itself, or the exits or spells it tells of."""
    if unit is Target.ACCOUNT:
        return [Thing(unit, account.pk, account.ref)]
    path = {Target.EXIT: "exit", Target.SPELL: "exit__spell"}[unit]
    told = Telling.objects.filter(account=account).order_by(path).distinct()
    return [Thing(unit, *found) for found in told.values_list(path, f"{path}__ref")]


def accounts_about(unit: Target, numbers: Collection[int]) -> dict[int, list[Account]]:
    """Return, by the number of each thing, the accounts to be read for it."""
    if unit is Target.ACCOUNT:
        return {account.pk: [account] for account in _accounts().filter(pk__in=numbers)}
    path = {Target.EXIT: "exit", Target.SPELL: "exit__spell"}[unit]
    pairs = list(
        Telling.objects.filter(**{f"{path}__in": numbers})
        .order_by("account")
        .values_list(path, "account")
        .distinct()
    )
    found = _accounts().in_bulk([account for _, account in pairs])
    told: dict[int, list[Account]] = {}
    for thing, account in pairs:
        told.setdefault(thing, []).append(found[account])
    return told


def label_of(accounts: Iterable[Account]) -> str:
    """Name a thing by the accounts that tell of it."""
    return ", ".join(account.label for account in accounts)


def _accounts() -> QuerySet[Account]:
    return Account.objects.select_related("source")
