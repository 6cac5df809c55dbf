"""What the tests of this folder start from."""

from tests.making.fixtures import captures, cast, study
from tests.making.signing_in import amina_with_app, quick_hashing, visitor
from tests.making.web import browser_of

__all__ = [
    "amina_with_app",
    "browser_of",
    "captures",
    "cast",
    "quick_hashing",
    "study",
    "visitor",
]
