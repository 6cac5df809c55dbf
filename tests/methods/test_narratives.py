"""Narratives of six invented accounts, read twice and counted by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods import narratives as count
from exeunt.methods.agreement import Standing
from exeunt.methods.proportions import Reading
from exeunt.methods.readings import Blanks, Readings
from tests.making.codebooks import GRADED
from tests.making.readings import read_by

BORIS, CHIDI = "Boris", "Chidi"
ALL, ANY = Reading.BY_ALL.value, Reading.BY_ANY.value
FEW = 20  # samples for an interval that no test looks at

# Columns J1 (joining), L1 and L2 (leaving); "" not mentioned, "?" unknown, "-" not applicable,
# "/" not coded at all.
TABLE = {
    BORIS: [[1, 1, 0], [0, 1, 1], ["", 0, 1], [1, "", ""], ["", "", ""], ["-", "?", 0]],
    CHIDI: [[1, 1, 0], [0, 0, 1], ["", 0, 1], [1, 1, ""], ["", "", ""], ["/", "?", 0]],
}
GROUPS = ["A", "A", "B", "A", "B", "B"]


@pytest.fixture
def readings() -> Readings:
    return read_by(TABLE, group=GROUPS)


def narratives_of(readings: Readings, blanks: Blanks = Blanks.MISSING) -> dict:
    agreed = count.agreements(readings, blanks=blanks, times=FEW)
    return {row.code: row for row in count.narratives(readings, agreed, blanks)}


def way(readings: Readings, name: str, blanks: Blanks = Blanks.MISSING) -> count.Way:
    return count.way_called(readings, name, blanks)


def parts(share) -> tuple[int, int]:
    return share.numerator, share.denominator


# Missing blanks: Boris has values for L1 in A1, A2, A3 (1, 1, 0), Chidi in A1 to A4 (1, 0, 0, 1);
# by all A1 to A3 (1, 0, 0), by any A1 to A4 (1, 1, 0, 1).
# Blanks as 0 add A4 and A5 for Boris (0, 0) and A5 for Chidi (0); A6 stays unknown to both.
@pytest.mark.parametrize(
    ("blanks", "name", "among_stated"),
    [
        (Blanks.MISSING, BORIS, (2, 3)),
        (Blanks.MISSING, CHIDI, (2, 4)),
        (Blanks.MISSING, ALL, (1, 3)),
        (Blanks.MISSING, ANY, (3, 4)),
        (Blanks.NOT_MENTIONED, BORIS, (2, 5)),
        (Blanks.NOT_MENTIONED, CHIDI, (2, 5)),
        (Blanks.NOT_MENTIONED, ALL, (1, 5)),
        (Blanks.NOT_MENTIONED, ANY, (3, 5)),
    ],
)
def test_a_share_has_its_own_numbers_in_every_way_of_reading(readings, blanks, name, among_stated):
    (shares,) = [ways for ways in narratives_of(readings, blanks)["L1"].ways if ways.way == name]

    assert parts(shares.among_stated) == among_stated
    assert parts(shares.among_all) == (among_stated[0], 6)


def test_the_ways_are_each_reader_then_all_then_any(readings):
    assert [ways.way for ways in narratives_of(readings)["L1"].ways] == [BORIS, CHIDI, ALL, ANY]


def test_a_graded_value_above_zero_counts_as_given():
    grades = [[0, 2, 1], [1, 0, 2]]
    told = narratives_of(read_by({BORIS: grades, CHIDI: grades}, codebook=GRADED))

    assert [parts(told[key].share(ALL)) for key in ("J1", "L1", "L2")] == [(1, 2), (1, 2), (2, 2)]


def test_agreement_on_each_code_is_the_one_worked_by_hand(readings):
    # L1: both rated A1 (1, 1), A2 (1, 0) and A3 (0, 0). Of the 6 values 3 are 1, so
    # observed disagreement is 2/6, expected 2*3*3/(6*5) = 18/30, alpha = 1 - (1/3)/(3/5) = 4/9.
    told = {row.code: row.agreement for row in count.agreements(readings, times=FEW)}

    assert told["L1"].alpha == pytest.approx(4 / 9)
    assert (told["L1"].units, told["L1"].values, told["L1"].prevalence) == (3, 6, 0.5)
    assert told["L1"].percent == pytest.approx(2 / 3)
    assert told["J1"].alpha == told["L2"].alpha == 1


def test_counting_blanks_as_zero_changes_the_agreement_too(readings):
    # L1: A4 (0, 1) and A5 (0, 0) come in. Of the 10 values 4 are 1: observed 4/10,
    # expected 2*4*6/(10*9) = 48/90, alpha = 1 - 0.4*90/48 = 1/4.
    told = count.agreements(readings, blanks=Blanks.NOT_MENTIONED, times=FEW)

    assert told[1].agreement.alpha == pytest.approx(1 / 4)
    assert told[1].agreement.units == 5


def test_agreement_on_stating_is_its_own_figure_and_untouched_by_blanks(readings):
    # Leaving: Boris finds something in A1, A2, A3, A6, Chidi also in A4; A5 holds nothing.
    # Of 12 values 9 are 1: observed 2/12, expected 2*9*3/(12*11) = 54/132,
    # alpha = 1 - (1/6)/(54/132) = 16/27.
    joining, leaving = count.agreements_on_stating(readings, times=FEW)

    assert (joining.code, joining.dimension) == ("", "joining")
    assert leaving.agreement.alpha == pytest.approx(16 / 27)
    assert leaving.agreement.percent == pytest.approx(5 / 6)
    assert joining.agreement.alpha == 1
    assert joining.agreement.units == 5  # A6 is not applicable to one, not coded by the other


def test_codes_that_nobody_used_are_not_measured():
    readings = read_by({BORIS: [["/", 1, "/"], ["/", 0, "/"]], CHIDI: [["/", 1, "/"]] * 2})

    assert [row.code for row in count.agreements(readings, times=FEW)] == ["L1"]


def test_a_code_below_the_threshold_is_unreliable(readings):
    told = narratives_of(readings)

    assert told["L1"].agreement.standing is Standing.UNRELIABLE  # 4/9 is below .667
    assert told["L2"].agreement.standing is Standing.FIRM


def test_the_same_seed_gives_the_same_interval(readings):
    one, other = (count.agreements(readings, times=200, seed=seed) for seed in (1, 1))

    assert one == other
    assert one[1].agreement.interval is not None


def test_accounts_of_one_narrator_are_drawn_together():
    # Three narrators with two equal accounts each: fewer things to draw, a wider interval.
    ones, zeros, split = ([1] * 3, [0] * 3, [1, 1, 1])
    boris = [ones, ones, zeros, zeros, split, split] * 3
    chidi = [ones, ones, zeros, zeros, zeros, zeros] * 3
    pairs = [number // 2 for number in range(18)]
    alone, together = (
        count.agreements(read_by({BORIS: boris, CHIDI: chidi}, narrators=who), times=500)
        for who in (None, pairs)
    )
    widths = [rows[0].agreement.interval for rows in (alone, together)]

    assert alone[0].agreement.alpha == together[0].agreement.alpha
    assert widths[1].high - widths[1].low > widths[0].high - widths[0].low


def test_who_spoke_matters_only_where_somebody_spoke_twice(readings):
    assert count.clusters_of(readings) is None
    assert count.clusters_of(read_by(TABLE, narrators=[1, 1, 2, 3, 4, 5])).tolist()[:2] == [1, 1]


def test_shares_are_counted_within_each_value_of_an_attribute(readings):
    # By any reader, L1: A has A1, A2, A4 (1, 1, 1), B has only A3 (0).
    # L2: A has A1, A2 (0, 1), B has A3, A6 (1, 0).
    rows = count.sliced(readings, way(readings, ANY), "group", codes=["L1", "L2"])

    assert [(row.value, row.code, parts(row.share)) for row in rows] == [
        ("A", "L1", (3, 3)),
        ("A", "L2", (1, 2)),
        ("B", "L1", (0, 1)),
        ("B", "L2", (1, 2)),
    ]
    assert rows[0].label == "In-fighting"


def test_slices_count_blanks_as_they_are_told_to(readings):
    # L1 by any: A4 has Chidi's 1 already; A5 in B comes in as 0, so B has A3, A5 (0, 0).
    counted = way(readings, ANY, Blanks.NOT_MENTIONED)
    rows = count.sliced(readings, counted, "group", codes=["L1"])

    assert [parts(row.share) for row in rows] == [(3, 3), (0, 2)]


def test_odds_are_compared_between_one_value_and_all_others(readings):
    # L1 by any: A 3 given, 0 not; B 0 given, 1 not. One of 4 arrangements is as extreme: p = 1/4.
    # L2 by any: 1 and 1 in either group, so the odds are equal.
    by_any = way(readings, ANY)
    first, second = count.compared(readings, by_any, ("group", "A"), codes=["L1", "L2"])

    assert first.odds.table == ((3, 0), (0, 1))
    assert first.odds.p == pytest.approx(0.25)
    assert first.odds.estimate == np.inf
    assert second.odds.table == ((1, 1), (1, 1))
    assert second.odds.estimate == pytest.approx(1)


def test_a_code_with_nothing_to_compare_is_left_out(readings):
    # By all readers J1 is known of A1, A2, A4 only, which all left group A.
    assert count.compared(readings, way(readings, ALL), ("group", "A"), codes=["J1"]) == []


def test_combinations_are_counted_among_accounts_with_a_value_for_every_code(readings):
    # By any reader: A1 gives L1 alone, A2 both, A3 L2 alone; A4, A5 and A6 lack a value.
    found = count.combinations(readings, way(readings, ANY), codes=["L1", "L2"])

    assert {(item.codes, item.accounts) for item in found} == {
        (("L1",), 1),
        (("L1", "L2"), 1),
        (("L2",), 1),
    }


def test_blanks_as_zero_bring_further_accounts_into_the_combinations(readings):
    # A4 now gives L1 alone and A5 nothing; A6 is unknown on L1.
    counted = way(readings, ANY, Blanks.NOT_MENTIONED)
    found = count.combinations(readings, counted, codes=["L1", "L2"])

    assert {(item.codes, item.accounts) for item in found} == {
        (("L1",), 2),
        (("L1", "L2"), 1),
        (("L2",), 1),
        ((), 1),
    }


def test_reasons_for_joining_are_crossed_with_those_for_leaving(readings):
    # By any reader J1 is 1, 0, -, 1, -, -. With L1 (1, 1, 0, 1, -, -): A1, A2, A4 are seen.
    # With L2 (0, 1, 1, -, -, 0): A1 and A2 are seen.
    first, second = count.joining_by_leaving(
        readings, way(readings, ANY), joining=["J1"], leaving=["L1", "L2"]
    )

    assert (first.n_both, first.n_joining, first.n_leaving, first.n_seen) == (2, 2, 3, 3)
    assert (second.n_both, second.n_joining, second.n_leaving, second.n_seen) == (0, 1, 1, 2)
    assert parts(first.share) == (2, 2)


def test_consistency_counts_one_account_for_each_narrator():
    # Narrators 5 and 9 tell their story again, with other reasons.
    once = [[1, 1, 0], [1, 1, 1], [0, 0, 1], [0, 0, 1], [1, 1, 1], [0, 1, 0], [1, 0, 1]] * 2
    again = read_by({BORIS: [*once, [1, 0, 0], [1, 0, 0]]}, narrators=[*range(14), 5, 9])
    first = read_by({BORIS: once}, narrators=range(14))
    how = {"codes": ["L1", "L2"], "times": FEW}
    found = count.consistency_of(again, way(again, BORIS), **how)

    assert found is not None
    assert found.seen == 14
    assert found == count.consistency_of(first, way(first, BORIS), **how)


def test_a_reading_that_there_is_not_is_refused_with_those_that_there_are(readings):
    with pytest.raises(ValueError, match="Boris, Chidi, given by all readers, given by any"):
        count.way_called(readings, "Dana")


def test_patterns_are_drawn_from_what_all_readers_say(readings):
    assert count.leading_way(readings) == ALL


def test_a_single_reader_is_the_only_way_of_reading():
    one = read_by({BORIS: TABLE[BORIS]})

    assert [found.name for found in count.ways_of(one)] == [BORIS]
    assert count.leading_way(one) == BORIS


def test_a_single_reader_s_reasons_are_counted_and_no_agreement_is_claimed():
    told = narratives_of(read_by({BORIS: TABLE[BORIS]}))

    assert parts(told["L1"].share(BORIS)) == (2, 3)
    assert told["L1"].agreement.alpha is None
    assert told["L1"].agreement.standing is Standing.UNKNOWN


def test_a_code_is_named_by_its_label_and_inherited_dimension(readings):
    book = readings.codebook
    child = replace(book.codes[1], key="L1a", label="Spies", dimension="", parent="L1")
    grown = replace(readings, codebook=replace(book, codes=(*book.codes, child)))

    assert count.label_of(grown, "L1a") == "Spies"
    assert count.dimension_of(grown, "L1a") == "leaving"
    assert count.label_of(grown, "L9") == "L9"
    assert count.dimension_of(grown, "L9") == ""


cell = st.sampled_from([0, 1, "?", "-", "", "/"])
rows = st.lists(st.tuples(cell, cell, cell), min_size=4, max_size=4)


@given(rows, rows, st.sampled_from(Blanks))
def test_what_all_say_is_never_more_than_what_one_says_nor_that_than_what_any_says(
    boris, chidi, blanks
):
    ways = {
        one.name: one.values for one in count.ways_of(read_by({BORIS: boris, CHIDI: chidi}), blanks)
    }
    told = {name: np.nansum(values) for name, values in ways.items()}
    seen = {name: np.count_nonzero(~np.isnan(values)) for name, values in ways.items()}

    assert told[ALL] <= min(told[BORIS], told[CHIDI])
    assert max(told[BORIS], told[CHIDI]) <= told[ANY]
    assert seen[ALL] <= min(seen[BORIS], seen[CHIDI])
    assert max(seen[BORIS], seen[CHIDI]) <= seen[ANY]


@given(rows, rows)
def test_the_order_of_the_readers_changes_neither_agreement_nor_what_all_or_any_say(boris, chidi):
    table = {BORIS: boris, CHIDI: chidi}
    turned = dict(reversed(table.items()))
    one, other = (narratives_of(read_by(readers)) for readers in (table, turned))

    assert {key: row.agreement for key, row in one.items()} == {
        key: row.agreement for key, row in other.items()
    }
    assert all(
        row.share(name) == other[key].share(name) for key, row in one.items() for name in (ALL, ANY)
    )
