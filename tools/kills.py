"""Kill imports with SIGKILL at random moments, and look at what is left of each.

    python -m tools.kills [KILLS] [--seed SEED]

prints every trial as JSON. A moment is counted from when the process holds the archive, so
that no kill is wasted on the loading of modules. What a kill cannot show is a power cut: the
operating system survives it, and with it every page that was written but not yet synced.
"""

import argparse
import json
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Literal, NamedTuple

import numpy as np
from click.testing import CliRunner

from benchmarks.measuring.archive import prepare
from benchmarks.measuring.processes import EXEUNT, environment
from benchmarks.measuring.tables import write_accounts, write_codings
from exeunt.archive.folder import ArchiveFolder
from exeunt.cli.guide import exeunt

Counts = Mapping[str, int]
State = Literal["whole", "absent", "half"]

ACCOUNTS = {"accounts": 3_000, "codings": 1_000}  # so that each import takes about a second
A_BIT_OVER = 1.25
ENTRIES = "ledger_entry"
GIVEN_UP_AFTER = 60.0
POLLED_EVERY = 0.001
SUCCESS = "Took in"


class Stage(NamedTuple):
    """One import: the archive before it, and what it makes of that archive."""

    what: str
    archive: Path
    whole: Path
    table: Path
    before: Counts
    after: Counts
    seconds: float


class Trial(NamedTuple):
    """One kill and what it left."""

    what: str
    after_seconds: float
    acknowledged: bool
    state: State
    acts_without_entry: int
    check: str
    repeated: bool

    @property
    def lost(self) -> bool:
        """Whether rows are gone of which the process had said that it took them in."""
        return self.acknowledged and self.state != "whole"

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with what was left."""
        fine = self.state != "half" and not self.lost and not self.acts_without_entry
        return fine and not self.check and self.repeated


def stages(folder: Path) -> tuple[Stage, Stage]:
    """Make the archives, and find out what a whole import leaves and how long it takes."""
    empty = prepare(folder / "empty")
    first = write_accounts(folder / "accounts.csv", ACCOUNTS["accounts"])
    told = _stage("accounts", empty, first)
    second = write_codings(folder / "codings.csv", ACCOUNTS["codings"])
    return told, _stage("codings", told.whole, second)


def trials(both: tuple[Stage, Stage], kills: int, seed: int, *, first: int = 0) -> Iterator[Trial]:
    """Kill so many imports, by turns of both kinds, spread over the whole of each.

    ``first`` leaves out trials that were made before; the moments are those of the seed.
    """
    chance = np.random.default_rng(seed)
    each = kills // len(both)
    places = (np.arange(each)[:, None] + chance.random((each, len(both)))) / each
    for number in chance.permutation(places.size)[first:].tolist():
        stage = both[number % len(both)]
        yield trial(stage, places.flat[number] * stage.seconds * A_BIT_OVER)


def trial(stage: Stage, after: float) -> Trial:
    """Kill one import after so many seconds, and judge what is left."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        shutil.copytree(stage.archive, archive)
        said = _killed(stage, archive, after)
        left = counts(archive)
        state, unrecorded = judged(left, before=stage.before, after=stage.after)
        code, told = _run("check", str(archive))
        return Trial(
            what=stage.what,
            after_seconds=round(after, 4),
            acknowledged=SUCCESS in said,
            state=state,
            acts_without_entry=unrecorded,
            check="" if code == 0 else told,
            repeated=_repeats(stage, archive, state),
        )


def judged(left: Counts, *, before: Counts, after: Counts) -> tuple[State, int]:
    """Say what is left of an import, and how many of its acts have no ledger entry.

    Both are told by the number of rows in every table of the archive.
    """
    known: tuple[tuple[State, Counts], ...] = (("whole", after), ("absent", before))
    for state, expected in known:
        if _rows(left) == _rows(expected):
            return state, max(0, expected[ENTRIES] - left[ENTRIES])
    return "half", 0


def counts(archive: Path) -> Counts:
    """Count the rows of every table, past the program."""
    with closing(sqlite3.connect(ArchiveFolder(archive).database)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in names
        }


def _stage(what: str, archive: Path, table: Path) -> Stage:
    """Import once undisturbed, in a copy, and note what that took and left."""
    copy = archive.with_name(f"{what}-whole")
    shutil.copytree(archive, copy)
    with _importing(what, copy, table) as process:
        began = monotonic()
        process.communicate()
        seconds = monotonic() - began
    if process.returncode:
        raise RuntimeError(f"the import of {what} fails even when nobody kills it")
    return Stage(what, archive, copy, table, counts(archive), counts(copy), seconds)


@contextmanager
def _importing(what: str, archive: Path, table: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the real command, and go on when it holds the archive."""
    process = subprocess.Popen(
        [EXEUNT, *_words(what, archive, table)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        lock, mine = ArchiveFolder(archive).lock, f"process {process.pid}\n"
        give_up = monotonic() + GIVEN_UP_AFTER
        while not (lock.exists() and lock.read_text() == mine):
            if process.poll() is not None or monotonic() > give_up:
                raise RuntimeError(f"the import of {what} never opened the archive")
            sleep(POLLED_EVERY)
        yield process


def _killed(stage: Stage, archive: Path, after: float) -> str:
    """Kill an import so many seconds after it holds the archive; return what it printed."""
    with _importing(stage.what, archive, stage.table) as process:
        sleep(after)
        process.kill()
        return process.communicate()[0]


def _repeats(stage: Stage, archive: Path, state: State) -> bool:
    """Whether the same import can be made again, or is refused where all of it is there."""
    code, _ = _run(*_words(stage.what, archive, stage.table))
    expected = 1 if state == "whole" else 0
    return code == expected and _rows(counts(archive)) == _rows(stage.after)


def _words(what: str, archive: Path, table: Path) -> tuple[str, ...]:
    more = ("--provenance", "invented") if what == "accounts" else ()
    return ("import", what, str(table), "--archive", str(archive), *more)


def _run(*words: str) -> tuple[int, str]:
    """Run a command in this process, which has loaded everything already."""
    done = CliRunner().invoke(exeunt, words)
    return done.exit_code, done.output


def _rows(found: Counts) -> Counts:
    return {name: number for name, number in found.items() if name != ENTRIES}


def main() -> None:
    """Kill, and print what was left."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kills", type=int, nargs="?", default=6)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = list(trials(stages(Path(folder)), asked.kills, asked.seed))
    print(json.dumps([one._asdict() | {"sound": one.sound} for one in made], indent=1))


if __name__ == "__main__":
    main()
