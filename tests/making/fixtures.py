"""Fixtures for the stages' tests; a folder's `conftest.py` asks for those that it needs."""

from pathlib import Path

import pytest

from exeunt.studies.models import Study
from tests.making.again import made_again
from tests.making.members import the_cast
from tests.making.studies import a_staffed_study
from tests.making.vault import MadeVault, a_vault
from tests.people import Cast


@pytest.fixture
def cast(db) -> Cast:
    """Everybody, as members of an archive that holds no study yet."""
    return made_again("cast", (), the_cast)


@pytest.fixture
def study(cast: Cast) -> Study:
    """A study with the whole cast but Eve, and without a protocol."""
    return made_again("study", tuple(member.ref for member in cast), lambda: a_staffed_study(cast))


@pytest.fixture
def captures(settings, tmp_path: Path) -> Path:
    """The open archive's folder for captures, empty."""
    folder = tmp_path / "captures"
    folder.mkdir()
    settings.EXEUNT_CAPTURES = str(folder)
    return folder


@pytest.fixture
def vault(cast: Cast, tmp_path: Path, settings) -> MadeVault:
    """A vault beside the archive, which Dana keeps; shut."""
    return a_vault(cast, tmp_path, settings)
