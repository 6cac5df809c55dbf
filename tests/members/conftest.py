"""What the tests of this folder start from."""

from tests.making.fixtures import cast
from tests.making.signing_in import quick_hashing

__all__ = ["cast", "quick_hashing"]
