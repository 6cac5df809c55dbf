"""Measure agreement on stretches of text, beside peers that pip installs, in one run.

    python benchmarks/unitizing.py [--full] [--write] [--peer PYTHON]

Prints a ratio and its goal for each; a machine's speed cancels out. The peer for alpha on
characters is the PyPI package krippendorff, on the table of all characters. --peer names a Python
that has krippendorff-unitized-alpha (of the family only u) or pygamma-agreement (another measure
of the same readings), in an environment of their own; without it, or where one is not installed
there, the output says so. Peers that compare all pairs are timed on a smaller text, which the
output says too.
"""

import argparse
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple, TypeVar

import krippendorff
import numpy as np
from measuring.page import dated, renew, table

from exeunt.methods.agreement import krippendorff_alpha
from exeunt.methods.unitizing import (
    Document,
    by_characters,
    marked_with,
    older_alpha_u,
    unitizing_by_code,
    unitizing_of,
)

COMMAND = "python benchmarks/unitizing.py"
CODERS, SPANS, CODES = ("Amina", "Boris", "Chidi"), 10_000, ("L1", "L2", "J1", "J2")
DOCUMENTS, LENGTH = 100, 60_000
FEWER, FEWEST = 1_000, 50
RUNS = 5
GOAL, SECONDS_GOAL = 20, 1.0
PEERS = Path(__file__).parent / "measuring" / "unitizing_peers.py"

Result = TypeVar("Result")
Row = tuple[str, str, str, str, str]


class Peer(NamedTuple):
    """What a peer found, and how long it took; or why there is nothing of it."""

    alpha: float | None
    seconds: float
    said: str


