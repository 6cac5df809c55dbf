"""Compare the agreement methods with the PyPI package krippendorff, in one run.

    python benchmarks/agreement.py

Prints a ratio and its goal for each; a machine's speed cancels out. The peer has no bootstrap,
so a few resamples are timed with it and scaled up to 1,000, which the output says.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Literal, TypeVar

import krippendorff
import numpy as np

from exeunt.methods.agreement import bootstrap_interval, krippendorff_alpha
from exeunt.methods.agreement.ratings import FloatArray

CODERS, UNITS, VALUES = 3, 100_000, 5
RUNS = 5
SAMPLES, PEER_SAMPLES = 1_000, 5
ALPHA_GOAL, BOOTSTRAP_GOAL = 3, 100

Result = TypeVar("Result")
Level = Literal["nominal", "ordinal"]
METRICS: tuple[Level, ...] = ("nominal", "ordinal")


def main() -> None:
    """Time both, check that they agree, and print the ratios."""
    print(f"{CODERS} coders, {UNITS:,} units, {VALUES} values, 5% missing; best of {RUNS} runs")
    ratings = _ratings(np.random.default_rng(1))
    for metric in METRICS:
        _compare_alpha(ratings, metric)
        _compare_bootstrap(ratings, metric)


def _ratings(generator: np.random.Generator) -> FloatArray:
    """Make up coders who mostly see the same thing."""
    seen = generator.integers(VALUES, size=UNITS)
    slips = generator.integers(VALUES, size=(CODERS, UNITS))
    table = np.where(generator.random((CODERS, UNITS)) < 0.8, seen, slips).astype(np.float64)
    table[generator.random(table.shape) < 0.05] = np.nan
    return table


def _compare_alpha(ratings: FloatArray, metric: Level) -> None:
    own, own_time = _timed(lambda: krippendorff_alpha(ratings, metric=metric))
    peer, peer_time = _timed(lambda: _peer_alpha(ratings, metric))
    if own is None or not np.isclose(own, peer):
        raise RuntimeError(f"The two disagree: {own} and {peer}.")
    _show(f"alpha, {metric}", own=own_time, peer=peer_time, goal=ALPHA_GOAL)


def _compare_bootstrap(ratings: FloatArray, metric: Level) -> None:
    _, own_time = _timed(lambda: bootstrap_interval(ratings, metric=metric, times=SAMPLES, seed=1))
    _, peer_time = _timed(lambda: _peer_bootstrap(ratings, metric), runs=1)
    scaled = peer_time * SAMPLES / PEER_SAMPLES
    _show(f"{SAMPLES:,} bootstraps, {metric}", own=own_time, peer=scaled, goal=BOOTSTRAP_GOAL)
    print(f"    the peer's time is that of {PEER_SAMPLES} resamples, scaled to {SAMPLES:,}")


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


def _show(what: str, *, own: float, peer: float, goal: int) -> None:
    verdict = "reached" if peer / own >= goal else "MISSED"
    print(
        f"{what}: {own * 1e3:,.1f} ms, krippendorff {peer * 1e3:,.1f} ms;"
        f" {peer / own:,.1f} times as fast (goal {goal}: {verdict})"
    )


if __name__ == "__main__":
    main()
