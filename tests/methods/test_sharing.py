"""Sharing out: whole, even, drawn again from its seed, and the overlap as large as was asked."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.sharing import (
    Work,
    _pairs,
    how_many_twice,
    read_by_all,
    share_out,
    shared_pairs,
)

READERS = ("Amina", "Boris", "Chidi", "Dov", "Esi", "Fola", "Gita")
MOST_READERS = 24


@st.composite
def piles_of_work(draw):
    """Some things with lengths and strata, some readers, a share for two, and a seed."""
    drawn = st.tuples(st.integers(0, 9_000), st.sampled_from(["", "2014", "2015", "ar"]))
    works = [Work(f"w{at}", *one) for at, one in enumerate(draw(st.lists(drawn, max_size=60)))]
    readers = READERS[: draw(st.integers(1, len(READERS)))]
    overlap = draw(st.integers(0, 100)) if len(readers) > 1 else 0
    return works, readers, overlap, draw(st.integers(0, 2**32))


def drawn(pile):
    works, readers, overlap, seed = pile
    return share_out(works, readers, Random(seed), overlap=overlap)


def spread(numbers) -> int:
    return max(numbers) - min(numbers)


@given(piles_of_work())
def test_everything_is_read_at_least_once_and_nothing_is_given_to_somebody_twice(pile):
    shares = drawn(pile)

    assert set().union(*shares.values()) == {work.name for work in pile[0]}
    assert all(len(set(share)) == len(share) for share in shares.values())


@given(piles_of_work())
def test_how_much_readers_read_differs_by_one_at_most(pile):
    assert spread([len(share) for share in drawn(pile).values()]) <= 1


@given(piles_of_work())
def test_the_overlap_is_exact_to_rounding_and_by_two_readers(pile):
    works, _readers, overlap, _seed = pile
    times = Counter(name for share in drawn(pile).values() for name in share)

    assert set(times.values()) <= {1, 2}
    assert list(times.values()).count(2) == how_many_twice(len(works), overlap)
    assert abs(how_many_twice(len(works), overlap) - len(works) * overlap / 100) <= 0.5


@given(piles_of_work())
def test_each_pair_of_readers_shares_about_as_much(pile):
    shares = drawn(pile)
    shared = shared_pairs(shares)

    if len(shares) > 1:
        assert spread([shared.get(pair, 0) for pair in combinations(shares, 2)]) <= 1


@given(piles_of_work())
def test_the_same_seed_draws_the_same_again(pile):
    assert drawn(pile) == drawn(pile)


@given(piles_of_work())
def test_each_stratum_is_dealt_evenly(pile):
    # What one reads is dealt within 1; what two read is a stretch of an order whose beginnings
    # differ by 1, so a stretch, the difference of two beginnings, by 2.
    works, _readers, overlap, _seed = pile
    stratum_of = {work.name: work.stratum for work in works}
    counts = [Counter(stratum_of[name] for name in share) for share in drawn(pile).values()]

    for stratum in set(stratum_of.values()):
        assert spread([count[stratum] for count in counts]) <= (3 if overlap else 1)


@given(st.lists(st.integers(0, 9_000), min_size=1, max_size=60), st.integers(1, len(READERS)))
def test_without_overlap_and_strata_nobody_reads_more_than_the_longest_text_more(lengths, readers):
    works = [Work(f"w{at}", length) for at, length in enumerate(lengths)]
    length_of = {work.name: work.length for work in works}
    shares = share_out(works, READERS[:readers], Random(1))

    totals = [sum(length_of[name] for name in share) for share in shares.values()]
    assert spread(totals) <= max(lengths)


@pytest.mark.parametrize("count", range(2, MOST_READERS + 1))
def test_every_pair_stands_once_and_every_beginning_meets_all_readers_about_equally(count):
    readers = [f"r{at}" for at in range(count)]
    pairs = _pairs(readers)

    assert sorted(map(sorted, pairs)) == sorted(map(sorted, combinations(readers, 2)))
    met = Counter(dict.fromkeys(readers, 0))
    for pair in pairs:
        met.update(pair)
        assert spread(met.values()) <= 1


def test_lengths_are_balanced_by_hand():
    # Sorted: 9 8 | 2 1. First hand: one reader 9, the other 8. Second: who has 8 gets the 2,
    # who has 9 the 1. Both read 10.
    works = [Work("nine", 9), Work("two", 2), Work("one", 1), Work("eight", 8)]

    shares = share_out(works, ["Boris", "Chidi"], Random(5))

    assert {frozenset(share) for share in shares.values()} == {
        frozenset({"nine", "one"}),
        frozenset({"eight", "two"}),
    }


def test_another_seed_draws_otherwise():
    works = [Work(f"w{at}") for at in range(30)]
    draws = {
        tuple(share_out(works, READERS[:3], Random(seed), overlap=20)["Boris"])
        for seed in range(20)
    }

    assert len(draws) == 20


def test_by_lot_everything_has_the_same_chance_of_being_read_twice():
    # 10 things, 20 % of them twice: each in 2 of 10 draws, 400 of 2,000; a standard deviation
    # is sqrt(2,000 x .2 x .8) = 17.9, and all of ten stay within five of them.
    works = [Work(f"w{at}") for at in range(10)]
    twice = Counter()
    for seed in range(2_000):
        shares = share_out(works, ["Boris", "Chidi"], Random(seed), overlap=20)
        twice.update(set(shares["Boris"]) & set(shares["Chidi"]))

    assert all(abs(twice[work.name] - 400) < 90 for work in works)


def test_when_all_read_all_each_has_an_order_of_their_own():
    names = [f"w{at}" for at in range(12)]

    shares = read_by_all(names, ["Boris", "Chidi"], Random(3))

    assert sorted(shares["Boris"]) == sorted(shares["Chidi"]) == sorted(names)
    assert shares["Boris"] != shares["Chidi"]


@pytest.mark.parametrize(
    ("works", "readers", "overlap", "says"),
    [
        ([Work("a")], [], 0, "among readers"),
        ([Work("a")], ["Boris", "Boris"], 0, "each named once"),
        ([Work("a"), Work("a")], ["Boris"], 0, "shared out once"),
        ([Work("a", -1)], ["Boris"], 0, "0 or more"),
        ([Work("a")], ["Boris", "Chidi"], 101, "from 0 to 100"),
        ([Work("a")], ["Boris", "Chidi"], -1, "from 0 to 100"),
        ([Work("a")], ["Boris"], 20, "two readers"),
    ],
    ids=["nobody", "a name twice", "a thing twice", "length", "too much", "too little", "alone"],
)
def test_what_makes_no_sense_is_refused(works, readers, overlap, says):
    with pytest.raises(ValueError, match=says):
        share_out(works, readers, Random(1), overlap=overlap)
