"""Joining crossed with leaving."""

import numpy as np
import pytest

from exeunt.methods.pathways import Crossing, crossings
from exeunt.methods.proportions import Share

NAN = np.nan
JOINING = np.array([[1, 0], [1, 0], [1, 1], [0, 2], [NAN, NAN], [1, 0]])
LEAVING = np.array([[1.0], [0], [1], [1], [1], [NAN]])


def test_joining_is_crossed_with_leaving_among_accounts_that_tell_of_both():
    # Accounts 1 to 4 tell both. J1: 1, 2, 3; J2: 3, 4 (graded). L1: 1, 3, 4.
    found = crossings(JOINING, LEAVING, joining_codes=["J1", "J2"], leaving_codes=["L1"])
    assert found == [
        Crossing("J1", "L1", n_both=2, n_joining=3, n_leaving=3, n_seen=4),
        Crossing("J2", "L1", n_both=2, n_joining=2, n_leaving=3, n_seen=4),
    ]


def test_the_share_is_of_those_who_joined_for_the_reason():
    first, _ = crossings(
        JOINING, LEAVING, joining_codes=["J1", "J2"], leaving_codes=["L1"], level=0.9
    )
    assert first.share == Share(2, 3, level=0.9)


def test_rows_follow_the_codebook_joining_first():
    found = crossings(LEAVING, JOINING, joining_codes=["L1"], leaving_codes=["J1", "J2"])
    assert [(one.joining, one.leaving) for one in found] == [("L1", "J1"), ("L1", "J2")]
    assert [(one.n_joining, one.n_leaving) for one in found] == [(3, 3), (3, 2)]


def test_a_code_without_a_value_leaves_only_its_own_crossings_out():
    joining = np.array([[1, NAN], [1, 1]])
    first, second = crossings(
        joining, np.array([[1.0], [1.0]]), joining_codes=["J1", "J2"], leaving_codes=["L1"]
    )
    assert (first.n_seen, second.n_seen) == (2, 1)
    assert (first.n_leaving, second.n_leaving) == (2, 1)


def test_a_reason_nobody_joined_for_has_no_share():
    (only,) = crossings(
        np.array([[0.0]]), np.array([[1.0]]), joining_codes=["J1"], leaving_codes=["L1"]
    )
    assert only.share.value is None


def test_joining_and_leaving_must_be_of_the_same_accounts():
    with pytest.raises(ValueError, match="row for row"):
        crossings(JOINING, LEAVING[:-1], joining_codes=["J1", "J2"], leaving_codes=["L1"])


@pytest.mark.parametrize(
    ("joining_codes", "leaving_codes"),
    [(["J1"], ["L1"]), (["J1", "J2"], ["L1", "L2"])],
    ids=["joining", "leaving"],
)
def test_codes_and_columns_must_match(joining_codes, leaving_codes):
    with pytest.raises(ValueError, match="columns for"):
        crossings(JOINING, LEAVING, joining_codes=joining_codes, leaving_codes=leaving_codes)
