"""What the tests of this folder start from."""

import pytest

from tests.making.again import made_again
from tests.making.coding import Desk, a_codebook
from tests.making.fixtures import captures, cast, study
from tests.making.testimonies import some_accounts
from tests.making.web import browser_of

__all__ = ["browser_of", "captures", "cast", "study"]


@pytest.fixture
def desk(cast, study, captures, tmp_path) -> Desk:
    """Three accounts, A0001 to A0003, and a codebook of three codes; nobody has coded."""

    def furnish() -> Desk:
        some_accounts(3, tmp_path, study=study, cast=cast)
        return Desk(study, a_codebook(study, cast))

    return made_again("desk", (study.ref,), furnish, folder=tmp_path)
