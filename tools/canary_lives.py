"""Whole lives of archives with planted identities in them, and what is found afterwards.

    python -m tools.canary_lives [LIVES] [--first N]

prints every life as JSON. People are registered, their texts taken in, masked, read, reported on,
backed up and erased, half of them over HTTP at a real server; passphrases are wrong, files broken,
and things fail with a name in hand. Then every byte that any process left is looked at.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from pyrage import decrypt, x25519

from benchmarks.measuring.page import ROOT
from benchmarks.measuring.processes import environment
from benchmarks.measuring.serving import family, free_port, serving
from exeunt.archive.opening import opened
from exeunt.ledger.references import new_reference
from exeunt.members.queries import first_person, member_called
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.codebooks import ready_codebook
from exeunt.studies.models import Study
from exeunt.studies.queries import study_called
from tools.browsing import Browser
from tools.canaries import Planted, planted, sought_in, sought_in_bytes
from tools.canary_desk import Desk
from tools.canary_people import coded, fail_with, take_in_by_actions
from tools.editing import cookies_of, keyed
from tools.keeping import PASSPHRASE, STUDY, a_kept_archive, danas_keys

WHOLE = 50
EXPLAINED = """\
Twenty invented people a life, with names in two spellings and two scripts and a telephone number:
four over HTTP at a real server, the others by the actions. Sought with the server running and after
it, in UTF-8, UTF-16, Base64 in three alignments, hexadecimal, percent-encoded and escaped, within
ZIP, gzip and PDF: in databases and their logs of writes, temporary files, shared memory, what
processes said, their environments and command lines, reports, and a backup that was opened. A life
in which anything planned did not happen counts as wrong."""
PATIENCE = 60
# The library that quotes a name, and the server whose table is missing.
FAILURES = 2
Row = dict[str, Any]


class Crowd(NamedTuple):
    """Who lives in one archive: the number of the first, how many, and how many come over HTTP."""

    first: int
    people: int
    by_http: int

    @property
    def by_actions(self) -> range:
        """The numbers of those who are taken in by the actions."""
        return range(self.first, self.first + self.people - self.by_http)

    @property
    def over_http(self) -> range:
        """The numbers of those who are taken in at a server."""
        return range(self.by_actions.stop, self.first + self.people)


FULL = Crowd(0, 20, 4)


class Lived(NamedTuple):
    """What came of a life: without all of it, that nothing was found would prove nothing."""

    registered: int
    masked: int
    erased: int
    failed: int
    backed_up: bool
    reported: bool

    def is_whole(self, people: int) -> bool:
        """Tell whether all were taken in, one was erased, and things failed with names in hand."""
        counts = (self.registered, self.masked, self.erased) == (people, people - 1, 1)
        return counts and self.failed >= FAILURES and self.backed_up and self.reported


class Folders(NamedTuple):
    """Where a life leaves what: the archive, its temporary files, what its processes said."""

    top: Path

    @property
    def archive(self) -> Path:
        """The archive itself."""
        return self.top / "archive"

    @property
    def temporary(self) -> Path:
        """The temporary files of every process."""
        return self.top / "tmp"

    @property
    def said(self) -> Path:
        """What processes wrote to their standard output and error, and their environments."""
        return self.top / "said"

    def environment(self) -> dict[str, str]:
        """Return the environment in which every process of this life runs."""
        return environment(TMPDIR=str(self.temporary), HOME=str(self.temporary))


def main() -> None:
    """Live some lives and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("lives", type=int, nargs="?", default=1)
    parser.add_argument("--first", type=int, default=FULL.first, help="the number of the first")
    parser.add_argument("--people", type=int, default=FULL.people, help="a life")
    parser.add_argument("--by-http", type=int, default=FULL.by_http, help="of them")
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    crowd = Crowd(asked.first, asked.people, asked.by_http)
    if asked.within is not None:
        begin_life(Folders(asked.within), crowd)
        return
    lives = [crowd._replace(first=asked.first + n * asked.people) for n in range(asked.lives)]
    print(json.dumps([*map(life, lives)], indent=1))


