"""The demonstration whose reports are looked at."""

from tests.archive.folders import demonstration, templates  # noqa: F401 - fixtures
