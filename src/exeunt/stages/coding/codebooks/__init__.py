"""The codebooks that come with Exeunt, ready to be adopted by a study."""

from importlib.resources import files
from typing import NamedTuple

from exeunt.errors import NotThere
from exeunt.methods.codebooks import Codebook
from exeunt.stages.coding.intake.codebook_tree import Branch, Items, Leaf, Tree, tree_of
from exeunt.stages.coding.intake.codebook_yaml import read_codebook

READY = ("published-accounts-2026", "icsr-2015", "altier-2017", "d3-barriers")
CROSSWALK = "crosswalk.yaml"


class Correspondence(NamedTuple):
    """Two codes of two codebooks that speak of much the same; derived, not published.

    For showing figures side by side, never for turning one coding into another.
    """

    codebook: str
    code: str
    other_codebook: str
    other_code: str


def ready_codebooks() -> tuple[str, ...]:
    """Name the ready codebooks, the most general first."""
    return READY


def ready_codebook(slug: str) -> Codebook:
    """Return a ready codebook by its name."""
    if slug not in READY:
        raise NotThere(f"There is no ready codebook “{slug}”. There are {', '.join(READY)}.")
    name = f"{slug}.yaml"
    return read_codebook(_bytes_of(name), file=name).codebook


def crosswalk() -> tuple[Correspondence, ...]:
    """Return which codes of the ready codebooks may be shown side by side."""
    tree = tree_of(_bytes_of(CROSSWALK).decode(), file=CROSSWALK)
    pairs = tree.values["correspondences"] if isinstance(tree, Branch) else None
    if not isinstance(pairs, Items):
        raise ValueError(f"{CROSSWALK} holds no list of correspondences")
    return tuple(_correspondence(pair) for pair in pairs.values)


def _correspondence(pair: Tree) -> Correspondence:
    ends = pair.values if isinstance(pair, Branch) else {}
    texts = [
        end.text or "" for end in map(ends.__getitem__, ("from", "to")) if isinstance(end, Leaf)
    ]
    (codebook, _, code), (other_codebook, _, other_code) = (text.partition(":") for text in texts)
    return Correspondence(codebook, code, other_codebook, other_code)


def _bytes_of(name: str) -> bytes:
    return files(__name__).joinpath(name).read_bytes()
