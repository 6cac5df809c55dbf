"""What the tests of this folder start from."""

from tests.making.fixtures import cast, study
from tests.making.work import at_once, incoming

__all__ = ["at_once", "cast", "incoming", "study"]
