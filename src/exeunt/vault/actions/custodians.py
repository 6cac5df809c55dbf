"""Making a key, being let in, leaving; and making the vault with its first custodian."""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db import transaction

from exeunt.members.models import Member
from exeunt.members.passphrases import check_passphrase
from exeunt.vault.actions.noting import anchor, note
from exeunt.vault.actions.wrapping import fresh_key, hold, wraps_of
from exeunt.vault.models import Custodian, Unlocking, Vault, Wrap
from exeunt.vault.queries import Keys, custodian_with, the_vault, unwrapped
from exeunt.vault.routing import VAULT
from exeunt.vault.rules.custodians import (
    check_can_be_typed,
    check_may_admit,
    check_may_leave,
    check_may_prepare,
    check_opens_apart,
    check_says_who_it_is,
)
from exeunt.vault.sealing.contexts import bound_to
from exeunt.vault.sealing.passphrases import cost_from, lock
from exeunt.vault.sealing.secrets_on_paper import Paper, identity_file, new_paper
from exeunt.vault.sealing.wrapping import key_pair
from exeunt.vault.states import CustodianState, HolderKind, Purpose

# The vault's own keys are owned by nobody in particular.
NOBODY = 0


@dataclass(frozen=True)
class Prepared:
    """A key that somebody made, and the file that opens backups with the same passphrase."""

    custodian: Custodian
    paper: Paper = field(repr=False)
    passphrase: str = field(repr=False)

    @cached_property
    def identity(self) -> bytes:
        """The file; making a guess at its passphrase slow takes a second."""
        return identity_file(self.paper, under=self.passphrase)


def lay_down(*, vault: Vault, first: Member, passphrase: str, by: Member) -> tuple[Prepared, Paper]:
    """Give a vault its paper, its first custodian and its link key, in the caller's transaction."""
    paper = new_paper()
    _holder(HolderKind.PAPER, paper, member="", state=CustodianState.ACTIVE)
    prepared = _prepare(vault, first, passphrase, state=CustodianState.ACTIVE)
    fresh_key(Purpose.LINK, NOBODY, vault.link_version, vault=vault)
    note("vault.made", subject=vault.ref, by=by.ref, custodian=first.ref)
    return prepared, paper


def prepare_custodian(*, passphrase: str, by: Member) -> Prepared:
    """Make one's own key; it opens nothing before a custodian lets it in."""
    vault = the_vault()
    with transaction.atomic(using=VAULT):
        hold(vault)
        check_may_prepare(has_one=custodian_with(by.ref) is not None, name=by.name)
        prepared = _prepare(vault, by, passphrase, state=CustodianState.PREPARED)
        note("custodian.prepared", subject=prepared.custodian.ref, by=by.ref)
    anchor(by=by.ref)
    return prepared


def admit_custodian(*, custodian: Custodian, name: str, keys: Keys, by: Member) -> Custodian:
    """Wrap every key to somebody who made a pair; takes keys that a passphrase has just opened."""
    check_says_who_it_is(by_session=keys.unlocking is not None)
    with transaction.atomic(using=VAULT):
        hold(keys.vault)
        custodian = Custodian.objects.select_for_update().get(pk=custodian.pk)
        check_may_admit(custodian.state, name=name)
        custodian.state = CustodianState.ACTIVE
        custodian.save(update_fields=["state"])
        wrapped = wrap_everything_to(custodian, keys=keys)
        note("custodian.admitted", subject=custodian.ref, by=by.ref, keys=wrapped)
    anchor(by=by.ref)
    return custodian


