"""Where ``exeunt`` and ``python -m exeunt`` begin."""

import io
import sys

from exeunt.cli.guide import exeunt


def main() -> None:
    """Run the command line; leave with 0 (done), 1 (refused), 2 (wrong use), 130 (interrupted)."""
    for stream in (sys.stdout, sys.stderr):
        # Answers hold names in any script, whatever the locale says.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    exeunt()


if __name__ == "__main__":
    main()
