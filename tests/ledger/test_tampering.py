"""Somebody who holds the database can change the ledger, but not unseen."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from exeunt.errors import Refusal
from exeunt.ledger.models import Entry, Head
from exeunt.ledger.recording import leaf_of, read, written
from exeunt.ledger.verifying import Witness, problems_of_ledger, read_witness, witness
from exeunt.methods.hash_tree import peaks_of
from tests.making.ledger import an_attack, execute, some_acts

ENTRIES = 9
TAMPERINGS = 25
Tamper = Callable[[random.Random], None]


def other_character(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    other = chance.choice([letter for letter in "0123456789abcdef" if letter != text[place]])
    return text[:place] + other + text[place + 1 :]


def any_entry(chance: random.Random) -> Entry:
    return Entry.objects.get(position=chance.randrange(ENTRIES))


def change(entry: Entry, **cells: object) -> None:
    Entry.objects.filter(pk=entry.pk).update(**cells)


def one_character(chance: random.Random) -> None:
    entry, column = any_entry(chance), chance.choice(["by", "act", "subject", "leaf"])
    change(entry, **{column: other_character(getattr(entry, column), chance)})


def the_moment(chance: random.Random) -> None:
    entry = any_entry(chance)
    change(entry, at=entry.at + timedelta(microseconds=chance.choice([-1, 1, 10**6, 10**12])))


def a_fact(chance: random.Random) -> None:
    entry = any_entry(chance)
    facts = chance.choice([{}, {"version": -1}, {"version": None}, {**entry.facts, "more": 1}])
    change(entry, facts=facts)


def an_entry_and_its_leaf(chance: random.Random) -> None:
    entry = any_entry(chance)
    entry.by = other_character(entry.by, chance)
    change(entry, by=entry.by, leaf=leaf_of(entry).hex())


def one_deleted(chance: random.Random) -> None:
    any_entry(chance).delete()


def the_last_ones_cut_off(chance: random.Random) -> None:
    Entry.objects.filter(position__gte=chance.randrange(ENTRIES)).delete()


def two_exchanged(chance: random.Random) -> None:
    one, other = (Entry.objects.get(pk=place) for place in chance.sample(range(ENTRIES), 2))
    for entry, like in ((one, other), (other, one)):
        entry.subject, entry.facts = (Entry.objects.get(pk=like.pk).subject, dict(like.facts))
    for entry in (one, other):
        change(entry, subject=entry.subject, facts=entry.facts, leaf=leaf_of(entry).hex())


def the_positions_moved(chance: random.Random) -> None:
    change(any_entry(chance), position=ENTRIES + chance.randrange(3))


def one_put_in(chance: random.Random) -> None:
    entry = any_entry(chance)
    entry.position = ENTRIES
    entry.leaf = leaf_of(entry).hex()
    entry.save(force_insert=True)


def the_size_in_the_head(chance: random.Random) -> None:
    Head.objects.update(size=chance.choice([0, ENTRIES - 1, ENTRIES + 1]))


def a_digest_in_the_head(chance: random.Random) -> None:
    head = Head.objects.get()
    peak = chance.choice(head.peaks)
    peak[1] = other_character(peak[1], chance)
    head.save()


def a_height_in_the_head(chance: random.Random) -> None:
    head = Head.objects.get()
    chance.choice(head.peaks)[0] += 1
    head.save()


def a_peak_in_the_head(chance: random.Random) -> None:
    head = Head.objects.get()
    head.peaks = chance.choice([[], head.peaks[:-1], head.peaks * 2, head.peaks[::-1]])
    head.save()


SEEN_WITHOUT_A_WITNESS: list[Tamper] = [
    one_character,
    the_moment,
    a_fact,
    an_entry_and_its_leaf,
    one_deleted,
    the_last_ones_cut_off,
    two_exchanged,
    the_positions_moved,
    one_put_in,
    the_size_in_the_head,
    a_digest_in_the_head,
    a_height_in_the_head,
    a_peak_in_the_head,
]


@pytest.mark.parametrize("tamper", SEEN_WITHOUT_A_WITNESS, ids=lambda tamper: tamper.__name__)
def test_every_tampering_is_seen(db, tamper):
    """Of this many random ones of each kind, all: 100 %."""
    some_acts(ENTRIES)
    seen = 0
    for seed in range(TAMPERINGS):
        with an_attack():
            tamper(random.Random(seed))
            seen += bool(problems_of_ledger())

    assert problems_of_ledger() == []
    assert seen == TAMPERINGS


def rewrite_the_tree() -> None:
    """Make leaves and head fit whatever the entries say now."""
    entries = list(Entry.objects.order_by("position"))
    for entry in entries:
        Entry.objects.filter(pk=entry.pk).update(leaf=leaf_of(entry).hex())
    peaks = peaks_of(leaf_of(entry) for entry in entries)
    Head.objects.update(size=len(entries), peaks=written(peaks))


@pytest.mark.parametrize(
    "tamper",
    [one_character, the_moment, a_fact, the_last_ones_cut_off, two_exchanged],
    ids=lambda tamper: tamper.__name__,
)
def test_rewriting_entries_and_tree_is_seen_with_a_witness_and_only_then(db, tamper):
    some_acts(ENTRIES)
    outside = witness()
    alone, witnessed = 0, 0
    for seed in range(TAMPERINGS):
        with an_attack():
            tamper(random.Random(seed))
            rewrite_the_tree()
            changed = witness() != outside
            alone += bool(problems_of_ledger())
            witnessed += bool(problems_of_ledger(outside)) == changed

    assert (alone, witnessed) == (0, TAMPERINGS)


def test_a_witness_speaks_for_the_entries_before_it_and_lets_the_ledger_grow(db):
    some_acts(5)
    outside = witness()
    some_acts(4)

    assert problems_of_ledger(outside) == []
    with an_attack():
        change(Entry.objects.get(position=7), act="forged")
        rewrite_the_tree()

        assert problems_of_ledger(outside) == []
        assert problems_of_ledger(Witness(9, "0" * 64)) != []


def test_a_ledger_that_was_cut_off_is_told_from_one_that_was_altered(db):
    some_acts(5)
    outside = witness()
    with an_attack():
        Entry.objects.filter(position__gte=3).delete()
        rewrite_the_tree()

        assert problems_of_ledger(outside) == [
            "The ledger had 5 entries when it was witnessed and has 3."
        ]
    with an_attack():
        change(Entry.objects.get(position=2), act="forged")

        assert problems_of_ledger()[0] == "Ledger entry 2 was altered after it was written."


def test_an_emptied_ledger_is_seen(db):
    some_acts(2)
    with an_attack():
        Entry.objects.all().delete()

        assert problems_of_ledger() == ["The ledger should have 2 entries and has 0."]


def test_a_head_that_no_longer_reads_as_one_is_told_in_a_sentence(db):
    some_acts(3)
    head = Head.objects.get()
    head.peaks = [[1, "no digest"], [0]]
    head.save()

    assert problems_of_ledger() != []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets no such value in")
@pytest.mark.parametrize(("column", "damage"), [("at", "'2026-13-02 9h'"), ("by", "x'ff'")])
def test_a_cell_that_can_no_longer_be_read_is_told_in_a_sentence(db, column, damage):
    some_acts(3)
    with an_attack():
        execute(f"UPDATE ledger_entry SET {column} = {damage} WHERE position = 1")  # noqa: S608

        assert any("1" in says for says in problems_of_ledger())


def test_a_witness_is_written_as_one_word_and_read_back(db):
    some_acts(3)

    assert read_witness(f"  {witness()}\n") == witness()
    assert read(Head.objects.get().peaks)[0].height == 1


@pytest.mark.parametrize(
    "text", ["", "12", "12:", f"x:{'0' * 64}", f"1:{'0' * 63}", f"-1:{'0' * 64}", f"1:{'G' * 64}"]
)
def test_what_is_no_witness_is_refused_with_an_example(text):
    with pytest.raises(Refusal, match="12:ab34"):
        read_witness(text)
