"""Kill the server with SIGKILL while somebody edits over HTTP, and look at what is left.

    python -m tools.edits [KILLS] [--seed SEED]

prints every trial as JSON. A moment is counted from when a form is on its way, so that no kill
is wasted on the reading of pages. The edits are made twice undisturbed before, so that what an
archive holds after each of them is known to the last cell; where those two differ (moments,
references drawn at random), it is only compared whether anything stands there.
"""

import argparse
import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

import numpy as np
from click.testing import CliRunner

from benchmarks.measuring.serving import Server, serving_archive
from exeunt.archive.folder import ArchiveFolder
from exeunt.cli.guide import exeunt
from tools.browsing import Browser, Sending
from tools.editing import (
    DONE,
    STEPS,
    Desk,
    Sitting,
    Step,
    Within,
    keyed,
    prepared,
    send_again,
    written_out,
)

Row = Mapping[str, Any]
Material = Mapping[str, Sequence[Row]]
Drawn = frozenset[tuple[str, str]]
Sitter = Callable[[Path], AbstractContextManager[Callable[[Mapping[str, str]], Sitting]]]

CLOCK = "testimonies_readingday"
OURS = ("studies_", "sources_", "narrators_", "testimonies_", "coding_", "findings_", "members_")
A_BIT_OVER = 1.25
ACKNOWLEDGED_BEFORE = 2
# One client has one connection, and a connection is one worker's.
WORKERS = 1
# Counts changes so that no answer outlives one; a form that is sent again may count once more.
COUNTED: Drawn = frozenset({("studies_study", "edition")})


class Held(NamedTuple):
    """What an archive holds: the rows of its tables, and the acts in its ledger."""

    material: Material
    acts: tuple[str, ...]


class Course(NamedTuple):
    """All edits, undisturbed: the archive before each and after the last, and what it holds.

    ``drawn`` are the columns in which two such runs differ, ``looking`` the acts by which the
    ledger tells who has opened a page.
    """

    desk: Desk
    archives: tuple[Path, ...]
    held: tuple[Held, ...]
    seconds: tuple[float, ...]
    drawn: Drawn
    looking: frozenset[str]


class Sent(NamedTuple):
    """A form on whose way the server was killed, its cookies, and whether it was answered."""

    form: Sending
    cookies: Mapping[str, str]
    acknowledged: bool


class Left(NamedTuple):
    """What is left of an edit, and how its acts and the ledger's entries differ."""

    state: str
    acts_without_entry: int
    entries_without_act: int


