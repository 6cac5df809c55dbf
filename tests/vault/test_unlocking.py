"""Opening the vault: with one's own passphrase, for ten minutes, in one browser; no oracle."""

import traceback
from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from exeunt.errors import NotYet, Refusal
from exeunt.ledger.models import Entry
from exeunt.vault.actions import unlocking
from exeunt.vault.actions.custodians import admit_custodian, prepare_custodian, remove_custodian
from exeunt.vault.actions.people import open_record
from exeunt.vault.actions.unlocking import (
    keys_now,
    keys_on_paper,
    keys_with,
    open_vault,
    shut_vault,
    shut_what_ended,
)
from exeunt.vault.models import Custodian, Unlocking
from exeunt.vault.rules.opening import closed_after, is_open
from exeunt.vault.sealing import passphrases
from exeunt.vault.states import CustodianState, Reason, Record
from tests.conftest import NOW
from tests.making.vault import OTHER_PASSPHRASE, PASSPHRASE, SESSION, a_person

NARRATOR = "a" * 16
WRONG = "four lamps beside the quiet sea"


def opened(vault, by=None) -> str:
    return open_vault(
        passphrase=PASSPHRASE, reason=Reason.CONTACT, session=SESSION, by=by or vault.dana
    )


def refusal_of(passphrase: str, by) -> str:
    with pytest.raises(Refusal) as refused:
        keys_with(passphrase=passphrase, by=by)
    return str(refused.value)


@pytest.fixture
def boris(vault, cast):
    """A second custodian."""
    prepared = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    return admit_custodian(
        custodian=prepared.custodian, name="Boris", keys=vault.keys(), by=vault.dana
    )


def test_it_stands_open_for_ten_minutes(vault, clock):
    word = opened(vault)
    clock.shift(timedelta(minutes=9, seconds=59))
    assert keys_now(word, session=SESSION, by=vault.dana).custodian.member == vault.dana.ref

    clock.shift(timedelta(seconds=1))
    with pytest.raises(NotYet, match="not open for you"):
        keys_now(word, session=SESSION, by=vault.dana)


def test_when_its_time_is_over_its_half_of_the_key_goes(vault, clock):
    word = opened(vault)
    clock.shift(timedelta(minutes=11))
    with pytest.raises(NotYet):
        keys_now(word, session=SESSION, by=vault.dana)

    assert not Unlocking.objects.exists()


def test_what_nobody_shut_goes_when_the_archive_is_opened_again(vault, clock):
    opened(vault)
    shut_what_ended()
    assert Unlocking.objects.count() == 1

    clock.shift(timedelta(minutes=10))
    shut_what_ended()
    assert not Unlocking.objects.exists()


@pytest.mark.parametrize(
    ("says", "session"),
    [("", SESSION), ("x{word}", SESSION), ("{word}", "another"), ("{word}", "")],
    ids=["no word", "another word", "another session", "no session"],
)
def test_without_the_word_of_this_browser_it_is_shut(vault, says, session):
    word = opened(vault)
    with pytest.raises(NotYet, match="not open for you"):
        keys_now(says.format(word=word), session=session, by=vault.dana)


def test_one_custodians_word_opens_nothing_for_another(vault, cast, boris):
    word = opened(vault)
    with pytest.raises(NotYet, match="not open for you"):
        keys_now(word, session=SESSION, by=cast.boris)


def test_opening_anew_shuts_what_stood_open(vault):
    earlier = opened(vault)
    opened(vault)
    with pytest.raises(NotYet):
        keys_now(earlier, session=SESSION, by=vault.dana)


def test_a_clock_that_is_set_back_shuts_it(vault, clock):
    word = opened(vault)
    clock.shift(timedelta(minutes=-1))
    with pytest.raises(NotYet, match="not open for you"):
        keys_now(word, session=SESSION, by=vault.dana)


def test_a_clock_that_is_set_back_gives_no_more_time(vault, clock, monkeypatch):
    """Eleven minutes pass, and somebody sets the clock to five minutes after the opening."""
    word = opened(vault)
    real = unlocking.seconds_running()
    clock.shift(timedelta(minutes=5))
    monkeypatch.setattr(unlocking, "seconds_running", lambda: real + 11 * 60)

    with pytest.raises(NotYet, match="not open for you"):
        keys_now(word, session=SESSION, by=vault.dana)


