"""One leaf of a long list knows where it stands."""

import pytest

from exeunt.desk.paging import Leaf, leaf_number


@pytest.mark.parametrize(
    ("number", "rows", "total", "expected"),
    [
        # first, last, of, previous, next; leaves of 10
        (1, 0, 0, (0, 0, 1, None, None)),
        (1, 10, 10, (1, 10, 1, None, None)),
        (1, 10, 11, (1, 10, 2, None, 2)),
        (2, 1, 11, (11, 11, 2, 1, None)),
        (3, 10, 100_000, (21, 30, 10_000, 2, 4)),
        (99, 0, 11, (0, 0, 2, 2, None)),
    ],
    ids=["empty", "just full", "one more", "the last", "in the midst", "beyond the end"],
)
def test_a_leaf_tells_its_place(number, rows, total, expected):
    leaf = Leaf(range(rows), number, 10, total)

    assert (leaf.first, leaf.last, leaf.of, leaf.previous, leaf.next) == expected


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("1", 1),
        ("27", 27),
        ("0", 1),
        ("-3", 1),
        ("", 1),
        (None, 1),
        ("two", 1),
        ("٣", 1),
        ("9" * 30, 1),
        ("1e3", 1),
    ],
)
def test_anything_that_is_no_leaf_asks_for_the_first(asked, number):
    assert leaf_number(asked) == number
