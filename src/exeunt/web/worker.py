"""The process beside the pages that does long work: ``python -m exeunt.web.worker``."""

import os
from pathlib import Path

from django.core.management import call_command

from exeunt.archive.opening import joined
from exeunt.desk.actions import end_interrupted
from exeunt.desk.uploads import drop_left_over
from exeunt.web.parent import leave_with_parent

EVERY_SECONDS = 0.5


def main() -> None:
    """Do what is asked for, until told to stop."""
    leave_with_parent()
    with joined(Path(os.environ["EXEUNT_SERVED"])):
        end_interrupted()
        drop_left_over()
        call_command("db_worker", interval=EVERY_SECONDS, verbosity=0, startup_delay=False)


if __name__ == "__main__":
    main()
