"""What the tests of this folder start from."""

from tests.making.fixtures import cast

__all__ = ["cast"]