class Trial(NamedTuple):
    """One kill and what it left; ``again`` is whether the same form sent again changed it once."""

    edit: str
    after_seconds: float
    before: int
    acknowledged: bool
    state: str
    acts_without_entry: int
    entries_without_act: int
    check: str
    again: bool

    @property
    def lost(self) -> int:
        """How many edits are gone of which the server had said that they were done."""
        if self.state == "lost":
            return self.before + self.acknowledged
        return int(self.acknowledged and self.state == "absent")

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with what was left."""
        wrong = self.lost or self.acts_without_entry or self.entries_without_act or self.check
        return not wrong and self.state in {"whole", "absent"} and self.again


def course(folder: Path) -> Course:
    """Make every edit twice undisturbed, and keep the archive as it stands before each.

    Once it is made within this process, and once by a server, whose time is taken.
    """
    desk = prepared(folder / "prepared")
    looking: set[str] = set()
    first = [one for one, _ in _undisturbed(desk, folder / "first", looking, sat_at=_here)]
    second = list(_undisturbed(desk, folder / "second", looking, sat_at=_served))
    both = zip(first, second, strict=True)
    return Course(
        desk=desk,
        archives=tuple(_stage(folder / "second", number) for number in range(len(STEPS) + 1)),
        held=tuple(one for one, _ in second),
        seconds=tuple(seconds for _, seconds in second[1:]),
        drawn=frozenset(place for one, (two, _) in both for place in _apart(one, two)),
        looking=frozenset(looking),
    )


def trials(of: Course, kills: int, seed: int, *, first: int = 0) -> Iterator[Trial]:
    """Kill the server so often, by turns in each edit, at moments spread over the whole of it.

    ``first`` leaves out trials that were made before; the moments are those of the seed.
    """
    chance = np.random.default_rng(seed)
    rounds = -(-kills // len(STEPS))
    places = (np.arange(rounds)[:, None] + chance.random((rounds, len(STEPS)))) / rounds
    for number in chance.permutation(places.size)[first:kills].tolist():
        step = number % len(STEPS)
        yield trial(of, step, places.flat[number] * of.seconds[step] * A_BIT_OVER)


def trial(of: Course, number: int, after: float) -> Trial:
    """Make a few edits, kill the server so many seconds into the next, and judge what is left."""
    before = min(number, ACKNOWLEDGED_BEFORE)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        shutil.copytree(of.archives[number - before], archive)
        with serving_archive(archive, workers=WORKERS) as server:
            for step in STEPS[number - before : number]:
                _made(archive, step, Browser(server.port, of.desk.cookies[step.by]))
            sent = _killed(of.desk, archive, server, number=number, after=after)
        done = CliRunner().invoke(exeunt, ["check", str(archive)])
        left = judged(held(archive), number, of=of)
        send_again(archive, sent.form, sent.cookies)
        sent_twice = of._replace(drawn=of.drawn | COUNTED)
        return Trial(
            edit=STEPS[number].name,
            after_seconds=round(float(after), 4),
            before=before,
            acknowledged=sent.acknowledged,
            **left._asdict(),
            check="" if done.exit_code == 0 else done.output,
            again=judged(held(archive), number, of=sent_twice) == Left("whole", 0, 0),
        )


def judged(left: Held, number: int, *, of: Course) -> Left:
    """Say what is left of an edit: whole, absent, half; or lost, where an earlier one is gone."""
    known = {number + 1: "whole", number: "absent"} | dict.fromkeys(range(number), "lost")
    for stage, state in known.items():
        expected = of.held[stage]
        if _veiled(left.material, of.drawn) == _veiled(expected.material, of.drawn):
            acts, entries = (
                Counter(act for act in one.acts if act not in of.looking)
                for one in (expected, left)
            )
            return Left(state, (acts - entries).total(), (entries - acts).total())
    return Left("half", 0, 0)


def held(archive: Path) -> Held:
    """Read what an archive holds, past the program."""
    with closing(sqlite3.connect(ArchiveFolder(archive).database)) as database:
        database.row_factory = sqlite3.Row
        material = {
            name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]  # noqa: S608
            for name in _tables(database)
        }
        acts = database.execute("SELECT act FROM ledger_entry ORDER BY position")
        return Held(material, tuple(act for (act,) in acts))


def _tables(database: sqlite3.Connection) -> list[str]:
    """Name the tables of members, studies and stages.

    Without those behind an index of words, and without the clock of how long somebody reads.
    """
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    tables = [row for row in database.execute(found) if row[0].startswith(OURS)]
    virtual = tuple(f"{name}_" for name, sql in tables if sql.startswith("CREATE VIRTUAL"))
    named = [name for name, _ in tables if not (virtual and name.startswith(virtual))]
    return [name for name in named if name != CLOCK]


def _undisturbed(
    desk: Desk, folder: Path, looking: set[str], *, sat_at: Sitter
) -> Iterator[tuple[Held, float]]:
    """Make every edit; give what the archive holds before the first and after each, and its time.

    The acts that were recorded when a page was opened are added to ``looking``.
    """
    archive = _stage(folder, len(STEPS))
    shutil.copytree(desk.archive, archive)
    yield held(archive), 0.0
    with sat_at(archive) as sit:
        for number, step in enumerate(STEPS):
            _copy(archive, _stage(folder, number))
            seconds, seen = _made(archive, step, sit(desk.cookies[step.by]))
            looking |= seen
            yield held(archive), seconds


@contextmanager
def _here(archive: Path) -> Iterator[Callable[[Mapping[str, str]], Sitting]]:
    with keyed(archive):
        yield Within


@contextmanager
def _served(archive: Path) -> Iterator[Callable[[Mapping[str, str]], Sitting]]:
    with serving_archive(archive, workers=WORKERS) as server:
        yield lambda cookies: Browser(server.port, cookies)


def _stage(folder: Path, number: int) -> Path:
    return folder / f"before-{number}"


def _copy(archive: Path, copy: Path) -> None:
    """Copy an archive that is being served."""
    ours = ArchiveFolder(archive)
    live = (f"{ours.database.name}*", ours.lock.name)
    shutil.copytree(archive, copy, ignore=shutil.ignore_patterns(*live))
    with (
        closing(sqlite3.connect(ours.database)) as source,
        closing(sqlite3.connect(ArchiveFolder(copy).database)) as target,
    ):
        source.backup(target)


def _made(archive: Path, step: Step, sitting: Sitting) -> tuple[float, set[str]]:
    """Make one edit; return how long its form took, and the acts of opening its page."""
    acts = Counter(held(archive).acts)
    sending = written_out(step, sitting, archive)
    seen = Counter(held(archive).acts) - acts
    began = monotonic()
    sitting.send(sending)
    answer = sitting.receive()
    seconds = monotonic() - began
    if answer.status != DONE:
        raise RuntimeError(f"{step.name} was answered {answer.status}:\n{answer.text}")
    return seconds, set(seen)


def _killed(desk: Desk, archive: Path, server: Server, *, number: int, after: float) -> Sent:
    """Kill the server so many seconds after a form was sent."""
    browser = Browser(server.port, desk.cookies[STEPS[number].by])
    form = written_out(STEPS[number], browser, archive)
    cookies = dict(browser.cookies)
    browser.send(form)
    sleep(after)
    server.kill()
    try:
        acknowledged = browser.receive().status == DONE
    except (OSError, HTTPException):
        acknowledged = False
    browser.close()
    return Sent(form, cookies, acknowledged)


def _apart(one: Held, other: Held) -> Iterator[tuple[str, str]]:
    """Name the columns, each with its table, in which two runs differ."""
    for name, rows in one.material.items():
        for mine, theirs in zip(rows, other.material[name], strict=True):
            yield from ((name, column) for column in mine if mine[column] != theirs[column])


def _veiled(material: Material, drawn: Drawn) -> Material:
    """Say of what is drawn anew each time only whether it is there."""
    return {
        name: [
            {
                column: bool(cell) if (name, column) in drawn else cell
                for column, cell in row.items()
            }
            for row in rows
        ]
        for name, rows in material.items()
    }


def main() -> None:
    """Kill, and print what was left."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kills", type=int, nargs="?", default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = list(trials(course(Path(folder)), asked.kills, asked.seed))
    print(json.dumps([one._asdict() | {"sound": one.sound} for one in made], indent=1))


if __name__ == "__main__":
    main()
