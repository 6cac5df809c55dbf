"""Whole lives of archives with planted identities in them, and what is found afterwards.

    python -m tools.canary_lives [LIVES] [--first N]

prints every life as JSON. People are registered, their texts taken in, masked, read, reported on,
backed up and erased, half of them over HTTP at a real server; passphrases are wrong, files broken,
and things fail with a name in hand. Then every byte that any process left is looked at.
"""

import argparse
import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple

from pyrage import decrypt, x25519

from benchmarks.measuring.page import ROOT
from benchmarks.measuring.processes import environment
from benchmarks.measuring.serving import family, free_port, serving
from exeunt.archive.opening import opened
from exeunt.errors import Refusal
from exeunt.ledger.references import new_reference
from exeunt.members.queries import first_person, member_called
from exeunt.procedures.entrusting import masking
from exeunt.procedures.entrusting.finishing import finish
from exeunt.procedures.entrusting.registering import Identity, register
from exeunt.procedures.entrusting.taking_in import Received, take_in
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.codebooks import ready_codebook
from exeunt.stages.narrators.states import Gender
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.studies.models import Study
from exeunt.studies.queries import study_called
from exeunt.vault.queries import Keys
from tools.browsing import Browser, File, filled
from tools.canaries import Planted, planted, sought_in, sought_in_bytes
from tools.editing import keyed
from tools.keeping import PASSPHRASE, STUDY, Kept, a_kept_archive, danas_keys
from benchmarks.measuring.sessions import cookie_of  # isort: skip

PEOPLE = 20
BY_HTTP = 4
WHOLE = 50
PATIENCE = 60
KINDS = {"name": "person", "elsewise": "person", "arabic": "person", "phone": "contact"}
Row = dict[str, Any]


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
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.within is not None:
        begin_life(Folders(asked.within), first=asked.first)
        return
    print(json.dumps([life(asked.first + number) for number in range(asked.lives)], indent=1))


def life(number: int) -> Row:
    """Live one life, and say what was found of whom it held."""
    with tempfile.TemporaryDirectory(prefix="life-") as folder:
        folders = Folders(Path(folder))
        folders.temporary.mkdir()
        folders.said.mkdir()
        first = number * PEOPLE
        found = [*_lived(folders, first)]
        files = sum(1 for path in folders.top.rglob("*") if path.is_file())
        size = sum(path.stat().st_size for path in folders.top.rglob("*") if path.is_file())
    return {
        "life": number,
        "planted": PEOPLE,
        "by_http": BY_HTTP,
        "files": files,
        "bytes": size,
        "found": sorted(set(found)),
        "wrong": len(found),
    }


def _lived(folders: Folders, first: int) -> Iterator[str]:
    """Go through a life, and look around at three moments of it."""
    _run(folders, [sys.executable, "-m", "tools.canary_lives", "--first", str(first), "--within"])
    yield from _looked_at(folders)
    yield from _served(folders, range(first + PEOPLE - BY_HTTP, first + PEOPLE))
    yield from _looked_at(folders)
    bundle = folders.top / "bundle.tar.age"
    _exeunt(folders, "report", "--format", "html,pdf,docx", "--as", "Amina")
    _exeunt(folders, "backup", "--to", str(bundle))
    yield from _bundled(bundle, folders)
    _exeunt(folders, "erase", "N-1", "--yes", "--as", "Dana", typed="not the passphrase at all")
    _exeunt(folders, "erase", "N-1", "--yes", "--as", "Dana", typed=PASSPHRASE)
    _exeunt(folders, "check")
    yield from _looked_at(folders)


def begin_life(folders: Folders, *, first: int) -> None:
    """Make the archive and take most people in, by the actions; runs in a process of its own."""
    kept = a_kept_archive(folders.top)
    (folders.top / "word").write_text(kept.dana.word)
    with opened(kept.archive):
        keys = danas_keys()
        study = study_called(STUDY, by=member_called("Dana"))
        keep_codebook(study=study, codebook=ready_codebook("icsr-2015"), by=first_person())
        for number in range(first, first + PEOPLE - BY_HTTP):
            _take_in(planted(number), study, label=f"N-{number - first + 1}", keys=keys)
        _fail_with(planted(first))
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
            sheet = masking.add_everywhere(sheet, words, kind=masking.Kind(kind))
    for page in sheet.pages:
        sheet = masking.have_read(sheet, page.number)
    finish(sheet)


def _fail_with(who: Planted) -> None:
    """Fail as a library does that quotes what it was given, and let it be written to the log."""
    try:
        int(who.name)
    except ValueError:
        logging.getLogger("exeunt").exception("something failed")
    with suppress(Refusal):
        danas = member_called("Dana")
        masking.open_sheet(account=None, keys=who.name, by=danas)  # type: ignore[arg-type]


def _served(folders: Folders, numbers: Sequence[int]) -> Iterator[str]:
    """Do for some people over HTTP what was done for the others by the actions."""
    with keyed(folders.archive):
        amina = first_person()
        amina.set_password(new_reference())
        amina.save(update_fields=["password"])
        cookies = dict([cookie_of(member_called("Dana"))])
        study = Study.objects.get(slug=STUDY).ref
    port, log = free_port(), folders.said / "server"
    command = [sys.executable, "-m", "exeunt", "serve", str(folders.archive), "--port", str(port)]
    with serving(command, port=port, log=log, env=folders.environment()) as server:
        desk = Desk(Browser(port, cookies), f"/studies/{study}/vault/")
        desk.open_vault("not the passphrase at all")
        desk.open_vault(PASSPHRASE)
        for number in numbers:
            desk.take_in(planted(number))
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
        self._fill(page.replace("pages/1/", "finish/"))

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
            connection.putheader("Cookie", "; ".join("=".join(c) for c in self._cookies()))
            connection.endheaders(cut.body)
        connection.close()

    def register(self, who: Planted) -> None:
        """Send the form by which somebody is registered, whatever becomes of it."""
        self._fill(f"{self.at}narrators/register/", name=who.name, aliases=who.arabic)

    def shut(self) -> None:
        """Shut the vault."""
        with suppress(LookupError):
            self._fill("/vault/")
        self.browser.close()

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
        given = {name: value for name, value in words.items() if name != "act"}
        sending = filled(page.text, address=address.partition("?")[0], words=given, files=files)
        if "act" in words and b'name="act"' not in sending.body.replace(b"everywhere", b""):
            sending = _with_act(sending, words["act"])
        self.browser.send(sending)
        return self.browser.receive().location or address

    def _cookies(self) -> list[tuple[str, str]]:
        return list(self.browser.cookies.items())
