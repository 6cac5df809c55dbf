"""What the tests of this folder start from."""

import pytest

from tests.making.fixtures import captures, cast, study
from tests.making.web import browser_of

__all__ = ["browser_of", "captures", "cast", "incoming", "study"]


@pytest.fixture(autouse=True)
def incoming(settings, tmp_path):
    """The open archive's folder for files that are sent."""
    settings.EXEUNT_INCOMING = str(tmp_path / "incoming")
    return tmp_path / "incoming"
