"""The vault's own ledger, as custodians read it: what was done, never to whom."""

from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from exeunt.ledger.models import Entry
from exeunt.members.models import Member
from exeunt.vault.actions.erasing import ERASED
from exeunt.vault.actions.noting import name_under, note, note_of
from exeunt.vault.queries import Keys, link_keys, person_called, the_vault
from exeunt.vault.routing import VAULT

SHOWN = 200


def latest_entries(*, by: Member, size: int = SHOWN) -> list[Entry]:
    """Return the latest entries, the newest first; whom they concern cannot be told from them."""
    with transaction.atomic(using=VAULT):
        note("ledger.read", subject=the_vault().ref, by=by.ref)
    return list(Entry.objects.using(VAULT).order_by("-position")[:size])


def entries_of(narrator: str, *, keys: Keys, by: Member, size: int = SHOWN) -> list[Entry]:
    """Return the latest entries that concern one narrator.

    Every entry calls a person something else, so that what each would be called is computed.
    """
    with transaction.atomic(using=VAULT):
        person = person_called(narrator, keys=keys)
        note_of(person, "ledger.read", keys=keys, by=by.ref)
    entries = Entry.objects.using(VAULT).order_by("-position").iterator(1000)
    links = link_keys(keys)
    theirs = (
        entry for entry in entries if entry.subject in _names(person.pk, entry, links, keys=keys)
    )
    return list(islice(theirs, size))


def sealed_originals() -> int:
    """Return how many sealed files there must be, by the ledger; 0 where it cannot tell."""
    entries = Entry.objects.using(VAULT)
    gone = [facts.get("files") for facts in _facts(entries.filter(act=ERASED))]
    if any(not isinstance(count, int) for count in gone):
        return 0
    came = _facts(entries.filter(act__in=("text.sealed", "form.sealed")))
    return sum(facts.get("original") is True for facts in came) - sum(
        count for count in gone if isinstance(count, int)
    )


def _facts(entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    return list(entries.values_list("facts", flat=True))


def _names(person: int, entry: Entry, links: list[bytes], *, keys: Keys) -> set[str]:
    """Return what an entry would call a person, under the link keys of then and of now."""
    nonce = entry.facts.get("nonce")
    if not isinstance(nonce, str):
        return set()
    return {name_under(link, person, nonce, vault=keys.vault) for link in links}
