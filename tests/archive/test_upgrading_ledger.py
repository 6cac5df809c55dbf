"""An archive from before there was a ledger page: its past is told, and its ledger stays whole."""

import pytest
from django.core.management import call_command

from exeunt.archive.opening import opened
from exeunt.ledger.queries import entries_about
from exeunt.ledger.verifying import problems_of_ledger, witness
from exeunt.studies.models import Membership, ProtocolVersion, Study
from tests.cli.terminal import done

PROTOCOL = {
    "approval": "Invented board 7",
    "lawful-basis": "Public record",
    "retention": "2031-12-31",
    "access-contact": "Amina",
    "breach-contact": "Dana",
    "holder-duties": "None",
}


@pytest.fixture
def earlier(archive):
    """The archive with a protocol, as it was before its versions were kept."""
    said = [word for part, words in PROTOCOL.items() for word in (f"--{part}", words)]
    done("study", "protocol", *said, at=archive)
    with opened(archive):
        kept = witness()
        call_command("migrate", "studies", "0002", verbosity=0)
        call_command("migrate", "ledger", "0002", verbosity=0)
    return archive, kept


def test_the_protocol_that_held_is_the_first_version_with_who_agreed_it(earlier):
    archive, _ = earlier
    with opened(archive):
        (version,) = ProtocolVersion.objects.all()
        found = (version.number, version.approval_reference, version.agreed_by.name)
        agreed = version.agreed

    assert found == (1, "Invented board 7", "Amina")
    assert agreed is not None


def test_every_role_has_the_day_of_its_entry(earlier):
    archive, _ = earlier
    with opened(archive):
        undated = Membership.objects.filter(since=None).count()

    assert undated == 0


def test_the_past_is_found_and_not_one_entry_was_touched(earlier):
    archive, kept = earlier
    with opened(archive):
        problems = problems_of_ledger(kept)
        told = entries_about(Study.objects.get().ref, size=500).entries
        acts = {entry.act for entry in told}

    assert problems == []
    assert {"study.begun", "protocol.agreed", "accounts.imported"} <= acts
