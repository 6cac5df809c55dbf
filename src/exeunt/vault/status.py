"""How the vault stands, as can be said without opening it, and what falls short."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exeunt.errors import Refusal, Sentence
from exeunt.ledger.models import Entry
from exeunt.ledger.verifying import Witness, witness
from exeunt.vault.erasures import Checkpoint, checkpoint_of, read_list
from exeunt.vault.models import Custodian, Person, Unlocking, Vault
from exeunt.vault.queries import custodians, link_begun, the_vault
from exeunt.vault.routing import VAULT
from exeunt.vault.states import CustodianState, HolderKind


class Status(NamedTuple):
    """What is known of the vault from outside."""

    custodians: tuple[Custodian, ...]
    open_for: frozenset[str]
    people: int
    ledger: Witness | None
    erasures: Path
    checkpoint: Checkpoint | None
    shortcomings: tuple[str, ...]


def status() -> Status:
    """Return how the vault stands; refuses where there is none that can be used."""
    vault = the_vault()
    checkpoint, problem = _list_of(vault)
    found = custodians()
    return Status(
        custodians=tuple(found),
        open_for=frozenset(Unlocking.objects.values_list("custodian__member", flat=True)),
        people=Person.objects.count(),
        ledger=witness(VAULT),
        erasures=Path(vault.erasures),
        checkpoint=checkpoint,
        shortcomings=(*_shortcomings(vault, found), *([problem] if problem else [])),
    )


def _list_of(vault: Vault) -> tuple[Checkpoint | None, str]:
    try:
        lines = read_list(Path(vault.erasures), public=bytes(vault.signs_with))
    except Refusal as refusal:
        return None, str(refusal)
    return checkpoint_of(lines), ""


def _shortcomings(vault: Vault, found: list[Custodian]) -> Iterator[str]:
    states = [one.state for one in found]
    if states.count(CustodianState.ACTIVE) < 2:  # noqa: PLR2004 - one is not two
        yield Sentence(
            "Only one custodian has a key: if they are lost, nothing but the word on paper opens "
            "the vault. Let a second one in."
        )
    if CustodianState.PREPARED in states:
        yield Sentence("A key was made that nobody has let in yet.")
    if not Custodian.objects.filter(kind=HolderKind.PAPER, state=CustodianState.ACTIVE).exists():
        yield Sentence("No word on paper opens the vault. Draw one: exeunt vault paper.")
    if link_begun(vault) is not None:
        yield Sentence("A change of keys was cut off. Go on with it: exeunt vault rotate.")
    elif _last("custodian.removed", "paper.renewed") > _last("vault.rotated"):
        yield Sentence(
            "Somebody lost their keys since all keys were changed, and may have copied some. "
            "Change them: exeunt vault rotate."
        )


def _last(*acts: str) -> int:
    entries = Entry.objects.using(VAULT).filter(act__in=acts).order_by("-position")
    found = entries.values_list("position", flat=True).first()
    return found if found is not None else -1
