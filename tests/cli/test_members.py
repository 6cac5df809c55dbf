"""`exeunt member`: who is here, and in which role."""

import pytest

from tests.archive.folders import state_of
from tests.cli.terminal import done, misused, refused, told


def test_a_new_name_becomes_a_member_with_a_role(archive):
    assert done("member", "add", "Dana", "--role", "viewer", at=archive) == (
        "Dana is viewer of leaving.\n"
    )
    assert {"member": "Dana", "kind": "person", "roles": "leaving: viewer"} in told(
        "member", "list", at=archive
    )


def test_a_machine_reader_is_marked(archive):
    done("member", "add", "reader-1", "--role", "coder", "--machine-reader", at=archive)

    assert {"member": "reader-1", "kind": "machine", "roles": "leaving: coder"} in told(
        "member", "list", at=archive
    )


def test_a_known_name_gets_a_further_role(archive):
    done("member", "add", "Boris", "--role", "legal reviewer", at=archive)

    assert len(told("member", "list", at=archive)) == 4
    assert "leaving: coder, legal reviewer" in done("member", "list", at=archive)


def test_a_person_is_not_turned_into_a_machine_unsaid(archive):
    before = state_of(archive)

    sentence = refused("member", "add", "Boris", "--role", "editor", "--machine-reader", at=archive)

    assert "Boris" in sentence
    assert state_of(archive) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("   ", "A member needs a name"),
        ("Bo\u202eris", "invisible or direction-changing"),
        ("B" * 81, "at most 80"),
    ],
    ids=["nothing", "a change of direction", "too long"],
)
def test_a_member_needs_a_name_that_cannot_deceive(archive, name, says):
    before = state_of(archive)

    assert says in refused("member", "add", name, "--role", "coder", at=archive)
    assert state_of(archive) == before


def test_only_a_lead_appoints(archive):
    before = state_of(archive)

    sentence = refused("member", "add", "Dana", "--role", "coder", at=archive, as_="Boris")

    assert "You may not appoint members: that is for lead, and you have coder." in sentence
    assert state_of(archive) == before


def test_a_role_that_does_not_exist_is_wrong_use(archive):
    assert "'lead', 'coder', 'custodian'" in misused(
        "member", "add", "Dana", "--role", "king", at=archive
    )
