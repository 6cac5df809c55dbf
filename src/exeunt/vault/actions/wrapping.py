"""Keys wrapped to everybody who holds one, and taken away again."""

from collections.abc import Iterable, Sequence

from exeunt.vault.models import Custodian, Vault, Wrap
from exeunt.vault.queries import context_of_wrap, holders
from exeunt.vault.rules.opening import shut
from exeunt.vault.sealing.envelopes import new_key
from exeunt.vault.sealing.wrapping import wrap
from exeunt.vault.states import Purpose


def hold(vault: Vault) -> None:
    """Keep who holds keys as it is until the caller's transaction ends.

    Refuses where the keys were changed since the vault was opened: what would be sealed under the
    old ones could never be opened.
    """
    now = Vault.objects.select_for_update().get(pk=vault.pk)
    if now.link_version != vault.link_version:
        raise shut()


def fresh_key(purpose: Purpose, owner: int, version: int, *, vault: Vault) -> bytes:
    """Draw a key and wrap it to every holder, inside the caller's transaction."""
    hold(vault)
    key = new_key()
    Wrap.objects.bulk_create(
        wraps_of(key, purpose, owner, version=version, to=holders(), vault=vault)
    )
    return key


def wraps_of(
    key: bytes,
    purpose: Purpose,
    owner: int,
    *,
    version: int,
    to: Iterable[Custodian],
    vault: Vault,
) -> list[Wrap]:
    """Wrap one key to several holders; nothing is written yet."""
    made = []
    for holder in to:
        one = Wrap(holder=holder, purpose=purpose, owner=owner, version=version)
        context = context_of_wrap(vault, one, holder)
        one.wrapped = wrap(key, to=bytes(holder.public_key), context=context)
        made.append(one)
    return made


def destroy_keys(purpose: Purpose, owners: Sequence[int]) -> int:
    """Take keys away from every holder; what they opened opens no more. Returns how many."""
    gone, _ = Wrap.objects.filter(purpose=purpose, owner__in=owners).delete()
    return gone


def destroy_earlier_keys(purpose: Purpose, owner: int, *, before: int) -> int:
    """Take an owner's earlier keys away from every holder; returns how many."""
    gone, _ = Wrap.objects.filter(purpose=purpose, owner=owner, version__lt=before).delete()
    return gone
