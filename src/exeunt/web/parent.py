"""No process of the server outlives the one that holds the archive."""

import os
import signal
import threading
import time

EVERY_SECONDS = 0.5
GRACE_SECONDS = 5


def leave_with_parent() -> None:
    """Watch the process that started this one; when it is gone, stop, and if need be at once.

    A parent that was killed could tell nobody, and would leave pages served by an archive that
    another process may open.
    """
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
