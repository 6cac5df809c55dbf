"""The command line: opens an archive, asks or acts, and shows."""

import exeunt.archive  # noqa: F401 - prepares Django for every command below
