"""Measure how long it takes to find passages, among a million of them.

    python benchmarks/finding.py [--full] [--write] [--keep DIR]

Makes an archive of invented texts by the import itself, and asks questions of each kind, every
one another. A question is answered as a page answers it: who asks is checked, a leaf of 25
passages is found and set in context, what is hard is looked up, up to a thousand are counted,
and the ledger is told. Beside it the peer, SQLite's FTS5 with its default tokenizer over the same
paragraphs, finds 25 and counts a thousand, and does nothing else.
"""

import argparse
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import numpy as np
from measuring.archive import prepare
from measuring.folders import folder_for
from measuring.page import dated, renew, source_digest, table, verdict
from measuring.passages import KINDS, PARAGRAPHS, asked, both, paragraphs, write_marks, write_texts
from measuring.tables import CODERS, STUDY

from exeunt.archive.opening import opened
from exeunt.members.queries import first_person
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.coding.queries.finding.pages import found_in
from exeunt.stages.coding.rules.seeking import seeking_in
from exeunt.stages.testimonies.actions.accounts import import_accounts
from exeunt.studies.queries import study_called

COMMAND = "python benchmarks/finding.py"
QUICK, FULL = 200, 10_000
AT_ONCE, TIMES, LEAF, MOST = 500, 40, 25, 1_001
GOAL = 50
BY_CODES = {
    "excerpts of a code": "code={code}",
    "excerpts of a code, 3 sentences from another": "code={code}&beside={other}&most=3",
    "a word in excerpts of a code": "q={word}&code={code}",
    "a word 3 sentences from a code": "q={word}&beside={code}&most=3",
}


class Taken(NamedTuple):
    """How long questions of one kind took, in milliseconds."""

    half: float
    most: float
    worst: float
    cpu: float


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} accounts, not {QUICK:,}")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what was made, and resume")
    given = parser.parse_args()
    accounts = FULL if given.full else QUICK
    with folder_for(given.keep) as folder:
        body = measure(folder, accounts, full=given.full)
    print(body)
    if given.write:
        words = " ".join(sys.argv[1:]).replace(f"--keep {given.keep} ", "")
        renew("Finding passages", f"{dated(f'{COMMAND} {words}')}\n\n{body}")


def measure(folder: Path, accounts: int, *, full: bool) -> str:
    """Ask every kind of question of the archive and of the peer."""
    archive, peer = folder / f"archive-{accounts}", folder / f"peer-{accounts}.sqlite3"
    made = [f"made in {fill(archive, folder, accounts):,.0f} s"] if not archive.exists() else []
    made += [f"the peer's in {index(peer, accounts):,.0f} s"] if not peer.exists() else []
    words = both()
    questions = {kind: asked(kind, TIMES, accounts=accounts, words=words) for kind in KINDS}
    ours, by_codes = of_exeunt(archive, questions, by_code(questions))
    theirs = of_peer(peer, questions)
    rows = [HEADER, *(row(kind, ours[kind], theirs[kind], full=full) for kind in questions)]
    rows += [row(kind, taken, None, full=full) for kind, taken in by_codes.items()]
    late = [kind for kind, taken in {**ours, **by_codes}.items() if taken.most >= GOAL]
    size = f"{sum(path.stat().st_size for path in archive.glob('archive.sqlite3')) / 1e9:.1f} GB"
    return (
        f"{accounts * PARAGRAPHS:,} passages of {accounts:,} invented accounts, a tenth of them in "
        f"Arabic ({size}{''.join(f', {part}' for part in made)}); {TIMES} different questions of "
        "each kind, in milliseconds, one after the other in one process. *Times* says how many "
        "times as long a leaf takes as the peer's bare rows, half of the questions each: what "
        f"roles, contexts, hard passages and the ledger cost. Source {source_digest()}."
        f"\n\n{table(rows)}\n\n95 of 100 later than {GOAL} ms: {', '.join(late) or 'none'}."
    )


HEADER = (
    "what is sought",
    "half",
    "95 %",
    "worst",
    "goal",
    "processor",
    "FTS5: half",
    "95 %",
    "times",
)


