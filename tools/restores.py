"""Random lives of archives, and backups and restores that are killed in the middle.

    python -m tools.restores [COUNT] [--seed SEED]

In each life people are registered, erased, backed up and restored, in an order drawn by lot; the
last step restores any of the bundles. Then everybody who was ever erased is sought: in every byte
of every file, in the tables, and by a custodian's keys. Every other trial kills the real command
with SIGKILL and looks at what it left.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.random import Generator

from benchmarks.measuring.processes import EXEUNT, environment
from exeunt.archive.opening import opened
from exeunt.archive.restoring import look_into
from exeunt.errors import ExeuntError, NotThere
from exeunt.vault.queries import person_called, person_key, record_of
from exeunt.vault.states import Record
from tools.keeping import (
    Kept,
    a_kept_archive,
    backed_up,
    copied,
    danas_keys,
    erased,
    found_in,
    left_of,
    name_of,
    narrators_in,
    ref_of,
    restored,
    with_people,
)

STEPS = 12
# How likely each step is: somebody comes, is erased; a backup is made; one is restored.
CHANCES = (0.45, 0.25, 0.2, 0.1)
BALLAST, BALLAST_FILES = 4 << 20, 24
A_BIT_OVER = 1.1
WHOLE, SEED = 80, 2015
EXPLAINED = """\
People are registered, erased, backed up and restored, in an order drawn by lot. After each restore
everybody who was ever erased is sought in every byte of every file (UTF-8, UTF-16, Base64), in the
tables, and by a custodian's keys; and everybody else's name is opened. By turns with that, the real
command is killed, what is left is judged, and the same is done again."""
What = Literal["life", "backup", "restore"]


class Trial(NamedTuple):
    """One life or one kill, and what came of it."""

    what: What
    people: int = 0
    gone: int = 0
    restores: int = 0
    readable: int = 0
    missing: int = 0
    state: Literal["whole", "absent", "half"] = "whole"
    said: str = ""

    @property
    def sound(self) -> bool:
        """Whether nobody who was erased can be read, nobody else is lost, and nothing is half."""
        return not (self.readable or self.missing or self.said) and self.state != "half"


@dataclass
class Life:
    """An archive and its bundles, who lives in each, and who was erased at any time."""

    kept: Kept
    folder: Path
    living: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    bundles: list[tuple[Path, frozenset[int]]] = field(default_factory=list)
    people: int = 0
    restores: int = 0
    readable: int = 0
    missing: int = 0

    def come(self, _chance: Generator) -> None:
        """Let somebody new in."""
        self.people += 1
        with_people(self.kept, self.people)
        self.living.add(self.people)

    def erase(self, chance: Generator) -> None:
        """Erase anybody who is there."""
        if self.living:
            one = int(chance.choice(sorted(self.living)))
            erased(self.kept, one)
            self.living.remove(one)
            self.gone.add(one)

    def back_up(self, _chance: Generator) -> None:
        """Make one more bundle."""
        path = self.folder / f"bundle-{len(self.bundles)}.tar.age"
        backed_up(self.kept, path)
        self.bundles.append((path, frozenset(self.living)))

    def restore(self, chance: Generator) -> None:
        """Restore any bundle, look for everybody, and go on in what was restored."""
        if not self.bundles:
            self.back_up(chance)
        path, then = self.bundles[int(chance.integers(len(self.bundles)))]
        self.restores += 1
        folder = self.folder / f"restored-{self.restores}"
        restored(self.kept, path, folder)
        shutil.rmtree(self.kept.archive)
        self.kept, self.living = self.kept._replace(archive=folder), set(then) - self.gone
        self.readable += len(readable_in(folder, self.gone))
        self.missing += len(self.living - opened_in(folder, self.living))

    @property
    def steps(self) -> tuple[Callable[[Generator], None], ...]:
        """What may happen, in the order of the chances."""
        return self.come, self.erase, self.back_up, self.restore


def readable_in(folder: Path, numbers: set[int]) -> set[int]:
    """Return who of these can be found in an archive, in any way that we know."""
    there = narrators_in(folder)
    by_word = {one for one in numbers if found_in(folder, name_of(one), left_of(one))}
    return by_word | {one for one in numbers if ref_of(one) in there} | opened_in(folder, numbers)


def opened_in(folder: Path, numbers: set[int]) -> set[int]:
    """Return whose names open with a custodian's keys."""
    found = set()
    with opened(folder):
        keys = danas_keys()
        for number in numbers:
            try:
                person = person_called(ref_of(number), keys=keys)
            except NotThere:
                continue
            key = person_key(person, keys=keys)
            names, _ = record_of(person, Record.NAMES, key=key, vault=keys.vault)
            found |= {number} if names["name"] == name_of(number) else set()
    return found


def trials(count: int, seed: int, *, first: int = 0) -> Iterator[Trial]:
    """Live so many lives, and kill a backup and a restore by turns in between.

    ``first`` leaves out trials that were made before.
    """
    with tempfile.TemporaryDirectory() as place:
        template = a_kept_archive(Path(place) / "template")
        victim = _victim(template, Path(place) / "victim")
        for number in range(first, count):
            chance = np.random.default_rng([seed, number])
            if number % 2 == 0:
                yield life(template, Path(place) / "life", chance)
            else:
                what: What = "backup" if number % 4 == 1 else "restore"
                yield killed(victim, what, folder=Path(place) / "kill", chance=chance)


