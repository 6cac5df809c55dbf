"""Whole lives of archives with planted identities in them, and what is found afterwards.

    python -m tools.canary_lives [LIVES] [--first N]

prints every life as JSON. People are registered, their texts taken in, masked, read, reported on,
backed up and erased, half of them over HTTP at a real server; passphrases are wrong, files broken,
and things fail with a name in hand. Then every byte that any process left is looked at.
"""

import argparse
import csv
import json
import logging
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from pyrage import decrypt, x25519

from benchmarks.measuring.page import ROOT
from benchmarks.measuring.processes import environment
from benchmarks.measuring.serving import family, free_port, serving
from exeunt.archive.opening import opened
from exeunt.errors import Refusal
from exeunt.ledger.references import new_reference
from exeunt.members.actions import add_member
from exeunt.members.queries import first_person, member_called
from exeunt.methods.identifiers import Kind
from exeunt.procedures.entrusting import masking
from exeunt.procedures.entrusting.finishing import finish
from exeunt.procedures.entrusting.registering import Identity, register
from exeunt.procedures.entrusting.taking_in import Received, take_in
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.coding.codebooks import ready_codebook
from exeunt.stages.narrators.states import Gender
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.stages.testimonies.models import Account
from exeunt.studies.actions import appoint
from exeunt.studies.models import Study
from exeunt.studies.queries import study_called
from exeunt.studies.roles import Role
from exeunt.vault.queries import Keys
from tools.browsing import Browser, File, filled
from tools.canaries import Planted, planted, sought_in, sought_in_bytes
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
KINDS = {"name": "person", "elsewise": "person", "arabic": "person", "phone": "phone"}
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
            _take_in(planted(number), study, label=f"N-{place + 1}", keys=keys)
        _coded(folders, study)
        _fail_with(planted(crowd.first))
    (folders.said / "environment-of-the-beginning").write_bytes(
        Path("/proc/self/environ").read_bytes()
    )


def _take_in(who: Planted, study: Study, *, label: str, keys: Keys) -> None:
    dana = member_called("Dana")
    narrator = register(
        study=study,
        label=label,
        gender=Gender.UNKNOWN,
        identity=Identity(
            who.name,
            aliases=(who.elsewise, who.arabic),
            contacts=({"kind": "phone", "value": who.phone, "safe": True},),
            risks=f"They ask for {who.name} at {who.phone}.",
        ),
        ref=new_reference(),
        keys=keys,
        by=dana,
    )
    account = take_in(
        narrator=narrator,
        received=Received(who.told().encode(), "told.txt"),
        words=dict.fromkeys(AccountRow._fields, ""),
        ref=new_reference(),
        keys=keys,
        by=dana,
    )
    sheet = masking.open_sheet(account=account, keys=keys, by=dana)
    sheet = masking.accept(sheet, [mark.number for mark in sheet.review.marks])
    for words, kind in zip(who, KINDS.values(), strict=True):
        # A person who reads masks what no rule has found.
        with suppress(Refusal):
            sheet = masking.add_everywhere(sheet, words, kind=Kind(kind))
    for page in sheet.pages:
        sheet = masking.have_read(sheet, page.number)
    finish(sheet)


def _coded(folders: Folders, study: Study) -> None:
    """Let two people code every account, so that there is something to report on."""
    amina, labels = first_person(), Account.objects.values_list("label", flat=True)
    coders = ("Boris", "Chidi")
    for name in coders:
        member = add_member(name=name, by=amina)
        appoint(study=study, member=member, role=Role.CODER, by=amina)
    path = folders.temporary / "codings.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["account_id", "coder", "code", "value"])
        for number, label in enumerate(labels):
            for coder in coders:
                rows.writerows([label, coder, code, number % 2] for code in ("L1", "L2"))
    import_codings(study=study, path=path, by=amina)


