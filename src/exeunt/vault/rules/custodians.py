"""Who may become a custodian, and who may leave."""

import unicodedata

from exeunt.errors import NotYet, Refusal
from exeunt.vault.states import CustodianState


def check_may_admit(state: str, *, name: str) -> None:
    """Refuse to hand every key to somebody who made no key pair, or who left."""
    if state != CustodianState.PREPARED:
        raise Refusal(
            "{name} has no key waiting to be let in. They make one first, with “exeunt vault "
            "custodian prepare”.",
            name=name,
        )


def check_may_prepare(*, has_one: bool, name: str) -> None:
    """Refuse a second pair to somebody who keeps one."""
    if has_one:
        raise Refusal(
            "{name} has a key already. Where its passphrase is lost, another custodian removes it "
            "first.",
            name=name,
        )


def check_says_who_it_is(*, by_session: bool) -> None:
    """Refuse to hand every key to somebody from a vault that merely stands open.

    Whoever finds a custodian's browser unlocked would else take everything in one step.
    """
    if by_session:
        raise NotYet(
            "To let somebody in takes your custodian's passphrase again, even while the vault "
            "stands open."
        )


def check_may_keep(*, name: str, machine: bool, studies: bool, custodian: bool) -> None:
    """Refuse a key to a machine, and to whoever is custodian of no study where there are some.

    The vault is the whole archive's, so one study is enough.
    """
    if machine:
        raise Refusal("{name} is a machine; a custodian is a person who can answer.", name=name)
    if studies and not custodian:
        raise Refusal(
            "{name} is custodian in no study. A lead gives them that role first: exeunt member add "
            "{name} --role custodian.",
            name=name,
        )


def check_may_leave(*, others: int) -> None:
    """Refuse the last custodian's leaving: nobody could open what is sealed."""
    if others < 1:
        raise NotYet(
            "This is the last custodian. Without one nobody could open what is sealed; let another "
            "one in first."
        )


def check_can_be_typed(passphrase: str) -> None:
    """Refuse halves of letters, which another keyboard or ``age`` could not give again."""
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in passphrase):
        raise Refusal(
            "This passphrase holds something that cannot be typed again everywhere; use words."
        )


def check_opens_apart(*, same: bool) -> None:
    """Refuse a custodian's passphrase that also signs in: one theft would take both."""
    if same:
        raise Refusal(
            "This passphrase signs you in already. The vault needs one of its own, so that whoever "
            "learns one of them does not have both."
        )
