"""How long the vault stands open, for how many people, and what a wrong passphrase leads to."""

from datetime import datetime, timedelta

from exeunt.errors import NotYet, Refusal, Sentence
from exeunt.vault.states import Reason, Standing

MINUTES = 10
# People whose records may be opened before the custodian must say a reason again.
BUDGET: dict[Reason, int] = {
    Reason.INTAKE: 20,
    Reason.MASKING: 20,
    Reason.CONTACT: 5,
    Reason.CORRECTION: 5,
    Reason.ACCESS_REQUEST: 2,
    Reason.ERASURE: 5,
    Reason.SAFETY: 10,
    Reason.LEGAL_ORDER: 1,
    Reason.KEYS: 0,
}
TRIES = 5
CLOSED_FOR = timedelta(minutes=15)

NOT_OPENED = (
    "The vault did not open. Either this is not the passphrase of your key, or you keep no key to "
    "it, or it is closed to you for a while after {tries} wrong tries. Try again in a quarter of "
    "an hour, or let another custodian give you a new key."
)
SHUT = (
    "The vault is not open for you. Open it with your custodian's passphrase, and say why; it "
    "stays open for {minutes} minutes."
)
STANDINGS: dict[Standing, Sentence] = {
    Standing.NONE: Sentence(
        "This archive has no vault yet. Whoever keeps the archive makes one with “exeunt vault "
        "init”."
    ),
    Standing.LOST: Sentence(
        "The vault's database is not where this archive had it. Everything else goes on; restore "
        "the vault from a backup with “exeunt restore”."
    ),
    Standing.OF_ANOTHER_ARCHIVE: Sentence(
        "The vault's database belongs to another archive, so it stays shut. Put back the one that "
        "belongs here."
    ),
    Standing.OLDER: Sentence(
        "The vault's database is older than this archive: acts that were written down in it are "
        "missing. Put back the latest one, or restore both from one backup."
    ),
    Standing.NEWER: Sentence(
        "The vault was upgraded by a newer version of Exeunt. Install that version; this one would "
        "damage it."
    ),
}


def check_stands(standing: Standing) -> None:
    """Refuse where there is no vault, or one that does not belong to this archive as it is."""
    if standing is not Standing.WELL:
        raise NotYet(STANDINGS[standing])


def not_opened() -> Refusal:
    """Return the one refusal for every way in which a passphrase may fail; it tells none apart."""
    return Refusal(NOT_OPENED, tries=TRIES)


def word_not_known() -> Refusal:
    """Return the refusal for a word from the safe that opens nothing."""
    return Refusal(
        "This is not the word that was written down for this vault. Look for a slip of the pen; "
        "spaces and small letters do not matter."
    )


def shut() -> NotYet:
    """Return the refusal for an act that needs the vault open."""
    return NotYet(SHUT, minutes=MINUTES)


def is_closed(until: datetime | None, *, now: datetime) -> bool:
    """Tell whether too many wrong tries have closed a key for now."""
    return until is not None and now < until


def is_open(began: datetime, ends: datetime, *, now: datetime, running: float) -> bool:
    """Tell whether the vault still stands open, ``running`` seconds after it was opened.

    Both clocks must say so: the one on the wall can be set back, the other starts with the machine.
    """
    return began <= now < ends and 0 <= running < (ends - began).total_seconds()


def closed_after(failures: int, *, now: datetime) -> datetime | None:
    """Return until when a key is closed after so many failures in a row, longer every time."""
    if failures < TRIES or failures % TRIES:
        return None
    times = 1 << min(failures // TRIES - 1, 6)
    return now + CLOSED_FOR * times


def check_budget(opened: int, *, budget: int) -> None:
    """Refuse another person's record when as many were opened as the reason allows."""
    if opened >= budget:
        raise NotYet(
            "For the reason that you gave, {budget} people's records may be opened at a time, and "
            "they were. Close the vault, then open it again and say why.",
            budget=budget,
        )
