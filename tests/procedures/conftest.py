"""The archives that these tests open, and the demonstration."""

from tests.archive.folders import (  # noqa: F401 - fixtures
    archive,
    demonstration,
    no_archive_open,
    templates,
)
from tests.making.fixtures import captures, cast, study, vault  # noqa: F401 - fixtures
from tests.making.web import browser_of  # noqa: F401 - a fixture