def life(crowd: Crowd) -> Row:
    """Live one life, and say what was found of whom it held."""
    with tempfile.TemporaryDirectory(prefix="life-") as folder:
        folders = Folders(Path(folder))
        folders.temporary.mkdir()
        folders.said.mkdir()
        found = sorted(set(_lived(folders, crowd)))
        lived = _what_happened(folders)
        left = [path for path in folders.top.rglob("*") if path.is_file()]
        return {
            **crowd._asdict(),
            **lived._asdict(),
            "files": len(left),
            "bytes": sum(path.stat().st_size for path in left),
            "found": found,
            "wrong": len(found) + int(not lived.is_whole(crowd.people)),
        }


def make_rows(first: int) -> Iterator[Row]:
    """Live the lives that are still missing, each with people of its own."""
    for number in range(first, WHOLE):
        yield life(FULL._replace(first=number * FULL.people))


def tell_rows(rows: Sequence[Row]) -> Sequence[tuple[str, ...]]:
    """Say how many identities were planted, and how many were found."""
    planted_so_far = sum(row["people"] for row in rows)
    files, size = (sum(row[what] for row in rows) for what in ("files", "bytes"))
    return (
        ("identities planted in the whole life of an archive", f"{planted_so_far:,}", ""),
        ("… over HTTP at a real server", str(sum(row["by_http"] for row in rows)), ""),
        ("files looked into at the end of a life", f"{files:,} ({size >> 20:,} MiB)", ""),
        ("lives in which something planned did not happen", str(_unlived(rows)), "0"),
        ("places outside ciphertext in which one was found", str(_places(rows)), "0"),
    )


def _places(rows: Sequence[Row]) -> int:
    return sum(len(row["found"]) for row in rows)


def _unlived(rows: Sequence[Row]) -> int:
    return sum(row["wrong"] - len(row["found"]) for row in rows)


def _what_happened(folders: Folders) -> Lived:
    """Ask the closed archive, and what its processes said."""
    with closing(sqlite3.connect(folders.archive / "archive.sqlite3")) as base:
        acts = [act for (act,) in base.execute("SELECT act FROM ledger_entry")]
        (masked,) = base.execute("SELECT count(*) FROM testimonies_textversion").fetchone()
    said = b"".join(path.read_bytes() for path in folders.said.iterdir())
    return Lived(
        registered=acts.count("narrator.registered"),
        masked=masked,
        erased=acts.count("narrator.erased"),
        failed=said.count(b"OperationalError") + said.count(b"ValueError"),
        backed_up=(folders.top / "bundle.tar.age").exists(),
        reported="report.made" in acts,
    )


def _lived(folders: Folders, crowd: Crowd) -> Iterator[str]:
    """Go through a life, and look around at three moments of it."""
    beginning = [sys.executable, "-m", "tools.canary_lives"]
    for name, number in crowd._asdict().items():
        beginning += [f"--{name.replace('_', '-')}", str(number)]
    _run(folders, [*beginning, "--within"])
    yield from _looked_at(folders)
    yield from _served(folders, crowd.over_http)
    yield from _looked_at(folders)
    bundle = folders.top / "bundle.tar.age"
    _exeunt(folders, "report", "--format", "html,pdf,docx", "--as", "Amina")
    _exeunt(folders, "backup", "--to", str(bundle))
    yield from _bundled(bundle, folders)
    _exeunt(folders, "erase", "N-1", "--yes", "--as", "Dana", typed="not the passphrase at all")
    _exeunt(folders, "erase", "N-1", "--yes", "--as", "Dana", typed=PASSPHRASE)
    _exeunt(folders, "check")
    yield from _looked_at(folders)


def begin_life(folders: Folders, crowd: Crowd) -> None:
    """Make the archive and take most people in, by the actions; runs in a process of its own."""
    kept = a_kept_archive(folders.top)
    (folders.top / "word").write_text(kept.dana.word)
    with opened(kept.archive):
        keys = danas_keys()
        study = study_called(STUDY, by=member_called("Dana"))
        keep_codebook(study=study, codebook=ready_codebook("icsr-2015"), by=first_person())
        for place, number in enumerate(crowd.by_actions):
            take_in_by_actions(planted(number), study, label=f"N-{place + 1}", keys=keys)
        coded(study, within=folders.temporary)
        fail_with(planted(crowd.first))
    (folders.said / "environment-of-the-beginning").write_bytes(
        Path("/proc/self/environ").read_bytes()
    )