def main() -> None:
    """Time ours and theirs, check that they agree, and renew the page if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="changes nothing: it always is")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    parser.add_argument("--peer", metavar="PYTHON", help="a Python in which peers are installed")
    asked = parser.parse_args()
    body = measure(asked.peer)
    print(body)
    if asked.write:
        command = COMMAND + (" --peer PYTHON" if asked.peer else "")
        renew("Agreement on stretches of text", f"{dated(command)}\n\n{body}")


def measure(python: str | None) -> str:
    """Time the family, and then each peer beside it on what the peer can bear."""
    documents = made(DOCUMENTS, SPANS // DOCUMENTS)
    rows: list[Row] = [("what", "Exeunt", "peer", "times as fast", "goal"), *_ours(documents)]
    rows.append(_characters(documents))
    said: list[str] = []
    for name, spans in (("krippendorff-unitized-alpha", FEWER), ("pygamma-agreement", FEWEST)):
        row, remark = _beside(name, spans, python)
        rows += row
        said.append(remark)
    return (
        f"{len(CODERS)} coders, {SPANS:,} spans each, {len(CODES)} codes, {DOCUMENTS} documents of "
        f"{LENGTH:,} characters; best of {RUNS} runs, of the peers one. A goal in seconds is for "
        f"alone.\n\n{table(rows)}\n\n{' '.join(said)}"
    )


def made(documents: int, spans: int) -> list[Document]:
    """Make up coders who mostly mark the same stretches; none over another of the same coder."""
    chance = np.random.default_rng(1)
    found = []
    for _ in range(documents):
        room = LENGTH // spans
        readings: dict[str, list[tuple[int, int, str]]] = {coder: [] for coder in CODERS}
        for place in range(spans):
            code = chance.choice(CODES)
            for marked in readings.values():
                if chance.random() < 0.1:
                    continue
                start = place * room + int(chance.integers(0, room // 4))
                given = code if chance.random() < 0.9 else chance.choice(CODES)
                marked.append(
                    (start, start + int(chance.integers(room // 4, room // 2)), str(given))
                )
        found.append(Document(LENGTH, readings))
    return found


def overlapping(document: Document) -> Document:
    """Put as many spans anywhere, so that codes overlap."""
    chance = np.random.default_rng(2)
    readings = {
        coder: [
            (start, start + end - begin, code)
            for begin, end, code in spans
            for start in [int(chance.integers(0, document.length - (end - begin)))]
        ]
        for coder, spans in document.readings.items()
    }
    return Document(document.length, readings)


def _ours(documents: list[Document]) -> list[Row]:
    generator = np.random.default_rng(1)
    mixed = [overlapping(one) for one in documents]
    works: dict[str, Callable[[], object]] = {
        "u, bar-u, cu and (k)u of each code": lambda: unitizing_of(documents),
        "the same where codes overlap": lambda: unitizing_of(mixed),
        "the same with 1,000 bootstraps": lambda: unitizing_of(
            documents, times=1000, generator=generator
        ),
        "each code by itself, and over codes": lambda: unitizing_by_code(documents),
        "the older alpha_U": lambda: older_alpha_u(documents),
    }
    return [_alone(what, _timed(work)[1]) for what, work in works.items()]


def _characters(documents: list[Document]) -> Row:
    """Compare alpha of one code on all characters with the peer, on the table of all of them."""
    coded = marked_with(documents, CODES[0])

    def ours() -> float | None:
        rated = by_characters(coded)
        return krippendorff_alpha(rated.ratings, lengths=rated.lengths)

    def theirs() -> float:
        whole = np.zeros((len(CODERS), DOCUMENTS * LENGTH))
        for number, document in enumerate(coded):
            for row, coder in enumerate(CODERS):
                for start, end, _ in document.readings[coder]:
                    whole[row, number * LENGTH + start : number * LENGTH + end] = 1
        return float(krippendorff.alpha(whole, level_of_measurement="nominal"))

    own, own_time = _timed(ours)
    peer, peer_time = _timed(theirs, runs=1)
    if own is None or not np.isclose(own, peer):
        raise RuntimeError(f"The two disagree: {own} and {peer}.")
    what = f"alpha of one code, {DOCUMENTS * LENGTH:,} characters: krippendorff"
    return _row(what, own=own_time, peer=peer_time)


def _beside(name: str, spans: int, python: str | None) -> tuple[list[Row], str]:
    """Time a peer on one text with so many spans for each coder."""
    documents = made(1, spans)
    own, own_time = _timed(lambda: unitizing_of(documents))
    peer = _peer(name, documents[0], python)
    if peer.said:
        return [], f"{name} was not measured: {peer.said}."
    if peer.alpha is not None and not np.isclose(own.u.alpha or np.nan, peer.alpha):
        raise RuntimeError(f"The two disagree: {own.u.alpha} and {peer.alpha}.")
    kind = "another measure" if peer.alpha is None else "only u, the same figure"
    row = _row(f"one text, {spans:,} spans each: {name}", own=own_time, peer=peer.seconds)
    return [row], f"{name}: {kind}."


def _peer(name: str, document: Document, python: str | None) -> Peer:
    """Let a peer measure a document, in the Python where it is installed."""
    if python is None:
        return Peer(None, 0.0, "no Python that has it was named")
    told = json.dumps({"length": document.length, "readings": document.readings})
    command = [python, str(PEERS), name]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    if done.returncode:
        return Peer(None, 0.0, "it is not installed there, or failed")
    answer = json.loads(done.stdout.splitlines()[-1])
    return Peer(answer["alpha"], answer["seconds"], "")


def _timed(work: Callable[[], Result], *, runs: int = RUNS) -> tuple[Result, float]:
    """Return what the work gives, and the shortest time it took in seconds."""
    timings = [_once(work) for _ in range(runs)]
    return timings[0][0], min(seconds for _, seconds in timings)


def _once(work: Callable[[], Result]) -> tuple[Result, float]:
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


def _alone(what: str, seconds: float) -> Row:
    verdict = "reached" if seconds < SECONDS_GOAL else "MISSED"
    return what, f"{seconds * 1e3:,.1f} ms", "", "", f"{SECONDS_GOAL:g} s: {verdict}"


def _row(what: str, *, own: float, peer: float) -> Row:
    verdict = "reached" if peer / own >= GOAL else "MISSED"
    times = f"{peer / own:,.1f}"
    return what, f"{own * 1e3:,.1f} ms", f"{peer * 1e3:,.1f} ms", times, f"{GOAL}: {verdict}"


if __name__ == "__main__":
    main()
