"""The hash tree of RFC 6962: one root speaks for every entry and for their order.

A tree is kept as its *peaks*, the roots of its complete subtrees from left to right, so that
appending costs a handful of hashes however long the ledger has grown.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Peak(NamedTuple):
    """The root of one complete subtree of 2**height leaves."""

    height: int
    digest: bytes


def leaf_digest(entry: bytes) -> bytes:
    """Hash one entry as a leaf; the prefix keeps leaves and nodes apart (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_digest(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def with_leaf(peaks: Sequence[Peak], leaf: bytes) -> tuple[Peak, ...]:
    """Append one leaf, merging subtrees of equal height as a carry does in addition."""
    grown = [*peaks, Peak(0, leaf)]
    while len(grown) > 1 and grown[-1].height == grown[-2].height:
        right, left = grown.pop(), grown.pop()
        grown.append(Peak(left.height + 1, node_digest(left.digest, right.digest)))
    return tuple(grown)


def root_of(peaks: Sequence[Peak]) -> bytes:
    """Return the root that speaks for the whole tree; an empty tree hashes nothing."""
    if not peaks:
        return hashlib.sha256(b"").digest()
    root = peaks[-1].digest
    for peak in reversed(peaks[:-1]):
        root = node_digest(peak.digest, root)
    return root


def peaks_of(leaves: Iterable[bytes]) -> tuple[Peak, ...]:
    """Build the peaks of a whole sequence of leaves."""
    peaks: tuple[Peak, ...] = ()
    for leaf in leaves:
        peaks = with_leaf(peaks, leaf)
    return peaks
