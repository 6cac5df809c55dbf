"""What the tests of this folder start from."""

import pytest
from django.test import Client

from exeunt.studies.models import Study
from tests.making.custody import unlock
from tests.making.fixtures import captures, cast, study, vault
from tests.making.studies import with_protocol
from tests.making.vault import MadeVault
from tests.making.web import Browser, browser_of
from tests.people import Cast

__all__ = ["browser_of", "captures", "cast", "dana", "entrusted", "incoming", "study", "vault"]


@pytest.fixture(autouse=True)
def incoming(settings, tmp_path):
    """The open archive's folder for files that are sent."""
    settings.EXEUNT_INCOMING = str(tmp_path / "incoming")
    return tmp_path / "incoming"


@pytest.fixture
def entrusted(study: Study, cast: Cast) -> Study:
    """A study with a protocol, so that testimonies may be entrusted to it."""
    return with_protocol(study, cast)


@pytest.fixture
def dana(cast: Cast, vault: MadeVault, entrusted: Study, browser_of: Browser) -> Client:
    """Dana's browser, in which the vault stands open."""
    client = browser_of(cast.dana)
    assert unlock(client).status_code == 302
    return client
