"""What the tests of this folder start from."""

from tests.making.fixtures import captures, cast, study
from tests.making.web import browser_of

__all__ = ["browser_of", "captures", "cast", "study"]
