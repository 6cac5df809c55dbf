"""An act and its entry are written together or not at all, and an entry holds no prose."""

import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from exeunt.ledger.models import Entry, Head
from exeunt.ledger.recording import canonical, read, record, record_alone
from exeunt.ledger.verifying import problems_of_ledger, witness
from exeunt.members.actions import add_member
from exeunt.members.models import Member
from exeunt.methods.hash_tree import leaf_digest, peaks_of, root_of
from tests.making.archive import rows_everywhere
from tests.making.ledger import execute, some_acts

needs_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no such statement"
)


def test_an_act_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in one transaction"):
        record("member.added", subject="a1", by="b2")


def test_an_entry_says_who_did_what_to_what_and_when(db):
    entry = record_alone("accounts.read", subject="s1", by="m1", rows=3, whole=True, codebook=None)
    stored = Entry.objects.get()

    assert (stored.position, stored.act, stored.subject, stored.by) == (
        0,
        "accounts.read",
        "s1",
        "m1",
    )
    assert stored.at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert stored.facts == {"rows": 3, "whole": True, "codebook": None}
    assert stored.leaf == entry.leaf


def test_the_canonical_form_is_the_same_before_and_after_storage(db):
    entry = record_alone("accounts.read", subject="s1", by="m1", rows=3, b="2", a=None)
    written = canonical(entry)

    assert canonical(Entry.objects.get()) == written
    assert json.loads(written) == {
        "position": 0,
        "at": "2026-03-02T09:00:00.000000+00:00",
        "by": "m1",
        "act": "accounts.read",
        "subject": "s1",
        "facts": {"rows": 3, "b": "2", "a": None},
    }
    assert b" " not in written
    assert written.index(b'"a":') < written.index(b'"b":') < written.index(b'"rows":')


def test_the_head_speaks_for_all_entries(db):
    some_acts(11)
    leaves = [leaf_digest(canonical(entry)) for entry in Entry.objects.order_by("position")]

    assert list(Entry.objects.values_list("position", flat=True)) == list(range(11))
    assert Head.objects.get().size == 11
    assert read(Head.objects.get().peaks) == peaks_of(leaves)
    assert str(witness()) == f"11:{root_of(peaks_of(leaves)).hex()}"
    assert problems_of_ledger() == []


def test_an_act_that_is_undone_takes_its_entry_with_it(cast):
    before, head = rows_everywhere(), witness()
    with transaction.atomic():
        add_member(name="Gone again", by=cast.amina)
        transaction.set_rollback(True)

    assert rows_everywhere() == before
    assert witness() == head
    assert problems_of_ledger() == []


def test_an_entry_that_is_refused_takes_its_act_with_it(db, monkeypatch):
    monkeypatch.setattr("exeunt.members.actions.new_reference", lambda: "Amina, the lead")
    with pytest.raises(ValueError, match="references only"):
        add_member(name="Amina", by=Member(ref="a1"))

    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "fact",
    [
        "Amina Hassan",
        "left because of the fighting",
        "أمينة",
        "Zoë",
        "line\nbreak",
        "tab\there",
        "x" * 81,
        "a;b",
        "“quoted”",
        "\u200e",
    ],
)
@pytest.mark.parametrize("place", ["subject", "by", "about"])
def test_prose_is_refused_wherever_it_stands(db, fact, place):
    facts = {"subject": "s1", "by": "m1", place: fact}
    with pytest.raises(ValueError, match=f"“{place}” could hold more"):
        record_alone("account.read", **facts)

    assert not Entry.objects.exists()


def test_prose_is_refused_as_the_name_of_an_act(db):
    with pytest.raises(ValueError, match="“act” could hold more"):
        record_alone("Amina read an account", subject="s1", by="m1")


@pytest.mark.parametrize(
    "fact", [["Amina Hassan"], {"name": "Amina Hassan"}, b"Amina Hassan", 1.5], ids=repr
)
def test_nothing_but_plain_facts_is_written_down(db, fact):
    with pytest.raises(ValueError, match="“about”"):
        record_alone("account.read", subject="s1", by="m1", about=fact)


@pytest.mark.parametrize(
    "fact",
    ["", "icsr-2015@1", "2031-12-31", "html+pdf", "a/b:c_d.e", "0" * 64, -99, 2**62, False, None],
    ids=repr,
)
def test_references_digests_counts_and_states_are_written_down_as_they_are(db, fact):
    record_alone("account.read", subject="s1", by="m1", about=fact)

    assert Entry.objects.get().facts == {"about": fact}
    assert problems_of_ledger() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET act = 'nothing'",
        "UPDATE ledger_entry SET position = position + 10",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_entry WHERE position = 2",
        pytest.param("TRUNCATE ledger_entry", marks=needs_postgres),
        pytest.param("TRUNCATE ledger_entry CASCADE", marks=needs_postgres),
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(db, statement):
    some_acts(3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement)

    assert Entry.objects.count() == 3
    assert problems_of_ledger() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces a row like this")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO ledger_entry SELECT 1, at, by, 'forged', subject, facts, leaf"
        " FROM ledger_entry WHERE position = 0",
        "REPLACE INTO ledger_entry SELECT 1, at, by, 'forged', subject, facts, leaf"
        " FROM ledger_entry WHERE position = 0",
        "UPDATE OR REPLACE ledger_entry SET position = 1 WHERE position = 0",
    ],
    ids=["insert or replace", "replace", "update or replace"],
)
def test_replacing_an_entry_is_refused_like_changing_it(db, statement):
    some_acts(3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement)

    assert problems_of_ledger() == []


def test_a_second_head_is_refused(db):
    with pytest.raises(DatabaseError), transaction.atomic():
        execute("INSERT INTO ledger_head (id, size, peaks) VALUES (2, 0, '[]')")


def test_an_act_without_a_head_is_not_kept(db):
    Head.objects.all().delete()
    with pytest.raises(Head.DoesNotExist):
        record_alone("account.read", subject="s1", by="m1")

    assert problems_of_ledger() == [
        "The ledger has lost its head; restore the archive from a backup."
    ]
