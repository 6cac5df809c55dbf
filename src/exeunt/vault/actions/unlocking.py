"""Opening the vault for a custodian, and shutting it.

The custodian's secret is kept nowhere in the clear. While the vault stands open, the server keeps
it sealed under a word that only the custodian's browser has: neither half opens anything alone.
"""

import secrets
import time
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exeunt.members.models import Member
from exeunt.vault.actions.custodians import NOBODY, Prepared, context_of_secret
from exeunt.vault.actions.noting import anchor, note
from exeunt.vault.actions.packing import pack
from exeunt.vault.models import TEXT_MARK, Custodian, Unlocking, Vault
from exeunt.vault.queries import Keys, custodian_with, key_for, the_vault
from exeunt.vault.routing import VAULT
from exeunt.vault.rules.opening import (
    BUDGET,
    MINUTES,
    check_budget,
    closed_after,
    is_closed,
    is_open,
    not_opened,
    shut,
    word_not_known,
)
from exeunt.vault.sealing.contexts import bound_to
from exeunt.vault.sealing.envelopes import NotOpenedError, blinded, derived, seal, unseal
from exeunt.vault.sealing.passphrases import SALT_LENGTH, Locked, cost_from, unlock
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
            running=seconds_running(),
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
    with transaction.atomic(using=VAULT):
        note("vault.opened", subject=vault.ref, by=by.ref, reason=Reason.KEYS.value)
    return _keys(vault, custodian, paper)


def identity_again(*, passphrase: str, by: Member) -> Prepared:
    """Return a custodian's file that opens backups, made anew from their key."""
    vault = the_vault()
    paper, custodian = _paper_of(vault, passphrase, by=by)
    with transaction.atomic(using=VAULT):
        note("identity.written", subject=custodian.ref, by=by.ref)
    anchor(by=by.ref)
    return Prepared(custodian, paper, passphrase)


def keys_on_paper(*, word: str, by: Member) -> Keys:
    """Return the keys by the sheet of paper, for when every custodian is lost.

    Raises the one refusal where the word is none, or not of this vault. Every try is written down.
    """
    vault = the_vault()
    try:
        paper: Paper | None = paper_from(word)
    except ValueError:
        paper = None
    holder = Custodian.objects.filter(
        kind=HolderKind.PAPER,
        state=CustodianState.ACTIVE,
        recipient=paper.recipient if paper is not None else "",
    ).first()
    with transaction.atomic(using=VAULT):
        act = "vault.not-opened" if holder is None else "vault.opened"
        note(act, subject=vault.ref, by=by.ref, reason="paper")
    if holder is None or paper is None:
        raise word_not_known()
    return _keys(vault, holder, paper)


def keys_now(word: str, *, session: str, by: Member) -> Keys:
    """Return the keys of a vault that stands open; refuses where it is shut, or was shut since."""
    vault = the_vault()
    custodian = custodian_with(by.ref)
    opened = Unlocking.objects.filter(custodian=custodian).first() if custodian else None
    if not word or opened is None or custodian is None:
        raise shut()
    if not _still_open(opened):
        # What is left behind would be half of a key that somebody may have the other half of.
        Unlocking.objects.filter(pk=opened.pk).delete()
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
        pack()


def shut_what_ended() -> None:
    """Take away what is left of a vault that nobody shut; its time is over."""
    ended = [one.pk for one in Unlocking.objects.all() if not _still_open(one)]
    Unlocking.objects.filter(pk__in=ended).delete()


def seconds_running() -> float:
    """Return for how long this machine has been running, asleep or not; nobody can set it back."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def spend(person: int, *, keys: Keys) -> None:
    """Count one person against the budget, once, inside the caller's transaction."""
    opened = _opened_now(keys)
    if opened is None:
        return
    mark = blinded(keys.link, bound_to("spent", opened.pk, person))[:16]
    if mark not in opened.opened:
        check_budget(opened.people, budget=opened.budget)
        _mark(opened, mark, keys=keys)


def opens_first(text: int, *, keys: Keys) -> bool:
    """Tell whether a text is opened for the first time since the vault was, and remember it."""
    opened = _opened_now(keys)
    if opened is None:
        return True
    mark = TEXT_MARK + blinded(keys.link, bound_to("opened", opened.pk, text))[:16]
    if mark in opened.opened:
        return False
    _mark(opened, mark, keys=keys)
    return True


def _opened_now(keys: Keys) -> Unlocking | None:
    """Return the unlocking as it stands now, none for a command; refuses where it was shut."""
    if keys.unlocking is None:
        return None
    opened = Unlocking.objects.select_for_update().filter(pk=keys.unlocking.pk).first()
    if opened is None:
        raise shut()
    return opened


def _mark(opened: Unlocking, mark: str, *, keys: Keys) -> None:
    opened.opened = [*opened.opened, mark]
    opened.save(update_fields=["opened"])
    if keys.unlocking is not None:
        keys.unlocking.opened = opened.opened


def _paper_of(vault: Vault, passphrase: str, *, by: Member) -> tuple[Paper, Custodian]:
    tried = _counted_try(by=by)
    try:
        secret = unlock(tried.locked, passphrase=passphrase, context=tried.context(vault))
    except NotOpenedError:
        secret = b""
    custodian = tried.custodian
    if not (tried.counts and secret) or custodian is None:
        with transaction.atomic(using=VAULT):
            note("vault.not-opened", subject=vault.ref, by=by.ref, reason="passphrase")
        raise not_opened()
    Custodian.objects.filter(pk=custodian.pk).update(failures=0, closed_until=None)
    return paper_from(secret.decode()), custodian


class _Try(NamedTuple):
    """Whose key somebody tries to open, if anybody's, and whether a right guess would count."""

    custodian: Custodian | None
    counts: bool

    @property
    def locked(self) -> Locked:
        """What is worked upon: somebody's locked secret, or as hard a one of nobody's."""
        if self.custodian is None:
            return Locked(bytes(SALT_LENGTH), cost_from(settings.EXEUNT_GUESSING_COST), b"")
        cost = cost_from(self.custodian.cost)
        return Locked(bytes(self.custodian.salt), cost, bytes(self.custodian.locked))

    def context(self, vault: Vault) -> bytes:
        """What the secret is bound to."""
        return context_of_secret(vault, self.custodian) if self.custodian is not None else b""


def _counted_try(*, by: Member) -> _Try:
    """Count a try before it is made, so that many at once get no more guesses than one by one."""
    with transaction.atomic(using=VAULT):
        known = custodian_with(by.ref)
        if known is None:
            return _Try(None, counts=False)
        custodian, now = Custodian.objects.select_for_update().get(pk=known.pk), timezone.now()
        active = custodian.state == CustodianState.ACTIVE
        counts = active and not is_closed(custodian.closed_until, now=now)
        if counts:
            custodian.failures += 1
            custodian.closed_until = closed_after(custodian.failures, now=now)
            custodian.save(update_fields=["failures", "closed_until"])
        return _Try(custodian, counts=counts)


def _still_open(opened: Unlocking) -> bool:
    running = seconds_running() - opened.running
    return is_open(opened.began, opened.ends, now=timezone.now(), running=running)


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