def row(kind: str, taken: Taken, peer: Taken | None, *, full: bool) -> tuple[str, ...]:
    """Say how long one kind of question takes."""
    beside = (
        (f"{peer.half:.1f}", f"{peer.most:.1f}", f"{taken.half / peer.half:.1f}")
        if peer is not None
        else ("", "", "")
    )
    own = (f"{one:.1f}" for one in (taken.half, taken.most, taken.worst))
    said = verdict(taken.most, GOAL, counts=full)
    return (kind, *own, said, f"{taken.cpu:.1f}", *beside)


def fill(archive: Path, folder: Path, accounts: int) -> float:
    """Make the archive by imports, and return how long they took."""
    tables = write_texts(folder / f"tables-{accounts}", accounts, of=AT_ONCE)
    marks = write_marks(folder / f"marks-{accounts}.csv", accounts, CODERS)
    making = archive.with_name(f"{archive.name}-making")
    prepare(making)
    with opened(making):
        from_tables = importing()
        start = perf_counter()
        for path in tables:
            from_tables(path)
        importing(codings=True)(marks)
        seconds = perf_counter() - start
    making.rename(archive)
    return seconds


def importing(*, codings: bool = False) -> Callable[[Path], object]:
    """Return what takes a table in; models can be imported once the archive is open."""
    by = first_person()
    study = study_called(STUDY, by=by)
    take = import_codings if codings else import_accounts
    return lambda path: take(study=study, path=path, by=by)


def by_code(questions: dict[str, list[str]]) -> dict[str, list[str]]:
    """Make up questions by codes, with the words that were asked for."""
    words = questions["a word"]
    pairs = [("L1", "J1"), ("L2", "L1"), ("L3", "L2"), ("J1", "L3")]
    return {
        kind: [
            form.format(word=word, code=pairs[at % 4][0], other=pairs[at % 4][1])
            for at, word in enumerate(words)
        ]
        for kind, form in BY_CODES.items()
    }


def of_exeunt(
    archive: Path, questions: dict[str, list[str]], codes: dict[str, list[str]]
) -> tuple[dict[str, Taken], dict[str, Taken]]:
    """Ask as the lead does."""
    with opened(archive):
        ask = asking()
        by_words = {
            kind: timed([{"q": one} for one in said], ask) for kind, said in questions.items()
        }
        by_codes = {
            kind: timed([dict(part.split("=") for part in one.split("&")) for one in said], ask)
            for kind, said in codes.items()
        }
    return by_words, by_codes


def asking() -> Callable[[dict[str, str]], object]:
    """Return what answers a question as the page does."""
    by = first_person()
    study = study_called(STUDY, by=by)
    return lambda question: found_in(study, seeking_in(question), by=by)


def index(peer: Path, accounts: int) -> float:
    """Put the same paragraphs into an index of FTS5 as it comes."""
    words, making = both(), peer.with_suffix(".making")
    making.unlink(missing_ok=True)
    connection = sqlite3.connect(making)
    connection.execute("CREATE VIRTUAL TABLE peer USING fts5(said)")
    start = perf_counter()
    for number in range(accounts):
        rows = ((said,) for said in paragraphs(number, words))
        connection.executemany("INSERT INTO peer(said) VALUES (?)", rows)
    connection.commit()
    connection.close()
    making.rename(peer)
    return perf_counter() - start


def of_peer(peer: Path, questions: dict[str, list[str]]) -> dict[str, Taken]:
    """Ask the peer the same, as far as it can be asked."""
    connection = sqlite3.connect(peer)
    statement = "SELECT rowid, said FROM peer WHERE peer MATCH ? LIMIT ?"

    def ask(question: str) -> None:
        connection.execute(statement, (question, LEAF)).fetchall()
        connection.execute(
            "SELECT count(*) FROM (SELECT rowid FROM peer WHERE peer MATCH ? LIMIT ?)",
            (question, MOST),
        ).fetchall()

    return {
        kind: timed([one.replace(" -", " NOT ") for one in said], ask)
        for kind, said in questions.items()
    }


def timed(questions: list, ask: Callable) -> Taken:  # type: ignore[type-arg]
    """Ask one after the other, and tell how long they took."""
    taken = []
    cpu = process_time()
    for question in questions:
        start = perf_counter()
        ask(question)
        taken.append((perf_counter() - start) * 1e3)
    cpu = (process_time() - cpu) * 1e3 / len(questions)
    half, most = np.percentile(taken, [50, 95])
    return Taken(float(half), float(most), max(taken), cpu)


if __name__ == "__main__":
    main()
