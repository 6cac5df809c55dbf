"""How the vault stands, and for whom: what its own page and the desk show."""

from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.errors import ExeuntError, why_not
from exeunt.members.models import Member
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.rules import check_may_entrust
from exeunt.studies.queries import kept_until
from exeunt.vault import room
from exeunt.vault.room import CustodianState, Keys, Reason
from exeunt.web.custody.asking import keeps_a_key, may_keep_a_key, open_keys
from exeunt.web.custody.words import REASONS, Words


class Keeper(NamedTuple):
    """Somebody who keeps a key to the vault, or made one that waits to be let in."""

    ref: str
    name: str
    active: bool
    is_asker: bool


class Opening(NamedTuple):
    """Until when the vault is open for who asks, why, and for how many more people."""

    ends: datetime
    reason: Words
    left: int
    budget: int


class AtVault(NamedTuple):
    """What the vault's page shows; to others than custodians only how it stands."""

    refusal: ExeuntError | None
    custodian: bool
    keeps: bool
    prepared: bool
    keepers: list[Keeper]
    opening: Opening | None

    @property
    def may_prepare(self) -> bool:
        """Whether who asks may make a key."""
        return self.refusal is None and self.custodian and not (self.keeps or self.prepared)

    @property
    def is_alone(self) -> bool:
        """Whether everything hangs on one key."""
        return sum(one.active for one in self.keepers) == 1


class Need(NamedTuple):
    """Something that a study needs before a text can be entrusted to it, and where it is done."""

    says: str | Promise
    why: str | Promise
    done: bool


def at_vault(request: Asked) -> AtVault:
    """Return how the vault stands, for who asks."""
    refusal = why_not(room.check_is_there)
    keepers = _keepers(request) if refusal is None else []
    mine = next((one for one in keepers if one.is_asker), None)
    custodian = mine is not None or may_keep_a_key(request)
    keys = open_keys(request) if mine is not None and mine.active else None
    return AtVault(
        refusal=refusal,
        custodian=custodian,
        keeps=mine is not None and mine.active,
        prepared=mine is not None and not mine.active,
        keepers=keepers if custodian else [],
        opening=opening_of(keys),
    )


def opening_of(keys: Keys | None) -> Opening | None:
    """Return until when keys open, why, and for how many more people."""
    opened = keys.unlocking if keys is not None else None
    if opened is None:
        return None
    return Opening(
        ends=opened.ends,
        reason=REASONS[Reason(opened.reason)],
        left=max(opened.budget - opened.people, 0),
        budget=opened.budget,
    )


def needs_of(request: Asked) -> list[Need]:
    """Return what a study needs before a text can be entrusted to it, in order."""
    well = room.standing() is room.Standing.WELL
    return [
        Need(
            _("The protocol is agreed"),
            _("A lead agrees it, on the page Protocol; nothing about real people is kept before."),
            kept_until(request.study) is not None,
        ),
        Need(
            _("The archive has a vault"),
            _("Whoever keeps the archive makes it, with “exeunt vault init”."),
            well,
        ),
        Need(
            _("You keep a key to it"),
            _("You make one on the vault's page, and another custodian lets it in."),
            keeps_a_key(request),
        ),
        Need(
            _("It is open for you"),
            _("For ten minutes at a time, with a reason."),
            open_keys(request) is not None if well else False,
        ),
    ]


def why_not_entrust(request: Asked) -> ExeuntError | None:
    """Return why nothing can be entrusted to a study, or None."""
    study = request.study
    return why_not(lambda: check_may_entrust(provenances_in(study), study.protocol_facts()))


def _keepers(request: Asked) -> list[Keeper]:
    keys = room.custodians()
    names = dict(
        Member.objects.filter(ref__in=[one.member for one in keys]).values_list("ref", "name")
    )
    return [
        Keeper(
            ref=one.ref,
            name=names.get(one.member, ""),
            active=one.state == CustodianState.ACTIVE,
            is_asker=one.member == request.member.ref,
        )
        for one in keys
    ]