@pytest.mark.parametrize(
    ("minutes", "running", "stands"),
    [
        (0, 0.0, True),
        (9, 540.0, True),
        (10, 540.0, False),
        (9, 600.0, False),
        (-1, 5.0, False),
        (1, -5.0, False),
    ],
    ids=["at once", "nine minutes", "by the wall", "by the machine", "set back", "started anew"],
)
def test_both_clocks_must_say_that_it_is_open(minutes, running, stands):
    now, ends = NOW + timedelta(minutes=minutes), NOW + timedelta(minutes=10)
    assert is_open(NOW, ends, now=now, running=running) is stands


def test_a_custodian_who_is_removed_while_it_stands_open_is_shut_out_at_once(vault, cast, boris):
    word = open_vault(
        passphrase=OTHER_PASSPHRASE, reason=Reason.CONTACT, session=SESSION, by=cast.boris
    )
    assert keys_now(word, session=SESSION, by=cast.boris)

    remove_custodian(custodian=boris, by=vault.dana)

    with pytest.raises(NotYet, match="not open for you"):
        keys_now(word, session=SESSION, by=cast.boris)


def test_shutting_it_shuts_it_and_twice_changes_nothing(vault):
    word = opened(vault)
    shut_vault(by=vault.dana)
    entries = Entry.objects.using("vault").count()
    shut_vault(by=vault.dana)

    assert Entry.objects.using("vault").count() == entries
    with pytest.raises(NotYet):
        keys_now(word, session=SESSION, by=vault.dana)


def test_a_budget_that_is_shut_in_between_is_spent(vault):
    a_person(vault, NARRATOR)
    keys = vault.opened()
    shut_vault(by=vault.dana)
    with pytest.raises(NotYet, match="not open for you"):
        open_record(narrator=NARRATOR, record=Record.NAMES, keys=keys, by=vault.dana)


# --- no oracle -----------------------------------------------------------------------------------


@pytest.fixture
def work(monkeypatch):
    """What every try costs: the Argon2id that is computed, as (salt length, cost)."""
    done = []
    real = passphrases._stretched

    def stretched(passphrase, *, salt, cost):
        done.append((len(salt), cost))
        return real(passphrase, salt=salt, cost=cost)

    monkeypatch.setattr(passphrases, "_stretched", stretched)
    return done


def closed(vault, cast):
    Custodian.objects.filter(member=cast.dana.ref).update(closed_until=NOW + timedelta(minutes=1))
    return cast.dana


def prepared(vault, cast):
    prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    return cast.boris


def removed(vault, cast):
    made = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    admit_custodian(custodian=made.custodian, name="Boris", keys=vault.keys(), by=vault.dana)
    remove_custodian(custodian=made.custodian, by=vault.dana)
    return cast.boris


@pytest.mark.parametrize(
    ("who", "passphrase"),
    [
        (lambda vault, cast: cast.dana, WRONG),
        (lambda vault, cast: cast.eve, PASSPHRASE),
        (closed, PASSPHRASE),
        (closed, WRONG),
        (prepared, OTHER_PASSPHRASE),
        (prepared, WRONG),
        (removed, OTHER_PASSPHRASE),
        (lambda vault, cast: cast.dana, ""),
        (lambda vault, cast: cast.dana, "\ud83d" + WRONG[:3]),
    ],
    ids=[
        "wrong",
        "no key",
        "closed, right",
        "closed, wrong",
        "not let in, right",
        "not let in, wrong",
        "removed, right",
        "empty",
        "half a letter",
    ],
)
def test_every_refusal_is_the_same_sentence_after_the_same_work(vault, cast, work, who, passphrase):
    by = who(vault, cast)
    work.clear()

    said = refusal_of(passphrase, by)

    assert said == refusal_of(WRONG, cast.lina)
    assert work[0] == work[1] == (16, passphrases.cost_from(django_settings.EXEUNT_GUESSING_COST))
    entry = Entry.objects.using("vault").order_by("-position")[1]
    assert (entry.act, entry.by, entry.subject) == (
        "vault.not-opened",
        by.ref,
        vault.founded.vault.ref,
    )


