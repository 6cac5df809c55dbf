"""The process beside the pages that does long work: ``python -m exeunt.web.worker``.

Beside it, once a minute, whatever consent has ended since is written down.
"""

import logging
import os
from pathlib import Path
from threading import Event, Thread

from django.core.management import call_command
from django.db import DatabaseError, connections
from django.utils import timezone

from exeunt.archive.opening import joined
from exeunt.desk.actions import end_interrupted
from exeunt.desk.uploads import drop_left_over
from exeunt.stages.consent.actions.events import THE_DAY, note_lapses
from exeunt.web.parent import leave_with_parent

EVERY_SECONDS = 0.5
A_MINUTE = 60.0
logger = logging.getLogger(__name__)


def main() -> None:
    """Do what is asked for, until told to stop."""
    leave_with_parent()
    with joined(Path(os.environ["EXEUNT_SERVED"])):
        end_interrupted()
        drop_left_over()
        Thread(target=watch_the_day, args=(Event(),), daemon=True).start()
        call_command("db_worker", interval=EVERY_SECONDS, verbosity=0, startup_delay=False)


def watch_the_day(over: Event, *, every: float = A_MINUTE) -> None:
    """Write down whose consent has ended, again and again, until it is over."""
    while not over.wait(every):
        try:
            note_lapses(today=timezone.localdate(), by=THE_DAY)
        except DatabaseError as fault:
            # What has ended is shut without this; it is tried again in a minute.
            logger.warning("lapses could not be written down: %s", type(fault).__name__)
        finally:
            connections.close_all()


if __name__ == "__main__":
    main()
