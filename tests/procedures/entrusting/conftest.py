"""What the tests of this folder start from."""

import pytest

from exeunt.members.models import Member
from exeunt.procedures.entrusting.registering import Identity, register
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.states import Gender
from exeunt.studies.models import Study
from exeunt.vault.room import Keys
from tests.making.consent import agreed
from tests.making.fixtures import captures, cast, study, vault
from tests.making.studies import with_protocol
from tests.making.vault import MadeVault
from tests.people import Cast

__all__ = ["captures", "cast", "dana", "entrusted", "keys", "narrator", "study", "vault"]


@pytest.fixture
def entrusted(study: Study, cast: Cast) -> Study:
    """A study with a protocol, so that testimonies may be entrusted to it."""
    return with_protocol(study, cast)


@pytest.fixture
def dana(cast: Cast) -> Member:
    """The custodian."""
    return cast.dana


@pytest.fixture
def keys(vault: MadeVault) -> Keys:
    """The vault, open for Dana."""
    return vault.opened()


@pytest.fixture
def narrator(entrusted: Study, keys: Keys, dana: Member) -> Narrator:
    """Somebody registered under N-1 with a name in two scripts, who agreed to being read."""
    registered = register(
        study=entrusted,
        label="N-1",
        gender=Gender.WOMAN,
        identity=Identity("Rahma Testwell", aliases=("أم زين", "Umm Zayn")),
        ref="a1" * 8,
        keys=keys,
        by=dana,
    )
    return agreed(registered)
