"""Compare the agreement methods with the PyPI package krippendorff, in one run.

    python benchmarks/agreement.py [--full] [--write]

Prints a ratio and its goal for each; a machine's speed cancels out. The peer has no bootstrap,
so a few resamples are timed with it and scaled up to 1,000, which the output says. It is quick
enough to be run at its full size always.
"""

import argparse
from collections.abc import Callable
from time import perf_counter
from typing import Literal, TypeVar

import krippendorff
import numpy as np
from measuring.page import dated, renew, table

from exeunt.methods.agreement import bootstrap_interval, krippendorff_alpha
from exeunt.methods.agreement.ratings import FloatArray

CODERS, UNITS, VALUES = 3, 100_000, 5
RUNS = 5
SAMPLES, PEER_SAMPLES = 1_000, 5
ALPHA_GOAL, BOOTSTRAP_GOAL = 3, 100

COMMAND = "python benchmarks/agreement.py"

Result = TypeVar("Result")
Row = tuple[str, str, str, str, str]
Level = Literal["nominal", "ordinal"]
METRICS: tuple[Level, ...] = ("nominal", "ordinal")


def main() -> None:
    """Time both, check that they agree, print the ratios, and renew the page if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="changes nothing: it always is")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    body = measure()
    print(body)
    if asked.write:
        renew("Agreement", f"{dated(COMMAND)}\n\n{body}")


def measure() -> str:
    """Time alpha and its bootstrap with both."""
    ratings = _ratings(np.random.default_rng(1))
    rows = [("what", "Exeunt", "krippendorff", "times as fast", "goal")]
    for metric in METRICS:
        rows.append(_compare_alpha(ratings, metric))
        rows.append(_compare_bootstrap(ratings, metric))
    return (
        f"{CODERS} coders, {UNITS:,} units, {VALUES} values, 5% missing; best of {RUNS} runs. "
        f"The peer has no bootstrap: its time is that of {PEER_SAMPLES} resamples, scaled to "
        f"{SAMPLES:,}.\n\n{table(rows)}"
    )


def _ratings(generator: np.random.Generator) -> FloatArray:
    """Make up coders who mostly see the same thing."""
    seen = generator.integers(VALUES, size=UNITS)
    slips = generator.integers(VALUES, size=(CODERS, UNITS))
    table = np.where(generator.random((CODERS, UNITS)) < 0.8, seen, slips).astype(np.float64)
    table[generator.random(table.shape) < 0.05] = np.nan
    return table


def _compare_alpha(ratings: FloatArray, metric: Level) -> Row:
    own, own_time = _timed(lambda: krippendorff_alpha(ratings, metric=metric))
    peer, peer_time = _timed(lambda: _peer_alpha(ratings, metric))
    if own is None or not np.isclose(own, peer):
        raise RuntimeError(f"The two disagree: {own} and {peer}.")
    return _row(f"alpha, {metric}", own=own_time, peer=peer_time, goal=ALPHA_GOAL)


def _compare_bootstrap(ratings: FloatArray, metric: Level) -> Row:
    _, own_time = _timed(lambda: bootstrap_interval(ratings, metric=metric, times=SAMPLES, seed=1))
    _, peer_time = _timed(lambda: _peer_bootstrap(ratings, metric), runs=1)
    scaled = peer_time * SAMPLES / PEER_SAMPLES
    return _row(f"{SAMPLES:,} bootstraps, {metric}", own=own_time, peer=scaled, goal=BOOTSTRAP_GOAL)


def _peer_alpha(ratings: FloatArray, metric: Level) -> float:
    return float(krippendorff.alpha(ratings, level_of_measurement=metric))


def _peer_bootstrap(ratings: FloatArray, metric: Level) -> list[float]:
    generator = np.random.default_rng(1)
    samples = (generator.integers(UNITS, size=UNITS) for _ in range(PEER_SAMPLES))
    return [_peer_alpha(ratings[:, sample], metric) for sample in samples]


def _timed(work: Callable[[], Result], *, runs: int = RUNS) -> tuple[Result, float]:
    """Return what the work gives, and the shortest time it took in seconds."""
    timings = [_once(work) for _ in range(runs)]
    return timings[0][0], min(seconds for _, seconds in timings)


def _once(work: Callable[[], Result]) -> tuple[Result, float]:
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


def _row(what: str, *, own: float, peer: float, goal: int) -> Row:
    verdict = "reached" if peer / own >= goal else "MISSED"
    return (
        what,
        f"{own * 1e3:,.1f} ms",
        f"{peer * 1e3:,.1f} ms",
        f"{peer / own:,.1f}",
        f"{goal}: {verdict}",
    )


if __name__ == "__main__":
    main()
