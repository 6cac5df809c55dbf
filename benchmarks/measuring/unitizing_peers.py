"""Let a peer measure agreement on one text, in the Python where it is installed.

PYTHON measuring/unitizing_peers.py NAME < a document as JSON

Prints its u-alpha (nothing where it measures something else) and its seconds, as JSON. It imports
nothing of Exeunt, since the peers ask for other versions of what Exeunt needs.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from time import perf_counter

Readings = Mapping[str, Sequence[tuple[int, int, str]]]


def unitized_alpha(length: int, readings: Readings) -> float:
    """Measure u with krippendorff-unitized-alpha, which wants its gaps written out."""
    peer = import_module("krippendorff_unitized_alpha.krippendorffs_unitized_alpha")
    data = {}
    for coder, spans in readings.items():
        at, segments = 0, []
        for start, end, value in [*sorted(spans), (length, length, "")]:
            if at < start:
                segments.append(peer.Segment(peer.EMPTY_TAG, at, start))
            if start < end:
                segments.append(peer.Segment(value, start, end))
            at = end
        data[coder] = segments
    return float(peer.KrippendorffUnitizedAlpha(data).result)


def gamma(_length: int, readings: Readings) -> None:
    """Measure gamma with pygamma-agreement: another coefficient, of the same readings.

    What it needs when it has little to do is done before: it compiles itself.
    """
    peer, core = import_module("pygamma_agreement"), import_module("pyannote.core")
    continuum = peer.Continuum()
    for coder, spans in readings.items():
        for start, end, value in spans:
            continuum.add(coder, core.Segment(start, end), value)
    continuum.compute_gamma(peer.CombinedCategoricalDissimilarity(delta_empty=1), n_samples=30)


PEERS: Mapping[str, Callable[[int, Readings], float | None]] = {
    "krippendorff-unitized-alpha": unitized_alpha,
    "pygamma-agreement": gamma,
}


def main(name: str) -> None:
    """Measure once, and print what came out and how long it took."""
    told = json.load(sys.stdin)
    little = {coder: sorted(spans)[:2] for coder, spans in told["readings"].items()}
    PEERS[name](told["length"], little)
    start = perf_counter()
    alpha = PEERS[name](told["length"], told["readings"])
    print(json.dumps({"alpha": alpha, "seconds": perf_counter() - start}))


if __name__ == "__main__":
    main(sys.argv[1])
