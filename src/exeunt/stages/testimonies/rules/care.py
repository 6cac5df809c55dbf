"""How long somebody has read today, when a pause is due, and when text is held back.

The minutes are counted for whoever reads, and for nobody else. People who code this material are
harmed by it too, and few stop by themselves.
"""

from datetime import datetime
from typing import NamedTuple

from exeunt.errors import Refusal
from exeunt.stages.testimonies.states import Pace

MINUTE = 60
# A page that tells every minute that it is looked at was looked at for no longer after the last.
LONGEST_BEAT = 75
# A page without a script says only when it was asked for; it is read for no longer than this.
LONGEST_READ = 5 * MINUTE
# Whoever reads nothing for so long has paused.
A_PAUSE = 10 * MINUTE
FURTHER = 15
DAYS_KEPT = 30

LEAST_PAUSE, MOST_PAUSE = 10, 120
LEAST_DAY, MOST_DAY = 15, 480
LONGEST_CONTACT = 500


class Terms(NamedTuple):
    """After how many minutes in a row a pause is due, and how many a day are enough."""

    pause_after: int = 50
    day_limit: int = 180

    def with_own(self, day_limit: int | None) -> "Terms":
        """Return the terms for somebody who has set a limit of their own: the lower one holds.

        >>> Terms(50, 180).with_own(90).day_limit, Terms(50, 180).with_own(300).day_limit
        (90, 180)
        """
        return (
            self if day_limit is None else self._replace(day_limit=min(day_limit, self.day_limit))
        )


class Clock(NamedTuple):
    """How many seconds somebody has read on a day, and how many of them without a pause.

    ``longest`` is for how many seconds after ``latest`` they may have read on unseen; ``allowed``
    is up to how many seconds of the day they chose to go on.
    """

    seconds: int = 0
    in_a_row: int = 0
    latest: datetime | None = None
    longest: int = 0
    allowed: int = 0

    @property
    def minutes(self) -> int:
        """Full minutes of the day."""
        return self.seconds // MINUTE


def clock_after(clock: Clock, *, at: datetime, longest: int) -> Clock:
    """Count what was read since the clock was last told of a page; a pause begins the row anew.

    ``longest`` says what is before the reader from now on: a page that tells every minute that it
    is looked at, one that cannot, or nothing (0).
    """
    gap = int((at - clock.latest).total_seconds()) if clock.latest else 0
    if gap < 0:
        return clock  # two pages at once, or the machine's clock was set back
    read = min(gap, clock.longest)
    return clock._replace(
        seconds=clock.seconds + read,
        in_a_row=0 if gap >= A_PAUSE else clock.in_a_row + read,
        latest=at,
        longest=longest,
    )


def clock_seen(clock: Clock, *, at: datetime) -> Clock:
    """Return the clock as it stands at a moment at which nothing is read."""
    return clock_after(clock, at=at, longest=0) if clock.latest else clock


def clock_of_a_new_day(yesterday: Clock, *, at: datetime) -> Clock:
    """Begin a day with nothing read; whoever reads past midnight has still not paused."""
    if yesterday.latest is None or (at - yesterday.latest).total_seconds() >= A_PAUSE:
        return Clock()
    return yesterday._replace(seconds=0, allowed=0)


def clock_going_on(clock: Clock) -> Clock:
    """Allow a quarter of an hour from now."""
    return clock._replace(allowed=clock.seconds + FURTHER * MINUTE)


def pace_of(clock: Clock, terms: Terms) -> Pace:
    """Say whether to read on, to pause, or whether today's limit is reached."""
    if clock.seconds >= max(terms.day_limit * MINUTE, clock.allowed):
        return Pace.HELD
    if clock.in_a_row >= terms.pause_after * MINUTE:
        return Pace.PAUSE
    return Pace.READING


def check_terms(terms: Terms) -> None:
    """Refuse limits that would protect nobody, or stop the work."""
    check_pause(terms.pause_after)
    check_day_limit(terms.day_limit)


def check_pause(minutes: int) -> None:
    """Refuse a pause that comes too soon to read anything, or too late to help."""
    if not LEAST_PAUSE <= minutes <= MOST_PAUSE:
        raise Refusal(
            "A pause is suggested after {least} to {most} minutes.",
            least=LEAST_PAUSE,
            most=MOST_PAUSE,
        )


def check_day_limit(minutes: int) -> None:
    """Refuse a day's limit that lets nobody read, or that is none."""
    if not LEAST_DAY <= minutes <= MOST_DAY:
        raise Refusal(
            "A day's limit is between {least} and {most} minutes.", least=LEAST_DAY, most=MOST_DAY
        )