def remove_custodian(*, custodian: Custodian, by: Member) -> None:
    """Take every key away from a custodian, at once; whoever has the vault open is shut out.

    What they may have copied while it was open is changed by ``rotate`` only.
    """
    vault = the_vault()
    with transaction.atomic(using=VAULT):
        hold(vault)
        custodian = Custodian.objects.select_for_update().get(pk=custodian.pk)
        if custodian.state == CustodianState.REMOVED:
            return
        if custodian.state == CustodianState.ACTIVE:
            check_may_leave(others=_others(custodian))
        gone = _take_keys_from(custodian, vault=vault)
        note("custodian.removed", subject=custodian.ref, by=by.ref, keys=gone)
    anchor(by=by.ref)


def renew_paper(*, keys: Keys, by: Member) -> Paper:
    """Draw a new word for the safe and wrap every key to it; the old word opens nothing more."""
    paper = new_paper()
    with transaction.atomic(using=VAULT):
        hold(keys.vault)
        for old in Custodian.objects.filter(
            kind=HolderKind.PAPER, state=CustodianState.ACTIVE
        ).exclude(pk=keys.custodian.pk):
            _take_keys_from(old, vault=keys.vault)
        holder = _holder(HolderKind.PAPER, paper, member="", state=CustodianState.ACTIVE)
        wrapped = wrap_everything_to(holder, keys=keys)
        if keys.custodian.kind == HolderKind.PAPER:
            _take_keys_from(keys.custodian, vault=keys.vault)
        note("paper.renewed", subject=keys.vault.ref, by=by.ref, keys=wrapped)
    anchor(by=by.ref)
    return paper


def wrap_everything_to(custodian: Custodian, *, keys: Keys) -> int:
    """Wrap every key that the opener holds to one more holder; returns how many."""
    made: list[Wrap] = []
    for one in Wrap.objects.filter(holder=keys.custodian).iterator(500):
        key = unwrapped(one, keys=keys)
        made += wraps_of(
            key,
            Purpose(one.purpose),
            one.owner,
            version=one.version,
            to=[custodian],
            vault=keys.vault,
        )
    Wrap.objects.bulk_create(made, batch_size=500)
    return len(made)


def context_of_secret(vault: Vault, custodian: Custodian) -> bytes:
    """Return what a custodian's locked secret is bound to."""
    return bound_to("custodian", vault.ref, custodian.ref)


def _prepare(vault: Vault, member: Member, passphrase: str, *, state: CustodianState) -> Prepared:
    check_passphrase(passphrase, of=member)
    check_can_be_typed(passphrase)
    check_opens_apart(same=member.has_usable_password() and member.check_password(passphrase))
    paper = new_paper()
    custodian = _holder(HolderKind.CUSTODIAN, paper, member=member.ref, state=state)
    locked = lock(
        paper.word.encode(),
        passphrase=passphrase,
        context=context_of_secret(vault, custodian),
        cost=cost_from(settings.EXEUNT_GUESSING_COST),
    )
    custodian.salt, custodian.cost = locked.salt, locked.cost.written()
    custodian.locked = locked.sealed
    custodian.save()
    return Prepared(custodian, paper, passphrase)


def _take_keys_from(holder: Custodian, *, vault: Vault) -> int:
    """Take every key from a holder; a change of keys that was begun must begin again.

    They may have copied what it had drawn already.
    """
    gone, _ = Wrap.objects.filter(holder=holder).delete()
    Wrap.objects.filter(purpose=Purpose.LINK, version__gt=vault.link_version).delete()
    Unlocking.objects.filter(custodian=holder).delete()
    holder.state, holder.locked = CustodianState.REMOVED, b""
    holder.save(update_fields=["state", "locked"])
    return gone


def _holder(kind: HolderKind, paper: Paper, *, member: str, state: CustodianState) -> Custodian:
    return Custodian.objects.create(
        kind=kind,
        member=member,
        state=state,
        public_key=key_pair(paper.secret).public,
        recipient=paper.recipient,
    )


def _others(custodian: Custodian) -> int:
    active = Custodian.objects.filter(kind=HolderKind.CUSTODIAN, state=CustodianState.ACTIVE)
    return active.exclude(pk=custodian.pk).count()