def _served(folders: Folders, numbers: Sequence[int]) -> Iterator[str]:
    """Do for some people over HTTP what was done for the others by the actions."""
    with keyed(folders.archive):
        amina = first_person()
        amina.set_password(new_reference())
        amina.save(update_fields=["password"])
        cookies = cookies_of("Dana")
        study = Study.objects.get(slug=STUDY).ref
    port, log = free_port(), folders.said / "server"
    command = [sys.executable, "-m", "exeunt", "serve", str(folders.archive), "--port", str(port)]
    with serving(command, port=port, log=log, env=folders.environment()) as server:
        desk = Desk(Browser(port, cookies), f"/studies/{study}/vault/")
        desk.open_vault("not the passphrase at all")
        desk.open_vault(PASSPHRASE)
        for number in numbers:
            desk.take_in(planted(number))
        desk.seek(planted(numbers[0]))
        desk.send_what_is_broken(planted(numbers[0]))
        _break_the_vault(folders.archive, desk, planted(numbers[0]))
        for pid in family(server.process.pid):
            for name in ("environ", "cmdline"):
                with suppress(OSError):
                    content = Path(f"/proc/{pid}/{name}").read_bytes()
                    (folders.said / f"{name}-{pid}").write_bytes(content)
        # With the server running: its logs of writes, its sockets and its temporary files.
        yield from _looked_at(folders)
        desk.shut()


def _break_the_vault(archive: Path, desk: Desk, who: Planted) -> None:
    """Let a table be missing while somebody is registered, so that the server fails with a name."""
    with closing(sqlite3.connect(archive / "vault.sqlite3", timeout=PATIENCE)) as base:
        base.execute("ALTER TABLE vault_person RENAME TO vault_nobody")
        base.commit()
        try:
            desk.register(who)
        finally:
            base.execute("ALTER TABLE vault_nobody RENAME TO vault_person")
            base.commit()


def _looked_at(folders: Folders) -> Iterator[str]:
    """Look into every file that is there now."""
    for found in sought_in([folders.top, *_shared_memory()]):
        yield f"{found.place} ({found.form})"


def _shared_memory() -> list[Path]:
    place = Path("/dev/shm")  # noqa: S108 - looked into, never written to
    return [place] if place.is_dir() else []


def _bundled(bundle: Path, folders: Folders) -> Iterator[str]:
    """Look into a backup as whoever can open it sees it."""
    word = (folders.top / "word").read_text()
    content = bytes(decrypt(bundle.read_bytes(), [x25519.Identity.from_str(word)]))
    for found in sought_in_bytes(content, place="the backup, opened"):
        yield f"{found.place} ({found.form})"


def _exeunt(folders: Folders, *words: str, typed: str = "") -> None:
    """Give a command, whatever comes of it; what it says is kept."""
    where = ["--archive", str(folders.archive)]
    at = [str(folders.archive)] if words[0] in {"check", "backup"} else where
    command = [sys.executable, "-m", "exeunt", words[0], *at, *words[1:]]
    _run(folders, command, typed=typed, within=False, must=False)


def _run(
    folders: Folders,
    command: Sequence[str],
    *,
    typed: str = "",
    within: bool = True,
    must: bool = True,
) -> None:
    """Run a process of this life, and keep all that it says."""
    done = subprocess.run(
        [*command, str(folders.top)] if within else [*command],
        cwd=ROOT,
        env=folders.environment(),
        input=f"{typed}\n".encode(),
        capture_output=True,
        check=False,
    )
    number = sum(1 for _ in folders.said.iterdir())
    (folders.said / f"said-{number}").write_bytes(done.stdout + done.stderr)
    if must and done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))


if __name__ == "__main__":
    main()
