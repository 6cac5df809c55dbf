"""The archives that these tests open."""

from tests.archive.folders import (  # noqa: F401 - fixtures
    archive,
    begun,
    demonstration,
    no_archive_open,
    templates,
)
