"""How far a piece of long work is."""

from enum import StrEnum


class JobState(StrEnum):
    """From asked for to done, or to why it was not."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING, JobState.FAILED}),
    JobState.RUNNING: frozenset({JobState.DONE, JobState.REFUSED, JobState.FAILED}),
    JobState.DONE: frozenset(),
    JobState.REFUSED: frozenset(),
    JobState.FAILED: frozenset(),
}