def _fail_with(who: Planted) -> None:
    """Fail as a library does that quotes what it was given, and let it be written to the log."""
    try:
        int(who.name)
    except ValueError:
        logging.getLogger("exeunt").exception("something failed")


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


def _revision(page: str) -> str:
    return page.partition('name="revision" value="')[2].partition('"')[0]


class Desk(NamedTuple):
    """The custodian's pages in a browser without a screen."""

    browser: Browser
    at: str

    def open_vault(self, passphrase: str) -> None:
        """Open the vault for taking texts in."""
        self._fill("/vault/open/", reason="intake", passphrase=passphrase)

    def take_in(self, who: Planted) -> None:
        """Register somebody, send their text as a file, mask it, read it and hand it over."""
        place = self._fill(
            f"{self.at}narrators/register/",
            name=who.name,
            aliases=f"{who.elsewise}\n{who.arabic}",
            value_1=who.phone,
            kind_1="phone",
            risks=f"They ask for {who.name}.",
        )
        ref = place.rstrip("/").rpartition("/")[2]
        page = self._fill(
            f"{self.at}texts/take-in/?narrator={ref}",
            {"file": File("told.txt", who.told().encode())},
        )
        for words, kind in zip(who, KINDS.values(), strict=True):
            self._fill(page, act="everywhere", words=words, kind=kind)
        self._decide(page)
        self._fill(page, act="read")
        end = page.partition("pages/")[0] + "finish/"
        self._fill(end, revision=_revision(self.browser.open(end).text))

    def send_what_is_broken(self, who: Planted) -> None:
        """Send a file that cannot be read, and begin to send one that is never finished."""
        broken = File("told.docx", b"PK\x03\x04" + who.told().encode() * 40)
        self._fill(f"{self.at}texts/take-in/", {"file": broken})
        page = self.browser.open(f"{self.at}texts/take-in/").text
        large = File("told.txt", who.told().encode() * 40_000)
        sending = filled(page, address=f"{self.at}texts/take-in/", words={}, files={"file": large})
        cut = sending._replace(body=sending.body[: len(sending.body) // 2])
        connection = Browser(self.browser.connection.port, self.browser.cookies).connection
        with suppress(OSError, HTTPException):
            connection.putrequest("POST", cut.address)
            connection.putheader("Content-Type", cut.kind)
            connection.putheader("Content-Length", str(len(sending.body)))
            cookies = "; ".join("=".join(pair) for pair in self.browser.cookies.items())
            connection.putheader("Cookie", cookies)
            connection.endheaders(cut.body)
        connection.close()

    def register(self, who: Planted) -> None:
        """Send the form by which somebody is registered, whatever becomes of it."""
        self._fill(f"{self.at}narrators/register/", name=who.name, aliases=who.arabic)

    def shut(self) -> None:
        """Shut the vault."""
        page = self.browser.open("/vault/").text
        sending = filled(page, address="/vault/", words={})
        self.browser.send(sending._replace(address="/vault/shut/"))
        self.browser.receive()
        self.browser.close()

    def seek(self, who: Planted) -> None:
        """Seek somebody by name, as whoever is curious would."""
        for place in ("accounts", "findings"):
            self.browser.open(f"{self.at.replace('vault', place)}?q={quote(who.name)}")

    def _decide(self, page: str) -> None:
        """Mask whatever the rules still propose."""
        text = self.browser.open(page).text
        while 'value="accept-alike ' in text:
            number = text.partition('value="accept-alike ')[2].partition('"')[0]
            self._fill(page, act=f"accept-alike {number}")
            text = self.browser.open(page).text

    def _fill(self, address: str, files: dict[str, File] | None = None, **words: str) -> str:
        """Open a page, fill in its form, send it, and return where it led to."""
        page = self.browser.open(address)
        where = address.partition("?")[0]
        self.browser.send(filled(page.text, address=where, words=words, files=files))
        return self.browser.receive().location or address


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
