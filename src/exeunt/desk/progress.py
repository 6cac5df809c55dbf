"""How far long work is, kept in a small file beside the database.

In the database it could not be seen: the work runs in one transaction, all of it or nothing.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple, Protocol

from django.conf import settings

HUNDRED = 100


class Progress(NamedTuple):
    """How far it is: in a few words, and in numbers where they are known."""

    says: str = ""
    done: int | None = None
    total: int | None = None

    @property
    def percent(self) -> int | None:
        """How much of it is done, from 0 to 100; None where that cannot be told."""
        if not self.total or self.done is None:
            return None
        return min(HUNDRED, self.done * HUNDRED // self.total)


class Tell(Protocol):
    """Says how far long work is."""

    def __call__(self, says: str, done: int | None = None, total: int | None = None, /) -> None:
        """Keep it where the page of the work shows it."""


def teller(ref: str) -> Tell:
    """Return what a piece of work calls to say how far it is; failing to say so stops nothing."""
    place = _place(ref)

    def tell(says: str, done: int | None = None, total: int | None = None, /) -> None:
        if place is None:
            return
        beside = place.with_suffix(".new")
        try:
            beside.write_text(json.dumps([says, done, total]), encoding="utf-8")
            os.replace(beside, place)
        except OSError:
            beside.unlink(missing_ok=True)

    return tell


def progress_of(ref: str) -> Progress:
    """Return how far a piece of work is; nothing where it has not said so yet."""
    place = _place(ref)
    try:
        says, done, total = json.loads(place.read_text(encoding="utf-8")) if place else ("", 0, 0)
    except (OSError, ValueError):
        return Progress()
    return Progress(str(says), done, total)


def forget(ref: str) -> None:
    """Take the file away when the work is over."""
    place = _place(ref)
    if place is not None:
        place.unlink(missing_ok=True)


def _place(ref: str) -> Path | None:
    folder = settings.EXEUNT_INCOMING
    return Path(folder) / f"{ref}.progress" if folder else None
