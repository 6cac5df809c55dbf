"""Links by which members come in: drawn by somebody, good once, for three days."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import DatabaseError, transaction
from django.utils import timezone

from exeunt.errors import BadInput, Refusal
from exeunt.ledger.models import Entry
from exeunt.members.actions import accept, add_member, change_passphrase, draw_link
from exeunt.members.models import Invitation, Kind, Member
from exeunt.members.queries import anybody_can_sign_in, digest_of, invitation_with
from tests.making.archive import acts, rows_everywhere

GOOD = "seven invented horses"
DEAD = "This link does not work any more: a link works once, and for three days."


def drawn(member, by) -> str:
    """Draw a link and return its token."""
    return draw_link(member=member, by=by).token


def test_a_link_lets_its_member_set_a_passphrase(cast):
    assert not anybody_can_sign_in()
    member = accept(token=drawn(cast.boris, cast.amina), passphrase=GOOD)

    assert member == cast.boris
    assert Member.objects.get(name="Boris").check_password(GOOD)
    assert anybody_can_sign_in()
    assert acts()[-2:] == ["member.link-drawn", "member.link-accepted"]


def test_the_token_is_nowhere_in_the_archive(cast):
    token = drawn(cast.boris, cast.amina)

    assert Invitation.objects.get().digest == digest_of(token)
    assert token not in str(
        [vars(row) for row in [*Invitation.objects.all(), *Entry.objects.all()]]
    )
    assert len(token) == 43  # 32 random bytes


def test_who_drew_a_link_for_whom_is_in_the_ledger(cast):
    link = draw_link(member=cast.boris, by=cast.amina)
    entry = Entry.objects.latest("position")

    assert (entry.subject, entry.by) == (cast.boris.ref, cast.amina.ref)
    assert entry.facts == {"link": link.invitation.ref, "hours": 72, "had_a_way_in": False}


def used(cast, _clock):
    token = drawn(cast.boris, cast.amina)
    accept(token=token, passphrase=GOOD)
    return token


def replaced(cast, _clock):
    token = drawn(cast.boris, cast.amina)
    draw_link(member=cast.boris, by=cast.amina)
    return token


def expired(cast, clock):
    token = drawn(cast.boris, cast.amina)
    clock.shift(72 * 3600)
    return token


def unknown(_cast, _clock):
    return "no-such-link"


@pytest.mark.parametrize("dead", [used, replaced, expired, unknown])
def test_a_link_that_works_no_more_is_refused_in_the_same_words(cast, clock, dead):
    token = dead(cast, clock)
    before = rows_everywhere()
    with pytest.raises(Refusal) as refusal:
        accept(token=token, passphrase=GOOD)

    assert str(refusal.value).startswith(DEAD)
    assert "Ask a lead of your study for a new one." in str(refusal.value)
    assert rows_everywhere() == before


def test_a_link_works_until_its_last_second(cast, clock):
    token = drawn(cast.boris, cast.amina)
    clock.shift(72 * 3600 - 1)

    assert invitation_with(token).member == cast.boris


def test_a_link_for_one_leaves_those_of_others_alone(cast):
    token = drawn(cast.chidi, cast.amina)
    draw_link(member=cast.boris, by=cast.amina)

    assert invitation_with(token).member == cast.chidi


@pytest.mark.parametrize(
    ("passphrase", "says"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "attackers try first"),
        ("Boris the First", "too much like your name"),
        ("x" * 257, "at most 256"),
        ("", "at least 12 characters"),
    ],
)
def test_an_unfit_passphrase_is_refused_and_does_not_use_the_link_up(cast, passphrase, says):
    named = add_member(name="Boris the First", by=cast.amina)
    token = drawn(named, cast.amina)
    before = acts()
    with pytest.raises(BadInput, match=says):
        accept(token=token, passphrase=passphrase)

    assert acts() == before
    assert accept(token=token, passphrase=GOOD) == named


def test_a_new_link_takes_every_earlier_way_in_away(cast):
    member = accept(token=drawn(cast.boris, cast.amina), passphrase=GOOD)
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    stood = member.get_session_auth_hash()
    draw_link(member=member, by=cast.amina)
    now = Member.objects.get(pk=member.pk)

    assert not now.has_usable_password()
    assert not Authenticator.objects.filter(user=member).exists()
    assert now.get_session_auth_hash() != stood
    assert Entry.objects.latest("position").facts["had_a_way_in"] is True


def test_a_machine_gets_no_link(cast):
    reader = add_member(name="reader-1", kind=Kind.MACHINE, by=cast.amina)
    with pytest.raises(Refusal, match="A machine reader never signs in"):
        draw_link(member=reader, by=cast.amina)


def test_a_link_that_ends_before_it_begins_cannot_be_stored(cast):
    now = timezone.now()
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.create(
            member=cast.boris, made_by=cast.amina, digest="x", made=now,
            expires=now - timezone.timedelta(seconds=1),
        )  # fmt: skip


def test_a_passphrase_is_changed_by_who_knows_it(cast):
    member = accept(token=drawn(cast.boris, cast.amina), passphrase=GOOD)
    change_passphrase(now=GOOD, passphrase="eight invented horses", by=member)

    assert Member.objects.get(pk=member.pk).check_password("eight invented horses")
    assert acts()[-1] == "member.passphrase-changed"


@pytest.mark.parametrize(
    ("now", "new", "says"),
    [("wrong", "eight invented horses", "not your passphrase"), (GOOD, "short", "12 characters")],
)
def test_a_passphrase_is_not_changed_otherwise(cast, now, new, says):
    member = accept(token=drawn(cast.boris, cast.amina), passphrase=GOOD)
    with pytest.raises(BadInput, match=says):
        change_passphrase(now=now, passphrase=new, by=member)

    assert Member.objects.get(pk=member.pk).check_password(GOOD)


def test_names_that_differ_by_capitals_only_are_one_name(cast):
    for name in ("boris", "BORIS"):
        with pytest.raises(Refusal, match="already called"):
            add_member(name=name, by=cast.amina)