def test_after_five_wrong_tries_it_is_closed_for_a_quarter_of_an_hour(vault, clock):
    for _ in range(5):
        refusal_of(WRONG, vault.dana)
    refusal_of(PASSPHRASE, vault.dana)
    clock.shift(timedelta(minutes=14, seconds=59))
    refusal_of(PASSPHRASE, vault.dana)

    clock.shift(timedelta(seconds=1))
    assert keys_with(passphrase=PASSPHRASE, by=vault.dana)
    assert Custodian.objects.get(member=vault.dana.ref).failures == 0


def test_the_fifth_try_may_be_the_right_one(vault):
    for _ in range(4):
        refusal_of(WRONG, vault.dana)

    assert keys_with(passphrase=PASSPHRASE, by=vault.dana)
    assert keys_with(passphrase=PASSPHRASE, by=vault.dana)


def test_a_try_is_counted_before_it_is_made(vault, monkeypatch):
    """So that a hundred at once have no more guesses than five in a row."""
    seen = []

    def looks(locked, **_):
        seen.append(Custodian.objects.get(member=vault.dana.ref).failures)
        raise unlocking.NotOpenedError

    monkeypatch.setattr(unlocking, "unlock", looks)
    for _ in range(3):
        refusal_of(WRONG, vault.dana)

    assert seen == [1, 2, 3]


@pytest.mark.parametrize(
    ("failures", "until"),
    [
        (1, None),
        (4, None),
        (5, NOW + timedelta(minutes=15)),
        (6, None),
        (10, NOW + timedelta(minutes=30)),
        (15, NOW + timedelta(minutes=60)),
    ],
)
def test_it_is_closed_longer_every_time(failures, until):
    assert closed_after(failures, now=NOW) == until


def test_a_guess_is_made_hard():
    """RFC 9106 recommends three rounds of 64 MiB where memory is short; this is four times it."""
    cost = passphrases.cost_from("3-4-262144")
    assert cost == passphrases.Cost()
    assert cost.memory >= 64 * 1024
    assert cost.rounds >= 3


# --- the word on paper ---------------------------------------------------------------------------


def test_the_word_on_paper_opens_everything(vault, cast):
    a_person(vault, NARRATOR)
    keys = keys_on_paper(word=vault.founded.word.lower(), by=cast.amina)

    opened = open_record(narrator=NARRATOR, record=Record.NAMES, keys=keys, by=cast.amina)
    assert opened.content["name"] == "Rahma Testwell"
    acts = Entry.objects.using("vault").filter(act="vault.opened", by=cast.amina.ref)
    assert acts.get().facts["reason"] == "paper"


@pytest.mark.parametrize("word", ["", "four lamps", "AGE-SECRET-KEY-1"])
def test_another_word_opens_nothing_and_is_written_down(vault, cast, word):
    with pytest.raises(Refusal, match="not the word that was written down"):
        keys_on_paper(word=word, by=cast.amina)

    assert Entry.objects.using("vault").order_by("-position").first().act == "vault.not-opened"


# --- nothing of a key is shown -------------------------------------------------------------------


def test_no_key_or_passphrase_is_in_what_a_log_would_show(vault, cast, caplog):
    keys = vault.opened()
    made = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    with pytest.raises(Refusal) as refused:
        keys_with(passphrase=WRONG, by=vault.dana)

    shown = " ".join(
        [
            *map(repr, (keys, keys.pair, vault.founded, made, made.paper, keys.unlocking)),
            *map(str, (keys, keys.pair, vault.founded, made, made.paper)),
            "".join(traceback.format_exception(refused.value)),
            caplog.text,
        ]
    )
    secrets = [PASSPHRASE, OTHER_PASSPHRASE, WRONG, vault.founded.word, made.paper.word]
    raw = [keys.link, made.paper.secret]
    hidden = [*secrets, *(key.hex() for key in raw), *(repr(key) for key in raw)]
    assert [one for one in hidden if one in shown] == []


def test_what_the_ledgers_hold_names_no_passphrase(vault, cast):
    refusal_of(WRONG, vault.dana)
    entries = [
        str(entry.__dict__) for on in ("default", "vault") for entry in Entry.objects.using(on)
    ]
    assert not any(word in entry for word in ("lamps", "sea", "AGE-") for entry in entries)


def test_the_state_of_a_key_that_waits_is_prepared(vault, cast):
    made = prepare_custodian(passphrase=OTHER_PASSPHRASE, by=cast.boris)
    assert made.custodian.state == CustodianState.PREPARED
