"""Keys to the vault: made by whoever is to keep one, let in and taken away by another."""

import re

import pytest
from django.urls import reverse
from pyrage import passphrase as age

from exeunt.members.actions import add_member
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from exeunt.vault.models import Custodian
from exeunt.vault.states import CustodianState
from tests.making.custody import unlock
from tests.making.vault import PASSPHRASE

PREPARE = reverse("custody:prepare")
OWN = "nine lanterns over a slow canal"


@pytest.fixture
def ines(entrusted, cast):
    """A second custodian of the study, who keeps no key yet."""
    member = add_member(name="Ines", by=cast.amina)
    appoint(study=entrusted, member=member, role=Role.CUSTODIAN, by=cast.amina)
    return member


@pytest.fixture
def hers(ines, vault, browser_of):
    """The key that Ines has made."""
    made = browser_of(ines).post(PREPARE, {"passphrase": OWN, "again": OWN})
    assert made.status_code == 200
    return Custodian.objects.get(member=ines.ref)


def test_a_key_is_made_and_its_file_handed_out_once(ines, vault, browser_of):
    client = browser_of(ines)
    page = client.post(PREPARE, {"passphrase": OWN, "again": OWN}).content.decode()
    (file,) = re.findall(r"-----BEGIN AGE.*?END AGE ENCRYPTED FILE-----", page, re.DOTALL)

    assert b"AGE-SECRET-KEY-" in age.decrypt(file.replace("\n\n", "\n").encode(), OWN)
    assert Custodian.objects.get(member=ines.ref).state == CustodianState.PREPARED
    assert client.post(PREPARE, {"passphrase": OWN, "again": OWN}).status_code == 422
    assert OWN not in page


def test_two_passphrases_that_differ_make_no_key(ines, vault, browser_of):
    sent = {"passphrase": OWN, "again": OWN + "s"}

    assert browser_of(ines).post(PREPARE, sent).status_code == 422
    assert not Custodian.objects.filter(member=ines.ref).exists()


def test_only_custodians_of_a_study_make_a_key(vault, cast, browser_of):
    assert browser_of(cast.amina).get(PREPARE).status_code == 403


def test_a_custodian_lets_another_in(dana, hers, ines, browser_of):
    place = reverse("custody:admit", args=[hers.ref])
    assert dana.get(place).status_code == 200
    assert dana.post(place, {"passphrase": PASSPHRASE}).status_code == 302
    hers.refresh_from_db()
    client = browser_of(ines)
    opened = client.post(reverse("custody:open"), {"passphrase": OWN, "reason": "masking"})

    assert hers.state == CustodianState.ACTIVE
    assert opened.status_code == 302


def test_a_key_is_taken_away_at_once_and_whoever_has_it_open_is_shut_out(
    dana, hers, ines, browser_of
):
    dana.post(reverse("custody:admit", args=[hers.ref]), {"passphrase": PASSPHRASE})
    client = browser_of(ines)
    client.post(reverse("custody:open"), {"passphrase": OWN, "reason": "keys"})
    place = reverse("custody:remove", args=[hers.ref])

    assert dana.get(place).status_code == 200
    assert dana.post(place).status_code == 302
    assert client.get(reverse("custody:admit", args=[hers.ref])).status_code == 403


def test_the_last_custodian_cannot_leave(dana, cast):
    mine = Custodian.objects.get(member=cast.dana.ref)
    answer = dana.post(reverse("custody:remove", args=[mine.ref]))

    assert answer.status_code == 422
    assert "This is the last custodian." in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "not the passphrase of anybody here"])
def test_an_unlocked_browser_alone_lets_nobody_in(typed, dana, hers):
    place = reverse("custody:admit", args=[hers.ref])

    assert dana.post(place, {"passphrase": typed}).status_code == 422
    hers.refresh_from_db()
    assert hers.state == CustodianState.PREPARED


def test_an_unknown_key_is_not_there_and_a_shut_vault_is_opened_before_one_is_taken_away(
    dana, entrusted
):
    assert dana.get(reverse("custody:admit", args=["nothing"])).status_code == 404
    place = reverse("custody:remove", args=["nothing"])

    assert dana.get(place).status_code == 404
    dana.post(reverse("custody:shut"))
    assert dana.get(place).status_code == 302
    assert unlock(dana).status_code == 302
