"""What two sequences have in common: held to the table that tries everything."""

from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.anchoring import comparing
from exeunt.methods.anchoring.comparing import Run, common_runs

ITEMS = st.lists(st.integers(0, 4), max_size=30)


def most_in_common(ours, theirs):
    """The length of the longest common subsequence, by the table of both."""
    above = [0] * (len(theirs) + 1)
    for item in ours:
        row = [0]
        for place, other in enumerate(theirs):
            row.append(above[place] + 1 if item == other else max(row[place], above[place + 1]))
        above = row
    return above[-1]


def check_common(runs, ours, theirs):
    a = b = 0
    for run in runs:
        assert run.ours >= a
        assert run.theirs >= b
        assert run.size > 0
        a, b = run.ours + run.size, run.theirs + run.size
        assert ours[run.ours : a] == theirs[run.theirs : b]
    assert a <= len(ours)
    assert b <= len(theirs)


@given(ITEMS, ITEMS)
def test_runs_stand_on_both_sides_in_one_order(ours, theirs):
    check_common(common_runs(ours, theirs), ours, theirs)


@given(st.lists(st.integers(0, 4), max_size=30), st.sets(st.integers(0, 29)))
def test_what_was_only_taken_out_leaves_all_the_rest_in_common(ours, out):
    rest = [item for place, item in enumerate(ours) if place not in out]

    for one, other in ((ours, rest), (rest, ours)):
        runs = common_runs(one, other)
        check_common(runs, one, other)


@given(ITEMS, ITEMS)
def test_step_by_step_the_most_is_found(ours, theirs):
    whole = comparing._Gap(0, len(ours), 0, len(theirs))
    runs, _, _ = comparing._step_by_step(whole, (ours, theirs), comparing.MOST_STEPS)

    assert sum(run.size for run in runs) == most_in_common(ours, theirs)


def test_where_nothing_is_rare_and_much_was_changed_the_way_that_leads_furthest_is_taken():
    ours = [1, 2, 3] * 2000
    theirs = [item for place, item in enumerate(ours) if place % 10 or item != 2]
    runs = common_runs(ours, theirs)
    check_common(runs, ours, theirs)

    # 200 of 6,000 are gone, each a difference; all that is left has a partner
    assert len(ours) - len(theirs) == 200
    assert sum(run.size for run in runs) == len(theirs)


def test_beyond_the_budget_the_rest_counts_as_different(monkeypatch):
    monkeypatch.setattr(comparing, "MOST_STEPS", 50)
    monkeypatch.setattr(comparing, "MOST_DIFFERENCES", 5)
    ours, theirs = [1, 2] * 500, [2, 1, 1] * 400
    runs = common_runs(ours, theirs)
    check_common(runs, ours, theirs)

    assert sum(run.size for run in runs) < 200


def test_a_rare_item_outweighs_many_that_are_not():
    # The 9 stands once on each side, so what is around it is not paired across it.
    assert common_runs([1, 1, 9, 2, 2], [2, 2, 9, 1, 1]) == [Run(2, 2, 1)]
