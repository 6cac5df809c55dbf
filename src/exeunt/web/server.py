"""The process that takes requests: ``python -m exeunt.web.server``, started by ``exeunt serve``.

It holds no archive and loads no Django: its workers do, each for itself.
"""

import os
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from exeunt.web.parent import leave_with_parent

APPLICATION = "exeunt.web.wsgi:application"
# Python computes one page at a time in each worker; more threads would only wait for one another
# and for the one writer that SQLite lets in.
THREADS = 4
STOP_SECONDS = 5


def main() -> None:
    """Serve until told to stop; of what is asked for, nothing is written to a log."""
    leave_with_parent()
    Server(
        APPLICATION,
        address=os.environ["EXEUNT_ADDRESS"],
        port=int(os.environ["EXEUNT_PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ["EXEUNT_WORKERS"]),
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        ssl_cert=_path("EXEUNT_TLS_CERTIFICATE"),
        ssl_key=_path("EXEUNT_TLS_KEY"),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def _path(name: str) -> Path | None:
    named = os.environ.get(name)
    return Path(named) if named else None


if __name__ == "__main__":
    main()
