"""What the tests of this folder start from."""

from tests.making.fixtures import captures, cast, study
from tests.making.signing_in import PASSPHRASE, amina_with_app, visitor
from tests.making.web import browser_of

__all__ = ["PASSPHRASE", "amina_with_app", "browser_of", "captures", "cast", "study", "visitor"]
