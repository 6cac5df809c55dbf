"""Handing an archive over: who comes, who goes, and what would leave nobody in charge."""

import pytest
from django.contrib.sessions.models import Session

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.ledger.verifying import problems_of_ledger
from exeunt.members.actions import add_member, draw_link
from exeunt.members.models import Invitation
from exeunt.procedures.handover import Hands, hand_over, told, what_handover_touches
from exeunt.stages.narrators.actions.holds import place_hold
from exeunt.studies.actions import agree_protocol, appoint
from exeunt.studies.models import Protocol
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import Role
from exeunt.vault.room import CustodianState, custodian_with, keys_with, prepare_custodian
from tests.making.archive import rows_everywhere
from tests.making.studies import COMPLETE, with_protocol
from tests.making.vault import OTHER_PASSPHRASE, a_person


@pytest.fixture
def newcomers(cast, study, vault):
    """Nadia, who is to lead, and Omar, who is to keep the vault and has made a key."""
    nadia, omar = (add_member(name=name, by=cast.amina) for name in ("Nadia", "Omar"))
    appoint(study=study, member=omar, role=Role.CUSTODIAN, by=cast.amina)
    prepare_custodian(passphrase=OTHER_PASSPHRASE, by=omar)
    return nadia, omar


@pytest.fixture
def hands(cast, newcomers):
    """Nadia and Omar take over from Amina and Dana."""
    nadia, omar = newcomers
    return Hands(leads=(nadia,), custodians=(omar,), leaving=(cast.amina, cast.dana))


def test_the_new_hands_come_in_and_the_old_ones_have_nothing_left(cast, study, vault, hands):
    hand_over(hands=hands, keys=vault.keys(), by=cast.amina)

    nadia, omar = hands.leads[0], hands.custodians[0]
    assert roles_of(nadia, study) == {Role.LEAD}
    assert roles_of(omar, study) == {Role.CUSTODIAN}
    assert roles_of(cast.amina, study) == roles_of(cast.dana, study) == frozenset()
    assert custodian_with(cast.dana.ref) is None
    assert custodian_with(omar.ref).state == CustodianState.ACTIVE


def test_the_new_custodian_opens_what_the_old_one_sealed(cast, vault, hands):
    a_person(vault, "a" * 16)

    hand_over(hands=hands, keys=vault.keys(), by=cast.amina)

    assert keys_with(passphrase=OTHER_PASSPHRASE, by=hands.custodians[0]).handle("x", "y")
    with pytest.raises(Refusal, match="did not open"):
        vault.keys()


def test_nobody_keeps_a_way_in(cast, vault, hands):
    cast.boris.set_password("seven boats beside a quiet lamp")
    cast.boris.save()
    draw_link(member=cast.chidi, by=cast.amina)
    Session.objects.create(session_key="0" * 40, session_data="", expire_date="2026-03-09T09:00Z")

    hand_over(hands=hands, keys=vault.keys(), by=cast.amina)

    cast.boris.refresh_from_db()
    assert not cast.boris.has_usable_password()
    assert not Session.objects.exists()
    assert {one.expires for one in Invitation.objects.all()} == {
        Entry.objects.get(act="archive.handed-over").at
    }


def test_the_protocol_lapses_until_a_new_lead_agrees_it(cast, study, vault, hands):
    with_protocol(study, cast)

    hand_over(hands=hands, keys=vault.keys(), by=cast.amina)

    assert study.protocol_facts() is None
    assert Protocol.objects.get(study=study).approval_reference
    agree_protocol(study=study, facts=COMPLETE, by=hands.leads[0])
    assert study.protocol_facts() == COMPLETE


def test_the_ledger_says_so_with_the_witnesses_of_both(cast, study, vault, hands):
    done = hand_over(hands=hands, keys=vault.keys(), by=cast.amina)

    entry = Entry.objects.get(act="archive.handed-over")
    assert entry.facts["vault_root"] == done.vault.root
    assert int(entry.facts["archive_entries"]) == entry.position
    assert problems_of_ledger(done.archive) == []


def test_looking_first_says_it_all_and_changes_nothing(cast, study, vault, hands):
    before = rows_everywhere()

    lines = list(told(what_handover_touches(hands=hands, by=cast.amina)))

    assert "Omar gets every key of the vault." in lines
    assert "Dana loses every key of the vault." in lines
    assert "Nadia becomes lead of leaving." in lines
    assert "Amina is no longer lead of leaving." in lines
    assert rows_everywhere() == before


def test_done_again_after_it_was_interrupted_it_is_finished(cast, study, vault, hands, monkeypatch):
    keys = vault.keys()
    with monkeypatch.context() as broken:
        broken.setattr("exeunt.procedures.handover.appoint", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            hand_over(hands=hands, keys=keys, by=cast.amina)

    hand_over(hands=hands, keys=None, by=cast.amina)

    assert roles_of(hands.leads[0], study) == {Role.LEAD}
    assert custodian_with(cast.dana.ref) is None


@pytest.mark.parametrize("who", ["boris", "dana", "lina", "eve"])
def test_only_a_lead_hands_over(cast, vault, hands, who):
    with pytest.raises(NotYours):
        hand_over(hands=hands, keys=vault.keys(), by=getattr(cast, who))


def test_no_study_is_left_without_a_lead(cast, vault, hands):
    with pytest.raises(NotYet, match="Nobody would lead “leaving” any more"):
        what_handover_touches(hands=hands._replace(leads=()), by=cast.amina)


def test_the_vault_is_not_left_without_a_custodian(cast, study, vault, hands):
    with pytest.raises(NotYet, match="Nobody would hold a key to the vault"):
        what_handover_touches(hands=hands._replace(custodians=()), by=cast.amina)


def test_a_custodian_makes_a_key_first(cast, vault, hands):
    with pytest.raises(NotYet, match="Nadia has no key to the vault yet"):
        what_handover_touches(hands=hands._replace(custodians=hands.leads), by=cast.amina)


def test_with_the_vault_shut_no_custodian_is_let_in(cast, vault, hands):
    with pytest.raises(NotYet, match="To let Omar into the vault, a custodian opens it"):
        hand_over(hands=hands, keys=None, by=cast.amina)


def test_a_legal_hold_stays_with_somebody_who_can_lift_it(cast, study, vault, hands):
    place_hold(study=study, narrator=None, reference="Elm 12", by=cast.lina)
    leaving = hands._replace(leaving=(*hands.leaving, cast.lina))

    with pytest.raises(NotYet, match="nobody who stays could lift it"):
        what_handover_touches(hands=leaving, by=cast.amina)

    what_handover_touches(hands=hands, by=cast.amina)


def test_nobody_both_leaves_and_takes_over(cast, vault, hands):
    with pytest.raises(Refusal, match="Amina cannot both leave and take over"):
        what_handover_touches(hands=hands._replace(leads=(cast.amina,)), by=cast.amina)


def test_somebody_has_to_leave(cast, vault, hands):
    with pytest.raises(Refusal, match="say with --from who leaves"):
        what_handover_touches(hands=hands._replace(leaving=(cast.eve,)), by=cast.amina)


def test_without_a_vault_the_rest_is_handed_over(cast, study):
    nadia = add_member(name="Nadia", by=cast.amina)
    hands = Hands(leads=(nadia,), custodians=(), leaving=(cast.amina,))

    done = hand_over(hands=hands, keys=None, by=cast.amina)

    assert done.vault is None
    assert roles_of(nadia, study) == {Role.LEAD}
