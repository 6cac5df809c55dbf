"""One page under three loads: a reader alone, readers who think, and readers who never pause."""

from collections.abc import Sequence
from typing import NamedTuple

from .readers import Load, Outcome
from .serving import Server, read_by_many

READERS, PAUSE, SEED = 50, 1.0, 2015
ONCE = 0.2


class Seconds(NamedTuple):
    """How long each load lasts."""

    alone: float
    thinking: float
    restless: float


SHORT, LONG = Seconds(1, 4, 2), Seconds(1.5, 8, 3)


class Times(NamedTuple):
    """How a load was borne: whole pages a second, and milliseconds that half and most waited."""

    rate: float
    half: float
    most: float


class Figure(NamedTuple):
    """What was measured of a page; ``cpu`` and ``octets`` are of one page to a reader alone.

    ``used`` is the part of one processor that the thinking readers themselves took.
    """

    octets: float
    cpu: float
    thinking: Times
    restless: Times
    errors: int
    reasons: list[str]
    used: float


def measured(
    server: Server, pages: list[list[str]], headers: list[str], *, seconds: Seconds, ends: str = ""
) -> Figure:
    """Lay the three loads on a page."""

    def load(readers: int, lasting: float, pause: float) -> Outcome:
        kind = Load(server.port, pages, headers, readers, lasting, pause, SEED, ends)
        return read_by_many(kind)

    # Each worker is asked a few times before anything counts.
    load(8, ONCE, 0)
    before = server.cpu()
    alone = load(1, seconds.alone, 0)
    cpu = server.cpu() - before
    thinking = load(READERS, seconds.thinking, PAUSE)
    restless = load(READERS, seconds.restless, 0)
    both = (alone, thinking, restless)
    return Figure(
        octets=alone.octets / len(alone.took),
        cpu=1e3 * cpu / len(alone.took),
        thinking=times(thinking),
        restless=times(restless),
        errors=sum(one.errors for one in both),
        reasons=[reason for one in both for reason in one.reasons],
        used=thinking.used / thinking.seconds,
    )


def times(outcome: Outcome) -> Times:
    """Say how a load was borne."""
    return Times(
        rate=len(outcome.took) / outcome.seconds,
        half=percentile(outcome.took, 50),
        most=percentile(outcome.took, 95),
    )


def percentile(ordered: Sequence[float], part: int) -> float:
    """Return the value that so many hundredths do not pass (nearest rank).

    >>> percentile([1.0, 2.0, 3.0, 4.0], 50)
    2.0
    """
    return ordered[max(0, -(-len(ordered) * part // 100) - 1)] if ordered else 0.0
