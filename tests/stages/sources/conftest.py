"""What the tests of this folder start from."""

from tests.making.fixtures import captures, cast, study

__all__ = ["captures", "cast", "study"]
