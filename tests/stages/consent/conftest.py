"""What the tests of this folder start from."""

import pytest

from exeunt.stages.narrators.models import Narrator
from tests.making.fixtures import captures, cast, study
from tests.making.testimonies import an_account
from tests.making.web import browser_of

__all__ = ["browser_of", "captures", "cast", "narrator", "study"]


@pytest.fixture
def narrator(study, cast, captures) -> Narrator:
    """Somebody of whom the study has one account."""
    return an_account(study, cast, account_id="A-1", narrator="N-1", text=TOLD).narrator


TOLD = "I left in the winter. Zarquil bread was all we had."
