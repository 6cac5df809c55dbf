"""The tree is that of RFC 6962: known roots, and no change without another root."""

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exeunt.methods.hash_tree import (
    leaf_digest,
    node_digest,
    peaks_of,
    root_of,
    with_leaf,
)

# The eight leaves with which implementations of RFC 6962 have always been tested, and the roots
# of the trees over the first one of them, the first two, and so on.
LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

entries = st.lists(st.binary(max_size=8), max_size=20)


def root(items: list[bytes]) -> bytes:
    return root_of(peaks_of(leaf_digest(item) for item in items))


def defined_root(items: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, taken at its word."""
    if not items:
        return hashlib.sha256(b"").digest()
    if len(items) == 1:
        return hashlib.sha256(b"\x00" + items[0]).digest()
    half = 1
    while half * 2 < len(items):
        half *= 2
    left, right = defined_root(items[:half]), defined_root(items[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize(("size", "known"), list(enumerate(ROOTS, start=1)))
def test_the_root_is_the_known_one(size, known):
    assert root([bytes.fromhex(leaf) for leaf in LEAVES[:size]]).hex() == known


def test_an_empty_tree_hashes_nothing():
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(entries)
def test_the_root_is_the_one_that_the_standard_defines(items):
    assert root(items) == defined_root(items)


@given(entries, entries)
def test_appending_one_by_one_gives_the_tree_built_at_once(before, after):
    peaks = peaks_of(map(leaf_digest, before))
    for item in after:
        peaks = with_leaf(peaks, leaf_digest(item))

    assert peaks == peaks_of(map(leaf_digest, before + after))


@given(entries)
def test_the_peaks_are_the_binary_digits_of_the_size(items):
    heights = [peak.height for peak in peaks_of(map(leaf_digest, items))]

    assert sum(1 << height for height in heights) == len(items)
    assert heights == sorted(set(heights), reverse=True)


@given(entries.filter(bool), st.data())
def test_any_changed_entry_changes_the_root(items, data):
    place = data.draw(st.integers(0, len(items) - 1))
    other = data.draw(st.binary(max_size=8))
    assume(other != items[place])

    assert root(items) != root([*items[:place], other, *items[place + 1 :]])


@given(entries.filter(bool), st.data())
def test_a_missing_entry_changes_the_root(items, data):
    place = data.draw(st.integers(0, len(items) - 1))

    assert root(items) != root(items[:place] + items[place + 1 :])


@given(entries, st.randoms(use_true_random=False))
def test_another_order_changes_the_root(items, random):
    shuffled = random.sample(items, len(items))
    assume(shuffled != items)

    assert root(items) != root(shuffled)


def test_a_node_cannot_be_passed_off_as_an_entry():
    left, right = leaf_digest(b"a"), leaf_digest(b"b")

    assert leaf_digest(left + right) != node_digest(left, right)
