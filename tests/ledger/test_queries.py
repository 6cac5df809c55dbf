"""The entries that concern one study are found by position, however long the ledger is."""

import pytest
from django.db import DatabaseError, connection, transaction

from exeunt.ledger.models import Entry
from exeunt.ledger.queries import Sought, entries_about
from exeunt.ledger.recording import record
from tests.making.ledger import an_attack, execute

OURS, THEIRS = "a" * 16, "b" * 16


def write(count: int, study: str, act: str = "account.read", by: str = "boris") -> None:
    """Write down so many acts that name this study."""
    with transaction.atomic():
        for number in range(count):
            record(act, subject=f"{number:016x}", by=by, study=study)


def positions(leaf) -> list[int]:
    return [entry.position for entry in leaf.entries]


@pytest.fixture
def mixed(db):
    """Four acts of ours among six of theirs, and one about our study itself."""
    for study in (OURS, THEIRS, THEIRS) * 2:
        write(1, study)
    write(2, OURS, act="sheet.saved", by="chidi")
    write(2, THEIRS)
    with transaction.atomic():
        record("study.begun", subject=OURS, by="amina")


def test_what_concerns_a_study_is_found_the_latest_first(mixed):
    assert positions(entries_about(OURS)) == [10, 7, 6, 3, 0]
    assert positions(entries_about(THEIRS)) == [9, 8, 5, 4, 2, 1]
    assert positions(entries_about("c" * 16)) == []


def test_it_is_narrowed(mixed):
    assert positions(entries_about(OURS, Sought(by="chidi"))) == [7, 6]
    assert positions(entries_about(OURS, Sought(act="study.begun"))) == [10]
    assert positions(entries_about(OURS, Sought(by="chidi", act="study.begun"))) == []


def test_leaves_join_without_a_gap_in_both_directions(mixed):
    first = entries_about(OURS, size=2)
    second = entries_about(OURS, older_than=first.older_than, size=2)
    third = entries_about(OURS, older_than=second.older_than, size=2)

    assert [positions(leaf) for leaf in (first, second, third)] == [[10, 7], [6, 3], [0]]
    assert (first.newer_than, third.older_than) == (None, None)
    assert positions(entries_about(OURS, newer_than=third.newer_than, size=2)) == [6, 3]
    assert positions(entries_about(OURS, newer_than=second.newer_than, size=2)) == [10, 7]


@pytest.mark.parametrize("place", [{"older_than": 0}, {"newer_than": 10}])
def test_beyond_the_ends_there_is_an_empty_leaf(mixed, place):
    leaf = entries_about(OURS, **place)

    assert (leaf.entries, leaf.newer_than, leaf.older_than) == ([], None, None)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its planner is another")
def test_a_leaf_is_found_by_the_index(mixed):
    entries = Entry.objects.filter(concerns=OURS, position__lt=9).order_by("-position")

    assert "INDEX ledger_entry_concerns" in entries.explain()
    assert "TEMP B-TREE" not in entries.explain()


def test_nobody_moves_an_entry_to_another_study(mixed):
    with an_attack(), pytest.raises(DatabaseError), transaction.atomic():
        execute("UPDATE ledger_entry SET concerns = 'theirs' WHERE position = 0")


def test_what_an_entry_concerns_follows_from_the_entry_alone(mixed):
    with an_attack():
        Entry.objects.filter(position=10).update(subject=THEIRS)
        moved = positions(entries_about(THEIRS))

    assert moved[0] == 10
