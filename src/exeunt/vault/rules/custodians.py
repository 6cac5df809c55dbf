"""Who may become a custodian, and who may leave."""

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


def check_may_leave(*, others: int) -> None:
    """Refuse the last custodian's leaving: nobody could open what is sealed."""
    if others < 1:
        raise NotYet(
            "This is the last custodian. Without one nobody could open what is sealed; let another "
            "one in first."
        )


def check_opens_apart(*, same: bool) -> None:
    """Refuse a custodian's passphrase that also signs in: one theft would take both."""
    if same:
        raise Refusal(
            "This passphrase signs you in already. The vault needs one of its own, so that whoever "
            "learns one of them does not have both."
        )
