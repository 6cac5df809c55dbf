"""The ledger of a study is told in words, to its leads, a leaf at a time."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from exeunt.ledger.models import Entry
from exeunt.ledger.queries import Sought, entries_about
from exeunt.ledger.recording import record
from exeunt.ledger.verifying import problems_of_ledger, read_witness, witness
from exeunt.members.models import Member
from exeunt.studies.actions import begin_study, invite
from exeunt.studies.roles import Role
from tests.making.archive import acts
from tests.making.counting import queries_for
from tests.making.reading import at, words


def some_acts(count: int, study, by, act="account.read") -> None:
    """Write down so many acts, and then another study's."""
    with transaction.atomic():
        for number in range(count):
            record(act, subject=f"{number:016x}", by=by.ref, study=study.ref)


@pytest.fixture
def amina(cast, browser_of):
    return browser_of(cast.amina)


@pytest.fixture
def page(study, amina):
    return lambda **asked: amina.get(at("studies:ledger", study), asked)


def test_an_entry_is_told_in_words_with_the_names_of_today(cast, study, page):
    Member.objects.filter(pk=cast.boris.pk).update(name="Boris the Younger")

    assert "Amina gave a role to Boris the Younger" in words(page())


def test_that_the_ledger_was_read_is_an_entry_too(cast, study, page):
    page()

    assert acts()[-1] == "ledger.read"
    assert "Amina read the ledger" in words(page())


def test_entries_of_another_study_are_not_shown(cast, study, page):
    theirs = begin_study(slug="elsewhere", by=cast.eve)
    some_acts(3, theirs, cast.eve)
    invite(study=theirs, name="Gita", role=Role.CODER, by=cast.eve)
    said = words(page())

    assert "Eve began" not in said
    assert "Gita" not in said


def test_an_act_is_found_by_the_study_that_it_names_or_that_it_is_about(cast, study):
    some_acts(1, study, cast.boris)
    found = [entry.act for entry in entries_about(study.ref).entries]

    assert found[0] == "account.read"
    assert found[-1] == "study.begun"


@pytest.mark.parametrize("other", ["boris", "vera", "edda"])
def test_only_a_lead_reads_it(cast, study, browser_of, other):
    client = browser_of(getattr(cast, other))

    for name in ("ledger", "witness"):
        assert client.get(at(f"studies:{name}", study)).status_code == 403
    assert "ledger.read" not in acts()


def test_it_is_narrowed_to_a_member_an_act_and_a_day(cast, study, browser_of, clock):
    some_acts(2, study, cast.boris)
    clock.shift(timedelta(days=1))
    some_acts(1, study, cast.chidi)
    place, amina = at("studies:ledger", study), browser_of(cast.amina)
    asked = {"by": cast.chidi.ref, "act": "account.read", "day": "2026-03-03"}
    lines = amina.get(place, asked).context["lines"]

    assert [line.position for line in lines] == [Entry.objects.get(by=cast.chidi.ref).position]
    assert "No entry is like that" in words(amina.get(place, {"day": "2026-03-01"}))


@pytest.mark.parametrize(
    "asked",
    [{"by": "nobody"}, {"act": "nothing.done"}, {"day": "soon"}, {"older_than": "9" * 40}],
    ids=["an unknown member", "an unknown act", "no day", "no position"],
)
def test_what_cannot_be_asked_is_answered_in_a_sentence(cast, study, page, asked):
    answer = page(**asked)

    assert answer.status_code == 422
    assert "This could not be done yet" in words(answer)


def test_leaves_are_turned_in_both_directions_and_lose_nothing(cast, study):
    some_acts(25, study, cast.boris)
    every = [entry.position for entry in entries_about(study.ref, size=1000).entries]
    sought, leaf, seen = Sought(), entries_about(study.ref, size=10), []
    older = [leaf]
    seen += [entry.position for entry in leaf.entries]
    for _ in range(3):
        leaf = entries_about(study.ref, sought, older_than=leaf.older_than, size=10)
        older.append(leaf)
        seen += [entry.position for entry in leaf.entries]
    back = entries_about(study.ref, newer_than=older[2].newer_than, size=10)

    assert seen == every
    assert older[-1].older_than is None
    assert back.entries == older[1].entries
    assert entries_about(study.ref, newer_than=back.newer_than, size=10).newer_than is None


def test_the_number_of_queries_does_not_grow_with_the_entries(cast, study, page):
    page()
    few = queries_for(page)
    some_acts(200, study, cast.boris)

    assert queries_for(page) == few


def test_a_witness_is_handed_out_that_holds_against_the_ledger(cast, study, amina):
    answer = amina.get(at("studies:witness", study))
    told = json.loads(answer.content)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="witness.json"'
    assert acts()[-1] == "ledger.witnessed"
    assert problems_of_ledger(read_witness(told["witness"])) == []
    assert told["size"] == witness().size
    assert told["at"].startswith(timezone.now().date().isoformat())
