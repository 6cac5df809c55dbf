"""Opening the vault for a custodian, and shutting it.

The custodian's secret is kept nowhere in the clear. While the vault stands open, the server keeps
it sealed under a word that only the custodian's browser has: neither half opens anything alone.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exeunt.members.models import Member
from exeunt.vault.actions.custodians import NOBODY, context_of_secret
from exeunt.vault.actions.noting import anchor, note
from exeunt.vault.models import Custodian, Unlocking, Vault
from exeunt.vault.queries import Keys, custodian_with, key_for, the_vault
from exeunt.vault.routing import VAULT
from exeunt.vault.rules.opening import (
    BUDGET,
    MINUTES,
    check_budget,
    closed_after,
    is_closed,
    not_opened,
    shut,
)
from exeunt.vault.sealing.contexts import bound_to
from exeunt.vault.sealing.envelopes import NotOpenedError, blinded, derived, seal, unseal
from exeunt.vault.sealing.passphrases import Locked, cost_from, lock, unlock
from exeunt.vault.sealing.secrets_on_paper import Paper, paper_from
from exeunt.vault.sealing.wrapping import key_pair
from exeunt.vault.states import CustodianState, HolderKind, Purpose, Reason


def open_vault(*, passphrase: str, reason: Reason, session: str, by: Member) -> str:
    """Open the vault for one session and one reason; return the word that its browser keeps.

    A wrong passphrase, no key, and a key that is closed for a while are refused alike, after the
    same work. Every try is written down.
    """
    vault = the_vault()
    paper, custodian = _paper_of(vault, passphrase, by=by)
    with transaction.atomic(using=VAULT):
        now = timezone.now()
        Unlocking.objects.filter(custodian=custodian).delete()
        Unlocking.objects.filter(ends__lte=now).delete()
        word = secrets.token_urlsafe(32)
        opened = Unlocking(
            custodian=custodian,
            reason=reason,
            began=now,
            ends=now + timedelta(minutes=MINUTES),
            budget=BUDGET[reason],
        )
        opened.half = seal(
            paper.word.encode(), key=_half_key(word), context=_context(vault, opened, session)
        )
        opened.save(force_insert=True)
        note("vault.opened", subject=vault.ref, by=by.ref, reason=reason.value)
    anchor(by=by.ref)
    return word


def keys_with(*, passphrase: str, by: Member) -> Keys:
    """Return the keys for one command, which ends with them; no session stays open."""
    vault = the_vault()
    paper, custodian = _paper_of(vault, passphrase, by=by)
    return _keys(vault, custodian, paper)


def keys_on_paper(*, word: str) -> Keys:
    """Return the keys by the sheet of paper, for when every custodian is lost.

    Raises the one refusal where the word is none, or not of this vault.
    """
    vault = the_vault()
    try:
        paper = paper_from(word)
    except ValueError:
        raise not_opened() from None
    holder = Custodian.objects.filter(
        kind=HolderKind.PAPER, state=CustodianState.ACTIVE, recipient=paper.recipient
    ).first()
    if holder is None:
        raise not_opened()
    return _keys(vault, holder, paper)


def keys_now(word: str, *, session: str, by: Member) -> Keys:
    """Return the keys of a vault that stands open; refuses where it is shut, or was shut since."""
    vault = the_vault()
    custodian = custodian_with(by.ref)
    opened = Unlocking.objects.filter(custodian=custodian).first() if custodian else None
    now = timezone.now()
    if not word or opened is None or custodian is None or not opened.began <= now < opened.ends:
        raise shut()
    try:
        secret = unseal(
            bytes(opened.half), key=_half_key(word), context=_context(vault, opened, session)
        )
    except NotOpenedError:
        raise shut() from None
    return _keys(vault, custodian, paper_from(secret.decode()), opened=opened)


def shut_vault(*, by: Member) -> None:
    """Shut the vault for a custodian; shutting what is shut changes nothing."""
    vault = the_vault()
    custodian = custodian_with(by.ref)
    with transaction.atomic(using=VAULT):
        gone, _ = Unlocking.objects.filter(custodian=custodian).delete()
        if gone:
            note("vault.shut", subject=vault.ref, by=by.ref)
    if gone:
        anchor(by=by.ref)


def spend(person: int, *, keys: Keys) -> None:
    """Count one person against the budget, once, inside the caller's transaction."""
    if keys.unlocking is None:
        return
    opened = Unlocking.objects.select_for_update().filter(pk=keys.unlocking.pk).first()
    if opened is None:
        raise shut()
    mark = blinded(keys.link, bound_to("spent", opened.pk, person))[:16]
    if mark in opened.opened:
        return
    check_budget(len(opened.opened), budget=opened.budget)
    opened.opened = [*opened.opened, mark]
    opened.save(update_fields=["opened"])


def _paper_of(vault: Vault, passphrase: str, *, by: Member) -> tuple[Paper, Custodian]:
    custodian = custodian_with(by.ref)
    active = custodian is not None and custodian.state == CustodianState.ACTIVE
    closed = custodian is not None and is_closed(custodian.closed_until, now=timezone.now())
    if custodian is None or not active or closed:
        _work_as_hard(passphrase)
        raise not_opened()
    locked = Locked(bytes(custodian.salt), cost_from(custodian.cost), bytes(custodian.locked))
    try:
        secret = unlock(locked, passphrase=passphrase, context=context_of_secret(vault, custodian))
    except NotOpenedError:
        _count_failure(custodian, by=by)
        raise not_opened() from None
    if custodian.failures:
        Custodian.objects.filter(pk=custodian.pk).update(failures=0, closed_until=None)
    return paper_from(secret.decode()), custodian


def _count_failure(custodian: Custodian, *, by: Member) -> None:
    with transaction.atomic(using=VAULT):
        Custodian.objects.filter(pk=custodian.pk).update(failures=F("failures") + 1)
        custodian.refresh_from_db()
        custodian.closed_until = closed_after(custodian.failures, now=timezone.now())
        custodian.save(update_fields=["closed_until"])
        note("vault.not-opened", subject=custodian.ref, by=by.ref, failures=custodian.failures)


def _work_as_hard(passphrase: str) -> None:
    """Take as long over nobody's passphrase as over somebody's."""
    lock(b"", passphrase=passphrase, context=b"", cost=cost_from(settings.EXEUNT_GUESSING_COST))


def _keys(
    vault: Vault, custodian: Custodian, paper: Paper, *, opened: Unlocking | None = None
) -> Keys:
    pair = key_pair(paper.secret)
    link = key_for(
        Purpose.LINK, NOBODY, vault.link_version, vault=vault, holder=custodian, pair=pair
    )
    return Keys(vault, custodian, pair, link, opened)


def _half_key(word: str) -> bytes:
    return derived(word.encode(), b"exeunt vault half 1")


def _context(vault: Vault, opened: Unlocking, session: str) -> bytes:
    return bound_to("unlocking", vault.ref, opened.pk, sha256(session.encode()).hexdigest())
