"""The archives at which these tests sit, and the terminal."""

from tests.archive.folders import (  # noqa: F401 - fixtures
    archive,
    begun,
    begun_too,
    demonstration,
    no_archive_open,
    templates,
)