def make_rows(first: int) -> Iterator[dict[str, Any]]:
    """Make what is still missing of the whole count, for ``make prove``."""
    for one in trials(WHOLE, SEED, first=first):
        yield one._asdict() | {"wrong": not one.sound}


def tell_rows(rows: list[dict[str, Any]]) -> Sequence[tuple[str, ...]]:
    """Say what lives and kills came to."""

    def summed(name: str, what: str = "life") -> str:
        return str(sum(row[name] for row in rows if row["what"] == what))

    def counted(what: str, state: str = "") -> str:
        return str(
            sum(row["what"] == what and row["state"] in {state or row["state"]} for row in rows)
        )

    everywhere = [str(sum(row[name] for row in rows)) for name in ("readable", "missing")]
    return (
        ("lives of an archive, in an order drawn by lot", counted("life"), ""),
        ("… people who came", summed("people"), ""),
        ("… and were erased", summed("gone"), ""),
        ("… restores with the erasure list", summed("restores"), ""),
        ("erased people who could be read after a restore", everywhere[0], "0"),
        ("others who could not", everywhere[1], "0"),
        *(
            line
            for what in ("backup", "restore")
            for line in (
                (f"kill -9 of a {what}, at any moment of it", counted(what), ""),
                ("… it was whole", counted(what, "whole"), ""),
                ("… it was not there at all", counted(what, "absent"), ""),
                ("… it was half there, or could not be repeated", counted(what, "half"), "0"),
            )
        ),
    )


def life(template: Kept, folder: Path, chance: Generator) -> Trial:
    """Live one life, from an archive in which nobody is to a restore."""
    with _fresh(folder):
        one = Life(copied(template, folder), folder)
        for _ in range(STEPS):
            one.steps[int(chance.choice(len(CHANCES), p=CHANCES))](chance)
        one.restore(chance)
        return Trial(
            "life",
            people=one.people,
            gone=len(one.gone),
            restores=one.restores,
            readable=one.readable,
            missing=one.missing,
        )


class Victim(NamedTuple):
    """An archive large enough to be hit in the middle; a bundle of it, and how long each takes."""

    kept: Kept
    bundle: Path
    identity: Path
    seconds: dict[str, float]


def _victim(template: Kept, folder: Path) -> Victim:
    folder.mkdir()
    kept = copied(template, folder)
    with_people(kept, 1, 2)
    chance = np.random.default_rng(0)
    for _ in range(BALLAST_FILES):
        content = chance.bytes(BALLAST)
        (kept.archive / "captures" / sha256(content).hexdigest()).write_bytes(content)
    identity, bundle = folder / "identity", folder / "bundle.tar.age"
    identity.write_text(f"{kept.dana.word}\n", encoding="utf-8")
    seconds = {}
    for what, words in (
        ("backup", _backup(kept, bundle)),
        ("restore", _restore(kept, bundle, identity=identity, to=folder / "once")),
    ):
        began = monotonic()
        subprocess.run([EXEUNT, *words], env=environment(), check=True, capture_output=True)
        seconds[what] = monotonic() - began
    shutil.rmtree(folder / "once")
    erased(kept, 2)
    return Victim(kept, bundle, identity, seconds)


def killed(victim: Victim, what: What, *, folder: Path, chance: Generator) -> Trial:
    """Kill a backup or a restore at any moment of it, and judge what is left."""
    with _fresh(folder):
        kept = victim.kept
        bundle, again = folder / "b.tar.age", folder / "again"
        words = {
            "backup": _backup(kept, bundle),
            "restore": _restore(kept, victim.bundle, identity=victim.identity, to=again),
        }[what]
        process = subprocess.Popen(
            [EXEUNT, *words],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        sleep(float(chance.random()) * victim.seconds[what] * A_BIT_OVER)
        process.kill()
        process.wait()
        try:
            return _bundle_left(kept, bundle) if what == "backup" else _left(victim, again)
        except ExeuntError as refusal:
            return Trial(what, state="half", said=str(refusal))


def _bundle_left(kept: Kept, bundle: Path) -> Trial:
    there = bundle.exists()
    if there:
        look_into(bundle, paper=kept.dana)
    backed_up(kept, bundle.with_name("next.tar.age"))
    look_into(bundle.with_name("next.tar.age"), paper=kept.dana)
    left = [path.name for path in kept.archive.glob(".backup*")]
    return Trial("backup", state="whole" if there else "absent", said=" ".join(left))


def _left(victim: Victim, again: Path) -> Trial:
    there = (again / "archive.json").exists()
    if not there:
        restored(victim.kept, victim.bundle, again)
    readable, missing = readable_in(again, {2}), {1} - opened_in(again, {1})
    state: Literal["whole", "absent"] = "whole" if there else "absent"
    return Trial("restore", readable=len(readable), missing=len(missing), state=state)


def _backup(kept: Kept, bundle: Path) -> list[str]:
    return ["backup", str(kept.archive), "--to", str(bundle)]


def _restore(kept: Kept, bundle: Path, *, identity: Path, to: Path) -> list[str]:
    brought = ["--identity", str(identity), "--erasures", str(kept.erasures)]
    return ["restore", str(bundle), str(to), *brought]


@contextmanager
def _fresh(folder: Path) -> Iterator[None]:
    """Lend a folder that is empty, and take it away afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Try, and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=8)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    made = list(trials(asked.count, asked.seed))
    print(json.dumps([one._asdict() | {"sound": one.sound} for one in made], indent=1))
    sys.exit(0 if all(one.sound for one in made) else 1)


if __name__ == "__main__":
    main()
