"""The demonstration whose reports are looked at."""

from tests.archive.folders import demonstration  # noqa: F401 - a fixture
