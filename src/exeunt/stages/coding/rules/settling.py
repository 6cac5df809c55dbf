"""When a difference may be settled, by whom, and what that takes."""

from exeunt.errors import NotYet, Refusal


def check_may_settle(*, differs: bool, code: str) -> None:
    """Refuse to settle what readers agree on, or what only one of them judged."""
    if not differs:
        raise NotYet(
            "The readers do not differ on “{code}”, so nothing is to be settled.", code=code
        )


def check_reason(reason: str) -> None:
    """Refuse an agreed judgement without a reason."""
    if not reason:
        raise Refusal("Say why: a difference is settled with a reason that others can weigh.")
